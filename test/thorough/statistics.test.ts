import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tablesToAnalyze } from '../../src/postgres/server/tables-to-analyze.ts';
import { type Jobs, jobsOn, messages } from '../support/jobs.ts';
import { lackFor, titled } from '../support/postgres/describe-on.ts';
import { startWorld, type World } from '../support/world.ts';

const lack = lackFor(18);

describe.skipIf(lack !== undefined)(titled('statistics travel with a backup of a server 18', lack), () => {
  let world: World;
  let jobs: Jobs;
  beforeAll(async () => {
    world = await startWorld({ servers: [18, 17], settings: { autovacuum: false } });
    jobs = jobsOn(world, 18);
  });
  afterAll(() => world.stop());

  /** Tables of one column each. After what they are called, the statistics are wrong, so that it shows where they have come from. */
  const sample = `
    CREATE TABLE public.analyzed AS SELECT i % 4 AS i FROM generate_series(1, 1000) i;
    CREATE TABLE public."with a space" AS SELECT i % 4 AS i FROM generate_series(1, 1000) i;
    CREATE TABLE public.excluded AS SELECT i % 4 AS i FROM generate_series(1, 1000) i;
    CREATE TABLE public.of_expression AS SELECT i % 4 AS i FROM generate_series(1, 1000) i;
    CREATE INDEX of_expression_index ON public.of_expression ((i + 1));
    CREATE TABLE public.parent (i int) PARTITION BY LIST (i);
    CREATE TABLE public.child PARTITION OF public.parent DEFAULT; INSERT INTO public.parent SELECT i % 4 FROM generate_series(1, 1000) i;
    CREATE MATERIALIZED VIEW public.view AS SELECT i % 4 AS i FROM generate_series(1, 1000) i;
    ANALYZE public.analyzed, public."with a space", public.excluded, public.of_expression, public.child, public.view;
    UPDATE public.analyzed SET i = 0; UPDATE public."with a space" SET i = 0; UPDATE public.of_expression SET i = 0;
    UPDATE public.child SET i = 0; 
    CREATE INDEX late_index ON public.child ((i + 1));
    CREATE TABLE public.never AS SELECT 0 AS i FROM generate_series(1, 1000) i;
    CREATE TABLE public.extended AS SELECT i % 4 AS i, i % 4 AS j FROM generate_series(1, 1000) i;
    CREATE STATISTICS public.of_extended ON i, j FROM public.extended;
    ANALYZE public.extended; UPDATE public.extended SET i = 0;
    CREATE TABLE public.ancestor (i int); CREATE TABLE public.heir () INHERITS (public.ancestor);
    INSERT INTO public.heir SELECT 0 FROM generate_series(1, 1000)`;

  /** By relation, the number of distinct values that the statistics speak of: 4 where they are as old as the backup. */
  async function distinct(on: Jobs, database: string): Promise<Record<string, number>> {
    const rows = await on.query<{ name: string; n: number }>(
      database,
      `SELECT tablename || CASE WHEN inherited THEN ' with partitions' ELSE '' END AS name, n_distinct AS n
      FROM pg_stats WHERE schemaname = 'public' AND attname <> 'j' ORDER BY 1`,
    );
    return Object.fromEntries(rows.map(({ name, n }) => [name, n]));
  }

  async function backedUp(options = '', sql = sample) {
    const database = await jobs.createDatabase({ sql });
    const backup = await jobs.backup(database, { inputs: { pg_dump_options: options } });
    expect(backup.exitCode, backup.log).toBe(0);
    return { database, name: backup.outputs['backup_file_name'] ?? '' };
  }

  async function restored(on: Jobs, database: string, name: string, inputs: Record<string, string> = {}) {
    const restore = await on.restore(database, name, { inputs });
    expect(restore.exitCode, restore.log).toBe(0);
    expect(messages(restore, 'warning').join('\n')).not.toMatch(/Left out|ANALYZE|STATISTICS/);
    return distinct(on, database);
  }

  const collected = {
    analyzed: 1,
    child: 1,
    extended: 1,
    heir: 1,
    never: 1,
    of_expression: 1,
    'parent with partitions': 1,
    'ancestor with partitions': 1,
    view: 4,
    'with a space': 1,
    of_expression_index: 1,
    late_index: 1,
  };

  test.each([
    ['swap', '1'],
    ['drop', '3'],
  ])('and are collected where they are missing: by %s, with jobs: %s', async (restore_strategy, sessions) => {
    const { database, name } = await backedUp('--exclude-table-data=excluded');
    expect(await restored(jobs, database, name, { restore_strategy, jobs: sessions })).toEqual({
      ...collected,
      analyzed: 4,
      'with a space': 4,
      of_expression: 4,
      of_expression_index: 4,
    });
    const [counts] = await jobs.query(
      database,
      "SELECT reltuples, relpages FROM pg_class WHERE relname = 'excluded'",
    );
    expect(counts).toEqual({ reltuples: 0, relpages: 0 });
    expect(
      await jobs.query(database, "SELECT FROM pg_stats_ext WHERE statistics_name = 'of_extended'"),
    ).toHaveLength(1);
  });

  test('on a server 17 they are all collected', async () => {
    const { name } = await backedUp('--exclude-table-data=excluded');
    const older = jobsOn(world, 17);
    const database = `older_${randomBytes(4).toString('hex')}`;
    expect(await restored(older, database, name)).toEqual(collected);
  });

  test('of a type that is analyzed in its own way they are always collected', async () => {
    const server = world.server(18);
    await server.createDatabase('with_type');
    const session = { database: 'with_type' };
    await server.query(
      `CREATE TYPE public.word; CREATE FUNCTION public.word_in(cstring) RETURNS public.word LANGUAGE internal IMMUTABLE STRICT AS 'textin';
      CREATE FUNCTION public.word_out(public.word) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
      CREATE FUNCTION public.word_analyze(internal) RETURNS boolean LANGUAGE internal AS 'array_typanalyze';
      CREATE TYPE public.word (INPUT = public.word_in, OUTPUT = public.word_out, LIKE = text);
      CREATE TABLE public.plain AS SELECT 1 AS i; CREATE TABLE public.special AS SELECT 1 AS i, 'a'::public.word AS w; ANALYZE;
      ALTER TYPE public.word SET (ANALYZE = public.word_analyze)`,
      session,
    );
    const [{ tables } = { tables: [] }] = await server.query<{ tables: { name: string }[] }>(
      `SELECT * FROM json_to_record((${tablesToAnalyze(18)})) AS found (tables json)`,
      session,
    );
    const names = tables.map(({ name }) => name);
    expect(names).toContain('public.special');
    expect(names).not.toContain('public.plain');
  });

  test('with --no-statistics they stay behind', async () => {
    const { database, name } = await backedUp('--no-statistics\n--exclude-table-data=excluded');
    expect(await restored(jobs, database, name)).toEqual(collected);
  });

  test.each(['--schema-only', '-s', '-Oa', '--data-o', '--statistics', '--statistics-only', '--no-stat'])(
    'pg_dump takes %s, which decides on them, as by hand',
    async (options) => {
      await backedUp(options, 'CREATE TABLE public.t AS SELECT 1 AS i');
    },
  );
});
