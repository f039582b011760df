import { escapeIdentifier } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { replacedMark } from '../../src/postgres/properties/restore-mark.ts';
import { dropDatabase } from '../../src/postgres/swap/drop.ts';
import { dropLeftover, findLeftovers } from '../../src/postgres/swap/leftovers.ts';
import { lockRestore } from '../../src/postgres/swap/lock.ts';
import type { KnownDatabase } from '../../src/postgres/swap/proof.ts';
import { startTcpProxy } from '../support/faults/tcp-proxy.ts';
import { type Jobs, jobsOn, messages, onlyError, until } from '../support/jobs.ts';
import type { Login, PostgresServer } from '../support/postgres/postgres-server.ts';
import { type BareServer, startBareServer } from '../support/postgres/psql-on.ts';
import { noteAbout } from '../support/runner/summary-notes.ts';
import { startWorld, type World } from '../support/world.ts';

/*
 * A server that takes its time over a drop: it waits for a checkpoint, whose process is stopped, or for every other session to notice
 * that files are about to go, one of which is stopped.
 */
const stopped = new Set<number>();
afterEach(() => {
  for (const pid of stopped) process.kill(pid, 'SIGCONT');
  stopped.clear();
});

function stop(pid: number): () => void {
  process.kill(pid, 'SIGSTOP');
  stopped.add(pid);
  return () => {
    process.kill(pid, 'SIGCONT');
    stopped.delete(pid);
  };
}

async function stopCheckpointer(server: PostgresServer): Promise<() => void> {
  const question = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'";
  const [row] = await server.query<{ pid: number }>(question);
  return stop(row?.pid ?? 0);
}

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const dropping = "SELECT pid FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'DROP DATABASE%'";
const untilDropping = (server: PostgresServer) =>
  until('the drop', async () => (await server.query(dropping)).length > 0);

describe('a drop', () => {
  let bare: BareServer;
  let owner: Login;
  beforeAll(async () => {
    bare = await startBareServer(15);
    owner = await bare.server.createRole('plain owner', 'secret', 'CREATEDB');
    await bare.server.query('ALTER ROLE "plain owner" SET statement_timeout = 1000');
  });
  afterAll(() => bare.stop());

  async function made(name: string, comment?: string): Promise<KnownDatabase> {
    await bare.server.query(`CREATE DATABASE ${escapeIdentifier(name)}`, owner);
    const known = { name, oid: await oidOf(name) };
    if (comment === undefined) return known;
    await bare.server.query(`COMMENT ON DATABASE ${escapeIdentifier(name)} IS '${comment}'`);
    return { ...known, comment };
  }
  async function oidOf(name: string): Promise<number> {
    const [row] = await bare.server.query<{ oid: number }>(
      `SELECT oid FROM pg_database WHERE datname = '${name}'`,
    );
    return row?.oid ?? 0;
  }
  const exists = async (oid: number): Promise<boolean> =>
    (await bare.server.query(`SELECT 1 FROM pg_database WHERE oid = ${oid}`)).length > 0;

  async function drop(known: KnownDatabase, port = bare.server.port) {
    const lines: string[] = [];
    const order = { database: known.name, endSessions: true };
    const psql = await bare.psqlThrough(owner, port);
    const begun = performance.now();
    const outcome = await dropDatabase(psql, known, order, { info: (line) => lines.push(line) });
    return { outcome, lines, took: performance.now() - begun };
  }

  test('takes as long as it takes, more than a minute if need be, and the log says so', async () => {
    const known = await made('slow');
    const goOn = await stopCheckpointer(bare.server);
    const dropped = drop(known);
    await sleep(66_000);
    goOn();
    const { outcome, lines, took } = await dropped;
    expect(outcome).toEqual({ state: 'dropped' });
    expect(took).toBeGreaterThan(66_000);
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines) expect(line).toMatch(/ s: dropping "slow"$/);
    expect(await exists(known.oid)).toBe(false);
  });

  test('that waits for a session that does not notice it ends, too', async () => {
    const known = await made('unheard');
    const session = await bare.server.connect();
    const { rows } = await session.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const goOn = stop(rows[0]?.pid ?? 0);
    const dropped = drop(known);
    await untilDropping(bare.server);
    await sleep(6_000);
    expect(await exists(known.oid)).toBe(true);
    goOn();
    expect(await dropped).toMatchObject({
      outcome: { state: 'dropped' },
      lines: [expect.stringContaining('dropping "unheard"')],
    });
    await session.end();
  });

  test('whose connection is cut is waited for, since the server goes on with it', async () => {
    const known = await made('cut');
    const proxy = await startTcpProxy(bare.server);
    const goOn = await stopCheckpointer(bare.server);
    const dropped = drop(known, proxy.port);
    await untilDropping(bare.server);
    proxy.reset();
    await sleep(3_000);
    expect((await bare.server.query(dropping)).length).toBe(1);
    goOn();
    expect((await dropped).outcome).toEqual({ state: 'dropped' });
    expect(await exists(known.oid)).toBe(false);
    await proxy.stop();
  });

  test('that was ended half way has left a ruin, and says so; the next restore drops that, though nothing is in its place', async () => {
    const mark = replacedMark({ database: 'shop', run: '7', comment: null });
    const known = await made('shop', mark);
    const goOn = await stopCheckpointer(bare.server);
    const dropped = drop(known);
    await untilDropping(bare.server);
    await bare.server.query(`SELECT pg_cancel_backend(pid) FROM (${dropping}) AS d`);
    const { outcome } = await dropped;
    goOn();
    expect(outcome).toMatchObject({
      state: 'destroyed',
      name: expect.stringMatching(/^shop_dropping_\d{14}$/),
    });
    const psql = await bare.psqlAs(owner);
    const lock = await lockRestore(psql, 'shop');
    const { leftovers } = await findLeftovers(lock);
    expect(leftovers).toMatchObject([{ oid: known.oid, kind: 'old', run: '7', droppable: true }]);
    for (const leftover of leftovers)
      expect(await dropLeftover(psql, 'shop', leftover, { info: () => {} })).toEqual({ state: 'dropped' });
    expect(await exists(known.oid)).toBe(false);
    await lock.release();
  });

  test('whose server does not come back is in doubt', async () => {
    const known = await made('gone');
    const proxy = await startTcpProxy(bare.server);
    const goOn = await stopCheckpointer(bare.server);
    const dropped = drop(known, proxy.port);
    await untilDropping(bare.server);
    await proxy.stop();
    const { outcome } = await dropped;
    expect(outcome).toMatchObject({ state: 'unknown', name: 'gone' });
    const named = 'dropping' in outcome ? await oidOf(outcome.dropping ?? '') : 0;
    expect(named).toBe(known.oid);
    goOn();
  });
});

