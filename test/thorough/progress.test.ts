import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { watchActivity } from '../../src/postgres/server/activity.ts';
import { databaseFacts } from '../../src/postgres/server/server.ts';
import { jobsOn, until } from '../support/jobs.ts';
import { startSilentServer } from '../support/machine/silent-server.ts';
import { installedClients } from '../support/postgres/clients.ts';
import type { PostgresMajor } from '../support/postgres/postgres-server.ts';
import { type BareServer, startBareServer } from '../support/postgres/psql-on.ts';
import { startWorld, type World } from '../support/world.ts';

const newest = (await installedClients()).at(-1)?.major ?? 0;
const majors: PostgresMajor[] = newest >= 17 ? [15, 17] : [15];

/** What a session is called that holds something up for as long as it lasts. */
type Held = 'rows' | 'index' | 'analyze';
const holding = (name: string, what: Held): string => `hold ${name} ${what}`;

/** A table whose rows are loaded, indexed and analyzed no further while they are held up; beside one with nothing to it. */
const sample = (name: string): string => `
  CREATE FUNCTION public.held(id int, what text) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN
    FOR round IN 1..1500 LOOP
      EXIT WHEN id <> 150;
      PERFORM pg_catalog.pg_stat_clear_snapshot();
      EXIT WHEN NOT EXISTS (SELECT FROM pg_catalog.pg_stat_activity WHERE application_name = 'hold ${name} ' ||
        CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_stat_progress_analyze WHERE pid = pg_catalog.pg_backend_pid())
          THEN 'analyze' ELSE what END);
      PERFORM pg_catalog.pg_sleep(0.05);
    END LOOP;
    RETURN id;
  END $$;
  CREATE TABLE public."we""ird %s" (id int CHECK (public.held(id, 'rows') > 0));
  INSERT INTO public."we""ird %s" SELECT generate_series(1, 300);
  CREATE INDEX "slow %d" ON public."we""ird %s" (public.held(id, 'index'));
  CREATE TABLE public.plain (id int PRIMARY KEY);`;

describe('a restore that takes its time', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ servers: majors });
  });
  afterAll(() => world.stop());

  /** Restores the sample, and holds it up until the server's word of it is in the log. @returns the lines of progress */
  async function linesOf(major: PostgresMajor, inputs: Record<string, string>): Promise<string[]> {
    const jobs = jobsOn(world, major);
    const database = await jobs.createDatabase();
    await jobs.query(database, sample(database));
    await jobs.query(database, `ALTER DATABASE "${database}" SET work_mem TO '7MB'`);
    const backup = await jobs.backup(database);
    expect(backup.exitCode, backup.log).toBe(0);
    const server = world.server(major);
    const hold = async (what: Held) => {
      const session = await server.connect({ database: 'postgres', ...world.login });
      await session.query(`SET application_name = '${holding(database, what)}'`);
      return session;
    };
    const holds = [
      { told: /; now COPY /, session: await hold('rows') },
      { told: /, building on /, session: await hold('index') },
      { told: / tables analyzed; now /, session: await hold('analyze') },
    ];
    const onLine = (line: string): void => {
      for (const { told, session } of holds) if (told.test(line)) void session.end();
    };
    const restore = await jobs.restore(database, backup.outputs['backup_file_name'] ?? '', {
      inputs,
      onLine,
    });
    expect(restore.exitCode, restore.log).toBe(0);
    const ends = restore.log.match(/^.*\n::endgroup::$/gm) ?? [];
    expect(ends.length).toBeGreaterThan(4);
    for (const end of ends) expect(end).toMatch(/^Done in \d+\.\d s\n/);
    const sql = restore.log.split('\n').filter((line) => /^ {2}(ALTER|GRANT|REVOKE|COMMENT) /.test(line));
    if (inputs['restore_strategy'] !== 'drop') expect(sql).toEqual([]);
    expect(restore.log).not.toMatch(/^(?!::debug::).*(data offsets|table of contents)/im);
    return restore.log.split('\n').filter((line) => /^\d+\.\d s: /.test(line));
  }

  const ways = [
    ['streamed', 15, { jobs: '1' }, / of \S+ [kM]?B read \(\d+ %\)[,;] /],
    ['from a file', 15, { jobs: '1', restore_strategy: 'drop' }, / of \S+ [kM]?B read \(\d+ %\)[,;] /],
    ['by two sessions', majors.at(-1) ?? 15, { jobs: '2' }, / of \S+ [kM]?B of data done \(\d+ %\)[,;] /],
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
      if (major < 16) expect(loading, story).toMatch(/ \(149 rows\)$/);
      expect(loading, story).not.toContain('INDEX');

      const building = line(/building on /);
      expect(building, story).toMatch(/; now INDEX "(public\.)?slow %d", building on /);
      expect(building, story).toContain(`building on ${table} (scanning table`);
      expect(building, story).not.toContain('COPY');

      const [[doneLoading = 0], [doneBuilding = 0, entries = 0]] = [done(loading), done(building)];
      expect(doneLoading, story).toBeGreaterThan(0);
      expect(doneBuilding, story).toBeGreaterThan(doneLoading);
      expect(entries, story).toBeGreaterThan(doneBuilding); // the index is not done

      const analyzing = line(/tables analyzed; now /);
      expect(analyzing, story).toMatch(/s: [01] of 2 tables analyzed; now /);
      expect(analyzing, story).toContain(`now ${table} (computing statistics)`);
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
    await bare.server.query(sample('it'), { database: 'shop', ...owner });
  });
  afterAll(() => bare.stop());

  const never = new AbortController().signal;
  const facts = { major: 15, spareSessions: 50 };

  test('is told to the role that is at it, of sessions that are called ours, and to nobody else', async () => {
    const session = await bare.server.connect({ database: 'shop', ...owner });
    const build = async (name: string): Promise<unknown[]> => {
      await session.query(`SET application_name = '${name}'`);
      const hold = await bare.server.connect({ database: 'shop', ...owner });
      await hold.query(`SET application_name = '${holding('it', 'index')}'`);
      const building = session.query('REINDEX INDEX "slow %d"');
      const isBuilding = 'SELECT 1 FROM pg_stat_progress_create_index WHERE blocks_done > 0';
      await until('the index to be built', async () => (await bare.server.query(isBuilding)).length > 0);
      const seen: unknown[] = [];
      for (const login of [owner, other])
        seen.push(await watchActivity(await bare.psqlAs(login), facts, 'shop', 1)(never));
      await hold.end();
      await building;
      return seen;
    };
    const nothing = { copies: [], builds: [], analyzed: [] };
    const builds = [expect.stringMatching(/^building on "public\.we\\"ird %s" \(scanning table \d+ %\)$/)];
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
