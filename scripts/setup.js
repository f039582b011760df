// Makes a fresh clone ready: the packages of package-lock.json and, with --clients, a PostgreSQL client.
// Plain JavaScript that runs on Node 18, since it comes before everything it installs. Says nothing if all is there.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

// A package that is about to be replaced should not be what replaces it: leave our own Node off the path.
const ours = join(root, 'node_modules');
const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.startsWith(ours));

const reason = whyInstall();
if (reason) {
  console.log(`Installing the npm packages (${reason}); this takes about a minute…`);
  const failed = !run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (failed) giveUp('"npm ci" did not succeed.');
}
if (process.argv.includes('--clients') && !hasClient()) installClient();

/** What is installed is listed in node_modules/.package-lock.json, without packages of other platforms. */
function whyInstall() {
  const wanted = readPackages('package-lock.json');
  const present = readPackages(join('node_modules', '.package-lock.json'));
  if (!present) return 'there are none yet';
  const differs = Object.entries(wanted).some(([name, { version, optional }]) =>
    name === '' || (optional && !present[name]) ? false : present[name]?.version !== version,
  );
  return differs ? 'they differ from package-lock.json' : undefined;
}

function readPackages(file) {
  const full = join(root, file);
  return existsSync(full) ? JSON.parse(readFileSync(full, 'utf8')).packages : undefined;
}

function hasClient() {
  const majors = [
    ...children('/usr/lib/postgresql', /^\d+$/),
    ...children('/usr', /^pgsql-\d+$/),
    ...children('/opt/homebrew/opt', /^(postgresql|libpq)/),
    ...children('/usr/local/opt', /^(postgresql|libpq)/),
  ];
  return [...path, ...majors].some((folder) => existsSync(join(folder, 'pg_dump')));
}

function children(parent, pattern) {
  if (!existsSync(parent)) return [];
  const names = readdirSync(parent).filter((name) => pattern.test(name));
  return names.map((name) => join(parent, name, 'bin'));
}

function installClient() {
  const aptGet = path.some((folder) => existsSync(join(folder, 'apt-get')));
  if (!aptGet) giveUp('The tests need pg_dump, pg_restore and psql: install the PostgreSQL client programs.');
  console.log('Installing the PostgreSQL client programs with apt-get…');
  const asRoot = process.getuid?.() === 0 ? ['env'] : ['sudo', '-n', 'env'];
  const [command, ...before] = [...asRoot, 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq'];
  const done =
    run(command, [...before, 'update']) &&
    run(command, [...before, 'install', '--yes', '--no-install-recommends', 'postgresql-client']);
  if (!done) giveUp('Please run "apt-get install postgresql-client" as root: the tests need pg_dump.');
}

function run(command, args) {
  const env = { ...process.env, PATH: path.join(delimiter) };
  const stdio = ['ignore', 'ignore', 'inherit'];
  return (
    spawnSync(command, args, { cwd: root, env, stdio, shell: process.platform === 'win32' }).status === 0
  );
}

function giveUp(message) {
  console.error(message);
  process.exit(1);
}
