import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Jobs, jobsOn, messages } from '../support/jobs.ts';
import { installedClients } from '../support/postgres/clients.ts';
import { dumpByHand } from '../support/postgres/dump-by-hand.ts';
import type { PostgresMajor } from '../support/postgres/postgres-server.ts';
import { remember } from '../support/untouched.ts';
import { startWorld, type World } from '../support/world.ts';

/* A part of a database or of a backup never takes the place of the whole, unless that is kept. */

const major: PostgresMajor = ((await installedClients()).at(-1)?.major ?? 0) >= 17 ? 17 : 15;

let world: World;
let jobs: Jobs;
beforeAll(async () => {
  world = await startWorld({ servers: [major] });
  jobs = jobsOn(world, major);
});
afterAll(() => world.stop());

/** A database of a case, and a backup of it. */
async function backedUp(
  name: string,
  ...pg_dump_options: string[]
): Promise<{ database: string; backup: string }> {
  const sql = await readFile(new URL(`../cases/${name}.sql`, import.meta.url), 'utf8');
  const database = await jobs.createDatabase({ sql });
  return { database, backup: await backUp(database, ...pg_dump_options) };
}

async function backUp(database: string, ...pg_dump_options: string[]): Promise<string> {
  const backup = await jobs.backup(database, { inputs: { pg_dump_options: pg_dump_options.join('\n') } });
  expect(backup.exitCode, backup.log).toBe(0);
  return backup.outputs['backup_file_name'] ?? '';
}

const restore = (database: string, backup: string, inputs: Record<string, string> = {}) =>
  jobs.restore(database, backup, { inputs });

const newName = (): string => `new_${randomBytes(4).toString('hex')}`;

async function tablesIn(database: string): Promise<string[]> {
  const rows = await jobs.query<{ name: string }>(
    database,
    "SELECT relname AS name FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace::regnamespace::text !~ '^(pg_|information_schema)' ORDER BY 1",
  );
  return rows.map(({ name }) => name);
}

const count = async (database: string, table: string): Promise<number> => {
  const [row] = await jobs.query<{ n: string }>(database, `SELECT count(*) AS n FROM ${table}`);
  return Number(row?.n);
};

const ways = (database: string, swap = ''): string =>
  `It would replace everything in database "${database}".\nRestore it into a new database (another db_name) and copy what you need from there; or keep the old database, with ${swap}keep_previous: true.`;

test('one table that was lost does not take the place of all others', async () => {
  const { database, backup } = await backedUp('one-table-back');
  await jobs.query(database, 'DROP TABLE lost');
  const untouched = await remember(jobs, database);
  const part = { pg_restore_options: '--table=lost' };
  const chosen =
    'pg_restore_options ("--table=lost") select only part of the backup, 2 entries with the data of 1 table';

  expect(await untouched(await restore(database, backup, part))).toContain(`${chosen}. ${ways(database)}`);
  const dropping = await restore(database, backup, { ...part, restore_strategy: 'drop' });
  expect(await untouched(dropping)).toContain(`${chosen}. ${ways(database, 'restore_strategy: swap and ')}`);

  const aside = newName();
  const beside = await restore(aside, backup, { ...part, restore_strategy: 'drop' });
  expect(beside.exitCode, beside.log).toBe(0);
  expect(await tablesIn(aside)).toEqual(['lost']);

  const kept = await restore(database, backup, { ...part, keep_previous: 'true' });
  expect(kept.exitCode, kept.log).toBe(0);
  expect(messages(kept, 'warning')).toEqual([
    `${chosen}. This is all that database "${database}" gets; the old database is kept under another name.`,
  ]);
  expect(await tablesIn(database)).toEqual(['lost']);
  expect(await count(kept.outputs['previous_database'] ?? '', 'precious')).toBe(1000);
});

