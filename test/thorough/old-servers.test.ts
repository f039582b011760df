import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Jobs, jobsOn, messages, onlyError, until } from '../support/jobs.ts';
import { installedClients } from '../support/postgres/clients.ts';
import { firstDifference } from '../support/postgres/databases/dump-text.ts';
import { fillMoodle } from '../support/postgres/databases/moodle.ts';
import { lackFor, titled } from '../support/postgres/describe-on.ts';
import { hasPrograms } from '../support/postgres/postgres-programs.ts';
import { remember } from '../support/untouched.ts';
import { startWorld, type World } from '../support/world.ts';

/*
 * Servers that PostgreSQL itself does not look after any more, and Azure still runs: what a job asks has to be known to them, too. The
 * other tests run servers from 14 on.
 */

/** Beside the tables of Moodle, one of each kind that a server 12 knows and a role without superuser may own. */
const kinds = `
  CREATE SCHEMA depot;
  CREATE TYPE depot.state AS ENUM ('new', 'it''s "odd"', 'gone');
  CREATE TYPE depot.pair AS (one int, two text);
  CREATE DOMAIN depot.positive AS int CHECK (VALUE > 0);
  CREATE COLLATION depot.german (provider = icu, locale = 'de', deterministic = false);
  CREATE FUNCTION depot.twice(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1 * 2';
  CREATE PROCEDURE depot.nothing() LANGUAGE plpgsql AS $$BEGIN END$$;
  CREATE AGGREGATE depot.total(int) (SFUNC = int4pl, STYPE = int, INITCOND = '0');
  CREATE TABLE depot."we""ird %s" (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, state depot.state DEFAULT 'new',
    amount depot.positive, doubled int GENERATED ALWAYS AS (amount * 2) STORED, pair depot.pair, word text COLLATE depot.german);
  INSERT INTO depot."we""ird %s" (amount, pair, word) SELECT g, ROW(g, 'x'::text)::depot.pair, 'wörd ' || g FROM generate_series(1, 500) AS g;
  CREATE TABLE depot.part (id int REFERENCES depot."we""ird %s", day date) PARTITION BY RANGE (day);
  CREATE TABLE depot.part_1 PARTITION OF depot.part FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
  CREATE TABLE depot.part_rest PARTITION OF depot.part DEFAULT;
  CREATE INDEX ON depot.part (day);
  INSERT INTO depot.part SELECT g, DATE '2024-06-01' + g FROM generate_series(1, 400) AS g;
  CREATE STATISTICS depot.related (ndistinct, mcv) ON id, day FROM depot.part_1;
  CREATE INDEX by_twice ON depot."we""ird %s" (depot.twice(amount)) INCLUDE (word);
  CREATE VIEW depot.seen WITH (security_barrier) AS SELECT id, word FROM depot."we""ird %s" WHERE amount > 3;
  CREATE MATERIALIZED VIEW depot.kept AS SELECT count(*) AS parts FROM depot.part;
  CREATE FUNCTION depot.noted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$BEGIN RETURN NEW; END$$;
  CREATE TRIGGER noted AFTER UPDATE ON depot.part FOR EACH ROW EXECUTE FUNCTION depot.noted();
  CREATE RULE silent AS ON DELETE TO depot.part DO INSTEAD NOTHING;
  ALTER TABLE depot.part ENABLE ROW LEVEL SECURITY;
  CREATE POLICY mine ON depot.part USING (id > 0);
  CREATE PUBLICATION odd_ones FOR TABLE depot."we""ird %s";
  GRANT SELECT ON depot.seen TO PUBLIC;
  ALTER DEFAULT PRIVILEGES IN SCHEMA depot GRANT SELECT ON TABLES TO PUBLIC;
  COMMENT ON TABLE depot.part IS 'Split';
  SELECT lo_from_bytea(0, convert_to(repeat('large ', 1000), 'UTF8'));`;

