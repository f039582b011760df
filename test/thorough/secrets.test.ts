import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { escapeLiteral } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Account, accountOf, type Extra, type Jobs, jobsOn, messages, until } from '../support/jobs.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/machine/temporary-folder.ts';
import { type InstalledClient, installedClients } from '../support/postgres/clients.ts';
import { posingClient } from '../support/postgres/posing-client.ts';
import { serverUser } from '../support/postgres/postgres-programs.ts';
import { watchProcesses } from '../support/runner/process-watch.ts';
import { makeMask } from '../support/runner/render-log.ts';
import type { StepResult } from '../support/runner/runner.ts';
import { logsOf, placesOf } from '../support/runner/what-is-told.ts';
import { leaks } from '../support/secret-forms.ts';
import { startWorld, type World } from '../support/world.ts';

/*
 * Nothing that is secret is where anybody may read it, whatever it is written like, and whether the job succeeds or fails.
 */

const random = (): string => randomBytes(6).toString('hex');
/** Of the login: nobody else has these, and no escape changes them. */
const marks = { user: random(), password: random(), line: random() };
const login = {
  // As long as can be, with spaces where lines may be broken.
  user: `a role's "name" of many \\ little words, all in ü ${marks.user}`,
  password: `${marks.password}'s "first" line \\ with %41 & more\nand ${marks.line} its second: ü@/?#`,
};
const root = `the "root" of ${random()}`;
const subscription = { password: `sub'scribed \\ ${random()}` };
const mapping = { password: `mapped "to" it's ${random()}` };
const setting = { key: `key ${random()}` };

let world: World;
let folder: TemporaryFolder;
let jobs: Jobs;
let superuser: Jobs;
let account: Account;
/** A PATH on which every client writes down how it is called. */
let spying: string;
beforeAll(async () => {
  [world, folder] = await Promise.all([startWorld({ servers: [15] }), makeTemporaryFolder('secrets')]);
  const server = world.server(15);
  account = accountOf(world, await server.createRole(login.user, login.password, 'CREATEDB'));
  jobs = jobsOn(world, 15, account);
  const { password } = login;
  superuser = jobsOn(world, 15, accountOf(world, await server.createRole(root, password, 'SUPERUSER')));
  const clients = await installedClients();
  const client = clients.find(({ major }) => major >= 15) as InstalledClient;
  const writeDown = `{ printf '%s\n' "$0" "$@"; } >> ${folder.path}/arguments; env >> ${folder.path}/variables`;
  const majors = [...new Set([15, ...clients.map(({ major }) => major)])];
  spying = await posingClient(folder.path, client, majors, { before: writeDown });
});
afterAll(async () => {
  await folder.remove();
  await world.stop();
});

/** What was written down of the clients' calls since it was asked last. */
async function called(): Promise<{ arguments: string; variables: string }> {
  const take = async (name: string): Promise<string> => {
    const file = path.join(folder.path, name);
    const text = await readFile(file, 'utf8').catch(() => '');
    await rm(file, { force: true });
    return text;
  };
  return { arguments: await take('arguments'), variables: await take('variables') };
}

