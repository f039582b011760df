import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Jobs, jobsOn, messages } from '../support/jobs.ts';
import { startWorld, type World } from '../support/world.ts';

/* Databases larger than a backup can be. The server believes the sizes of its files, and these have nothing in them but their size. */

let world: World;
let jobs: Jobs;
beforeAll(async () => {
  world = await startWorld({ servers: [15] });
  jobs = jobsOn(world, 15);
});
afterAll(() => world.stop());

const gibibyte = 2 ** 30;

/** Makes the files of a table or an index as large as if it had so many GiB. */
async function inflate(database: string, relation: string, gibibytes: number): Promise<void> {
  const [{ path = '' } = {}] = await world
    .server(15)
    .query<{ path: string }>(`SELECT pg_relation_filepath('${relation}') AS path`, { database });
  const grow = `truncate --size=${gibibyte} ${path} $(seq --format=${path}.%.0f 1 ${gibibytes - 1})`;
  await world.server(15).query(`COPY (SELECT 1) TO PROGRAM $$${grow}$$`);
}

const huge = 'CREATE TABLE huge (id int PRIMARY KEY); CREATE TABLE small AS SELECT 1 AS a';

test('a database whose tables are larger is warned of, and backed up as far as it is wanted', async () => {
  const database = await jobs.createDatabase({ name: 'so "huge"', sql: huge });
  await inflate(database, 'huge', 5_500);
  const inputs = { pg_dump_options: '--exclude-table-data=huge' };
  const backup = await jobs.backup(database, { inputs });
  expect(backup.exitCode, backup.log).toBe(0);
  const [warning, ...others] = messages(backup, 'warning');
  expect(others).toEqual([]);
  expect(warning).toContain(
    'The backup of database "so \\"huge\\"" may become too large: the tables have 5.91 TB on the server, without indexes, and a backup can have 5.78 TB.',
  );
  const lines = backup.log.split('\n');
  const place = (text: string): number => lines.findIndex((line) => line.includes(text));
  expect(place('may become too large')).toBeLessThan(place('Uploading to'));
  const bare = await jobs.backup(database, { inputs: { ...inputs, compression: 'none' } });
  expect(messages(bare, 'warning')[0]).toContain('It is not compressed (compression: none)');
});

test('one whose indexes alone make it larger is not', async () => {
  const database = await jobs.createDatabase({ sql: huge });
  await inflate(database, 'huge_pkey', 5_600);
  const backup = await jobs.backup(database);
  expect(backup.exitCode, backup.log).toBe(0);
  expect(backup.log).toContain('6.01 TB on the server');
  expect(messages(backup, 'warning')).toEqual([]);
});
