import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Jobs, jobsOn, messages, onlyError } from '../support/jobs.ts';
import { installedClients } from '../support/postgres/clients.ts';
import type { PostgresMajor } from '../support/postgres/postgres-server.ts';
import { noteAbout } from '../support/runner/summary-notes.ts';
import { remember } from '../support/untouched.ts';
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

/** What there is in a database: schemas, tables with their number of rows, comments and indexes. */
async function contentOf(name: string): Promise<string[]> {
  const rows = await jobs.query<{ line: string }>(
    name,
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
  expect(await contentOf(database)).toEqual(everything);
});

test('the whole of it, with options that choose nothing of it', async () => {
  const backup = await backedUp('--no-tablespaces', '-E UTF8', '--load-via', '--inserts');
  const metadata = await world.backups.metadata(backup);
  expect(metadata).toMatchObject({
    pg_dump_options: '--no-tablespaces --encoding=UTF8 --load-via-partition-root --inserts',
    pg_dump_part: 'none',
  });
  const pg_restore_options = [
    '--no-comments',
    '--no-security-l',
    '--section=pre-data',
    '--section data',
    '--section=post-data',
  ];
  const restore = await jobs.restore(database, backup, {
    inputs: { pg_restore_options: pg_restore_options.join('\n') },
  });
  expect(restore.exitCode, restore.log).toBe(0);
  expect(messages(restore, 'warning')).toEqual([]);
  expect(await contentOf(database)).toEqual(everything.map(withoutComment));
  expect((await jobs.restore(database, whole)).exitCode).toBe(0);
});

/** Restores into a database that does not exist yet. */
async function aside(backup: string, ...pg_restore_options: string[]) {
  const name = `aside_${randomBytes(4).toString('hex')}`;
  const restore = await jobs.restore(name, backup, {
    inputs: { pg_restore_options: pg_restore_options.join('\n') },
  });
  expect(restore.exitCode, restore.log).toBe(0);
  return { content: await contentOf(name), restore };
}

/** Options, what comes back with them, and which of them are recorded as choosing a part. */
const ofDump: [string[], string[], string][] = [
  [['--schema=office'], ['schema office', 'table desk 1 with a comment'], '--schema'],
  [
    ['--exclude-table-data=log_of_*', '--no-comments', '-N "My shop"'],
    ['index note_by_id', 'schema office', 'table desk 1', 'table log_of_today 0', 'table note 1'],
    '--exclude-schema',
  ],
  [
    ['--section=pre-data', '-t *.item', '', '  --table office.desk  '],
    ['schema My shop', 'schema office', 'table desk 0 with a comment', 'table item 0'],
    '--section --table',
  ],
];
test.each(ofDump)('a backup with %j', async (options, expected, part) => {
  const backup = await backedUp(...options);
  expect((await world.backups.metadata(backup))['pg_dump_part']).toBe(part);
  const { content, restore } = await aside(backup);
  expect(content).toEqual(expected);
  expectToldPartial(restore, 'The backup has only part of its database');
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
  const { content, restore } = await aside(whole, ...options);
  expect(content).toEqual(expected);
  expectToldPartial(restore, 'select only part of the backup');
});

function withoutComment(line: string): string {
  return line.replace(' with a comment', '');
}

function expectToldPartial(
  restore: { summary: string } & Parameters<typeof messages>[0],
  words: string,
): void {
  expect(messages(restore, 'warning').filter((text) => text.includes(words))).toHaveLength(1);
  expect(noteAbout(restore.summary, new RegExp(words)).sql).toBe('');
}

const job = (job_to_run: string) => ({
  ...{ job_to_run, db_name: database },
  ...(job_to_run === 'restore' && { backup_file_name: whole }),
});

test.each([
  ['backup', 'pg_dump_options', '--schema=office\n--form=plain', 'must not contain --format, since '],
  ['backup', 'pg_dump_options', '-avZ9', 'must not contain --verbose, since '],
  [
    'backup',
    'pg_dump_options',
    '--no-comments --host=elsewhere',
    'one option a line, and not contain --host, since ',
  ],
  ['restore', 'pg_restore_options', '--clean', 'must not contain --clean, since '],
  ['restore', 'pg_restore_options', '--no-comments\n-j 4', 'must not contain --jobs, since '],
  ['restore', 'pg_restore_options', '-dpostgres', 'must not contain --dbname, since '],
  [
    'restore',
    'pg_restore_options',
    '--no-comments --dbname=postgres',
    'one option a line, and not contain --dbname, since ',
  ],
  [
    'restore',
    'pg_restore_options',
    '--no-security-labels --clean',
    'one option a line, and not contain --clean, since ',
  ],
])('a %s with %s %j is refused before anything is contacted', async (job_to_run, input, value, words) => {
  const refused = await (await jobs.start(job(job_to_run), { inputs: { [input]: value } })).done;
  expect(onlyError(refused)).toContain(input);
  expect(onlyError(refused)).toContain(words);
  expect(refused.log).not.toContain('Signed in');
});

test.each([
  [
    'backup',
    'pg_dump_options',
    '--no-comments public',
    'has something after --no-comments, which takes no value',
  ],
  ['backup', 'pg_dump_options', '--no-nonsense', 'is not an option of it'],
  ['backup', 'pg_dump_options', '--table a -n b', 'has a second option on the line, "-n"'],
  [
    'restore',
    'pg_restore_options',
    '--no-comments -sC postgres',
    'has something after --no-comments, which takes no value',
  ],
  ['restore', 'pg_restore_options', '-sa -1 office', 'has something after --data-only, which takes no value'],
  ['restore', 'pg_restore_options', '--exclude-table=note', 'is not an option of it'],
])(
  'a %s with %s %j is refused by the options of the client, before anything is changed',
  async (job_to_run, input, value, words) => {
    const untouched = await remember(jobs, database);
    const before = { backups: await world.backups.list(), databases: await jobs.databases() };
    const postgres = await contentOf('postgres');
    const refused = await (await jobs.start(job(job_to_run), { inputs: { [input]: value } })).done;
    const message = await untouched(refused);
    expect(message).toMatch(
      new RegExp(`^Reading ${input} with the options of pg_\\w+ ${major}\\.\\d+ failed: `),
    );
    expect(message).toContain(`${JSON.stringify(value)} ${words}`);
    expect({ backups: await world.backups.list(), databases: await jobs.databases() }).toEqual(before);
    expect(await contentOf('postgres')).toEqual(postgres);
  },
);

test.each([
  [['--schema-only', '-a'], /cannot be used together\nCorrect pg_restore_options\./],
  [['--section=nonsense'], /unrecognized section name: "nonsense".*\nCorrect pg_restore_options\./s],
  [
    ['--schema=offices'],
    /select nothing from the backup\.\nCorrect pg_restore_options: a name may be misspelt/,
  ],
  [['--role=nobody here'], /the role "nobody here", which this server does not have/],
  [['--role=postgres'], /the role "postgres", and the restoring role is not a member of it/],
])('a restore with %j, which cannot work, changes nothing', async (options, words) => {
  const untouched = await remember(jobs, database);
  const inputs = { pg_restore_options: options.join('\n'), restore_strategy: 'drop' };
  expect(await untouched(await jobs.restore(database, whole, { inputs }))).toMatch(words);
});
