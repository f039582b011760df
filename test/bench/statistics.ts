/**
 * Measures what it gains that a backup of a server 18 brings the planner's statistics with it, and whether queries are planned by
 * them as by new ones, and prints Markdown tables: `node test/bench/statistics.ts [GIGABYTES] [TABLES] [ROUNDS]`.
 */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { analyze } from '../../src/postgres/server/analyze.ts';
import { prepareConnection } from '../../src/postgres/session/connection.ts';
import { fillMany } from './many.ts';
import { type Contender, median, race } from './measuring.ts';
import { plansOf } from './plans.ts';
import { makeSurroundings } from './surroundings.ts';
import { comparison, table } from './table.ts';

const gigabytes = Number(process.argv[2] ?? 1);
const tables = Number(process.argv[3] ?? 500);
const rounds = Number(process.argv[4] ?? 3);
const workers = 2;
const variants = ['--no-statistics', '--statistics'];

await using surroundings = await makeSurroundings(18, gigabytes, { autovacuum: false });
const { server, world, jobs, client, folder, run, settle, database } = surroundings;
await jobs.createDatabase({ name: 'many' });
await fillMany(server, { database: 'many', ...world.login }, tables, tables * 512 * 1024);
await jobs.query('many', 'ANALYZE');

const address = {
  ...{ host: server.host, port: server.port },
  ...{ sslMode: 'verify-full' as const, sslRootCert: world.caFile },
};
const connection = await prepareConnection(address, world.login, folder);
const psql = { program: client.psql, connection, signal: new AbortController().signal };
const prepare = async (): Promise<void> => {
  await jobs.query('postgres', 'DROP DATABASE IF EXISTS target');
  await jobs.query('postgres', 'CREATE DATABASE target');
  await settle();
};

for (const name of [database, 'many']) {
  const title = name === database ? `${gigabytes} GB in six tables` : `${tables} tables of 0.5 MB`;
  const file = (variant: string): string => path.join(folder, `${name}${variant}.dump`);
  const dumps = variants.map(
    (variant): Contender => ({
      name: `pg_dump ${variant}`,
      run: () =>
        run(client.pg_dump, [
          '-Fc',
          '--compress=zstd:1',
          variant,
          `--file=${file(variant)}`,
          `--dbname=${name}`,
        ]),
    }),
  );
  console.log(
    `${comparison(title, 'pg_dump --statistics', await race(dumps, rounds, settle), 'with against without')}\n`,
  );

  const plans = new Map([['the original', await plansOf(jobs, name)]]);
  const analyzing = new Map<string, number[]>();
  const restores = variants.map(
    (variant): Contender => ({
      name: `pg_restore, ANALYZE, of ${variant}`,
      async run() {
        await run(client.pg_restore, ['--no-owner', `--jobs=${workers}`, '--dbname=target', file(variant)]);
        const begun = performance.now();
        await analyze(psql, 18, 'target', workers);
        analyzing.set(variant, [...(analyzing.get(variant) ?? []), performance.now() - begun]);
      },
      after: async () => plans.set(variant, await plansOf(jobs, 'target')),
    }),
  );
  const measured = await race(restores, rounds, prepare);
  console.log(
    `${comparison(title, `pg_restore, ANALYZE, of --statistics`, measured, 'with against without')}\n`,
  );

  const rows = variants.map(async (variant) => [
    variant,
    `${(median(analyzing.get(variant) ?? []) / 1000).toFixed(2)} s`,
    `${((await stat(file(variant))).size / 1024 ** 2).toFixed(1)} MiB`,
  ]);
  console.log(`${table([title, 'of that ANALYZE', 'archive'], await Promise.all(rows))}\n`);
  if (name === database) {
    const queries = [...(plans.get('the original')?.keys() ?? [])];
    const compared = queries.map((query) => [
      `\`${query}\``,
      ...[...plans.values()].map((each) => each.get(query) ?? ''),
    ]);
    console.log(`${table(['plan', ...plans.keys()], compared)}\n`);
  }
}