/** Sessions of a job wait while an index on it is built, and again while the table is analyzed; other sessions do not. */
const slow = (seconds: number): string => `
  CREATE FUNCTION public.held(id int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN
    IF id = 150 AND pg_catalog.current_setting('application_name') = 'postgres-azure-backup' THEN
      PERFORM pg_catalog.pg_sleep(${seconds});
    END IF;
    RETURN id;
  END $$;
  CREATE TABLE public.slow AS SELECT g AS id FROM generate_series(1, 300) AS g;
  CREATE INDEX slow_held ON public.slow (public.held(id));`;

const clients = await installedClients();

for (const major of [12, 13] as const) {
  const lack = hasPrograms(major)
    ? lackFor(major)
    : `needs a server ${major}, of which there is none for this platform`;

  describe.skipIf(lack !== undefined)(titled(`a server ${major}`, lack), () => {
    let world: World;
    let jobs: Jobs;
    let database: string;
    let text: string;
    let backup: string;

    beforeAll(async () => {
      world = await startWorld({ servers: [major] });
      jobs = jobsOn(world, major);
      database = await jobs.createDatabase({ sql: kinds });
      await fillMoodle(async (sql) => ({ rows: await jobs.query(database, sql) }));
      text = await jobs.text(database);
      const step = await jobs.backup(database);
      expect(step.exitCode, step.log).toBe(0);
      expect([...messages(step, 'error'), ...messages(step, 'warning')]).toEqual([]);
      expect(step.outputs['postgres_version']).toMatch(new RegExp(`^${major}\\.\\d+$`));
      backup = step.outputs['backup_file_name'] ?? '';
    });
    afterAll(() => world?.stop());

    const orders = [
      { restore_strategy: 'swap', jobs: '2', keep_previous: 'true' },
      { restore_strategy: 'drop', jobs: '2' },
      { restore_strategy: 'swap', jobs: '1' },
      { restore_strategy: 'drop', jobs: '1', no_privileges: 'false' },
    ];
    test.each(major === 12 ? orders : orders.slice(0, 2))(
      'gets back what it had with %j, and all is analyzed',
      async (inputs) => {
        await jobs.query(database, 'CREATE TABLE stray (); DROP TABLE IF EXISTS depot.part CASCADE');
        const others = (await jobs.databases()).length;
        const restore = await jobs.restore(database, backup, { inputs });
        expect(restore.exitCode, restore.log).toBe(0);
        expect(messages(restore, 'warning').filter((told) => !/^(Give|Set) .*privileges/.test(told))).toEqual(
          [],
        );
        expect(firstDifference(text, await jobs.text(database))).toBeUndefined();
        const kept = restore.outputs['previous_database'] ?? '';
        expect(kept !== '').toBe(inputs.keep_previous === 'true');
        expect(await jobs.databases()).toHaveLength(others + (kept === '' ? 0 : 1));
        if (kept !== '') await jobs.query('postgres', `DROP DATABASE "${kept}"`);
        const analyzed = await jobs.query(
          database,
          `SELECT DISTINCT tablename::text AS name FROM pg_stats WHERE schemaname = 'depot' ORDER BY 1`,
        );
        expect(analyzed).toEqual(
          ['by_twice', 'kept', 'part', 'part_1', 'part_rest', 'we"ird %s'].map((name) => ({ name })),
        );
      },
    );

    for (const { major: other } of major === 12 ? clients.slice(1) : [])
      test(`the client ${other} serves it as well`, async () => {
        const extra = { inputs: { postgres_version: String(other) } };
        const made = await jobs.backup(database, extra);
        expect(made.exitCode, made.log).toBe(0);
        expect(made.log).toContain(`using psql, pg_dump and pg_restore ${other}.`);
        const restore = await jobs.restore(database, made.outputs['backup_file_name'] ?? '', extra);
        expect(restore.exitCode, restore.log).toBe(0);
        expect(restore.log).toContain(`using psql, pg_dump and pg_restore ${other}.`);
        expect(firstDifference(text, await jobs.text(database))).toBeUndefined();
      });

    test('a restore tells what the server is at', async () => {
      const held = await jobs.createDatabase({ sql: slow(7) });
      const made = await jobs.backup(held);
      const restore = await jobs.restore(held, made.outputs['backup_file_name'] ?? '');
      expect(restore.exitCode, restore.log).toBe(0);
      expect(restore.log).toMatch(/; now INDEX ".*slow_held", building on "public\.slow" \(\w/);
      const analyzing = restore.log.split('\n').find((line) => / tables? analyzed/.test(line));
      // What is being analyzed can be seen from 13 on.
      if (major >= 13) expect(analyzing).toMatch(/; now "public\.slow" \(\w/);
      else expect(analyzing).toMatch(/s: 0 of 1 tables analyzed/);
    });

    test('a cancelled restore changes nothing, and leaves nothing at work', async () => {
      const held = await jobs.createDatabase({ sql: slow(30) });
      const made = await jobs.backup(held);
      const untouched = await remember(jobs, held);
      const atWork = async (): Promise<boolean> => {
        const sql = `SELECT FROM pg_stat_progress_create_index AS p JOIN pg_stat_activity USING (pid) WHERE application_name = 'postgres-azure-backup'`;
        return (await world.server(major).query(sql)).length > 0;
      };
      const running = await jobs.start(
        { job_to_run: 'restore', db_name: held, backup_file_name: made.outputs['backup_file_name'] ?? '' },
        { watch: true },
      );
      await until('the index to be built', atWork);
      running.cancel();
      const restore = await running.done;
      expect(onlyError(restore)).toContain('cancelled (SIGINT)');
      await untouched(restore);
      expect(restore.processes.filter(({ alive }) => alive)).toEqual([]);
      await until('the server to stop building', async () => !(await atWork()), 5);
    });

    test('an extension is refused beforehand where only a superuser creates it, and restored where not', async () => {
      const extended = await jobs.createDatabase();
      const { superuser, query } = world.server(major);
      await query('CREATE EXTENSION hstore', { ...superuser, database: extended });
      await jobs.query(extended, `CREATE TABLE pairs AS SELECT 'a=>1'::hstore AS pairs`);
      const made = await jobs.backup(extended);
      expect(made.exitCode, made.log).toBe(0);
      const untouched = await remember(jobs, extended);
      const restore = await jobs.restore(extended, made.outputs['backup_file_name'] ?? '');
      if (major >= 13) expect(restore.exitCode, restore.log).toBe(0);
      else
        expect(await untouched(restore)).toContain(
          'the extension "hstore", which only a superuser can create on this server',
        );
    });

    test('another session in the database does not keep it from being replaced', async () => {
      const session = await world.server(major).connect({ database, ...world.login });
      const restore = await jobs.restore(database, backup);
      expect(restore.exitCode, restore.log).toBe(0);
      await session.end().catch(() => {});
      expect(firstDifference(text, await jobs.text(database))).toBeUndefined();
    });
  });
}

const newer = ([17, 16, 15] as const).find((major) => lackFor(major) === undefined) ?? 15;
const both = !hasPrograms(12)
  ? 'needs a server 12, of which there is none for this platform'
  : (lackFor(12) ?? lackFor(newer));

test.skipIf(both !== undefined)(titled(`a backup of 12 is restored on ${newer}`, both), async () => {
  await using world = await startWorld({ servers: [12, newer] });
  const [old, now] = [jobsOn(world, 12), jobsOn(world, newer)];
  const database = await old.createDatabase({ sql: kinds });
  const made = await old.backup(database);
  expect(made.exitCode, made.log).toBe(0);
  const restore = await now.restore(database, made.outputs['backup_file_name'] ?? '');
  expect(restore.exitCode, restore.log).toBe(0);
  const rows = `SELECT count(*)::int AS rows, sum(doubled)::int AS sum, max(word) AS word FROM depot."we""ird %s"`;
  expect(await now.query(database, rows)).toEqual(await old.query(database, rows));
});