describe('no secret is in the log, on a command line, in a file or in an output', () => {
  let database: string;
  let backup: string;
  let withPasswords: { database: string; backup: string };
  beforeAll(async () => {
    const sql = `CREATE TABLE t AS SELECT g, md5(g::text) FROM generate_series(1, 100000) AS g; CREATE INDEX ON t (md5)`;
    database = await jobs.createDatabase({ sql });
    // A subscription's password is in the backup, and in the database no more: it would keep that from being replaced.
    const bySuperuser = (statements: string) => superuser.query(database, statements);
    const connection = `host=elsewhere password='${subscription.password.replace(/[\\']/g, '\\$&')}'`;
    await bySuperuser(`CREATE SUBSCRIPTION s CONNECTION ${escapeLiteral(connection)} PUBLICATION p
      WITH (connect = false, slot_name = NONE)`);
    backup = await backedUp(superuser, database);
    await bySuperuser('DROP SUBSCRIPTION s');
    const validator = (
      body: string,
    ) => `CREATE OR REPLACE FUNCTION validate(text[], oid) RETURNS void LANGUAGE plpgsql
      AS 'BEGIN ${body} END'`;
    const refuse = 'IF $2 = 1418 THEN RAISE EXCEPTION $m$no such option$m$; END IF;'; // pg_user_mapping
    withPasswords = { database: await superuser.createDatabase(), backup: '' };
    await superuser.query(
      withPasswords.database,
      `CREATE TABLE t (); ${validator('')}; CREATE FOREIGN DATA WRAPPER w VALIDATOR validate; CREATE SERVER s FOREIGN DATA WRAPPER w;
       CREATE USER MAPPING FOR PUBLIC SERVER s OPTIONS (password ${escapeLiteral(mapping.password)});
       ${validator(refuse)}`,
    );
    await superuser.query(
      'postgres',
      `ALTER DATABASE "${database}" SET app.api_key = ${escapeLiteral(setting.key)}`,
    );
    withPasswords.backup = await backedUp(superuser, withPasswords.database);
  });

  const ends: Record<string, { error?: RegExp; run(extra: Extra): Promise<StepResult>; by?: string }> = {
    'a backup': { run: (extra) => jobs.backup(database, extra) },
    'a restore by a superuser, who carries a setting over': {
      by: root,
      run: (extra) =>
        superuser
          .restore(database, backup, extra)
          .finally(() => superuser.query(database, 'DROP SUBSCRIPTION IF EXISTS s')),
    },
    'a backup by a role that may not read a table': {
      error: /permission denied for table/,
      run: (extra) => jobs.backup(withPasswords.database, extra),
    },
    'a restore that fails at what has a password': {
      by: root,
      error: /USER MAPPING public SERVER s .*no such option/,
      run: (extra) => superuser.restore(withPasswords.database, withPasswords.backup, extra),
    },
    'a login that the server refuses': {
      error: /password authentication failed/,
      run: (extra) => jobs.backup(database, { ...extra, inputs: { db_password_secret_name: 'wrong' } }),
    },
    'a container that is not there': {
      error: /ContainerNotFound/,
      run: (extra) => jobs.backup(database, { ...extra, inputs: { storage_container_name: 'nowhere' } }),
    },
    'a sign-in that Entra ID refuses': {
      error: /AADSTS70021/,
      run: async (extra) => {
        const {
          federatedCredential,
          federatedCredential: { subject },
        } = world.entra;
        federatedCredential.subject = 'repo:another';
        return jobs.backup(database, extra).finally(() => (federatedCredential.subject = subject));
      },
    },
  };

  const debugging = { RUNNER_DEBUG: '1', ACTIONS_STEP_DEBUG: 'true', AZURE_LOG_LEVEL: 'verbose' };
  const surroundings = [
    { how: 'as usual', environment: {} },
    { how: 'with debug logs', environment: debugging },
  ];
  const runs = Object.entries(ends).flatMap(([what, end]) =>
    surroundings.map(({ how, environment }) => ({ what, how, environment, ...end })),
  );
  test.each(runs)('$what, $how', async ({ error, run, environment, by = login.user }) => {
    world.vault.secrets.set('wrong', { value: `not ${login.password}` });
    await called();
    const step = await run({ environment: { ...environment, PATH: spying }, watch: true });
    expect(step.exitCode, step.log).toBe(error ? 1 : 0);
    expect(messages(step, 'error')).toEqual(error ? [expect.stringMatching(error)] : []);
    expect([step.tempFilesLeft, step.workspaceLeft]).toEqual([[], []]);
    const [, afterwards = ''] = step.log.split('::group::Check the server');
    expect(afterwards).not.toContain('::add-mask::'); // so all was masked before the server was asked anything

    const { github, entra } = world;
    const tokens = {
      ...Object.fromEntries(github.tokens.map((token, index) => [`GitHub's token ${index}`, token])),
      ...Object.fromEntries(entra.tokens.map((token, index) => [`access token ${index}`, token])),
      'the token that asks for tokens': github.environment.ACTIONS_ID_TOKEN_REQUEST_TOKEN,
    };
    const { arguments: lines, variables } = await called();
    const secrets = {
      ...tokens,
      ...{ 'the password': login.password, 'its first line': marks.password, 'its second line': marks.line },
      "the subscription's password": subscription.password,
      ...{ "the mapping's password": mapping.password, "the setting's key": setting.key },
    };
    const places = { ...placesOf(step), 'a command line': lines };
    expect(leaks(secrets, places)).toEqual([]);
    expect(leaks({ 'the user': by, 'its end': by.slice(-12) }, { 'a command line': lines })).toEqual([]);
    expect(leaks(tokens, { 'the variables of a child': variables })).toEqual([]);
    const { commandFiles } = step;
    const summary = makeMask(step.masks).apply(commandFiles['STEP_SUMMARY'] ?? '');
    const seen = { 'the log as it is shown': logsOf(step).shown, 'the summary as it is shown': summary };
    expect(leaks({ 'the user': by, 'a part of it': by.slice(-12) }, seen)).toEqual([]);
    if (!/AADSTS/.test(String(error))) expect(variables).toContain(marks.password); // so they were written down
  });
});

