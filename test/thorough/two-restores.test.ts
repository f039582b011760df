import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTcpProxy } from '../support/faults/tcp-proxy.ts';
import { type Extra, type Jobs, jobsOn, messages, onlyError, until } from '../support/jobs.ts';
import { installedClients } from '../support/postgres/clients.ts';
import type { PostgresMajor, PostgresServer } from '../support/postgres/postgres-server.ts';
import type { RunningStep } from '../support/runner/runner.ts';
import { noteAbout } from '../support/runner/summary-notes.ts';
import { startWorld, type World } from '../support/world.ts';

const major: PostgresMajor = ((await installedClients()).at(-1)?.major ?? 0) >= 17 ? 17 : 15;

let world: World;
let server: PostgresServer;
let jobs: Jobs;
beforeAll(async () => {
  world = await startWorld({ servers: [major] });
  server = world.server(major);
  jobs = jobsOn(world, major);
});
afterAll(() => world.stop());

/** A restore makes no headway while there is a role `gate`: the index of the sample waits for it to go. */
const sample = `
  CREATE FUNCTION waits() RETURNS void LANGUAGE plpgsql AS $$
    BEGIN WHILE EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'gate') LOOP PERFORM pg_catalog.pg_sleep(0.05); END LOOP; END $$;
  CREATE FUNCTION slowly(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS 'BEGIN PERFORM public.waits(); RETURN $1; END';
  CREATE TABLE item AS SELECT 1 AS id; CREATE INDEX ON item (slowly(id))`;

const close = () => server.query('CREATE ROLE gate');
const open = () => server.query('DROP ROLE gate');

/** Starts a restore, and waits until it is in the middle of its work. */
async function startSlowRestore(database: string, backup: string, extra: Extra = {}): Promise<RunningStep> {
  await close();
  const order = { job_to_run: 'restore', db_name: database, backup_file_name: backup };
  const running = await jobs.start(order, extra);
  await until('the index to be built', async () => (await building(database)).length > 0);
  return running;
}

const building = (database: string) =>
  server.query<{ pid: number; datname: string }>(
    `SELECT pid, datname FROM pg_stat_activity WHERE datname LIKE '${database}%' AND query LIKE 'CREATE INDEX%'`,
  );

async function backedUp(): Promise<{ database: string; backup: string; before: string }> {
  const database = await jobs.createDatabase({ sql: sample });
  const { outputs, exitCode, log } = await jobs.backup(database);
  expect(exitCode, log).toBe(0);
  return { database, backup: outputs['backup_file_name'] ?? '', before: await jobs.text(database) };
}

test('of two restores of the same database the second fails at once, and the first succeeds', async () => {
  const { database, backup, before } = await backedUp();
  await jobs.query(database, 'CREATE TABLE stray AS SELECT 1 AS one');
  const spoiled = await jobs.text(database);
  const databases = await jobs.databases();

  const first = await startSlowRestore(database, backup);
  const during = await jobs.databases();
  for (const restore_strategy of ['swap', 'drop']) {
    const second = await jobs.restore(database, backup, { inputs: { restore_strategy } });
    const message = onlyError(second);
    expect(message).toMatch(
      /another restore of this database is running: a session of the role ".*" since .* UTC/,
    );
    expect(message).toContain(
      `Wait until the other restore has ended, then run the job again.\nDatabase "${database}" was not touched by this restore.`,
    );
    expect(second.log).not.toContain('Downloaded');
    expect(second.outputs).toEqual({});
    expect(second.tempFilesLeft).toEqual([]);
    expect(await jobs.databases()).toEqual(during);
    expect(await jobs.text(database)).toBe(spoiled);
  }

  await open();
  const restore = await first.done;
  expect(restore.exitCode, restore.log).toBe(0);
  expect(messages(restore, 'warning')).toEqual([]);
  expect(await jobs.text(database)).toBe(before);
  expect(await jobs.databases()).toEqual(databases);
});

