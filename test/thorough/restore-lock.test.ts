import { spawn } from 'node:child_process';
import { type Client, escapeIdentifier, escapeLiteral } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Failure } from '../../src/base/failure.ts';
import type { ProcessFailure } from '../../src/base/process.ts';
import { lockOfTheDead } from '../../src/jobs/undo/put-in-order.ts';
import { replacedMark, restoreMark } from '../../src/postgres/properties/restore-mark.ts';
import type { Psql } from '../../src/postgres/session/psql.ts';
import { createForRestore } from '../../src/postgres/swap/create.ts';
import { dropCreated, dropLeftover, findLeftovers } from '../../src/postgres/swap/leftovers.ts';
import { lockRestore, type RestoreLock } from '../../src/postgres/swap/lock.ts';
import { statementToEnd } from '../../src/postgres/swap/lock-claim.ts';
import { freeRestoreNames, restoreNames } from '../../src/postgres/swap/names.ts';
import { startTcpProxy } from '../support/faults/tcp-proxy.ts';
import { until } from '../support/jobs.ts';
import type { Login } from '../support/postgres/postgres-server.ts';
import { type BareServer, startBareServer } from '../support/postgres/psql-on.ts';

let bare: BareServer;
let owner: Login;
let psql: Psql;
const locks: RestoreLock[] = [];
beforeAll(async () => {
  bare = await startBareServer(15);
  owner = await bare.server.createRole('plain owner', 'secret', 'CREATEDB');
  psql = await bare.psqlAs(owner);
  await bare.server.query(
    'ALTER ROLE "plain owner" SET idle_session_timeout = 500; ALTER ROLE "plain owner" SET statement_timeout = 60000',
  );
});
afterEach(async () => {
  await Promise.all(locks.splice(0).map((lock) => lock.release()));
});
afterAll(() => bare.stop());

async function lockFor(database: string, as = psql): Promise<RestoreLock> {
  const lock = await lockRestore(as, database);
  locks.push(lock);
  return lock;
}

const refusal = (work: Promise<unknown>): Promise<Failure> =>
  work.then(
    () => expect.unreachable('it succeeded'),
    (error) => error,
  );

