import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { watchActivity } from '../../src/postgres/server/activity.ts';
import { databaseFacts } from '../../src/postgres/server/server.ts';
import { jobsOn } from '../support/jobs.ts';
import { startSilentServer } from '../support/machine/silent-server.ts';
import { installedClients } from '../support/postgres/clients.ts';
import type { PostgresMajor } from '../support/postgres/postgres-server.ts';
import { type BareServer, startBareServer } from '../support/postgres/psql-on.ts';
import { startWorld, type World } from '../support/world.ts';

const newest = (await installedClients()).at(-1)?.major ?? 0;
const majors: PostgresMajor[] = newest >= 17 ? [15, 17] : [15];

/** A table whose rows are loaded, indexed and analyzed slowly, once the function is; beside one with nothing to it. */
const sample = `CREATE FUNCTION public.slow(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS 'BEGIN RETURN $1; END';
  CREATE TABLE public."we""ird %s" (id int CHECK (public.slow(id) > 0));
  INSERT INTO public."we""ird %s" SELECT generate_series(1, 300);
  CREATE INDEX "slow %d" ON public."we""ird %s" (public.slow(id));
  CREATE TABLE public.plain (id int PRIMARY KEY);
  CREATE OR REPLACE FUNCTION public.slow(int) RETURNS int IMMUTABLE LANGUAGE plpgsql
    AS 'BEGIN PERFORM pg_catalog.pg_sleep(0.022); RETURN $1; END'`;

describe('a restore that takes its time', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ servers: majors });
  });
  afterAll(() => world.stop());

  /** Restores the sample. @returns the lines of progress */
  async function linesOf(major: PostgresMajor, inputs: Record<string, string>): Promise<string[]> {
    const jobs = jobsOn(world, major);
    const database = await jobs.createDatabase({ sql: sample });
    const backup = await jobs.backup(database);
    expect(backup.exitCode, backup.log).toBe(0);
    const restore = await jobs.restore(database, backup.outputs['backup_file_name'] ?? '', { inputs });
    expect(restore.exitCode, restore.log).toBe(0);
    return restore.log.split('\n').filter((line) => /^\d+\.\d s: /.test(line));
  }

  const ways = [
    ['streamed', 15, { jobs: '1' }, / of \S+ [kM]?B read \(\d+ %\), /],
    ['from a file', 15, { jobs: '1', restore_strategy: 'drop' }, / of \S+ [kM]?B read \(\d+ %\), /],
    ['by two sessions', majors.at(-1) ?? 15, { jobs: '2' }, / of \S+ [kM]?B of data done \(\d+ %\), /],
  ] as const;

  test('tells what is done, what is read and what the server is at', { timeout: 120_000 }, async () => {
    const all = await Promise.all(ways.map(([, major, inputs]) => linesOf(major, inputs)));
    ways.forEach(([way, major, , bytes], index) => {
      const lines = all[index] ?? [];
      const story = `${way}:\n${lines.join('\n')}`;
      const line = (beginning: RegExp): string =>
        lines.find((one) => beginning.test(one)) ?? `none, ${story}`;
      const done = (one: string): number[] =>
        (/(\d+) of (\d+) entries done/.exec(one) ?? []).slice(1).map(Number);
      const table = JSON.stringify('public.we"ird %s');

      const loading = line(/now COPY /);
      expect(loading, story).toMatch(bytes);
      expect(loading, story).toContain(`; now COPY ${table}`);
      if (major < 16) expect(loading, story).toMatch(/ \([1-9]\d* rows\)$/);
      expect(loading, story).not.toContain('INDEX');

      const building = line(/building on /);
      expect(building, story).toMatch(/; now INDEX "(public\.)?slow %d", building on /);
      expect(building, story).toContain(`building on ${table} (scanning table`);
      expect(building, story).not.toContain('COPY');

      const [[doneLoading = 0], [doneBuilding = 0, entries = 0]] = [done(loading), done(building)];
      expect(doneLoading, story).toBeGreaterThan(0);
      expect(doneBuilding, story).toBeGreaterThan(doneLoading);
      expect(entries, story).toBeGreaterThan(doneBuilding); // the index is not done

      expect(line(/tables analyzed/), story).toMatch(/^5\.\d s: [01] of 2 tables analyzed; now /);
      expect(line(/tables analyzed/), story).toContain(`now ${table} (computing statistics)`);
    });
  });
});

