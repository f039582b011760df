import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseSql } from '../support/cases.ts';
import { type Jobs, jobsOn } from '../support/jobs.ts';
import { clientOf } from '../support/postgres/clients.ts';
import { describeOn, ownLackFor, titled } from '../support/postgres/describe-on.ts';
import { posingClient } from '../support/postgres/posing-client.ts';
import type { PostgresMajor } from '../support/postgres/postgres-server.ts';
import { remember } from '../support/untouched.ts';
import { startWorld, type World } from '../support/world.ts';

const all = [15, 17, 18] as const;
const majors = all.filter((major) => ownLackFor(major) === undefined);

let world: World;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parallel-restore-'));
  world = await startWorld({ servers: majors });
});
afterAll(async () => {
  await world.stop();
  await rm(folder, { recursive: true });
});

/** All rows of a database, in an order of their own, and all constraints, triggers and indexes with whether they are valid. */
async function contentOf(jobs: Jobs, database: string) {
  const tables = await jobs.query<{ name: string }>(
    database,
    `SELECT oid::regclass::text AS name FROM pg_class
     WHERE relkind IN ('r', 'm') AND relnamespace = 'public'::regnamespace ORDER BY 1`,
  );
  const rows = tables.map(
    ({ name }) =>
      `SELECT '${name}' AS name, count(*)::int AS rows, md5(string_agg(t::text, ',' ORDER BY t::text)) AS sum FROM ${name} AS t`,
  );
  const objects = await jobs.query(
    database,
    `SELECT conrelid::regclass::text || ' ' || conname || convalidated AS object FROM pg_constraint WHERE connamespace = 'public'::regnamespace
     UNION ALL SELECT tgrelid::regclass::text || ' ' || tgname FROM pg_trigger WHERE NOT tgisinternal
     UNION ALL SELECT indexrelid::regclass::text || indisvalid || indisclustered || indisreplident FROM pg_index
       WHERE indrelid::regclass::text !~ '^pg_' ORDER BY 1`,
  );
  return { rows: await jobs.query(database, `${rows.join(' UNION ALL ')} ORDER BY 1`), objects };
}

/** Backs a database up and restores it with the programs of the server's own major, which keep what they say in a file. */
async function restored(major: PostgresMajor, sql: string, jobs: string) {
  const on = jobsOn(world, major);
  const database = await on.createDatabase({ sql });
  const backup = await on.backup(database);
  expect(backup.exitCode, backup.log).toBe(0);
  const said = join(folder, `${database}.log`);
  const place = await mkdtemp(join(folder, 'programs-'));
  const client = await clientOf(major);
  const { pg_restore: pgRestore } = client;
  const path = await posingClient(place, client, [major], {
    // Only what goes into the database; what is asked of the archive beforehand names its entries, too.
    before: `case "$0 $*" in *pg_restore*--dbname*)
      "${pgRestore}" "$@" 2> "$0.$$"; status=$?; cat "$0.$$" >> ${said}; cat "$0.$$" >&2; exit $status ;; esac`,
  });
  const before = await contentOf(on, database);
  const restore = await on.restore(`${database}_copy`, backup.outputs['backup_file_name'] ?? '', {
    inputs: { jobs },
    environment: { PATH: path },
  });
  expect(restore.exitCode, restore.log).toBe(0);
  expect(await contentOf(on, `${database}_copy`)).toEqual(before);
  return { restore, lines: (await readFile(said, 'utf8')).split('\n') };
}

