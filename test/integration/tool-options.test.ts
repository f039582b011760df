import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Jobs, jobsOn, messages, onlyError } from '../support/jobs.ts';
import { installedClients } from '../support/postgres/clients.ts';
import type { PostgresMajor } from '../support/postgres/postgres-server.ts';
import { summaryNotes } from '../support/runner/summary-notes.ts';
import { startWorld, type World } from '../support/world.ts';

const major: PostgresMajor = ((await installedClients()).at(-1)?.major ?? 0) >= 17 ? 17 : 15;

let world: World;
let jobs: Jobs;
let database: string;
let whole: string;
beforeAll(async () => {
  world = await startWorld({ servers: [major] });
  jobs = jobsOn(world, major);
  database = await jobs.createDatabase({ sql: sample });
  whole = await backedUp();
});
afterAll(() => world.stop());

const sample = `
  CREATE TABLE note AS SELECT 1 AS id; CREATE INDEX note_by_id ON note (id); COMMENT ON TABLE note IS 'a comment';
  CREATE TABLE log_of_today AS SELECT 2 AS id;
  CREATE SCHEMA "My shop"; CREATE TABLE "My shop".item AS SELECT 3 AS id; CREATE TABLE "My shop".log_of_shop AS SELECT 4 AS id;
  CREATE SCHEMA office; CREATE TABLE office.desk AS SELECT 5 AS id; COMMENT ON TABLE office.desk IS 'a comment'`;

async function backedUp(...pg_dump_options: string[]): Promise<string> {
  const backup = await jobs.backup(database, { inputs: { pg_dump_options: pg_dump_options.join('\n') } });
  expect(backup.exitCode, backup.log).toBe(0);
  return backup.outputs['backup_file_name'] ?? '';
}

/** What there is in the database: schemas, tables with their number of rows, comments and indexes. */
async function content(): Promise<string[]> {
  const rows = await jobs.query<{ line: string }>(
    database,
    `SELECT 'schema ' || nspname AS line FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema|public)'
      UNION ALL SELECT CASE relkind WHEN 'i' THEN 'index ' ELSE 'table ' END || relname
        || CASE WHEN relkind = 'r' THEN ' ' || (xpath('/row/c/text()', query_to_xml(format('SELECT count(*) AS c FROM %s', oid::regclass), false, true, '')))[1]::text ELSE '' END
        || CASE WHEN obj_description(oid, 'pg_class') IS NULL THEN '' ELSE ' with a comment' END
      FROM pg_class WHERE relkind IN ('r', 'i') AND relnamespace::regnamespace::text !~ '^(pg_|information_schema)'
      ORDER BY 1`,
  );
  return rows.map(({ line }) => line);
}

const everything = [
  ...['index note_by_id', 'schema My shop', 'schema office', 'table desk 1 with a comment', 'table item 1'],
  ...['table log_of_shop 1', 'table log_of_today 1', 'table note 1 with a comment'],
];

test('the whole of it, without options', async () => {
  const restore = await jobs.restore(database, whole);
  expect(restore.exitCode, restore.log).toBe(0);
  expect(messages(restore, 'warning')).toEqual([]);
  expect(await content()).toEqual(everything);
});

/** Options, and what comes back with them. */
const ofDump: [string[], string[]][] = [
  [['--schema=office'], ['schema office', 'table desk 1 with a comment']],
  [
    ['--exclude-table-data=log_of_*', '--no-comments', '-N "My shop"'],
    ['index note_by_id', 'schema office', 'table desk 1', 'table log_of_today 0', 'table note 1'],
  ],
  [
    ['--section=pre-data', '-t *.item', '', '  --table office.desk  '],
    ['schema My shop', 'schema office', 'table desk 0 with a comment', 'table item 0'],
  ],
];
test.each(ofDump)('a backup with %j', async (options, expected) => {
  const backup = await backedUp(...options);
  const made = await world.backups.metadata(backup);
  expect(decodeURIComponent(made['pg_dump_options'] ?? '')).toContain(options[0]);
  const restore = await jobs.restore(database, backup);
  expect(restore.exitCode, restore.log).toBe(0);
  expect(await content()).toEqual(expected);
  expectToldPartial(restore, 'made with further options of pg_dump');
  expect((await jobs.restore(database, whole)).exitCode).toBe(0);
});

const ofRestore: [string[], string[]][] = [
  [
    ['--no-comments', '--exclude-schema=office'],
    everything.filter((line) => !/desk/.test(line)).map(withoutComment),
  ],
  [['--section=pre-data', '--section=data'], everything.filter((line) => !/^index/.test(line))],
  [['--schema=office'], ['schema office', 'table desk 1 with a comment']],
  [
    ['-n My shop', '--schema office', '--schema-only'],
    ['schema My shop', 'schema office', 'table desk 0 with a comment', 'table item 0', 'table log_of_shop 0'],
  ],
  [
    ['-t note', '-I note_by_id'],
    ['index note_by_id', 'table note 1 with a comment'],
  ],
];
test.each(ofRestore)('a restore with %j', async (options, expected) => {
  const restore = await jobs.restore(database, whole, { inputs: { pg_restore_options: options.join('\n') } });
  expect(restore.exitCode, restore.log).toBe(0);
  expect(await content()).toEqual(expected);
  expectToldPartial(restore, 'The further options of pg_restore');
});

function withoutComment(line: string): string {
  return line.replace(' with a comment', '');
}

function expectToldPartial(
  restore: { summary: string } & Parameters<typeof messages>[0],
  words: string,
): void {
  expect(messages(restore, 'warning')).toEqual([expect.stringContaining(words)]);
  expect(summaryNotes(restore.summary)).toEqual([{ text: expect.stringContaining(words), sql: '' }]);
}

test.each([
  ['backup', 'pg_dump_options', '--schema=office\n--form=plain', '--format'],
  ['backup', 'pg_dump_options', '-avZ9', '--verbose'],
  ['restore', 'pg_restore_options', '--clean', '--clean'],
  ['restore', 'pg_restore_options', '--no-comments\n-j 4', '--jobs'],
  ['restore', 'pg_restore_options', '-dpostgres', '--dbname'],
])('a %s with %s %j is refused before anything is contacted', async (job_to_run, input, value, option) => {
  const job = { job_to_run, db_name: database, ...(job_to_run === 'restore' && { backup_file_name: whole }) };
  const refused = await (await jobs.start(job, { inputs: { [input]: value } })).done;
  expect(onlyError(refused)).toContain(`${input} must not contain ${option}, since `);
  expect(refused.log).not.toContain('Signed in');
});
