/**
 * Measures what settings of its sessions gain for `pg_restore`, on a server that writes to its disk as a real one does, and prints a
 * Markdown table: `node test/bench/session-settings.ts [GIGABYTES] [TABLES] [ROUNDS]`.
 */
import path from 'node:path';
import { fillMany } from './many.ts';
import { race } from './measuring.ts';
import { makeSurroundings } from './surroundings.ts';
import { comparison } from './table.ts';

const gigabytes = Number(process.argv[2] ?? 1);
const tables = Number(process.argv[3] ?? 2_000);
const rounds = Number(process.argv[4] ?? 3);
const workers = 2;

const variants: [string, string][] = [
  ['as they are', ''],
  ['synchronous_commit=off', '-c synchronous_commit=off'],
  ['maintenance_work_mem=256MB', '-c maintenance_work_mem=256MB'],
];

await using surroundings = await makeSurroundings(17, gigabytes, { fsync: true, synchronous_commit: 'on' });
const { server, world, jobs, client, folder, run, settle, database } = surroundings;
await jobs.createDatabase({ name: 'many' });
await fillMany(server, { database: 'many', ...world.login }, tables, tables * 2048);

for (const [name, what] of [
  [database, `${gigabytes} GB in six tables`],
  ['many', `${tables} tables of some rows`],
] as const) {
  const archive = path.join(folder, `${name}.dump`);
  await run(client.pg_dump, [
    '--format=custom',
    '--compress=zstd:1',
    `--file=${archive}`,
    `--dbname=${name}`,
  ]);
  const contenders = variants.map(([variant, PGOPTIONS]) => ({
    name: variant,
    run: () =>
      run(client.pg_restore, ['--no-owner', `--jobs=${workers}`, '--dbname=target', archive], { PGOPTIONS }),
    after: () => jobs.query('postgres', 'DROP DATABASE target'),
  }));
  const prepare = async (): Promise<void> => {
    await jobs.query('postgres', 'CREATE DATABASE target');
    await settle();
  };
  const measured = await race(contenders, rounds, prepare);
  console.log(comparison(what, 'as they are', measured, 'without settings against it'));
}