async function backedUp(by: Jobs, database: string): Promise<string> {
  const step = await by.backup(database);
  expect(step.exitCode, step.log).toBe(0);
  return step.outputs['backup_file_name'] ?? '';
}

test('while a restore runs, its files and its variables are for nobody else, and no password is in the files', async () => {
  const slowly = (sql: string): string =>
    `CREATE OR REPLACE FUNCTION slowly(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS 'BEGIN ${sql} RETURN $1; END'`;
  const sql = `${slowly('')}; CREATE TABLE t AS SELECT 1 AS id; CREATE INDEX ON t (slowly(id)); ${slowly('PERFORM pg_sleep(6);')}`;
  const database = await jobs.createDatabase({ sql });
  const running = await jobs.start({
    job_to_run: 'restore',
    db_name: database,
    backup_file_name: await backedUp(jobs, database),
  });
  const building = `SELECT 1 FROM pg_stat_activity WHERE datname LIKE '${database}%' AND query LIKE 'CREATE INDEX%'`;
  await until('the index to be built', async () => (await superuser.query('postgres', building)).length > 0);

  const temp = await environmentOf(Number(running.child.pid), 'RUNNER_TEMP');
  const passwords = { password: login.password, line: marks.line };
  expect(leaks(passwords, await filesIn(temp))).toEqual([]);
  const [scratch = ''] = (await readdir(temp)).filter((name) => name.startsWith('postgres-azure-backup-'));
  const mode = async (...names: string[]): Promise<string> =>
    ((await stat(path.join(temp, scratch, ...names))).mode & 0o777).toString(8);
  expect(await mode()).toBe('700');
  expect(await mode('restore.dump')).toBe('600');

  const processes = watchProcesses(Number(running.child.pid)).stop();
  expect(processes.map(({ program }) => program)).toEqual(
    expect.arrayContaining(['node', 'psql', 'pg_restore']),
  );
  for (const { pid, program } of processes) {
    expect(await environmentOf(pid, 'PATH'), program).not.toBe('');
    expect(await asOthersSee(pid, 'environ'), program).toBe('');
    expect(leaks(passwords, { 'a command line': await asOthersSee(pid, 'cmdline') })).toEqual([]);
  }

  const restore = await running.done;
  expect(restore.exitCode, restore.log).toBe(0);
  expect(restore.log).toMatch(
    /^[5-9]\.\d s: \d+ of \d+ entries done; .*now INDEX "public\.t_slowly_idx", building on "public\.t" \(.*\)$/m,
  );
  expect(restore.tempFilesLeft).toEqual([]);
  expect(leaks(passwords, placesOf(restore))).toEqual([]);
});

async function environmentOf(pid: number, name: string): Promise<string> {
  const variables = (await readFile(`/proc/${pid}/environ`, 'utf8')).split('\0');
  return variables.find((variable) => variable.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
}

/** What another user of the machine finds in a file of /proc; who is not root can only tell it from the file's mode. */
async function asOthersSee(pid: number, file: 'environ' | 'cmdline'): Promise<string> {
  const name = `/proc/${pid}/${file}`;
  const other = await serverUser();
  if (other) return spawnSync('cat', [name], { ...other, cwd: '/', encoding: 'utf8' }).stdout;
  const { mode } = await stat(name);
  return mode & 0o004 ? readFile(name, 'utf8') : '';
}

/** The contents of all files below a folder. */
async function filesIn(top: string): Promise<Record<string, string>> {
  const entries = await readdir(top, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const texts = files.map(async (file) => [file, await readFile(file, 'utf8').catch(() => '')] as const);
  return Object.fromEntries(await Promise.all(texts));
}
