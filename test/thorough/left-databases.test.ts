import { escapeIdentifier, escapeLiteral } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Unfinished } from '../../src/base/step.ts';
import { dropLeftDatabases } from '../../src/jobs/undo/drop-left.ts';
import { replacedMark, restoreMark } from '../../src/postgres/properties/restore-mark.ts';
import type { Psql } from '../../src/postgres/session/psql.ts';
import { birthmark, createForRestore } from '../../src/postgres/swap/create.ts';
import { lockRestore } from '../../src/postgres/swap/lock.ts';
import { droppingName, restoreNames } from '../../src/postgres/swap/names.ts';
import { startTcpProxy } from '../support/faults/tcp-proxy.ts';
import { until } from '../support/jobs.ts';
import type { Login } from '../support/postgres/postgres-server.ts';
import { type BareServer, startBareServer } from '../support/postgres/psql-on.ts';

/*
 * What the end of a job does with the databases that a killed restore has left.
 */
let bare: BareServer;
let owner: Login;
let psql: Psql;
beforeAll(async () => {
  bare = await startBareServer(15);
  owner = await bare.server.createRole('plain owner', 'secret', 'CREATEDB');
  psql = await bare.psqlAs(owner);
});
afterAll(() => bare.stop());

const run = '7/1';
const namesOf = (database: string) => restoreNames(database, new Date());

async function made(name: string, comment: string | null, options = ''): Promise<number> {
  await bare.server.query(`CREATE DATABASE ${escapeIdentifier(name)} ${options}`, owner);
  if (comment !== null)
    await bare.server.query(
      `COMMENT ON DATABASE ${escapeIdentifier(name)} IS ${escapeLiteral(comment)}`,
      owner,
    );
  return (await found(name))?.oid ?? 0;
}

async function found(name: string): Promise<{ oid: number; comment: string | null } | undefined> {
  const [row] = await bare.server.query<{ oid: number; comment: string | null }>(
    `SELECT oid, shobj_description(oid, 'pg_database') AS comment FROM pg_database WHERE datname = ${escapeLiteral(name)}`,
  );
  return row;
}

async function putInOrder(unfinished: Unfinished, as = psql) {
  const lines: string[] = [];
  const warnings: { text: string; sql: readonly string[] }[] = [];
  const lock = await lockRestore(psql, unfinished.database);
  try {
    await dropLeftDatabases(lock, as, unfinished, {
      info: (line) => lines.push(line),
      warn: (text, sql = []) => warnings.push({ text, sql }),
    });
  } finally {
    await lock.release();
  }
  return { lines, warnings };
}

const names = ['shop', `it's "100%" \\ :x ::warning::a=b`, 'é'.repeat(31)];

/** As a restore by `drop` leaves them that was killed between the exchange and the drop. */
async function exchanged(database: string, comment: string | null, beside?: string) {
  const { fresh, previous } = namesOf(database);
  const mark = { database, run };
  const name = beside ?? previous;
  const old = await made(name, replacedMark({ ...mark, comment }));
  const empty = await made(database, restoreMark(mark));
  const unfinished: Unfinished = {
    ...{ ...mark, stage: 'swapping' },
    ...{ fresh: { name: fresh, oid: empty }, previous: { name: previous, oid: old } },
  };
  return { old, empty, name, fresh, unfinished };
}

test.each(names.map((name, place) => [name, place === 0 ? null : "the shop's"] as const))(
  'an old database %j in whose place an empty one is gets its place and its comment (%j) back',
  async (database, comment) => {
    const { old, name, fresh, unfinished } = await exchanged(database, comment);
    const { lines, warnings } = await putInOrder(unfinished);
    expect(warnings).toEqual([]);
    expect(lines.filter((line) => /^Putting|again$|^Dropped/.test(line))).toHaveLength(3);
    expect(await found(database)).toEqual({ oid: old, comment });
    for (const gone of [name, fresh]) expect(await found(gone)).toBeUndefined();
  },
);

