import { randomBytes } from 'node:crypto';
import { escapeIdentifier, escapeLiteral } from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Failure } from '../../src/base/failure.ts';
import { ProcessFailure } from '../../src/base/process.ts';
import type { Psql } from '../../src/postgres/session/psql.ts';
import type { SwapNames } from '../../src/postgres/swap/attempt.ts';
import { createForRestore } from '../../src/postgres/swap/create.ts';
import { type DropOutcome, dropDatabase } from '../../src/postgres/swap/drop.ts';
import { lockRestore, type RestoreLock } from '../../src/postgres/swap/lock.ts';
import { freeRestoreNames } from '../../src/postgres/swap/names.ts';
import { type SwapOutcome, swapDatabases } from '../../src/postgres/swap/swap.ts';
import { startTcpProxy } from '../support/faults/tcp-proxy.ts';
import { until } from '../support/jobs.ts';
import { describeOn, ownLackFor, someOf } from '../support/postgres/describe-on.ts';
import type { Login } from '../support/postgres/postgres-server.ts';
import { type BareServer, startBareServer } from '../support/postgres/psql-on.ts';
import { startClients } from '../support/postgres/restless-clients.ts';

const majors = someOf([15, 17], ownLackFor);
/** Where one server is enough for what takes long. */
const once = majors.findLast((major) => ownLackFor(major) === undefined);

