import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTcpProxy, type TcpProxy } from '../support/faults/tcp-proxy.ts';
import { type Extra, type Jobs, jobsOn, onlyError, until } from '../support/jobs.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/machine/temporary-folder.ts';
import { startClients } from '../support/postgres/restless-clients.ts';
import { watchProcesses } from '../support/runner/process-watch.ts';
import type { RunningStep, StepResult } from '../support/runner/runner.ts';
import { remember } from '../support/untouched.ts';
import { startWorld, type World } from '../support/world.ts';

/*
 * Restores with the strategy swap that are broken in every way. After each of them the old database has the same text as
 * before and takes connections, nothing of ours is left on the server or the runner, and one clear error was shown.
 */
let world: World;
let jobs: Jobs;
let database: string;
let oldText: string;
let untouched: (restore: StepResult) => Promise<string>;
let name: string;
let folder: TemporaryFolder;

/** Restoring the index takes long, because its function sleeps by then. */
const sample = (rows: number, sleep: string): string => `
  CREATE FUNCTION pause(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$BEGIN RETURN $1; END$$;
  CREATE TABLE which AS SELECT 'old'::text AS name;
  CREATE TABLE note (id int PRIMARY KEY, words text);
  INSERT INTO note SELECT g, repeat(md5(g::text), 4) FROM generate_series(1, ${rows}) AS g;
  CREATE TABLE item AS SELECT 1 AS id;
  CREATE INDEX ON item (pause(id));
  CREATE OR REPLACE FUNCTION pause(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$BEGIN ${sleep} RETURN $1; END$$;`;

beforeAll(async () => {
  folder = await makeTemporaryFolder('faults');
  world = await startWorld({ servers: [15] });
  jobs = jobsOn(world, 15);
  database = await jobs.createDatabase({ sql: sample(3000, 'PERFORM pg_sleep(4);') });
  name = await backedUp(database);
  untouched = await remember(jobs, database);
  oldText = await jobs.text(database);
});
afterAll(async () => {
  await world.stop();
  await folder.remove();
});

async function backedUp(which: string, extra: Extra = {}): Promise<string> {
  const backup = await jobs.backup(which, extra);
  expect(backup.exitCode, backup.log).toBe(0);
  return backup.outputs['backup_file_name'] ?? '';
}

const start = (extra: Extra = {}, backup_file_name = name): Promise<RunningStep> =>
  jobs.start({ job_to_run: 'restore', db_name: database, backup_file_name }, extra);

const building = "SELECT pid FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX item_pause_idx%'";
const untilBuilding = () =>
  until('the index to be built', async () => (await jobs.query('postgres', building)).length > 0);

describe('a fault of the server', () => {
  test('it crashes and starts again while pg_restore is at work', async () => {
    const running = await start();
    await untilBuilding();
    const [backend] = await jobs.query<{ pid: number }>('postgres', building);
    process.kill(backend?.pid ?? 0, 'SIGKILL'); // upon which the server ends every session, and recovers
    const message = await untouched(await running.done);
    expect(message).toMatch(/lost|closed|terminat|crash/i);
  });

  test('the session with the lock is ended: no swap happens', async () => {
    const running = await start();
    await untilBuilding();
    await world
      .server(15)
      .query("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'");
    const message = await untouched(await running.done);
    expect(message).toMatch(/^Holding the lock for restores/);
  });

  describe('all its connections break', () => {
    let quick: string;
    let itsText: string;
    let itsBackup: string;
    let wholeTime: number;
    beforeAll(async () => {
      quick = await jobs.createDatabase({ sql: sample(3000, '') });
      itsText = await jobs.text(quick);
      itsBackup = await backedUp(quick);
      wholeTime = await timeOf(() => jobs.restore(quick, itsBackup));
    });

    // From the first look at the server until after the swap; what is restored is what was there.
    const outcomes: number[] = [];

    test.each([0.2, 0.35, 0.5, 0.65, 0.8, 0.95])('after %d of the time', async (share) => {
      const proxy = await startTcpProxy(world.server(15));
      const timer = setTimeout(proxy.reset, wholeTime * share);
      const restore = await jobs.restore(quick, itsBackup, { inputs: { db_port: String(proxy.port) } });
      clearTimeout(timer);
      await proxy.stop();
      expect(await jobs.text(quick)).toBe(itsText);
      expect((await jobs.databases()).filter((one) => one.startsWith(`${quick}_`))).toEqual([]);
      expect(restore.tempFilesLeft).toEqual([]);
      if (restore.exitCode !== 0) expect(onlyError(restore)).toMatch(/was not (changed|touched)/);
      outcomes.push(restore.exitCode ?? -1);
    });

    // How many depends on how busy the machine is by then.
    test('and some restores have noticed', () => {
      expect(outcomes).toContain(1);
    });
  });
});

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