test('an old database that cannot get its place back is kept, and the way back is told', async () => {
  const database = `it's "held" \\ :x ::warning::a=b`;
  const { old, name, unfinished } = await exchanged(database, "the shop's", droppingName(database));
  const holder = await bare.server.connect({ database }); // of a superuser, whom this role may not end
  const { lines, warnings } = await putInOrder(unfinished);
  await holder.end();
  expect(lines).toHaveLength(1);
  expect(warnings.map(({ text }) => text)).toEqual([
    expect.stringMatching(
      /^Database ".*" is not restored\. The old one is there as ".*_dropping_\d{14}.*"\. To go back/,
    ),
  ]);
  await bare.server.query((warnings[0]?.sql ?? []).join('\n'), { ...owner, database: 'postgres' });
  expect(await found(database)).toEqual({ oid: old, comment: "the shop's" });
  expect(await found(name)).toBeUndefined();
});

test.each([
  ['made another', /^What is called "(?<name>.*)" now is not what the restore had put there/],
  ['dropped it', /^There is no database "(?<name>.*)" any more\. The old one is there as/],
])(
  'an old database is kept where somebody has %s in its place, and the way back is told',
  async (act, text) => {
    const database = `it's "${act}" \\ :x ::warning::a=b`;
    const { old, unfinished } = await exchanged(database, "the shop's");
    await bare.server.query(`DROP DATABASE ${escapeIdentifier(database)}`, owner);
    if (act === 'made another') await made(database, null);
    const { lines, warnings } = await putInOrder(unfinished);
    expect(lines).toEqual([]);
    expect(warnings.map((warning) => warning.text)).toEqual([expect.stringMatching(text)]);
    await bare.server.query((warnings[0]?.sql ?? []).join('\n'), { ...owner, database: 'postgres' });
    expect(await found(database)).toEqual({ oid: old, comment: "the shop's" });
  },
);

test.each(['swapping', 'swapped'] as const)(
  'a new database that was killed while it was filled in the place of the old one (%s) stays, and is said to be incomplete',
  async (stage) => {
    for (const name of names) {
      const database = `${name.slice(0, 22)}${stage}`;
      const { fresh, previous } = namesOf(database);
      const oid = await made(database, restoreMark({ database, run }));
      const { lines, warnings } = await putInOrder({
        ...{ database, run, stage, fresh: { name: fresh, oid } },
        ...(stage === 'swapping' && { previous: { name: previous, oid: 1 } }),
      });
      expect(lines).toEqual([]);
      expect(warnings).toEqual([
        { text: expect.stringMatching(/^Database ".*" is incomplete\. Run the restore again/), sql: [] },
      ]);
      expect((await found(database))?.oid).toBe(oid);
      await bare.server.query(`COMMENT ON DATABASE ${escapeIdentifier(database)} IS NULL`, owner);
      const whole = await putInOrder({ database, run, stage, fresh: { name: fresh, oid } });
      expect(whole).toEqual({ lines: [], warnings: [] });
    }
  },
);