describeOn(majors, (major) => {
  const onOne: typeof test | (() => void) = major === once ? test : () => {};
  let bare: BareServer;
  let psql: Psql;
  let owner: Login;
  const locks: RestoreLock[] = [];
  beforeAll(async () => {
    bare = await startBareServer(major);
    owner = await bare.server.createRole('plain owner', 'secret', 'CREATEDB');
    psql = await bare.psqlAs(owner);
  });
  afterEach(async () => {
    await Promise.all(locks.splice(0).map((lock) => lock.release()));
  });
  afterAll(() => bare.stop());

  /** An old and a new database, each with a table that says which it is. Gives their names, and the lock. */
  async function prepared(current = `db_${randomBytes(4).toString('hex')}`, with_: Psql = psql) {
    await bare.server.query(`CREATE DATABASE ${escapeIdentifier(current)}`, owner);
    await bare.server.query("CREATE TABLE which AS SELECT 'old' AS name", { ...owner, database: current });
    await bare.server.query(`COMMENT ON DATABASE ${escapeIdentifier(current)} IS ${escapeLiteral(comment)}`);
    return { ...(await preparedNew(current, with_)), before: await databases() };
  }

  const comment = `it's "the\nold" \\ one \u2028`;

  async function preparedNew(
    current: string,
    with_: Psql = psql,
  ): Promise<{ names: SwapNames; lock: RestoreLock }> {
    const lock = await lockRestore(with_, current);
    locks.push(lock);
    const names = { current, ...(await freeRestoreNames(psql, current)) };
    await createForRestore(psql, names.fresh, { database: current, run: '1' }, undefined, major);
    await bare.server.query("CREATE TABLE which AS SELECT 'new' AS name", {
      ...owner,
      database: names.fresh,
    });
    return { names, lock };
  }

  /** All databases with their comments. */
  async function databases(): Promise<Record<string, string | null>> {
    const rows = await bare.server.query<{ datname: string; comment: string | null }>(
      "SELECT datname, shobj_description(oid, 'pg_database') AS comment FROM pg_database ORDER BY 1",
    );
    return Object.fromEntries(rows.map((row) => [row.datname, row.comment]));
  }

  async function which(database: string): Promise<unknown> {
    const [row] = await bare.server.query('SELECT name FROM which', { ...owner, database });
    return row?.['name'];
  }

  async function expectSwapped(outcome: SwapOutcome, names: SwapNames): Promise<void> {
    expect(outcome).toMatchObject({ state: 'swapped', previous: names.previous });
    expect(await which(names.current)).toBe('new');
    expect(await which(names.previous)).toBe('old');
    const after = await databases();
    expect(after).not.toHaveProperty([names.fresh]);
    expect(after).toMatchObject({ [names.current]: comment, [names.previous]: comment });
  }

  async function dropOld(outcome: SwapOutcome, { current }: SwapNames): Promise<DropOutcome> {
    if (outcome.state !== 'swapped' || !outcome.old) throw new Error('there is no old one');
    const order = { database: current, endSessions: true };
    return dropDatabase(psql, outcome.old.known, order, { info: () => {} });
  }

  /** An error as a person would be told of it. */
  const wordsOf = (error: unknown): string =>
    error instanceof ProcessFailure ? `${error.message}: ${error.stderr}` : String(error);

  async function expectUnchanged(
    outcome: SwapOutcome,
    names: SwapNames,
    before: Record<string, string | null>,
  ): Promise<unknown> {
    expect(outcome).toMatchObject({ state: 'unchanged' });
    expect(await databases()).toEqual(before);
    expect(await which(names.current)).toBe('old');
    expect(await which(names.fresh)).toBe('new');
    return outcome.state === 'unchanged' ? outcome.reason : undefined;
  }

  test('a database takes the place of another, comment included, and the old one is dropped', async () => {
    const { names, lock } = await prepared();
    const idle = await Promise.all(
      [names.current, names.fresh].map((database) => bare.server.connect({ ...owner, database })),
    );
    const outcome = await swapDatabases(lock, psql, names);
    await expectSwapped(outcome, names);
    expect(outcome).toHaveProperty('attempts', 1);
    await Promise.all(idle.map((session) => session.end()));
    expect(lock.lost.aborted).toBe(false);
    const session = await bare.server.connect({ ...owner, database: names.previous });
    expect(await dropOld(outcome, names)).toEqual({ state: 'dropped' });
    expect(await databases()).not.toHaveProperty([names.previous]);
    expect(await dropOld(outcome, names)).toEqual({ state: 'dropped' });
    await session.end();
  });

  test('a database that was not there comes to be', async () => {
    const { names, lock } = await preparedNew('not there yet');
    const outcome = await swapDatabases(lock, psql, names);
    expect(outcome).toMatchObject({ state: 'swapped', previous: undefined });
    expect(await which('not there yet')).toBe('new');
    expect(await databases()).toMatchObject({ 'not there yet': null });
  });

  test.each([
    `it's "quoted" \\ back`,
    '  spaces ',
    'é'.repeat(31),
    'x'.repeat(63),
    'a=b',
    'postgresql://x',
    ':current',
    '-d postgres',
  ])('whatever its name: %j', async (name) => {
    const { names, lock } = await prepared(name);
    await expectSwapped(await swapDatabases(lock, psql, names), names);
  });

  test('applications that reconnect at once see the old one, then the new one, and a short gap', async () => {
    const { names, lock } = await prepared();
    const clients = startClients(bare.server, { ...owner, database: names.current }, 6);
    await until('all of them to be at work', async () => clients.every(({ seen }) => seen.old > 3));
    const outcome = await swapDatabases(lock, psql, names);
    await until('all of them to see the new one', async () => clients.every(({ seen }) => seen.new > 3));
    await Promise.all(clients.map((client) => client.stop()));
    await expectSwapped(outcome, names);
    for (const { order } of clients) expect(order).toEqual(['old', 'new']);
    const lastOld = Math.max(...clients.map(({ times }) => times.lastOld));
    const firstNew = Math.min(...clients.map(({ times }) => times.firstNew));
    const own = clients.map(({ times }) => (times.firstNew - times.lastOld).toFixed(0));
    const { held, attempts } = outcome as SwapOutcome & { state: 'swapped' };
    console.log(
      `PostgreSQL ${major}, six clients: ${(firstNew - lastOld).toFixed(0)} ms from the last success on the old to the first on the new ` +
        `(each client: ${own.join(', ')}); the rename took ${held.toFixed(0)} ms, attempts: ${attempts}`,
    );
    expect(firstNew - lastOld).toBeLessThan(5_000);
  });

  onOne('a session that cannot be ended is not waited for without end, and holds nobody up', async () => {
    const { names, lock, before } = await prepared();
    const session = await bare.server.connect({ database: names.current });
    await session.query("SET application_name = 'the administrator'");
    const clients = startClients(bare.server, { ...owner, database: names.current }, 2);
    const begun = performance.now();
    const outcome = await swapDatabases(lock, psql, names);
    console.log(`Gave up after ${((performance.now() - begun) / 1000).toFixed(1)} s`);
    await Promise.all(clients.map((client) => client.stop()));
    for (const { order, errors } of clients)
      expect({ order, errors }).toEqual({ order: ['old'], errors: [] });
    const reason = await expectUnchanged(outcome, names, before);
    expect(reason).toBeInstanceOf(Failure);
    expect(String(reason)).toContain('"the administrator" of "postgres"');
    await session.end();
    await expectSwapped(await swapDatabases(lock, psql, names), names);
  });

  test('one that cannot be ended but leaves is waited for', async () => {
    const { names, lock } = await prepared();
    const session = await bare.server.connect({ database: names.fresh });
    const swapping = swapDatabases(lock, psql, names);
    setTimeout(() => void session.end(), 1_500);
    await expectSwapped(await swapping, names);
  });

  test('an attempt that finds no end is given up in time, and repeated', async () => {
    const { names, lock } = await prepared();
    // A lock on the database that another session holds for a while, as CREATE DATABASE … TEMPLATE does.
    const session = await bare.server.connect(owner);
    await session.query('BEGIN');
    await session.query(`COMMENT ON DATABASE ${escapeIdentifier(names.current)} IS 'changed'`);
    setTimeout(() => void session.query('ROLLBACK').then(() => session.end()), 2_000);
    const outcome = await swapDatabases(lock, psql, names);
    await expectSwapped(outcome, names);
    expect(outcome).toHaveProperty(
      'attempts',
      expect.toSatisfy((attempts) => attempts > 1),
    );
  });

  /** Gives the names of databases to others that somebody makes, as no restore should ever notice too late. */
  async function exchange(name: string): Promise<string> {
    const away = `${name.slice(0, 40)}_away`;
    await bare.server.query(`ALTER DATABASE ${escapeIdentifier(name)} RENAME TO ${escapeIdentifier(away)}`);
    await bare.server.query(`CREATE DATABASE ${escapeIdentifier(name)}`, owner);
    await bare.server.query("CREATE TABLE which AS SELECT 'somebody''s' AS name", {
      ...owner,
      database: name,
    });
    return away;
  }

  test.each(['current', 'fresh'] as const)(
    'a database %s that somebody has exchanged between the look and the rename is not touched',
    async (kind) => {
      const { names, lock } = await prepared();
      const waited = kind === 'current' ? names.fresh : names.current;
      const session = await bare.server.connect({ database: waited }); // a superuser's, for which the swap waits
      const swapping = swapDatabases(lock, psql, { ...names, discardedBy: '1' });
      const looked = `SELECT 1 FROM pg_stat_activity WHERE query LIKE '%pg_prepared_xacts%' OR application_name LIKE 'postgres-azure-backup restore%' AND query LIKE '%backend_start%'`;
      await until('the look', async () => (await bare.server.query(looked)).length > 0);
      await new Promise((resolve) => setTimeout(resolve, 700));
      const away = await exchange(names[kind]);
      const guest = await bare.server.connect({ ...owner, database: names[kind] });
      await session.end();
      const outcome = await swapping;
      expect((await guest.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]); // nor is who is in it
      await guest.end();
      expect(outcome).toMatchObject({ state: 'unchanged' });
      expect(String(outcome.state === 'unchanged' && outcome.reason)).toContain(
        `Replacing database "${names[kind]}" failed: it was created, dropped or replaced by somebody else`,
      );
      expect(await which(names[kind])).toBe("somebody's");
      expect(await which(away)).toBe(kind === 'current' ? 'old' : 'new');
      expect(await databases()).not.toHaveProperty([names.previous]);
    },
  );

  test('nor is one that was exchanged between two attempts', async () => {
    const { names, lock } = await prepared();
    const session = await bare.server.connect(owner);
    await session.query('BEGIN');
    await session.query(`COMMENT ON DATABASE ${escapeIdentifier(names.current)} IS 'changed'`);
    const swapping = swapDatabases(lock, psql, names);
    const renaming =
      "SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'SET LOCAL%RENAME TO%'";
    await until('the rename to wait', async () => (await bare.server.query(renaming)).length > 0);
    await until('the attempt to end', async () => (await bare.server.query(renaming)).length === 0);
    await session.query('ROLLBACK');
    await session.end();
    const away = await exchange(names.current);
    const outcome = await swapping;
    expect(outcome).toMatchObject({ state: 'unchanged' });
    expect(String(outcome.state === 'unchanged' && outcome.reason)).toContain('replaced by somebody else');
    expect(await which(names.current)).toBe("somebody's");
    expect(await which(names.fresh)).toBe('new');
    expect(await which(away)).toBe('old');
  });

  test('nor one that was exchanged between the swap and the drop: what is dropped is what was replaced', async () => {
    const { names, lock } = await prepared();
    const outcome = await swapDatabases(lock, psql, { ...names, discardedBy: '1' });
    expect(outcome).toMatchObject({ state: 'swapped' });
    expect((await databases())[names.previous]).toMatch(/^postgres-azure-backup: replaced by a restore; /);
    const away = await exchange(names.previous);
    const before = await databases();
    const guest = await bare.server.connect({ ...owner, database: names.previous });
    const left = { state: 'another', name: names.previous, elsewhere: away };
    expect(await dropOld(outcome, names)).toMatchObject(left);
    expect((await guest.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]); // nor is who is in it
    await guest.end();
    expect(await databases()).toEqual(before);
    expect(await which(names.previous)).toBe("somebody's");
    expect(await which(away)).toBe('old');
    await bare.server.query(`DROP DATABASE ${escapeIdentifier(away)}`);
    const { elsewhere, ...gone } = left;
    const again = await dropOld(outcome, names);
    expect(again).toMatchObject(gone);
    expect(again).not.toHaveProperty('elsewhere');
    expect(await which(names.previous)).toBe("somebody's");
  });

  test('nor is one dropped whose mark is not ours any more', async () => {
    const { names, lock } = await prepared();
    const outcome = await swapDatabases(lock, psql, { ...names, discardedBy: '1' });
    const words = `COMMENT ON DATABASE ${escapeIdentifier(names.previous)} IS 'we need this one'`;
    await bare.server.query(words);
    expect(await dropOld(outcome, names)).toMatchObject({ state: 'unmarked', name: names.previous });
    expect(await which(names.previous)).toBe('old');
  });

  onOne('an obstacle that stays ends it after a few attempts', async () => {
    const { names, lock, before } = await prepared();
    const session = await bare.server.connect(owner);
    await session.query('BEGIN');
    await session.query(`COMMENT ON DATABASE ${escapeIdentifier(names.current)} IS 'changed'`);
    const outcome = await swapDatabases(lock, psql, names);
    await session.query('ROLLBACK');
    await session.end();
    expect(wordsOf(await expectUnchanged(outcome, names, before))).toContain('lock timeout');
    expect(lock.lost.aborted).toBe(false);
  });

  test('a prepared transaction is an obstacle', async () => {
    const { names, lock, before } = await prepared();
    const inOld = { ...owner, database: names.current };
    await bare.server.query("BEGIN; INSERT INTO which VALUES ('x'); PREPARE TRANSACTION 'in the way'", inOld);
    const outcome = await swapDatabases(lock, psql, names);
    expect(wordsOf(await expectUnchanged(outcome, names, before))).toContain(
      'blocked by 1 prepared transaction',
    );
    await bare.server.query("ROLLBACK PREPARED 'in the way'", inOld);
    await expectSwapped(await swapDatabases(lock, psql, names), names);
  });

  test('a role that may not rename the old database changes nothing, and is told at once', async () => {
    const { names, lock, before } = await prepared();
    await bare.server.query(`ALTER DATABASE ${escapeIdentifier(names.current)} OWNER TO postgres`);
    const outcome = await swapDatabases(lock, psql, names);
    await bare.server.query(`ALTER DATABASE ${escapeIdentifier(names.current)} OWNER TO "plain owner"`);
    expect(wordsOf(await expectUnchanged(outcome, names, before))).toContain('must be owner of database');
  });

  test('a name that is taken changes nothing', async () => {
    const { names, lock, before } = await prepared();
    const outcome = await swapDatabases(lock, psql, { ...names, previous: 'postgres' });
    expect(wordsOf(await expectUnchanged(outcome, names, before))).toContain('already exists');
  });

  test('a new database that is gone changes nothing', async () => {
    const { names, lock } = await prepared();
    await bare.server.query(`DROP DATABASE ${escapeIdentifier(names.fresh)}`);
    const before = await databases();
    expect(await swapDatabases(lock, psql, names)).toMatchObject({ state: 'unchanged' });
    expect(await databases()).toEqual(before);
    expect(await which(names.current)).toBe('old');
  });

  test('a cancel before the first attempt changes nothing', async () => {
    const { names, lock, before } = await prepared();
    const reason = new Error('cancelled');
    const outcome = await swapDatabases(lock, { ...psql, signal: AbortSignal.abort(reason) }, names);
    expect(await expectUnchanged(outcome, names, before)).toBe(reason);
  });

  const lockPid = async (lock: RestoreLock): Promise<number> =>
    Number(await lock.session.run('SELECT pg_backend_pid()'));

  test('no swap happens when the session with the lock was ended', async () => {
    const { names, lock, before } = await prepared();
    await bare.server.query(`SELECT pg_terminate_backend(${await lockPid(lock)})`);
    const reason = await expectUnchanged(await swapDatabases(lock, psql, names), names, before);
    expect(wordsOf(reason)).toContain('terminating connection');
    expect(lock.lost.aborted).toBe(true);
  });

  test('nor when it has lost the lock alone', async () => {
    const { names, lock, before } = await prepared();
    await lock.session.run('SELECT pg_advisory_unlock_all()');
    await expectUnchanged(await swapDatabases(lock, psql, names), names, before);
  });

  test('nor when it is ended in the middle', async () => {
    const { names, lock, before } = await prepared();
    const pid = await lockPid(lock);
    const session = await bare.server.connect(owner);
    await session.query('BEGIN');
    await session.query(`COMMENT ON DATABASE ${escapeIdentifier(names.current)} IS 'changed'`);
    const swapping = swapDatabases(lock, psql, names);
    const renaming = `SELECT 1 FROM pg_stat_activity WHERE pid = ${pid} AND query LIKE '%RENAME TO%' AND wait_event_type = 'Lock'`;
    await until('the rename to wait', async () => (await bare.server.query(renaming)).length > 0);
    await bare.server.query(`SELECT pg_terminate_backend(${pid})`);
    await session.query('ROLLBACK');
    await session.end();
    expect(wordsOf(await expectUnchanged(await swapping, names, before))).toContain('terminating connection');
    expect(lock.lost.aborted).toBe(true);
  });

  /** Has a swap wait in the middle, for a lock that `letGo` gives back, with the connection of its session in our hands. */
  async function stuck() {
    const proxy = await startTcpProxy(bare.server);
    const { names, lock, before } = await prepared(undefined, await bare.psqlThrough(owner, proxy.port));
    const blocker = await bare.server.connect(owner);
    await blocker.query('BEGIN');
    await blocker.query(`COMMENT ON DATABASE ${escapeIdentifier(names.current)} IS 'changed'`);
    const swapping = swapDatabases(lock, psql, names);
    const renaming =
      "SELECT 1 FROM pg_stat_activity WHERE query LIKE '%RENAME TO%' AND wait_event_type = 'Lock'";
    await until('the rename to wait', async () => (await bare.server.query(renaming)).length > 0);
    const letGo = async (): Promise<void> => {
      await blocker.query('ROLLBACK');
      await blocker.end();
    };
    return { proxy, names, lock, before, swapping, letGo };
  }

  test('a swap whose answer is lost is known to have happened', async () => {
    const { proxy, names, lock, swapping, letGo } = await stuck();
    proxy.silence({ carriedOut: true });
    await letGo();
    await until('the rename', async () => Object.hasOwn(await databases(), names.previous));
    proxy.reset();
    await expectSwapped(await swapping, names);
    expect(lock.lost.aborted).toBe(true);
    await proxy.stop();
  });

  test('one whose connection is cut does not happen later', async () => {
    const { proxy, names, before, swapping, letGo } = await stuck();
    proxy.reset();
    const outcome = await swapping;
    await letGo();
    await new Promise((resolve) => setTimeout(resolve, 500));
    await expectUnchanged(outcome, names, before);
    await proxy.stop();
  });

  test('a cancel in the middle lets it end', async () => {
    const { names, lock } = await prepared();
    const clients = startClients(bare.server, { ...owner, database: names.current }, 2);
    await until('the clients', async () => clients.every(({ seen }) => seen.old > 0));
    const cancel = new AbortController();
    // It takes some hundredths of a second, unless somebody changes the database meanwhile.
    const session = await bare.server.connect(owner);
    await session.query(`BEGIN; COMMENT ON DATABASE ${escapeIdentifier(names.current)} IS 'changed'`);
    const swapping = swapDatabases(lock, { ...psql, signal: cancel.signal }, names);
    const renaming =
      "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'SET LOCAL%RENAME TO%'";
    await until('the rename to wait', async () => (await bare.server.query(renaming)).length > 0);
    cancel.abort(new Error('cancelled'));
    await session.query('ROLLBACK');
    await session.end();
    await expectSwapped(await swapping, names);
    await Promise.all(clients.map((client) => client.stop()));
  });

  test('a cancel in the middle of an attempt that fails then, for good, is a cancel', async () => {
    const { names, lock, before } = await prepared();
    const cancel = new AbortController();
    const session = await bare.server.connect();
    const current = escapeIdentifier(names.current);
    await session.query(`BEGIN; ALTER DATABASE ${current} OWNER TO postgres`);
    const swapping = swapDatabases(lock, { ...psql, signal: cancel.signal }, names);
    const renaming =
      "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'SET LOCAL%RENAME TO%'";
    await until('the rename to wait', async () => (await bare.server.query(renaming)).length > 0);
    const reason = new Error('cancelled');
    cancel.abort(reason);
    await session.query('COMMIT');
    await session.end();
    const outcome = await swapping;
    await bare.server.query(`ALTER DATABASE ${current} OWNER TO "plain owner"`);
    expect(await expectUnchanged(outcome, names, before)).toBe(reason);
  });

  // Ends the server, and takes the minute for which it is asked.
  onOne('what came of it is unknown where the server does not come back', async () => {
    const { proxy, swapping } = await stuck();
    await bare.server.stop();
    expect(await swapping).toMatchObject({ state: 'unknown' });
    await proxy.stop();
  });
});
