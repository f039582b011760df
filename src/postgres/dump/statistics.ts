import type { Client } from '../client/find.ts';
import type { Server } from '../server/server.ts';
import { ask, type Psql } from '../session/psql.ts';

/** Options that say whether statistics are dumped, or that do not go with them. */
const decisive = new Set([
  '--data-only',
  '--no-statistics',
  '--schema-only',
  '--statistics',
  '--statistics-only',
]);

/**
 * So many bytes of statistics, as the server keeps them, may come with a backup. They stand in the archive's table of contents, about as
 * long as they are on the server and not compressed, and a restore reads all of that before it begins: 500 tables of ten columns
 * have 12 MB there.
 */
const mostStatistics = 32 * 2 ** 20;

/**
 * The option by which `pg_dump` takes the planner's statistics along, so that a restore need not collect them: from version 18 on of
 * both, if nothing speaks against it. https://www.postgresql.org/docs/18/app-pgdump.html
 * Never throws: a backup without them is as good.
 * @param options further arguments of `pg_dump`, as `readOptions` gives them
 */
export async function statisticsOption(
  client: Client,
  server: Pick<Server, 'major'>,
  psql: Psql,
  database: string,
  options: readonly string[],
): Promise<string[]> {
  if (client.major < 18 || server.major < 18) return [];
  if (options.some((option) => decisive.has(option))) return [];
  const question = "SELECT pg_total_relation_size('pg_statistic')";
  const size = await ask<number>(psql, database, question).catch(() => Number.POSITIVE_INFINITY);
  return size > mostStatistics ? [] : ['--statistics'];
}