test.each(names)(
  'an old database %j is dropped once a whole one has its place, whatever it is called',
  async (name) => {
    const database = `${name.slice(0, 25)}!`;
    const { fresh, previous } = namesOf(database);
    const oid = await made(database, 'of the shop');
    for (const called of [previous, droppingName(database)]) {
      const old = await made(called, replacedMark({ database, run, comment: null }));
      const { lines, warnings } = await putInOrder({
        ...{ database, run, stage: 'swapped' },
        ...{ fresh: { name: fresh, oid }, previous: { name: previous, oid: old } },
      });
      expect(warnings).toEqual([]);
      expect(lines.at(-1)).toMatch(/^Dropped "/);
      expect(await found(called)).toBeUndefined();
    }
    expect((await found(database))?.oid).toBe(oid);
  },
);

test.each(names)(
  'a new database beside %j that has no mark yet is known by what it came to be with',
  async (database) => {
    const { fresh } = namesOf(database);
    const options = `ALLOW_CONNECTIONS false CONNECTION LIMIT ${birthmark(fresh)}`;
    const unfinished: Unfinished = { database, run, stage: 'filling', fresh: { name: fresh } };
    await made(fresh, null, options);
    const { lines, warnings } = await putInOrder(unfinished);
    expect(warnings).toEqual([]);
    expect(lines.at(-1)).toMatch(/^Dropped "/);
    expect(await found(fresh)).toBeUndefined();

    await made(fresh, null);
    const other = await putInOrder(unfinished);
    expect(other.lines).toEqual([]);
    expect(other.warnings).toMatchObject([{ sql: [`DROP DATABASE ${escapeIdentifier(fresh)};`] }]);
    expect(await found(fresh)).toBeDefined();
    await bare.server.query(other.warnings[0]?.sql.join('\n') ?? '', owner);
    expect(await found(fresh)).toBeUndefined();
  },
);

test.each(names.slice(1, 2))(
  'a new database beside %j that the server does not drop is told of, with what drops it, once or again',
  async (database) => {
    const { fresh } = namesOf(database);
    const oid = await made(fresh, restoreMark({ database, run }));
    const inside = await bare.server.connect({ database: fresh }); // of a superuser, which nobody else may end
    const { warnings } = await putInOrder({
      ...{ database, run, stage: 'filling' },
      fresh: { name: fresh, oid },
    });
    await inside.end();
    expect((await found(fresh))?.oid).toBe(oid); // under the name that the step has told
    expect(warnings[0]?.sql).toEqual([`DROP DATABASE IF EXISTS ${escapeIdentifier(fresh)};`]);
    expect(warnings.map(({ text }) => text)).toEqual([
      expect.stringMatching(
        /^Database ".*" is left: ERROR: {2}database ".*" is being accessed by other users/,
      ),
    ]);
    const sql = warnings[0]?.sql.join('\n') ?? '';
    for (let time = 0; time < 2; time++) await bare.server.query(sql, owner);
    expect(await found(fresh)).toBeUndefined();
    const question = `SELECT datname FROM pg_database WHERE oid = ${oid}`;
    expect(await bare.server.query(question)).toEqual([]);
  },
);

test('a database that the server is still creating does not come to be', async () => {
  const database = 'in the making';
  const { fresh } = namesOf(database);
  const proxy = await startTcpProxy(bare.server);
  const blocker = await bare.server.connect();
  await blocker.query('BEGIN; LOCK TABLE pg_catalog.pg_database IN SHARE MODE'); // for which a creation waits
  const through = await bare.psqlThrough(owner, proxy.port);
  const creating = createForRestore(through, fresh, { database, run }, undefined, 15).catch(() => 'cut');
  const atWork = async (): Promise<boolean> =>
    (await bare.server.query("SELECT 1 FROM pg_stat_activity WHERE query LIKE 'CREATE DATABASE%'")).length >
    0;
  await until('the server to be at it', atWork);
  await proxy.stop();
  expect(await creating).toBe('cut');
  expect(await atWork()).toBe(true);
  const { warnings } = await putInOrder({ database, run, stage: 'filling', fresh: { name: fresh } });
  expect(warnings).toEqual([]);
  expect(await atWork()).toBe(false);
  await blocker.query('ROLLBACK');
  await blocker.end();
  expect(await found(fresh)).toBeUndefined();
});

test('a drop that does not end is not waited for longer than the job has time', async () => {
  const database = 'slow';
  const { fresh } = namesOf(database);
  const oid = await made(fresh, restoreMark({ database, run }));
  const question = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'";
  const [checkpointer] = await bare.server.query<{ pid: number }>(question);
  process.kill(checkpointer?.pid ?? 0, 'SIGSTOP');
  try {
    const hurried = { ...psql, signal: AbortSignal.timeout(3_000) };
    const unfinished: Unfinished = { database, run, stage: 'filling', fresh: { name: fresh, oid } };
    await expect(putInOrder(unfinished, hurried)).rejects.toHaveProperty('name', 'TimeoutError');
  } finally {
    process.kill(checkpointer?.pid ?? 0, 'SIGCONT');
  }
});