describe('a fault of the runner', () => {
  test('pg_restore is killed', async () => {
    const running = await start();
    await untilBuilding();
    const processes = watchProcesses(running.child.pid ?? 0).stop();
    const pgRestore = processes.find(({ program }) => program === 'pg_restore');
    process.kill(pgRestore?.pid ?? 0, 'SIGKILL');
    expect(await untouched(await running.done)).toContain('pg_restore was ended by SIGKILL');
  });

  // What nobody catches, thrown into the step from outside while it fills the new database.
  test.each([
    ['an error in a callback', "setTimeout(() => { throw new RangeError('deep') }, 200)"],
    ['a promise that nobody waits for', "setTimeout(() => Promise.reject(new RangeError('deep')), 200)"],
    ['one error after the other', "setInterval(() => { throw new RangeError('deep') }, 20)"],
  ])('%s', async (_, thrown) => {
    const preload = join(folder.path, 'preload.cjs');
    await writeFile(
      preload,
      `const write = process.stdout.write;
      process.stdout.write = function (text, ...rest) {
        if (/::group::Restore into/.test(text)) ${thrown};
        return write.call(this, text, ...rest);
      };`,
    );
    const restore = await (await start({ environment: { NODE_OPTIONS: `--require=${preload}` } })).done;
    const message = await untouched(restore);
    expect(message).toMatch(/failed: deep\nThis is a bug in the action/);
    expect(restore.summary).toContain('deep');
  });

  test('the server cannot be asked to clean up after a cancel: the step ends before the runner kills it', async () => {
    const preload = join(folder.path, 'preload.cjs');
    await writeFile(
      preload,
      `const child = require('node:child_process');
      const { spawn } = child;
      process.on('SIGINT', () => {
        child.spawn = (program, args, options) => spawn('sleep', ['4321'], options);
        require('node:module').syncBuiltinESMExports();
      });`,
    );
    const before = await jobs.databases();
    const running = await start({ environment: { NODE_OPTIONS: `--require=${preload}` } });
    await untilBuilding();
    const begun = performance.now();
    let took = Number.NaN;
    running.child.once('exit', () => {
      took = performance.now() - begun;
    });
    running.cancel();
    const restore = await running.done;
    const left = restore.log.trimEnd().split('\n').at(-1);
    expect(onlyError(restore)).toMatch(
      /^The step was cancelled, and ended before it had cleaned up\.\nDatabase ".*" was not touched by this restore\. ".*_restore_\d{14}" beside it may be left\. The end of the job drops it, or tells why it could not\.$/,
    );
    expect(left).toMatch(
      /^Cancelled\. Database ".*" was not touched by this restore\. ".*" may still be there\./,
    );
    expect(took).toBeGreaterThan(4_400);
    expect(took).toBeLessThan(5_000);
    expect(restore.exitCode).toBe(1); // and not by the runner's signals
    expect(restore.summary).toContain('ended before it had cleaned up');
    expect(restore.tempFilesLeft).toEqual([]);
    expect(await jobs.text(database)).toBe(oldText);
    const sleeping = await promisify(execFile)('ps', ['-eo', 'args']);
    expect(sleeping.stdout).not.toMatch(/^sleep 4321$/m);

    // What the step could not do, its post step has done.
    expect(restore.post?.log).toMatch(/^Dropped ".*_restore_\d{14}"$/m);
    expect(await jobs.databases()).toEqual(before);
  });

  test('what it waits for never comes', async () => {
    const preload = join(folder.path, 'preload.cjs');
    await writeFile(
      preload,
      `require('node:fs').promises.mkdtemp = () => new Promise(() => {}); require('node:module').syncBuiltinESMExports();`,
    );
    const restore = await (await start({ environment: { NODE_OPTIONS: `--require=${preload}` } })).done;
    expect(onlyError(restore)).toMatch(
      /^The step stopped: .*\nDatabase ".*" was not touched by this restore\.$/,
    );
    expect(restore.summary).toContain('The step stopped');
  });
});

