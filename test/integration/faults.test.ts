import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Extra, type Jobs, jobsOn, onlyError, until } from '../support/jobs.ts';
import { freezingProxy } from '../support/machine/freezing-proxy.ts';
import { startClients } from '../support/postgres/restless-clients.ts';
import { watchProcesses } from '../support/runner/process-watch.ts';
import type { RunningStep, StepResult } from '../support/runner/runner.ts';
import { startWorld, type World } from '../support/world.ts';

/*
 * Restores with the strategy swap that are broken in every way. After each of them the old database has the same text as
 * before and takes connections, nothing of ours is left on the server or the runner, and one clear error was shown.
 */
let world: World;
let jobs: Jobs;
let database: string;
let before: string;
let name: string;
let content: Buffer;

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
  world = await startWorld({ servers: [15] });
  jobs = jobsOn(world, 15);
  database = await jobs.createDatabase({ sql: sample(3000, 'PERFORM pg_sleep(4);') });
  name = await backedUp(database);
  content = await world.backups.read(name);
  before = await jobs.text(database);
});
afterAll(() => world.stop());

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

/** What has to hold after every fault. @returns the one error */
async function asBefore(restore: StepResult): Promise<string> {
  const message = onlyError(restore);
  expect(message).toMatch(/was not changed|Nothing was changed/);
  expect(await jobs.text(database)).toBe(before);
  expect((await jobs.databases()).filter((one) => one.startsWith(`${database}_`))).toEqual([]);
  expect(restore.tempFilesLeft).toEqual([]);
  expect(restore.outputs).toEqual({});
  return message;
}

describe('a fault of the server', () => {
  test('it crashes and starts again while pg_restore is at work', async () => {
    const running = await start();
    await untilBuilding();
    const [backend] = await jobs.query<{ pid: number }>('postgres', building);
    process.kill(backend?.pid ?? 0, 'SIGKILL'); // upon which the server ends every session, and recovers
    const message = await asBefore(await running.done);
    expect(message).toMatch(/lost|closed|terminat|crash|EOF/i);
  });

  test('the session with the lock is ended: no swap happens', async () => {
    const running = await start();
    await untilBuilding();
    await world
      .server(15)
      .query("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'");
    const message = await asBefore(await running.done);
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
    test.each([0.2, 0.35, 0.5, 0.65, 0.8, 0.95])('after %d of the time', async (share) => {
      const proxy = await freezingProxy(world.server(15).port);
      const timer = setTimeout(proxy.cut, wholeTime * share);
      const restore = await jobs.restore(quick, itsBackup, { inputs: { db_port: String(proxy.port) } });
      clearTimeout(timer);
      await proxy.stop();
      expect(await jobs.text(quick)).toBe(itsText);
      expect((await jobs.databases()).filter((one) => one.startsWith(`${quick}_`))).toEqual([]);
      expect(restore.tempFilesLeft).toEqual([]);
      if (restore.exitCode !== 0) expect(onlyError(restore)).toMatch(/was not changed|Nothing was changed/);
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
    expect(await asBefore(await running.done)).toContain('pg_restore was ended by SIGKILL');
  });

  test('its disk is full', async () => {
    let limited = Promise.resolve<unknown>(undefined);
    let running: RunningStep | undefined;
    // A limit on the size of files stands for the disk: the write of the archive fails in the same place.
    const onLine = (line: string): void => {
      if (line !== '::group::Check what could be in the way') return;
      limited = promisify(execFile)('prlimit', ['--pid', String(running?.child.pid), `--fsize=${40_000}`]);
    };
    running = await start({ onLine });
    const restore = await running.done;
    await limited;
    expect(await asBefore(restore)).toMatch(/EFBIG|File too large|file too large/);
  });
});

describe('a fault of the backup', () => {
  const restoreOf = async (blob: Buffer, metadata: Record<string, string> = {}): Promise<StepResult> => {
    await world.backups.put('faulty.dump', blob, metadata);
    return (await start({}, 'faulty.dump')).done;
  };

  test('half of it is missing', async () => {
    const half = content.subarray(0, content.length / 2);
    const message = await asBefore(await restoreOf(half, await world.backups.metadata(name)));
    expect(message).toContain('SHA-256');
    expect(await asBefore(await restoreOf(half))).toMatch(/^Reading the archive with pg_restore/);
  });

  test('its format is newer than any pg_restore', async () => {
    const newer = Buffer.from(content);
    expect(newer.subarray(0, 6).toString('latin1')).toBe('PGDMP\x01');
    newer.writeUInt8(99, 6); // the minor version of the format
    expect(await asBefore(await restoreOf(newer))).toMatch(/version/);
  });

  test('it needs an extension that the server does not have', async () => {
    const withExtension = await jobs.createDatabase({ sql: 'CREATE EXTENSION hstore' });
    const archive = await world.backups.read(
      await backedUp(withExtension, { inputs: { compression: 'none' } }),
    );
    const text = archive.toString('latin1').replaceAll('hstore', 'hstorf');
    const message = await asBefore(await restoreOf(Buffer.from(text, 'latin1')));
    expect(message).toContain('"hstorf"');
    expect(message).toMatch(/extension/i);
  });

  test('it holds a key twice', async () => {
    const twice = await jobs.createDatabase({
      sql: `CREATE FUNCTION key(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$BEGIN RETURN $1; END$$;
        CREATE TABLE item AS SELECT g AS id FROM generate_series(1, 2) AS g;
        CREATE UNIQUE INDEX item_key ON item (key(id));
        CREATE OR REPLACE FUNCTION key(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$BEGIN RETURN 1; END$$;`,
    });
    const message = await asBefore(await (await start({}, await backedUp(twice))).done);
    expect(message).toMatch(/INDEX item_key .*could not create unique index "item_key"/s);
  });
});

test('who looks at the database all the time sees the old one or the new one, and nothing between', async () => {
  const server = world.server(15);
  const watched = await jobs.createDatabase({ sql: sample(3000, '') });
  await jobs.query(watched, "UPDATE which SET name = 'new'");
  const itsBackup = await backedUp(watched);
  await jobs.query(watched, "UPDATE which SET name = 'old'");
  const clients = startClients(server, { database: watched, ...world.login }, 6);
  const restore = await jobs.restore(watched, itsBackup);
  await until('all to see the new one', async () => clients.every(({ seen }) => seen.new > 0));
  for (const client of clients) await client.stop();

  expect(restore.exitCode, restore.log).toBe(0);
  expect(clients.map(({ order }) => order)).toEqual(clients.map(() => ['old', 'new']));
  const gap =
    Math.min(...clients.map(({ times }) => times.firstNew)) -
    Math.max(...clients.map(({ times }) => times.lastOld));
  console.log(`From the last answer of the old database to the first of the new one: ${gap.toFixed(0)} ms`);
  expect(gap).toBeLessThan(1_000);
});