describe('the lock', () => {
  test.each(['moodle', `it's "quoted" \\ back`, 'é'.repeat(31), 'a=b', 'postgresql://x', ':database'])(
    'for %j is held by one restore at a time',
    async (database) => {
      const lock = await lockFor(database);
      const failure = await refusal(lockRestore(psql, database));
      expect(failure).toBeInstanceOf(Failure);
      expect(failure.explanation.cause).toMatch(
        /^another restore of this database is running: a session of the role "plain owner" since 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC, from \S+, as "postgres-azure-backup restore .*", with process ID \d+ on the server$/,
      );
      expect(failure.explanation.advice).toBe(
        'Wait until the other restore has ended, then run the job again.',
      );
      await lockFor(`${database.slice(0, 20)} other`);
      await lock.confirm();
      await lock.release();
      expect(lock.lost.aborted).toBe(false);
      await until('the lock to be free', () =>
        lockFor(database).then(
          () => true,
          () => false,
        ),
      );
    },
  );

  test('tells a role that sees little as much as it sees', async () => {
    await lockFor('seen by a stranger');
    const stranger = await bare.psqlAs(await bare.server.createRole('stranger', 'secret'));
    const failure = await refusal(lockRestore(stranger, 'seen by a stranger'));
    expect(failure.explanation.cause).toMatch(
      /^another restore of this database is running: a session of the role "plain owner" as "postgres-azure-backup restore seen by a stranger", with process ID \d+ on the server$/,
    );
  });

  /** Has a role hold the lock that a restore would take: its numbers are no secret. */
  async function heldBy(login: Login, database: string, take: (numbers: string) => string): Promise<Client> {
    const lock = await lockRestore(psql, database);
    const question =
      "SELECT format('%s, %s', classid::bigint - (classid::bigint >> 31 << 32), objid) FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'advisory'";
    const numbers = await lock.session.run(question);
    await lock.release();
    const session = await bare.server.connect({ ...login, database: 'postgres' });
    await session.query(take(numbers));
    return session;
  }

  test.each([
    { state: 'that is not there', rights: '' },
    { state: 'that is there', rights: 'CREATEDB' }, // could restore into a new one, but replace nobody's
  ])('of a database $state is not denied by a role that could not restore it', async ({ state, rights }) => {
    const database = `one ${state}`;
    if (rights !== '') await bare.server.query(`CREATE DATABASE "${database}" OWNER "plain owner"`);
    const stranger = await bare.server.createRole(`no "restorer"${rights}`, 'secret', rights);
    const ways = [
      (numbers: string) => `SELECT pg_advisory_lock(${numbers})`,
      (numbers: string) =>
        `BEGIN; SELECT pg_advisory_xact_lock(${numbers}); PREPARE TRANSACTION E'it''s \\\\ \\n ${state}'`,
    ];
    for (const take of ways) {
      const session = await heldBy(stranger, database, take);
      const lock = await lockFor(database);
      await lock.confirm();
      expect(lock.strangers).toEqual([
        expect.objectContaining({ role: `no "restorer"${rights}`, able: false }),
      ]);
      const second = await refusal(lockRestore(psql, database));
      expect(second.explanation.cause).toMatch(
        /^another restore of this database is running: a session of the role "plain owner"/,
      );
      await lock.release();

      const [holder] = lock.strangers;
      if (holder) expect(statementToEnd(holder)).not.toContain('\n');
      if (holder) await bare.server.query(statementToEnd(holder), { database: 'postgres' });
      const again = await lockFor(database);
      expect(again.strangers).toEqual([]);
      await again.release();
      await session.end().catch(() => {});
    }
  });

  test('that a role holds who could restore, but not as a restore, is told with what ends it', async () => {
    const group = await bare.server.createRole('owners', 'secret', 'CREATEDB');
    const member = await bare.server.createRole('a member', 'secret', 'IN ROLE owners');
    expect(group.user).toBe('owners');
    const session = await heldBy(
      member,
      'held by hand',
      (numbers) => `SELECT pg_advisory_lock_shared(${numbers})`,
    );
    session.on('error', () => {});
    const failure = await refusal(lockRestore(psql, 'held by hand'));
    expect(failure.explanation.cause).toMatch(
      /^the lock for restores of this database is held by a session of the role "a member" with process ID \d+ on the server, which does not look like a restore$/,
    );
    const statement = failure.explanation.advice.split('\n').at(-1) ?? '';
    expect(statement).toMatch(/^SELECT pg_terminate_backend\(\d+\);$/);
    await bare.server.query(statement);
    await until('it to be gone', () =>
      lockFor('held by hand').then(
        () => true,
        () => false,
      ),
    );
  });

  test('outlives the time limits of the role and the server', async () => {
    const lock = await lockFor('idle');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await lock.confirm();
    const shown = await lock.session.run(
      "SELECT string_agg(name || '=' || setting, ' ' ORDER BY name) FROM pg_settings WHERE name IN ('idle_session_timeout', 'statement_timeout', 'tcp_keepalives_idle')",
    );
    expect(shown).toBe('idle_session_timeout=0 statement_timeout=0 tcp_keepalives_idle=30');
  });

  test('whose session was ended is lost, and that is noticed without being asked', async () => {
    const lock = await lockFor('ended');
    const pid = await lock.session.run('SELECT pg_backend_pid()');
    await bare.server.query(`SELECT pg_terminate_backend(${pid})`);
    const begun = performance.now();
    await until('the loss to be noticed', async () => lock.lost.aborted, 40);
    console.log(`The loss was noticed after ${((performance.now() - begun) / 1000).toFixed(1)} s`);
    expect(lock.lost.reason).toBeInstanceOf(Failure);
    expect(String(lock.lost.reason)).toMatch(
      /Holding the lock .*"ended".* failed: .*terminating connection/s,
    );
    await expect(lock.confirm()).rejects.toBe(lock.lost.reason);
    await lockFor('ended');
  });

  test('that the session does not have any more is lost', async () => {
    const lock = await lockFor('unlocked');
    await lock.session.run('SELECT pg_advisory_unlock_all()');
    expect(String(await refusal(lock.confirm()))).toContain('the server does not confirm it');
    expect(lock.lost.aborted).toBe(true);
  });

  test('is free again when the process that held it was killed', async () => {
    const script = `import { lockRestore } from ${JSON.stringify(new URL('../../src/postgres/swap/lock.ts', import.meta.url).href)};
      await lockRestore({ ...${JSON.stringify(psql)}, signal: new AbortController().signal }, 'killed');
      console.log('locked');`;
    const holder = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => holder.stdout.once('data', resolve));
    expect(String(await refusal(lockRestore(psql, 'killed')))).toContain(
      'another restore of this database is running',
    );
    holder.kill('SIGKILL');
    const begun = performance.now();
    await until('the lock to be free', () =>
      lockFor('killed').then(
        () => true,
        () => false,
      ),
    );
    console.log(
      `The lock of a killed process was taken over after ${(performance.now() - begun).toFixed(0)} ms`,
    );
  });

  test('of a killed step is waited for, longer than a server takes to see that nobody is there', async () => {
    const lock = await lockFor('late');
    const waiting = lockOfTheDead(psql, 'late');
    setTimeout(() => void lock.release(), 17_000);
    const taken = await waiting;
    await taken.confirm();
    await taken.release();
  });

  test('of a killed step is waited for no longer than the job lets one', async () => {
    const lock = await lockFor('never');
    const cancelled = AbortSignal.timeout(1_300);
    const begun = performance.now();
    await expect(lockOfTheDead({ ...psql, signal: cancelled }, 'never')).rejects.toHaveProperty(
      'name',
      'TimeoutError',
    );
    expect(performance.now() - begun).toBeLessThan(3_000);
    await lock.release();
  });

  test('that is not of a killed step, or cannot be had at all, is tried for once', async () => {
    const wrong = await bare.psqlAs({ user: 'plain owner', password: 'wrong' });
    const session = await bare.server.connect({ ...owner, database: 'postgres' });
    const key = "hashtext('postgres-azure-backup restore cron')";
    await session.query(`SET application_name = 'cron'; SELECT pg_advisory_lock(${key}, 0)`);
    const begun = performance.now();
    expect((await refusal(lockOfTheDead(wrong, 'x'))).message).toContain('password authentication failed');
    expect((await refusal(lockOfTheDead(psql, 'cron'))).message).toContain('does not look like a restore');
    expect(performance.now() - begun).toBeLessThan(5_000);
    await session.end();
  });

  test('is refused in clear words where nobody answers, or lets one in', async () => {
    const wrong = await bare.psqlAs({ user: 'plain owner', password: 'wrong' });
    const failure = await refusal(lockRestore(wrong, 'x'));
    expect(failure).toBeInstanceOf(Failure);
    expect(failure.message).toMatch(
      /^Connecting to database "postgres" on localhost:.*password authentication failed/s,
    );
  });
});