describe('a fault of the backup', () => {
  test('it holds a key twice', async () => {
    const twice = await jobs.createDatabase({
      sql: `CREATE FUNCTION key(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$BEGIN RETURN $1; END$$;
        CREATE TABLE item AS SELECT g AS id FROM generate_series(1, 2) AS g;
        CREATE UNIQUE INDEX item_key ON item (key(id));
        CREATE OR REPLACE FUNCTION key(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$BEGIN RETURN 1; END$$;`,
    });
    const message = await untouched(await (await start({}, await backedUp(twice))).done);
    expect(message).toMatch(/INDEX item_key .*could not create unique index "item_key"/s);
  });
});

describe('a message of megabytes', () => {
  test.each([
    ['lines that look like keys', "repeat(E'Key (a)=(b)\\n', 20000)"],
    ['backticks', "repeat('`', 200000)"],
  ])('of %s ends in one error, and a summary that GitHub takes', async (_, text) => {
    const loud = await jobs.createDatabase({
      sql: `CREATE FUNCTION says(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$BEGIN RETURN $1; END$$;
        CREATE TABLE item AS SELECT 1 AS id; CREATE INDEX ON item (says(id));
        CREATE OR REPLACE FUNCTION says(int) RETURNS int IMMUTABLE LANGUAGE plpgsql
          AS $$BEGIN RAISE EXCEPTION USING MESSAGE = ${text}, DETAIL = ${text}, HINT = ${text}; END$$;`,
    });
    const restore = await (await start({}, await backedUp(loud))).done;
    expect(await untouched(restore)).toMatch(
      /INDEX item_says_idx .*: the server refused it \(its message is too long .*line 1 at RAISE/s,
    );
    expect(Buffer.byteLength(restore.summary)).toBeLessThan(2 ** 20);
  });
});

describe('with restore_strategy drop, a fault after the drop', () => {
  const inputs = { restore_strategy: 'drop' };
  const ofPgRestore = "query LIKE 'CREATE INDEX item_pause_idx%'";
  const endSession = () =>
    world.server(15).query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${ofPgRestore}`);

  test.each<[string, (proxy: TcpProxy) => unknown, RegExp]>([
    ["pg_restore's session is ended", endSession, /terminat/],
    ['all its connections break', ({ reset }) => reset(), /connection|closed|lost/i],
  ])('%s: the error says what is there now, and how to go on', async (_, fault, cause) => {
    const dropped = await jobs.createDatabase({ sql: sample(3000, 'PERFORM pg_sleep(2);') });
    const text = await jobs.text(dropped);
    const itsBackup = await backedUp(dropped);
    const databases = await jobs.databases();
    const order = { job_to_run: 'restore', db_name: dropped, backup_file_name: itsBackup };
    const proxy = await startTcpProxy(world.server(15));
    const running = await jobs.start(order, { inputs: { ...inputs, db_port: String(proxy.port) } });
    await untilBuilding();
    await fault(proxy);
    const restore = await running.done;
    await proxy.stop();
    const message = onlyError(restore);
    expect(message).toMatch(cause);
    expect(message).toContain(`Database "${dropped}" is incomplete, keep applications out.`);
    expect(restore.log).toMatch(
      new RegExp(`un the same restore again \\(backup_file_name: "${itsBackup}"\\)\\.`),
    );
    expect(restore.tempFilesLeft).toEqual([]);

    const again = await (await jobs.start(order, { inputs })).done;
    expect(again.exitCode, again.log).toBe(0);
    expect(await jobs.text(dropped)).toBe(text);
    expect(await jobs.databases()).toEqual(databases);
  });

  test('a cancel while statistics are collected says that all of it is there', async () => {
    const dropped = await jobs.createDatabase({ sql: sample(3000, '') });
    const text = await jobs.text(dropped);
    const itsBackup = await backedUp(dropped);
    const order = { job_to_run: 'restore', db_name: dropped, backup_file_name: itsBackup };
    const onLine = (line: string): void => {
      if (/^::group::Finish/.test(line)) running.cancel();
    };
    const running = await jobs.start(order, { inputs, onLine });
    const restore = await running.done;
    expect(onlyError(restore)).toMatch(
      /^It was cancelled \(SIGINT\) during: Collecting statistics in .*\nRun this in it, or queries may be slow:\nANALYZE;\nDatabase ".*" is restored in full\.$/,
    );
    expect(await jobs.text(dropped)).toBe(text);
  });
});

test('with restore_strategy drop, a cancel once statistics are collected lets it end, and tells nothing that is not so', async () => {
  const dropped = await jobs.createDatabase({ sql: sample(3000, '') });
  const text = await jobs.text(dropped);
  const itsBackup = await backedUp(dropped);
  const order = { job_to_run: 'restore', db_name: dropped, backup_file_name: itsBackup };
  const onLine = (line: string): void => {
    if (/^Analyzed /.test(line)) running.cancel();
  };
  const running = await jobs.start(order, { inputs: { restore_strategy: 'drop' }, onLine });
  const restore = await running.done;
  expect(restore.exitCode, restore.log).toBe(0);
  expect(restore.annotations).toEqual([]);
  expect(restore.log).not.toMatch(/ANALYZE|Collecting statistics/);
  expect(restore.log.trimEnd().split('\n').at(-1)).toMatch(/^Restored "/);
  expect(await jobs.text(dropped)).toBe(text);
});

test('who looks at the database all the time sees the old one or the new one, and nothing between', async () => {
  const server = world.server(15);
  const watched = await jobs.createDatabase({ sql: sample(3000, '') });
  await jobs.query(watched, "UPDATE which SET name = 'new'");
  const itsBackup = await backedUp(watched);
  await jobs.query(watched, "UPDATE which SET name = 'old'");
  // All of each database: a half-filled one would have other numbers of rows, or no such table.
  const question =
    "SELECT CASE WHEN (SELECT count(*) FROM note) = 3000 AND (SELECT count(*) FROM item) = 1 THEN (SELECT name FROM which) ELSE 'part' END AS name";
  const clients = startClients(server, { database: watched, ...world.login }, 6, question);
  const restore = await jobs.restore(watched, itsBackup);
  await until('all to see the new one', async () => clients.every(({ seen }) => seen.new > 0));
  for (const client of clients) await client.stop();

  expect(restore.exitCode, restore.log).toBe(0);
  expect(clients.map(({ order }) => order)).toEqual(clients.map(() => ['old', 'new']));
  // Ended by an administrator's command, which pg may notice when it asks again; and once, renamed while it was waited for.
  const known = ['57P01', '3D000', 'Client has encountered a connection error and is not queryable'];
  for (const { errors } of clients) {
    expect(known).toEqual(expect.arrayContaining(errors));
    expect(errors.filter((code) => code === '3D000').length).toBeLessThanOrEqual(1);
  }
  const gap =
    Math.min(...clients.map(({ times }) => times.firstNew)) -
    Math.max(...clients.map(({ times }) => times.lastOld));
  console.log(`From the last answer of the old database to the first of the new one: ${gap.toFixed(0)} ms`);
  expect(gap).toBeLessThan(1_000);
});
