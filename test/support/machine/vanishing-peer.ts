import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { patienceOf } from '../../../src/base/patience.ts';
import { prepareConnection } from '../../../src/postgres/session/connection.ts';
import type { Psql } from '../../../src/postgres/session/psql.ts';
import { openSession } from '../../../src/postgres/session/session.ts';
import { startAnsweringServer } from '../postgres/answering-server.ts';
import { makeAuthority } from './certificates.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

/*
 * A server that vanishes without a word, as a machine does that loses its power or a path that is closed: no proxy can play that, since
 * the system under it goes on answering. It runs in a network of its own, which is joined to another by a cable, and then loses its
 * address. Run by `unshare -rn`, with the path of a psql and what the way does: it `vanishes` at once, and what is printed as JSON is after
 * how many milliseconds its sessions were given up; or it `forgets` what it has seen no packet of for three seconds, as a load balancer
 * does after minutes, and what is printed is whether a question of six seconds was answered, with the action's keep-alives and without.
 */

const exec = promisify(execFile);
const [psql = '', mode] = process.argv.slice(2);
const [ours, theirs, port] = ['10.99.0.1', '10.99.0.2', 5432];
if (mode === 'serve') await answer();
else await watch();

/** The server, which does not answer where it is asked for silence. What comes by the cable is passed on to it. */
async function answer(): Promise<void> {
  await exec('ip', ['link', 'set', 'lo', 'up']);
  const authority = await makeAuthority();
  const certificate = await authority.issue([theirs]);
  const server = await startAnsweringServer({
    certificate,
    answer: (query) => {
      if (query.includes('silence')) return new Promise<string>(() => {});
      return query.includes('slow') ? sleep(6_000, '') : '';
    },
  });
  const listener = createServer((client) => {
    const socket = connect(server.port, '127.0.0.1');
    for (const one of [client, socket]) one.on('error', () => {});
    client.pipe(socket).pipe(client);
  });
  await once(listener.listen(port, '0.0.0.0'), 'listening');
  process.stdout.write(`${JSON.stringify(authority.caPem)}\n`);
}

async function watch(): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const server = spawn('unshare', ['-n', process.execPath, import.meta.filename, psql, 'serve'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  stack.defer(() => void server.kill('SIGKILL'));
  const [line = ''] = await once(createInterface(server.stdout), 'line');
  const there = ['-t', String(server.pid), '-n', 'ip'];
  await exec('ip', [
    'link',
    'add',
    'here',
    'type',
    'veth',
    'peer',
    'name',
    'there',
    'netns',
    String(server.pid),
  ]);
  await exec('ip', ['addr', 'add', `${ours}/24`, 'dev', 'here']);
  await exec('nsenter', [...there, 'addr', 'add', `${theirs}/24`, 'dev', 'there']);
  await exec('ip', ['link', 'set', 'here', 'up']);
  await exec('nsenter', [...there, 'link', 'set', 'there', 'up']);

  const folder = await makeTemporaryFolder('vanishing');
  stack.defer(folder.remove);
  const sslRootCert = path.join(folder.path, 'ca.pem');
  await writeFile(sslRootCert, JSON.parse(line));
  const address = { host: theirs, port, sslMode: 'verify-full', sslRootCert } as const;
  const insistence = { patience: patienceOf(10), info: () => {}, readPassword: async () => '' };
  const connection = await prepareConnection(address, { user: 'u', password: '' }, folder.path, insistence);
  const given: Psql = { program: psql, connection, signal: AbortSignal.timeout(60_000) };
  if (mode === 'forgets') {
    const flush = () => exec('nsenter', [...there, 'addr', 'flush', 'dev', 'there']);
    process.stdout.write(`${JSON.stringify(await overForgetfulWay(given, flush))}\n`);
    return;
  }
  const sessions = await Promise.all(
    ['waits', 'asks'].map((applicationName) => openSession(given, 'd', { applicationName })),
  );
  const [waiting, asking] = sessions;
  const answered = waiting?.run("SELECT 'silence'");
  await sleep(500); // until it has been received
  await exec('nsenter', [...there, 'addr', 'flush', 'dev', 'there']);
  const begun = performance.now();
  const untilGivenUp = async (work: Promise<unknown> | undefined): Promise<number> => {
    await work?.catch(() => {});
    return Math.round(performance.now() - begun);
  };
  const [waited, asked] = await Promise.all([untilGivenUp(answered), untilGivenUp(asking?.run('SELECT 1'))]);
  process.stdout.write(`${JSON.stringify({ waited, asked })}\n`);
  for (const session of sessions) await session.close();
}

/** One after the other: without keep-alives, nothing goes over the cable while the answer is waited for. */
async function overForgetfulWay(
  given: Psql,
  forget: () => Promise<unknown>,
): Promise<{ kept: boolean; forgotten: boolean }> {
  const session = await openSession(given, 'd', { applicationName: 'waits' });
  const over = new AbortController();
  const forgetting = forgetWhenIdle(forget, over.signal);
  const kept = await session.run("SELECT 'slow'").then(
    () => true,
    () => false,
  );
  await session.close(); // its keep-alives would go on
  const { env } = given.connection;
  const bare = exec(psql, ['-XAtc', "SELECT 'slow'", "dbname='d' keepalives=0"], { env, timeout: 9_000 });
  const forgotten = await bare.then(
    () => false,
    () => true,
  );
  over.abort();
  await forgetting;
  return { kept, forgotten };
}

/** Looks at what goes over the cable, every tenth of a second. */
async function forgetWhenIdle(forget: () => Promise<unknown>, over: AbortSignal): Promise<void> {
  const packets = async () => /^ *here: .*$/m.exec(await readFile('/proc/self/net/dev', 'utf8'))?.[0];
  let [seen, since] = [await packets(), performance.now()];
  while (!over.aborted) {
    await sleep(100);
    const now = await packets();
    if (now !== seen) [seen, since] = [now, performance.now()];
    else if (performance.now() - since > 3_000) return void (await forget());
  }
}