describe('of a database with a large object, and with names that need quotes, is refused', () => {
  let database: string;
  let backup: string;
  beforeAll(async () => {
    ({ database, backup } = await backedUp('one-table-back-2'));
  });

  test.each([
    ['-n my -- "shop"'],
    ['--sec=pre-data\n--section=data'],
    ['-P nothing(int)\n--index=nothing\n-T nothing\n-tprecious'],
    ['-N my -- "shop"'],
    ['-s'],
  ])('what a restore chooses with %j', async (pg_restore_options) => {
    const untouched = await remember(jobs, database);
    const refused = await untouched(await restore(database, backup, { pg_restore_options }));
    expect(refused).toContain('select only part of the backup');
    expect(refused).toContain(ways(database));
  });

  const long = Array.from({ length: 4 }, (_, i) => `--exclude-table-data=nothing_of_that_name_${i}`);
  test.each([
    ['-n', ['-n "my -- ""shop"""'], '--schema'],
    ['what is recorded in part only', [...long, '-B'], major >= 17 ? '--no-large-objects' : '--no-blobs'],
    ['-T', ['-T precious'], '--exclude-table'],
    ['-s', ['-s', '--no-comments'], '--schema-only'],
  ])('what a backup was made of with %s', async (_, options, part) => {
    const ofPart = await backUp(database, ...options);
    const untouched = await remember(jobs, database);
    expect(await untouched(await restore(database, ofPart))).toContain(
      `The backup has only part of its database, with "${part}" in pg_dump_options. ${ways(database)}`,
    );
    if (part !== '--schema') return;
    const kept = await restore(database, ofPart, { keep_previous: 'true' });
    expect(kept.exitCode, kept.log).toBe(0);
    expect(await tablesIn(database)).toEqual(['-order']);
    const previous = kept.outputs['previous_database'] ?? '';
    expect(await count(previous, 'precious')).toBe(1000);
    await jobs.query('postgres', `DROP DATABASE "${database}"`);
    await jobs.query('postgres', `ALTER DATABASE "${previous}" RENAME TO "${database}"`);
  });
});

test("somebody else's backup without any rows is one of a part", async () => {
  const database = await jobs.createDatabase({ sql: 'CREATE TABLE precious AS SELECT 1 AS i' });
  const dump = await dumpByHand(world.server(major), world.login, database, 'custom', '--schema-only');
  await world.backups.put('by-hand.dump', dump);
  const untouched = await remember(jobs, database);
  expect(await untouched(await restore(database, 'by-hand.dump'))).toContain(
    `The backup has tables, but no rows. ${ways(database)}`,
  );
});

describe('rows that a backup is made without', () => {
  test('are named as the cause of a foreign key that fails, before the old database is gone', async () => {
    const { database, backup } = await backedUp('excluded-data', '--exclude-table-data=session');
    const untouched = await remember(jobs, database);
    const refused = await restore(database, backup);
    const warned = [
      'The backup has no rows of "public.session" (as with --exclude-table-data in pg_dump_options): it comes back empty.',
      'A foreign key to a table that comes back empty fails if a row needs it: "act_session_fkey" of "public.act" to "public.session".',
    ];
    expect(messages(refused, 'warning')).toEqual(warned);
    const message = await untouched(refused);
    expect(message).toContain('FK CONSTRAINT act act_session_fkey');
    expect(message).toContain(
      'The rows of "public.session", to which it refers, were left out of the backup (--exclude-table-data in pg_dump_options). ' +
        'Make a backup with these rows, or without those of "public.act", too.',
    );
    const dropping = await untouched(await restore(database, backup, { restore_strategy: 'drop' }));
    expect(dropping).toContain('With restore_strategy: drop the old database would be gone by then');

    // What the error advises.
    const aside = newName();
    const rows = await restore(aside, backup, { pg_restore_options: '--section=pre-data\n--section=data' });
    expect(rows.exitCode, rows.log).toBe(0);
    expect(await jobs.query(aside, 'SELECT * FROM act')).toEqual([{ id: 1, session: 1 }]);
    const both = await backUp(database, '--exclude-table-data=session', '--exclude-table-data=act');
    const restored = await restore(database, both);
    expect(restored.exitCode, restored.log).toBe(0);
    expect(await count(database, 'act')).toBe(0);
  });

  test('are told by the tables that come back empty, and by no others', async () => {
    const { database, backup } = await backedUp('excluded-data-2', '--exclude-table-data="log of today".*');
    const restored = await restore(database, backup);
    expect(restored.exitCode, restored.log).toBe(0);
    expect(messages(restored, 'warning')).toEqual([
      'The backup has no rows of "log of today.a \\"line\\" (REFERENCES x.y(", "log of today.detail" (as with --exclude-table-data in pg_dump_options): they come back empty.',
      'A foreign key to a table that comes back empty fails if a row needs it: "note_line_fkey" of "public.note" to "log of today.a \\"line\\" (REFERENCES x.y(".',
    ]);
    expect(await count(database, 'reading')).toBe(1);
    expect(await count(database, '"log of today".detail')).toBe(0);
  });
});