describe('what our sessions are at', () => {
  let bare: BareServer;
  const [owner, other] = ['owner', 'other'].map((user) => ({ user, password: 'secret' }));
  if (!owner || !other) throw new Error('two roles');
  beforeAll(async () => {
    bare = await startBareServer(15);
    for (const { user, password } of [owner, other]) await bare.server.createRole(user, password);
    await bare.server.createDatabase('shop', owner.user);
    await bare.server.query(sample, { database: 'shop', ...owner });
  });
  afterAll(() => bare.stop());

  const never = new AbortController().signal;
  const facts = { major: 15, spareSessions: 50 };

  test('is told to the role that is at it, of sessions that are called ours, and to nobody else', async () => {
    const session = await bare.server.connect({ database: 'shop', ...owner });
    const build = async (name: string): Promise<Awaited<ReturnType<ReturnType<typeof watchActivity>>>[]> => {
      await session.query(`SET application_name = '${name}'`);
      const building = session.query('REINDEX INDEX "slow %d"').catch(() => {});
      try {
        const seen = [];
        for (const login of [owner, other])
          seen.push(await watchActivity(await bare.psqlAs(login), facts, 'shop', 1)(never));
        return seen;
      } finally {
        await bare.server.query(
          `SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE query ~ '^REINDEX'`,
        );
        await building;
      }
    };
    const nothing = { copies: [], builds: [], analyzed: [] };
    const builds = [expect.stringMatching(/^building on "public\.we\\"ird %s" \(/)];
    expect(await build('postgres-azure-backup')).toEqual([{ ...nothing, builds }, nothing]);
    expect(await build('psql')).toEqual([nothing, nothing]);
    await session.end();
  });

  test.each([
    ['without an answer', async () => (await startSilentServer()).port],
    ['that nobody listens at', async () => 1],
  ])('is not told by a server %s, and soon given up', async (_, portOf) => {
    const watched = watchActivity(await bare.psqlThrough(owner, await portOf()), facts, 'shop', 1);
    const began = performance.now();
    expect(await watched(AbortSignal.timeout(300))).toBeUndefined();
    expect(performance.now() - began).toBeLessThan(4_500);
  });

  test('is not asked for where a session more might be one too many', async () => {
    const spare = async (): Promise<number | undefined> =>
      (await databaseFacts(await bare.psqlAs(owner), 'shop')).spareSessions;
    const plenty = await spare();
    expect(plenty).toBeGreaterThan(10);
    await bare.server.query('ALTER ROLE owner CONNECTION LIMIT 7');
    expect(await spare()).toBe(6); // it asks by one of them
    await bare.server.query('ALTER DATABASE shop CONNECTION LIMIT 5');
    expect(await spare()).toBe(4);
    const asked = async (sessions: number): Promise<unknown> =>
      watchActivity(
        await bare.psqlAs(owner),
        { major: 15, spareSessions: (await spare()) ?? 0 },
        'shop',
        sessions,
      )(never);
    expect(await asked(1)).toEqual({ copies: [], builds: [], analyzed: [] });
    expect(await asked(2)).toBeUndefined();
    await bare.server.query('ALTER ROLE owner CONNECTION LIMIT 1');
    const session = await bare.server.connect({ database: 'shop', ...owner });
    const refused = watchActivity(await bare.psqlAs(owner), facts, 'shop', 1);
    for (let round = 0; round < 3; round++) expect(await refused(never)).toBeUndefined();
    await session.end();
    expect(await refused(never)).toBeUndefined(); // it is not asked any more
  });
});
