import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analyze } from '../../src/postgres/server/analyze.ts';
import { type Jobs, jobsOn, messages } from '../support/jobs.ts';
import type { PostgresServer } from '../support/postgres/postgres-server.ts';
import { type BareServer, startBareServer } from '../support/postgres/psql-on.ts';
import { noteAbout } from '../support/runner/summary-notes.ts';
import { startWorld, type World } from '../support/world.ts';

const sqlOf = (name: string): string =>
  readFileSync(new URL(`../cases/${name}.sql`, import.meta.url), 'utf8');

/** The relations of a database that have statistics of their columns. */
async function analyzed(server: PostgresServer, database: string): Promise<string[]> {
  const rows = await server.query<{ name: string }>(
    `SET ROLE NONE; SELECT DISTINCT concat_ws('.', schemaname, tablename, CASE WHEN inherited THEN 'with partitions' END) AS name
    FROM pg_stats WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
    { database },
  );
  return rows.map(({ name }) => name);
}

describe('in a database with settings of its own', () => {
  let bare: BareServer;
  let number = 0;
  const owner = { user: 'owner', password: 'secret' };
  beforeAll(async () => {
    bare = await startBareServer(15);
    await bare.server.createRole(owner.user, owner.password);
  });
  afterAll(() => bare.stop());

  test.each([1, 2, 8])('functions are found by its search_path, with %i sessions', async (sessions) => {
    const database = `with_path_${sessions}`;
    await bare.server.createDatabase(database, owner.user);
    await bare.server.query(`ALTER DATABASE ${database} SET search_path TO app, public`);
    await bare.server.query(sqlOf('analyze-needs-settings'), { database, ...owner });
    expect(await analyze(await bare.psqlAs(owner), 15, database, sessions)).toEqual([]);
    expect(await analyzed(bare.server, database)).toEqual(['app.a0', 'app.a1']);
  });

  test('another role that it makes of everybody keeps no table from statistics', async () => {
    await bare.server.createDatabase('with_role', owner.user);
    const session = { database: 'with_role', ...owner };
    await bare.server.query('CREATE TABLE public.t AS SELECT generate_series(1, 10) i', session);
    await bare.server.query('CREATE ROLE app; GRANT app TO owner; ALTER DATABASE with_role SET role TO app');
    await expect(bare.server.query('ANALYZE public.t', session)).resolves.toEqual([]);
    expect(await analyzed(bare.server, 'with_role')).toEqual([]);
    expect(await analyze(await bare.psqlAs(owner), 15, 'with_role', 1)).toEqual([]);
    expect(await analyzed(bare.server, 'with_role')).toEqual(['public.t']);
  });

  test.each([
    [
      'by a function that says what it likes',
      "RAISE EXCEPTION 'no %', v",
      /^a function that it calls failed/,
    ],
    ['by a cast', 'RETURN v::int', /^invalid input syntax for type integer: …$/],
    ['by a setting', 'RETURN length(current_setting(v))', /^unrecognized configuration parameter …$/],
    [
      'by a function in C',
      "RETURN length(public.digest('x', v))",
      /^the server refused with SQLSTATE 22023 \(/,
    ],
  ])('of a table that fails %s, no value of a row is told', async (_, body, reason) => {
    const database = `values_${++number}`;
    await bare.server.createDatabase(database, owner.user);
    await bare.server.query(
      `CREATE EXTENSION pgcrypto SCHEMA public; CREATE TABLE public.t AS SELECT 'smithsecret'::text AS v;
      CREATE FUNCTION public.n(v text) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN ${body}; END $$;
      CREATE STATISTICS public.s ON (public.n(v)) FROM public.t`,
      { database, ...owner },
    );
    const failed = await analyze(await bare.psqlAs(owner), 15, database, 1);
    expect(failed).toEqual([
      { table: 'public.t', reason: expect.stringMatching(reason), sql: 'ANALYZE public.t;' },
    ]);
    expect(JSON.stringify(failed)).not.toContain('smith');
  });

  test('a cancel ends it at once', async () => {
    await bare.server.createDatabase('slow', owner.user);
    await bare.server.query(
      `CREATE FUNCTION public.slow(i int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN PERFORM pg_sleep(60); RETURN i; END $$;
      CREATE TABLE public.t AS SELECT 1 AS i; CREATE STATISTICS public.s ON (public.slow(i)) FROM public.t`,
      { database: 'slow', ...owner },
    );
    const cancel = new AbortController();
    const psql = { ...(await bare.psqlAs(owner)), signal: cancel.signal };
    setTimeout(() => cancel.abort(new Error('cancelled')), 1_000);
    const begun = performance.now();
    await expect(analyze(psql, 15, 'slow', 1)).rejects.toThrow('cancelled');
    expect(performance.now() - begun).toBeLessThan(10_000);
  });
});

describe('a table that fails keeps no other from its statistics, and is named', () => {
  let world: World;
  let jobs: Jobs;
  beforeAll(async () => {
    world = await startWorld({ servers: [15] });
    jobs = jobsOn(world, 15);
  });
  afterAll(() => world.stop());

  test.each([
    ['swap', '1'],
    ['drop', '3'],
  ])('restored by %s with jobs: %s', async (restore_strategy, sessions) => {
    const database = await jobs.createDatabase({ sql: sqlOf('analyze-fails-for-some') });
    const backup = await jobs.backup(database);
    expect(backup.exitCode, backup.log).toBe(0);
    const inputs = { restore_strategy, jobs: sessions };
    const restore = await jobs.restore(database, backup.outputs['backup_file_name'] ?? '', { inputs });
    expect(restore.exitCode, restore.log).toBe(0);

    expect(await analyzed(world.server(15), database)).toEqual([
      'public.fine',
      'public.log.with partitions',
      'public.log_2.with partitions',
      'public.log_2a',
      'public.log_2b',
    ]);
    const [warning = '', ...others] = messages(restore, 'warning');
    expect(others).toEqual([]);
    const [first, ...lines] = warning.split('\n');
    expect(first).toBe(
      'All data is restored, but 3 tables could not be analyzed, and queries on them may be slow:',
    );
    expect(lines.toSorted()).toEqual([
      '- "s; DROP"."It\'s ""quoted""": division by zero',
      '- public.log: division by zero',
      '- public.log_1: division by zero',
      'ANALYZE "s; DROP"."It\'s ""quoted""";',
      'ANALYZE public.log;',
      'ANALYZE public.log_1;',
      'Once the cause is fixed, run this in the restored database:',
    ]);
    const note = noteAbout(restore.summary, /could not be analyzed/);
    expect(`${note.text}\n${note.sql}`.split('\n').toSorted()).toEqual(warning.split('\n').toSorted());
    const fixed = 'UPDATE public.log_1 SET i = 1; UPDATE "s; DROP"."It\'s ""quoted""" SET i = 1';
    await jobs.query(database, fixed);
    for (const line of lines) if (line.startsWith('ANALYZE')) await jobs.query(database, line);
    expect(await analyzed(world.server(15), database)).toHaveLength(7);
  });
});
