import { spawn } from 'node:child_process';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ProcessFailure } from '../../src/base/process.ts';
import { explainServerError } from '../../src/postgres/errors/explain.ts';
import type { Psql } from '../../src/postgres/session/psql.ts';
import { openSession, type Session, sqlStateOf } from '../../src/postgres/session/session.ts';
import { until } from '../support/jobs.ts';
import { installedClients } from '../support/postgres/clients.ts';
import { type BareServer, startBareServer } from '../support/postgres/psql-on.ts';

let bare: BareServer;
let psql: Psql;
const opened: Session[] = [];
beforeAll(async () => {
  bare = await startBareServer(15);
  psql = await bare.psqlAs(await bare.server.createRole('plain', 'secret'));
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((session) => session.close()));
});
afterAll(() => bare.stop());

async function open(program = psql.program): Promise<Session> {
  const session = await openSession({ ...psql, program }, 'postgres', { applicationName: 'held session' });
  opened.push(session);
  return session;
}

const failureOf = (work: Promise<unknown>): Promise<ProcessFailure> =>
  work.then(
    (output) => expect.unreachable(`it succeeded: ${output}`),
    (error) => error,
  );

const sessionsCalled = (name: string): Promise<{ pid: number }[]> =>
  bare.server.query(`SELECT pid FROM pg_stat_activity WHERE application_name = '${name}'`);

const clients = await installedClients();

test.each(clients)('statements run one after the other in one session, by psql $major', async ({ psql }) => {
  const session = await open(psql);
  expect(await session.run('CREATE TEMPORARY TABLE t AS SELECT 1 AS a')).toBe('');
  expect(await session.run('SELECT a FROM t')).toBe('1');
  expect(await session.run("SELECT 1 UNION ALL SELECT 2 ORDER BY 1 -- the comment's end")).toBe('1\n2');
  expect(await session.run('INSERT INTO t VALUES (2) \\; SELECT count(*) FROM t')).toBe('2');
  expect(await session.run("DO $$ BEGIN RAISE WARNING 'x'; END $$")).toBe('');
  expect(await session.run("SELECT 'end-of-answer', repeat('x', 1000000)")).toHaveLength(1_000_014);
});

test.each(clients)('an error is thrown, and the session goes on, by psql $major', async ({ psql }) => {
  const session = await open(psql);
  await session.run('CREATE TEMPORARY TABLE t (a int)');
  await session.run('BEGIN');
  await session.run('INSERT INTO t VALUES (1)');
  const failure = await failureOf(session.run('SELECT 1 / 0'));
  expect(failure).toBeInstanceOf(ProcessFailure);
  expect(sqlStateOf(failure)).toBe('22012');
  expect(explainServerError(failure).cause).toBe('ERROR:  division by zero');
  expect(await session.run('SELECT count(*) FROM t')).toBe('0');
  const message = 'INSERT INTO t VALUES (1) \\; SELECT * FROM nowhere \\; INSERT INTO t VALUES (2)';
  expect(sqlStateOf(await failureOf(session.run(message)))).toBe('42P01');
  expect(await session.run('SELECT count(*) FROM t')).toBe('0');
  expect(session.lost.aborted).toBe(false);
});

test('values are only ever values', async () => {
  const session = await open();
  for (const value of [
    '',
    `it's "quoted"`,
    'back\\slash \\n \\101',
    "\\'",
    ':x :"x" :\'x\' `id`',
    'two\nlines\r\n',
    '\u2028 ä 😀',
    '-- x',
    '$(id) \\! id',
  ]) {
    const json = await session.run("SELECT to_json(:'value'::text)", { value });
    expect(JSON.parse(json)).toBe(value);
  }
});

test('statements that are asked for at once wait for each other', async () => {
  const session = await open();
  const answers = [1, 2, 3, 4].map((n) => session.run(`SELECT ${n} FROM pg_sleep(0.0${5 - n})`));
  const error = failureOf(session.run('SELECT x'));
  expect(await Promise.all(answers)).toEqual(['1', '2', '3', '4']);
  expect(sqlStateOf(await error)).toBe('42703');
  expect(await session.run('SELECT 5')).toBe('5');
});