describe('a restore', () => {
  let world: World;
  let server: PostgresServer;
  let jobs: Jobs;
  beforeAll(async () => {
    world = await startWorld({ servers: [15] });
    server = world.server(15);
    jobs = jobsOn(world, 15);
  });
  afterAll(() => world.stop());

  async function backedUp(more = '') {
    const database = await jobs.createDatabase({
      sql: `CREATE TABLE note AS SELECT 'as backed up' AS words; ${more}`,
    });
    const backup = await jobs.backup(database);
    expect(backup.exitCode, backup.log).toBe(0);
    const text = await jobs.text(database);
    await jobs.query(database, "UPDATE note SET words = 'changed since'");
    await jobs.query('postgres', `COMMENT ON DATABASE "${database}" IS 'of the shop'`);
    const databases = await jobs.databases();
    return { database, text, databases, name: backup.outputs['backup_file_name'] ?? '' };
  }

  /** Restores, and does something at a line of its log. */
  async function restoreWhile(
    { database, name }: { database: string; name: string },
    restore_strategy: string,
    moment: RegExp,
    meanwhile: () => Promise<unknown>,
  ) {
    let done: Promise<unknown> | undefined;
    const onLine = (line: string): void => {
      if (moment.test(line)) done ??= meanwhile();
    };
    const restore = await jobs.restore(database, name, { inputs: { restore_strategy }, onLine });
    expect(done).toBeDefined();
    await done;
    return restore;
  }

  const moments = { swap: /^Connections blocked for/, drop: /^Created empty database/ };

  test.each([
    ['swap', 8_000],
    ['drop', 66_000],
  ] as const)(
    'with %s waits for a server that is slow to drop, %d ms, and all is well',
    async (strategy, wait) => {
      const scene = await backedUp();
      const restore = await restoreWhile(scene, strategy, moments[strategy], async () => {
        const goOn = await stopCheckpointer(server);
        setTimeout(goOn, wait);
      });
      expect(restore.exitCode, restore.log).toBe(0);
      expect(messages(restore, 'warning')).toEqual([]);
      expect(restore.log).toMatch(/^5\.\d s: dropping "/m);
      expect(await jobs.text(scene.database)).toBe(scene.text);
      expect(await jobs.databases()).toEqual(scene.databases);
    },
  );

  test('with drop whose old database the server does not drop puts it back', async () => {
    const scene = await backedUp();
    const { database, databases } = scene;
    const before = await jobs.text(database);
    const subscribe =
      "CREATE SUBSCRIPTION in_the_way CONNECTION 'dbname=nowhere' PUBLICATION p WITH (connect = false)";
    const restore = await restoreWhile(scene, 'drop', moments.drop, () =>
      server.query(subscribe, { database }),
    );
    expect(onlyError(restore)).toMatch(
      new RegExp(
        `^Dropping database "${database}" failed: .*subscription.*\nDatabase "${database}" was not changed\\.$`,
        's',
      ),
    );
    await server.query('ALTER SUBSCRIPTION in_the_way SET (slot_name = NONE); DROP SUBSCRIPTION in_the_way', {
      database,
    });
    expect(await jobs.text(database)).toBe(before);
    expect(await jobs.databases()).toEqual(databases);
    const comment = `SELECT shobj_description(oid, 'pg_database') AS comment FROM pg_database WHERE datname = '${database}'`;
    expect(await jobs.query('postgres', comment)).toEqual([{ comment: 'of the shop' }]);
  });

  test('with drop that can neither drop the old database nor put it back, since it has lost its lock, has it put back when the job ends', async () => {
    const scene = await backedUp();
    const { database, databases } = scene;
    const before = await jobs.text(database);
    const exchanged = async (): Promise<boolean> =>
      (await jobs.databases()).some((name) => name.startsWith(`${database}_before_`));
    const restore = await restoreWhile(scene, 'drop', moments.drop, async () => {
      await server.query(
        "CREATE SUBSCRIPTION in_the_way CONNECTION 'dbname=nowhere' PUBLICATION p WITH (connect = false)",
        { database },
      );
      await until('the exchange', exchanged);
      const lock = `application_name = 'postgres-azure-backup restore ${database}'`;
      await server.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${lock}`);
    });
    expect(onlyError(restore)).toContain('The end of the job tries to put the old database back.');
    expect(restore.post?.log).toContain(`Database "${database}" is the old one again`);
    expect(messages(restore, 'warning')).toEqual([]);
    expect(await jobs.databases()).toEqual(databases);
    await server.query('ALTER SUBSCRIPTION in_the_way SET (slot_name = NONE); DROP SUBSCRIPTION in_the_way', {
      database,
    });
    expect(await jobs.text(database)).toBe(before);
    const comment = `SELECT shobj_description(oid, 'pg_database') AS comment FROM pg_database WHERE datname = '${database}'`;
    expect(await jobs.query('postgres', comment)).toEqual([{ comment: 'of the shop' }]);
  });

  test('with drop whose server is away during the drop, and back when the job ends, has the old database put back', async () => {
    const scene = await backedUp();
    const { database, databases } = scene;
    const before = await jobs.text(database);
    const proxy = await startTcpProxy(server);
    const session = await server.connect();
    let locked: Promise<unknown> | undefined;
    let up: Promise<void> | undefined;
    const onLine = (line: string): void => {
      if (moments.drop.test(line))
        locked ??= session.query('BEGIN; LOCK TABLE pg_catalog.pg_subscription IN SHARE MODE'); // which a drop looks into
      if (/ended before it had cleaned up\./.test(line)) up ??= proxy.up();
    };
    const order = { job_to_run: 'restore', db_name: database, backup_file_name: scene.name };
    const inputs = {
      ...{ restore_strategy: 'drop', db_port: String(proxy.port), retry_timeout_seconds: '10' },
    };
    const running = await jobs.start(order, { inputs, onLine });
    await untilDropping(server);
    await proxy.down();
    proxy.reset();
    await server.query(`SELECT pg_terminate_backend(pid) FROM (${dropping}) AS d`);
    await session.query('ROLLBACK');
    await session.end();
    const restore = await running.done;
    for (const act of [locked, up]) expect(act, restore.log).toBeDefined();
    const message = onlyError(restore);
    expect(message).toContain(
      'The end of the job looks whether the old database is there, and puts it back.',
    );
    const told = /whether the old one, ".*_before_\d+" or by now ".*_dropping_\d{14}", is dropped\./;
    expect(message).toMatch(told);
    expect(restore.post?.log).toContain(`Database "${database}" is the old one again`);
    expect(messages(restore, 'warning')).toEqual([]);
    expect(await jobs.databases()).toEqual(databases);
    expect(await jobs.text(database)).toBe(before);
    const [, oid = ''] = /SELECT datname FROM pg_database WHERE oid = (\d+);/.exec(message) ?? [];
    const question = `SELECT datname FROM pg_database WHERE oid = ${oid}`;
    expect(await jobs.query('postgres', question)).toEqual([{ datname: database }]);
    await proxy.stop();
  });

  test('with drop that is cancelled in the middle of the exchange has it finished, and puts the old database back', async () => {
    const scene = await backedUp();
    const { database, databases } = scene;
    const before = await jobs.text(database);
    const session = await server.connect();
    const order = { job_to_run: 'restore', db_name: database, backup_file_name: scene.name };
    const renaming =
      "SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'SET LOCAL%RENAME TO%'";
    const waits = () => until('the rename to wait', async () => (await server.query(renaming)).length > 0);
    let locked: Promise<unknown> | undefined;
    const onLine = (line: string): void => {
      if (moments.drop.test(line))
        locked ??= session.query(`BEGIN; COMMENT ON DATABASE "${database}" IS 'changed'`);
    };
    const running = await jobs.start(order, { inputs: { restore_strategy: 'drop' }, onLine });
    await waits();
    await sleep(4_800); // the third attempt waits for two seconds
    await waits();
    running.cancel();
    await sleep(300);
    await session.query('ROLLBACK');
    await session.end();
    const restore = await running.done;
    await locked;
    expect(onlyError(restore)).toMatch(/^It was cancelled .*was not changed\.$/s);
    expect(restore.log).toContain('\nPutting the old database back\n');
    expect(await jobs.text(database)).toBe(before);
    expect(await jobs.databases()).toEqual(databases);
    const comment = `SELECT shobj_description(oid, 'pg_database') AS comment FROM pg_database WHERE datname = '${database}'`;
    expect(await jobs.query('postgres', comment)).toEqual([{ comment: 'of the shop' }]);
  });

  test('with drop that a drop ended half way has left a ruin of goes on, and says what to drop', async () => {
    const scene = await backedUp();
    const restore = await restoreWhile(scene, 'drop', moments.drop, async () => {
      const goOn = await stopCheckpointer(server);
      await untilDropping(server);
      await server.query(`SELECT pg_cancel_backend(pid) FROM (${dropping}) AS d`);
      goOn();
    });
    expect(restore.exitCode, restore.log).toBe(0);
    expect(await jobs.text(scene.database)).toBe(scene.text);
    const { sql } = noteAbout(restore.summary, /^The old database is still there as .* and unusable/);
    await jobs.query('postgres', sql);
    expect(await jobs.databases()).toEqual(scene.databases);
  });

  /** Does something to the old database the moment that it has been renamed; `%I` is its name. */
  const onceRenamed = (database: string, act: string): Promise<unknown> =>
    server.query(`DO $$ DECLARE old text; BEGIN
      FOR look IN 1..20000 LOOP
        SELECT datname INTO old FROM pg_database WHERE starts_with(datname, '${database}_before_');
        EXIT WHEN FOUND;
        PERFORM pg_sleep(0.001);
      END LOOP;
      EXECUTE format('${act}', old); END $$`);
  const marking = "COMMENT ON DATABASE %I IS ''we need this one''";

  const failing = `CREATE FUNCTION trap(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$BEGIN RETURN $1; END$$;
    CREATE TABLE item AS SELECT 1 AS id; CREATE INDEX ON item (trap(id));
    CREATE OR REPLACE FUNCTION trap(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$BEGIN RAISE 'trap'; END$$;`;

  const remarked = { swap: /^::group::Swap it for/, drop: moments.drop };

  test.each(['swap', 'drop'] as const)(
    'with %s whose old database does not bear our mark any more keeps that, and says that it is there, and what drops it',
    async (strategy) => {
      const scene = await backedUp();
      const restore = await restoreWhile(scene, strategy, remarked[strategy], () =>
        onceRenamed(scene.database, marking),
      );
      expect(restore.exitCode, restore.log).toBe(0);
      const there = `The old database is still there as "${scene.database}_before_`;
      expect(messages(restore, 'warning')).toEqual([expect.stringContaining(there)]);
      expect(restore.log).not.toMatch(/Dropped the old database|another|made by somebody else/);
      if (strategy === 'drop')
        expect(restore.log).toMatch(
          /^The empty database has its name now\. The old one is still there as ".*_before_\d{14}"$/m,
        );
      expect(restore.post).toMatchObject({ exitCode: 0, log: '' });
      expect(await jobs.text(scene.database)).toBe(scene.text);
      const { sql } = noteAbout(
        restore.summary,
        /^The old database is still there as .* changed its comment/,
      );
      await jobs.query('postgres', sql);
      expect(await jobs.databases()).toEqual(scene.databases);
    },
  );

  test('with drop that fails after that says where the old database is, and not that it was dropped', async () => {
    const scene = await backedUp(failing);
    const before = await jobs.text(scene.database);
    const restore = await restoreWhile(scene, 'drop', moments.drop, () =>
      onceRenamed(scene.database, marking),
    );
    const told = onlyError(restore);
    expect(told).toContain(`Database "${scene.database}" is incomplete, keep applications out.`);
    expect(told).not.toContain('was dropped');
    const [, old = ''] = /The old one is still there as "(.*)"; the backup is untouched\./.exec(told) ?? [];
    expect(await jobs.text(old)).toBe(before);
  });

  test('whose runner is lost while it drops the old database leaves what the next one drops', async () => {
    const scene = await backedUp();
    const goOn = await stopCheckpointer(server);
    const order = { job_to_run: 'restore', db_name: scene.database, backup_file_name: scene.name };
    const running = await jobs.start(order, { runnerIsLost: true });
    await untilDropping(server);
    running.child.kill('SIGKILL');
    await running.done;
    await server.query(`SELECT pg_cancel_backend(pid) FROM (${dropping}) AS d`);
    goOn();
    await until('the drop to end', async () => (await server.query(dropping)).length === 0);
    const [left = '', ...others] = (await jobs.databases()).filter((one) => !scene.databases.includes(one));
    expect(left).toMatch(/_dropping_\d{14}$/);
    expect(others).toEqual([]);
    expect(await jobs.text(scene.database)).toBe(scene.text);

    const restore = await jobs.restore(scene.database, scene.name);
    expect(restore.exitCode, restore.log).toBe(0);
    expect(messages(restore, 'warning')).toEqual([]);
    expect(restore.log).toMatch(
      new RegExp(`^Dropped "${left}", replaced and left by the restore of run `, 'm'),
    );
    expect(await jobs.databases()).toEqual(scene.databases);
  });

  test.each(['swap', 'drop'])(
    'with %s that is killed while it drops the old database has that dropped when the job ends',
    async (restore_strategy) => {
      const scene = await backedUp();
      const { database, databases } = scene;
      let goOn: (() => void) | undefined;
      let stopping: Promise<unknown> | undefined;
      const onLine = (line: string): void => {
        if (moments[restore_strategy === 'drop' ? 'drop' : 'swap'].test(line))
          stopping ??= stopCheckpointer(server).then((release) => {
            goOn = release;
          });
        // The drop that the step had begun was cut off by the end of the job, which has begun another.
        if (/the old database, which the restore has left$/.test(line)) setTimeout(() => goOn?.(), 3_000);
      };
      const order = { job_to_run: 'restore', db_name: database, backup_file_name: scene.name };
      const running = await jobs.start(order, { inputs: { restore_strategy }, onLine });
      await untilDropping(server);
      running.child.kill('SIGKILL');
      const killed = await running.done;
      expect(stopping).toBeDefined();
      expect(killed.post?.exitCode).toBe(0);
      expect(killed.post?.log).toMatch(/^Dropped ".*_dropping_\d{14}"$/m);
      const incomplete = expect.stringMatching(/^Database ".*" is incomplete\. Run the restore again/);
      expect(messages(killed, 'warning')).toEqual(restore_strategy === 'swap' ? [] : [incomplete]);
      expect(await jobs.databases()).toEqual(databases);
      if (restore_strategy === 'swap') {
        expect(await jobs.text(database)).toBe(scene.text);
        return;
      }
      const restore = await jobs.restore(database, scene.name);
      expect(restore.exitCode, restore.log).toBe(0);
      expect(await jobs.text(database)).toBe(scene.text);
      expect(await jobs.databases()).toEqual(databases);
    },
  );
});