test('what a restore has left whose runner is lost is dropped by the next, and what may be of others is only named', async () => {
  const { database, backup, before } = await backedUp();
  const databases = await jobs.databases();
  const killed = await startSlowRestore(database, backup, { runnerIsLost: true });
  const [{ pid, datname: left } = { pid: 0, datname: '' }] = await building(database);
  killed.child.kill('SIGKILL');
  await once(killed.child, 'exit');
  await killed.done;
  expect(await jobs.databases()).toEqual([...databases, left].sort());

  // Its pg_restore may be at work still.
  const again = await jobs.start({ job_to_run: 'restore', db_name: database, backup_file_name: backup });
  await until('the second one to build the index', async () => (await building(database)).length === 2);
  await open();
  const second = await again.done;
  expect(second.exitCode, second.log).toBe(0);
  expect(await jobs.databases()).toEqual([...databases, left].sort());
  expect(messages(second, 'warning')).toEqual([
    expect.stringContaining(`seems to have left "${left}" on the server. It was not dropped`),
  ]);
  await server.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = ${pid}`);
  await until('it to be left', async () => (await connectedTo(left)).length === 0);

  // Names as a restore gives them: without our mark, with that of another database's restore, and of another length.
  const foreign = [`${database}_restore_20200101000000`, `${database}_restore_20200101000001`];
  const unlike = `${database}_restore_2020`;
  for (const name of [...foreign, unlike]) await jobs.query('postgres', `CREATE DATABASE "${name}"`);
  const [mark] = await server.query<{ comment: string }>(
    `SELECT shobj_description(oid, 'pg_database') AS comment FROM pg_database WHERE datname = '${left}'`,
  );
  const ofAnother = mark?.comment.replace(database, 'another');
  await jobs.query('postgres', `COMMENT ON DATABASE "${foreign[1]}" IS '${ofAnother}'`);

  const restore = await jobs.restore(database, backup);
  expect(restore.exitCode, restore.log).toBe(0);
  expect(restore.log).toMatch(
    new RegExp(`^Dropped "${left}", left unfinished by the restore of run \\S.*$`, 'm'),
  );
  expect(messages(restore, 'warning')).toEqual([
    expect.stringContaining(
      `seems to have left "${foreign[0]}", "${foreign[1]}" on the server. It was not dropped`,
    ),
  ]);
  expect(await jobs.databases()).toEqual([...databases, ...foreign, unlike].sort());
  expect(await jobs.text(database)).toBe(before);
  const { sql } = noteAbout(restore.summary, /^A killed restore/);
  for (const statement of sql.split('\n')) await jobs.query('postgres', statement);
  expect(await jobs.databases()).toEqual([...databases, unlike].sort());
});

test('what a restore has left whose server did not come back is named, and dropped by the next', async () => {
  const { database, backup, before } = await backedUp();
  const proxy = await startTcpProxy(server);
  const running = await startSlowRestore(database, backup, { inputs: { db_port: String(proxy.port) } });
  const [{ datname: left } = { datname: '' }] = await building(database);
  await proxy.stop();
  const message = onlyError(await running.done);
  expect(message).toContain(
    `Database "${database}" was not touched by this restore, but the server could not be asked about it. The server could not be asked whether ` +
      `the new database "${left}" is left over; if it is, the end of the job or the next restore drops it.`,
  );
  expect(await jobs.text(database)).toBe(before);

  await open();
  await until('the server to notice', async () => (await connectedTo(left)).length === 0);
  const restore = await jobs.restore(database, backup);
  expect(restore.exitCode, restore.log).toBe(0);
  expect(restore.log).toContain(`\nDropped "${left}", left unfinished by the restore of run `);
  expect(messages(restore, 'warning')).toEqual([]);
  expect(await jobs.databases()).not.toContain(left);
  expect(await jobs.text(database)).toBe(before);
});

const connectedTo = (database: string) =>
  server.query(`SELECT pid FROM pg_stat_activity WHERE datname = '${database}'`);