describeOn(
  all,
  (major) => {
    test.each([
      ['partition-triggers', '8'],
      ['partition-triggers-2', '4'],
      ['nested-partition-indexes', '8'],
      ['nested-partition-indexes-2', '8'],
    ])(
      'bring %s back as it was, and nothing that acts on rows is begun before the last rows are in',
      async (name, jobs) => {
        const { restore, lines } = await restored(major, await caseSql(name), jobs);
        expect(restore.log).toMatch(
          /Restore in [3-8] passes, since it has tables with partitions or children: definitions; data; /,
        );

        // Beginnings of lines may be torn; "skipping" is said of what is not restored in a pass.
        const lastRows = lines.findLastIndex((line) => /finished item \d+ TABLE DATA /.test(line));
        const acting =
          /(launching item \d+|creating) (INDEX|INDEX ATTACH|CONSTRAINT|FK CONSTRAINT|CHECK CONSTRAINT|TRIGGER) /;
        const firstActing = lines.findIndex((line) => acting.test(line));
        expect(lines.filter((line) => /launching item \d+ TABLE DATA/.test(line)).length).toBeGreaterThan(1);
        expect(lastRows).toBeGreaterThan(0);
        expect(firstActing).toBeGreaterThan(lastRows);
        // What locks several tables is never given to one of several sessions.
        expect(
          lines.filter((line) =>
            /launching item \d+ (INDEX ATTACH|TRIGGER|CHECK CONSTRAINT|RULE)/.test(line),
          ),
        ).toEqual([]);
      },
    );
  },
  { title: (major) => `with client and server ${major}, several sessions` },
);

const [oldest, ...newer] = majors;
const newest = newer.at(-1);

test('sections that a user chooses are restored, and no others, in passes as well', async () => {
  const major = oldest ?? 15;
  const on = jobsOn(world, major);
  const database = await on.createDatabase({ sql: await caseSql('partition-triggers') });
  const backup = await on.backup(database);
  const restore = await on.restore(`${database}_copy`, backup.outputs['backup_file_name'] ?? '', {
    inputs: { jobs: '4', pg_restore_options: '--section=pre-data\n--section=data' },
  });
  expect(restore.exitCode, restore.log).toBe(0);
  expect(restore.log).toContain(
    'Restore in 2 passes, since it has tables with partitions or children: definitions; data',
  );
  const count =
    'SELECT (SELECT count(*)::int FROM reading) AS rows, (SELECT count(*)::int FROM pg_trigger) AS triggers';
  expect(await on.query(`${database}_copy`, count)).toEqual([{ rows: 3000, triggers: 0 }]);
});

/** A thousand rows that a new database refuses, because of what a check asks for. */
const refused = (table: string, asks: string) => `
  CREATE FUNCTION asks() RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RETURN ${asks}; END $$;
  CREATE TABLE other AS SELECT 1 AS one;
  CREATE TABLE ${table} (id int CHECK (asks()));
  INSERT INTO ${table} SELECT generate_series(1, 1000)`;

describe('an error about rows is never passed over, whatever words are in it', () => {
  const lack = newest === undefined ? `needs a client 17 or newer beside that of ${oldest ?? 15}` : undefined;
  test.skipIf(lack !== undefined)(
    titled('where the server does not know a parameter that a check asks for', lack),
    async () => {
      const [from, to] = [jobsOn(world, newest ?? 17), jobsOn(world, oldest ?? 15)];
      const sql = refused('t', "current_setting('transaction_timeout') IS NOT NULL");
      const database = await from.createDatabase({ sql });
      const backup = await from.backup(database);
      await to.createDatabase({ name: database, sql: 'CREATE TABLE precious AS SELECT 1 AS one' });
      const untouched = await remember(to, database);
      const message = await untouched(await to.restore(database, backup.outputs['backup_file_name'] ?? ''));
      // The parameter's name may be a value of a row (`current_setting(name)`).
      expect(message).toMatch(
        /TABLE DATA t .*COPY failed for table "t": ERROR: {2}unrecognized configuration parameter …\n/,
      );
    },
  );

  test.each(majors)('where a table is called as that parameter, on %d', async (major) => {
    const on = jobsOn(world, major);
    const database = await on.createDatabase({
      sql: refused('transaction_timeout', "current_setting('search_path') <> ''"),
    });
    const backup = await on.backup(database);
    const untouched = await remember(on, database);
    const message = await untouched(await on.restore(database, backup.outputs['backup_file_name'] ?? ''));
    expect(message).toContain('COPY failed for table "transaction_timeout"');
  });
});