describe('what killed restores have left', () => {
  const quiet = { info: () => {} };
  const create = (name: string): Promise<unknown> =>
    bare.server.query(`CREATE DATABASE ${escapeIdentifier(name)}`, owner);
  const comment = (name: string, text: string): Promise<unknown> =>
    bare.server.query(`COMMENT ON DATABASE ${escapeIdentifier(name)} IS ${escapeLiteral(text)}`);
  const exists = async (name: string): Promise<boolean> =>
    (await bare.server.query(`SELECT 1 FROM pg_database WHERE datname = ${escapeLiteral(name)}`)).length > 0;

  test.each(['left', `it's "left" % _`, 'é'.repeat(31)])('is found, of %j', async (database) => {
    const { fresh } = await freeRestoreNames(psql, database);
    await createForRestore(psql, fresh, { database, run: 'owner/repository run 17' }, undefined, 15);
    expect((await freeRestoreNames(psql, database)).fresh).not.toBe(fresh);
    const lock = await lockFor(database);
    const { leftovers } = await findLeftovers(lock);
    expect(leftovers).toMatchObject([
      { kind: 'new', name: fresh, run: 'owner/repository run 17', sessions: 0, droppable: true },
    ]);
    for (const leftover of leftovers)
      expect(await dropLeftover(psql, database, leftover, quiet)).toEqual({ state: 'dropped' });
    expect(await exists(fresh)).toBe(false);
    expect(await findLeftovers(lock)).toEqual({ leftovers: [], kept: [] });
  });

  test('is nothing, where a connection is lost while the server still creates the database', async () => {
    const { fresh } = await freeRestoreNames(psql, 'in the making');
    const proxy = await startTcpProxy(bare.server);
    const blocker = await bare.server.connect();
    await blocker.query('BEGIN; LOCK TABLE pg_catalog.pg_database IN SHARE MODE'); // for which a creation waits
    const mark = { database: 'in the making', run: '1' };
    const through = await bare.psqlThrough(owner, proxy.port);
    const creating = createForRestore(through, fresh, mark, undefined, 15).catch(
      (error: ProcessFailure) => error.stderr,
    );
    const atWork = async (): Promise<boolean> =>
      (await bare.server.query("SELECT 1 FROM pg_stat_activity WHERE query LIKE 'CREATE DATABASE%'")).length >
      0;
    await until('the server to be at it', atWork);
    await proxy.stop();
    expect(await creating).toMatch(/connection|closed/i);
    expect(await atWork()).toBe(true);

    const dropping = dropCreated(psql, { name: fresh, oid: undefined }, mark, quiet);
    await until('the creation to be ended', async () => !(await atWork()));
    await blocker.query('ROLLBACK');
    await blocker.end();
    expect(await dropping).toEqual({ state: 'dropped' });
    expect(await exists(fresh)).toBe(false);
  });

  test('is nothing, where the name was taken: what somebody else has made with it is left alone', async () => {
    const { fresh } = await freeRestoreNames(psql, 'wanted');
    await create(fresh);
    const mark = { database: 'wanted', run: '1' };
    await expect(createForRestore(psql, fresh, mark, undefined, 15)).rejects.toHaveProperty(
      'stderr',
      expect.stringContaining('already exists'),
    );
    expect(await dropCreated(psql, { name: fresh, oid: undefined }, mark, quiet)).toEqual({
      state: 'dropped',
    });
    expect(await exists(fresh)).toBe(true);
  });

  test('is known before it has its mark', async () => {
    const database = 'half made';
    const { fresh } = await freeRestoreNames(psql, database);
    const mark = { database, run: '1' };
    const blocker = await bare.server.connect(); // for which the comment waits, and not the creation
    await blocker.query('BEGIN; LOCK TABLE pg_catalog.pg_shdescription IN SHARE MODE');
    const creating = createForRestore(psql, fresh, mark, undefined, 15).catch(() => 'ended');
    await until('the database to be there', () => exists(fresh));
    const end =
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'COMMENT ON DATABASE%'";
    await until('the comment to wait', async () => (await bare.server.query(end)).length > 0);
    expect(await creating).toBe('ended');
    await blocker.query('ROLLBACK');
    await blocker.end();
    const { leftovers } = await findLeftovers(await lockFor(database));
    expect(leftovers).toMatchObject([{ name: fresh, run: '', kind: 'new', droppable: true }]);
    expect(await dropCreated(psql, { name: fresh, oid: undefined }, mark, quiet)).toEqual({
      state: 'dropped',
    });
    expect(await exists(fresh)).toBe(false);
  });

  test.each([
    ['of the time before', 'before'],
    ['that was about to be dropped', 'dropping'],
  ])(
    'is an old database %s, and dropped only if the one that took its place still has it, whole',
    async (_, kind) => {
      const database = `whole ${kind}`;
      const old = `${database}_${kind}_20261122010203`;
      await create(old);
      await create(database);
      const [place] = await bare.server.query<{ oid: number }>(
        `SELECT oid FROM pg_database WHERE datname = ${escapeLiteral(database)}`,
      );
      const byOlderVersion = replacedMark({ database, run: '7', comment: null });
      const mark = replacedMark({ database, run: '7', comment: null, by: place?.oid ?? 0 });
      await comment(old, mark);
      const lock = await lockFor(database);
      const found = async () => (await findLeftovers(lock)).leftovers;
      const away = escapeIdentifier(`${database} away`);
      await bare.server.query(`ALTER DATABASE ${escapeIdentifier(database)} RENAME TO ${away}`);
      expect(await found()).toMatchObject([{ name: old, kind: 'old', run: '7', droppable: false }]);
      await create(database); // by somebody who found none
      await comment(database, 'ours');
      expect(await found()).toMatchObject([{ droppable: false }]);
      await bare.server.query(`DROP DATABASE ${escapeIdentifier(database)}`);
      await bare.server.query(`ALTER DATABASE ${away} RENAME TO ${escapeIdentifier(database)}`);
      await comment(database, restoreMark({ database, run: '8' }));
      expect(await found()).toMatchObject([{ droppable: false }]);
      await comment(database, 'ours');
      expect(await found()).toMatchObject([{ droppable: true }]);
      await comment(old, byOlderVersion);
      expect(await found()).toMatchObject([{ run: '7', droppable: false }]);
      await comment(old, mark.replace(database, 'another'));
      expect(await found()).toMatchObject(kind === 'before' ? [] : [{ run: undefined, droppable: false }]);
      await comment(old, mark);
      const [leftover] = await found();
      expect(leftover && (await dropLeftover(psql, database, leftover, quiet))).toEqual({ state: 'dropped' });
      expect(await exists(old)).toBe(false);
      expect(await exists(database)).toBe(true);
    },
  );

  test("is left alone where somebody uses it, or it may be somebody else's", async () => {
    const database = 'mine';
    const at = (second: number): string =>
      restoreNames(database, new Date(Date.UTC(2026, 10, 22, 1, 2, second))).fresh;
    const [used, unmarked, foreign, others, kept, marked] = [at(1), at(2), at(3), at(4), at(5), at(6)];
    await createForRestore(psql, used, { database, run: '1' }, undefined, 15);
    await create(unmarked);
    await createForRestore(psql, foreign, { database: 'yours', run: '2' }, undefined, 15);
    await createForRestore(psql, others, { database, run: '3' }, undefined, 15);
    await bare.server.query(`ALTER DATABASE ${escapeIdentifier(others)} OWNER TO postgres`);
    await create(kept);
    await comment(kept, 'we need this one');
    await createForRestore(psql, marked, { database, run: '4' }, undefined, 15);
    await createForRestore(psql, 'mine_too_restore_20261122010207', { database, run: '5' }, undefined, 15);
    await create('mine_before_20261122010208');
    const session = await bare.server.connect({ ...owner, database: used });
    await session.query('SET idle_session_timeout = 0');
    const nothing = { kind: 'new', run: undefined, sessions: 0, droppable: false };
    const { leftovers, kept: old } = await findLeftovers(await lockFor(database));
    const [first] = leftovers;
    expect(leftovers).toMatchObject([
      { name: used, run: '1', sessions: 1, droppable: false },
      { name: unmarked, ...nothing },
      { name: foreign, ...nothing },
      { name: others, run: '3', sessions: 0, droppable: false },
      { name: kept, ...nothing },
      { name: marked, run: '4', sessions: 0, droppable: true },
    ]);
    expect(old).toEqual(['mine_before_20261122010208']);
    const outcome = first && (await dropLeftover(psql, database, first, quiet));
    expect(outcome).toMatchObject({ state: 'there', name: used });
    expect(outcome).toHaveProperty(
      'reason.stderr',
      expect.stringContaining('is being accessed by other users'),
    );
    await session.end();
  });
});