test('a session that the server ends is lost, and says why', async () => {
  const session = await open();
  await session.run("DO $$ BEGIN RAISE WARNING 'of another statement'; END $$");
  const pid = await session.run('SELECT pg_backend_pid()');
  await bare.server.query(`SELECT pg_terminate_backend(${pid})`);
  const failure = await failureOf(session.run('SELECT 1'));
  expect(sqlStateOf(failure)).toBeUndefined();
  expect(failure.stderr).toMatch(/^FATAL: {2}terminating connection/);
  expect(failure.stderr).not.toContain('end-of-answer');
  expect(session.lost.aborted).toBe(true);
  expect(session.lost.reason).toBe(failure);
  expect(await failureOf(session.run('SELECT 1'))).toBe(failure);
});

test('a session that is ended in the middle of a statement is lost too', async () => {
  const session = await open();
  const pid = await session.run('SELECT pg_backend_pid()');
  const failing = failureOf(session.run('SELECT pg_sleep(60)'));
  await bare.server.query(`SELECT pg_sleep(0.2), pg_terminate_backend(${pid})`);
  expect((await failing).stderr).toContain('terminating connection');
  expect(session.lost.aborted).toBe(true);
});

test('closing ends it for the server too, and is no loss', async () => {
  const session = await open();
  expect(await sessionsCalled('held session')).toHaveLength(1);
  await session.close();
  await session.close();
  expect(session.lost.aborted).toBe(false);
  await until('the server to notice', async () => (await sessionsCalled('held session')).length === 0);
  expect((await failureOf(session.run('SELECT 1'))).message).toContain('has been closed');
});

test('closing does not wait for a statement that hangs', async () => {
  const session = await open();
  const failing = failureOf(session.run('SELECT pg_sleep(60)'));
  const begun = performance.now();
  await session.close();
  await failing;
  expect(performance.now() - begun).toBeLessThan(20_000);
});

test('a cancel of the step does not end it', async () => {
  const controller = new AbortController();
  const session = await openSession({ ...psql, signal: controller.signal }, 'postgres', {
    applicationName: 'x',
  });
  opened.push(session);
  const answer = session.run('SELECT 1 FROM pg_sleep(0.3)');
  controller.abort(new Error('cancelled'));
  expect(await answer).toBe('1');
  expect(await session.run('SELECT 2')).toBe('2');
  await expect(
    openSession({ ...psql, signal: controller.signal }, 'postgres', { applicationName: 'x' }),
  ).rejects.toThrow('cancelled');
});

test('who cannot connect is told so', async () => {
  const wrong = await bare.psqlAs({ user: 'plain', password: 'wrong' });
  const failure = await failureOf(openSession(wrong, 'postgres', { applicationName: 'x' }));
  expect(failure).toMatchObject({ exitCode: 2 });
  expect(failure.stderr).toContain('password authentication failed');
  const nowhere = { ...psql, program: '/no/such/psql' };
  const missing = await failureOf(openSession(nowhere, 'postgres', { applicationName: 'x' }));
  expect(missing.message).toContain('could not be started');
});

test('a session ends with its process, even if that is killed', async () => {
  const script = `import { openSession } from ${JSON.stringify(new URL('../../src/postgres/session/session.ts', import.meta.url).href)};
    const psql = { ...${JSON.stringify(psql)}, signal: new AbortController().signal };
    const session = await openSession(psql, 'postgres', { applicationName: 'orphan' });
    await session.run('BEGIN');
    console.log('open');`;
  const holder = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => holder.stdout.once('data', resolve));
  expect(await sessionsCalled('orphan')).toHaveLength(1);
  const begun = performance.now();
  holder.kill('SIGKILL');
  await until('the session to end', async () => (await sessionsCalled('orphan')).length === 0);
  console.log(`The session of a killed process was gone after ${(performance.now() - begun).toFixed(0)} ms`);
});
