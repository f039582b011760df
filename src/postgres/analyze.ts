import { ask, type Psql, runScript } from './psql.ts';

/** A table, or a partitioned one with all its partitions. */
export interface Analyzable {
  /** With its schema, both quoted as SQL wants them. */
  name: string;
  /** What ANALYZE reads of it at most, in bytes. */
  weight: number;
}

/**
 * Collects the statistics that the planner needs; an archive has none, unless a `pg_dump` from 18 on was asked for them.
 * @param sessions how many work at once, each on tables of its own
 * @throws ProcessFailure, when all sessions have ended
 */
export async function analyze(psql: Psql, database: string, sessions: number): Promise<void> {
  const shares =
    sessions === 1 ? [['']] : share(await ask<Analyzable[]>(psql, database, everything), sessions);
  const outcomes = await Promise.allSettled(
    shares.map((names) =>
      runScript(psql, database, `${quietly}\n${names.map((name) => `ANALYZE ${name};\n`).join('')}`),
    ),
  );
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') throw outcome.reason;
  }
}

/** The shared catalogs are not this role's to analyze, and the server says so for each of them if all is asked for. */
const quietly = 'SET client_min_messages = error; SET statement_timeout = 0;';

/**
 * All that `ANALYZE` without a name works on. Partitions come with the table that they are of. It reads a block for each row of its
 * sample at most, 300 times the statistics target: https://www.postgresql.org/docs/current/runtime-config-query.html
 */
const everything = `WITH sample AS (SELECT 300 * current_setting('default_statistics_target')::bigint
    * current_setting('block_size')::bigint AS bytes)
  SELECT coalesce(json_agg(json_build_object('name', format('%I.%I', nspname, relname), 'weight', weight)), '[]')
  FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = relnamespace CROSS JOIN sample
    CROSS JOIN LATERAL (SELECT coalesce(sum(least(coalesce(pg_relation_size(relid), 0), bytes)), 0)::float8 AS weight
      FROM (SELECT c.oid AS relid WHERE relkind <> 'p' UNION ALL
        SELECT relid FROM pg_partition_tree(c.oid) WHERE relkind = 'p') AS parts) AS weights
  WHERE relkind IN ('r', 'm', 'p') AND NOT relispartition AND NOT relisshared AND relpersistence <> 't'`;

/** What a table costs however little is in it, as if it were bytes of a sample. */
const least = 64 * 1024;

/** Deals tables out so that all shares weigh about the same: the heaviest first, each to whoever has least. None is empty. */
export function share(tables: readonly Analyzable[], count: number): string[][] {
  const shares = Array.from({ length: count }, () => ({ names: [] as string[], weight: 0 }));
  for (const { name, weight } of [...tables].sort((a, b) => b.weight - a.weight)) {
    const lightest = shares.reduce((least, other) => (other.weight < least.weight ? other : least));
    lightest.names.push(name);
    lightest.weight += least + weight;
  }
  return shares.map(({ names }) => names).filter((names) => names.length > 0);
}
