import { attempt } from './attempt.ts';
import { ask, type Psql, runAsSetThere } from './psql.ts';
import { identifier } from './sql-text.ts';

/** A table, or a partitioned one with all its partitions. */
export interface Analyzable {
  /** With its schema, both quoted as SQL wants them. */
  name: string;
  /** What ANALYZE reads of it at most, in bytes. */
  weight: number;
  /** All its partitions, theirs included, but foreign tables; none of a table that is not partitioned. */
  partitions: string[];
}

/** A table that could not be analyzed. */
export interface Unanalyzed {
  /** With its schema, both quoted as SQL wants them. */
  table: string;
  /** In the server's words. */
  reason: string;
}

/**
 * Collects the statistics that the planner needs. A table that fails does not keep another from them, nor a partition the others.
 *
 * ANALYZE calls functions of users, for statistics on expressions and for indexes on them. Before 17 they find what they name by the
 * search_path of the session, and may find nothing by an empty one; so the sessions that analyze have what is set for the database,
 * and nothing is said in them that could call a function otherwise. What functions do there is no more than what they could do
 * anyhow: they run as the owner of the table, as a security-restricted operation, as they do for autovacuum and as they did when
 * pg_restore built the index. https://www.postgresql.org/docs/17/release-17.html#RELEASE-17-MIGRATION
 * @param sessions how many work at once, each on tables of its own
 * @returns those that failed
 * @throws ProcessFailure if a session is lost, when all have ended
 */
export async function analyze(psql: Psql, database: string, sessions: number): Promise<Unanalyzed[]> {
  const { owner, tables } = await ask<{ owner: string; tables: Analyzable[] }>(psql, database, everything);
  const shares = share(tables, sessions);
  const outcomes = await Promise.allSettled(shares.map((one) => analyzeInTurn(psql, database, owner, one)));
  return outcomes.flatMap((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
}

async function analyzeInTurn(
  psql: Psql,
  database: string,
  owner: string,
  tables: readonly Analyzable[],
): Promise<Unanalyzed[]> {
  const failed = await analyzeEach(
    psql,
    database,
    owner,
    tables.map(({ name }) => name),
  );
  const partitions = tables.flatMap((one) =>
    failed.some(({ table }) => table === one.name) ? one.partitions : [],
  );
  if (partitions.length === 0) return failed;
  return [...failed, ...(await analyzeEach(psql, database, owner, partitions))];
}

/**
 * As the owner of the database, who may analyze all that is in it: another role, which a setting of the database may make of us,
 * may not, and hears of that as a warning only.
 */
async function analyzeEach(
  psql: Psql,
  database: string,
  owner: string,
  names: readonly string[],
): Promise<Unanalyzed[]> {
  const statements = [`SET ROLE ${identifier(owner)}`, ...names.map((name) => `ANALYZE ${name}`)];
  const [role, ...reasons] = await attempt(psql, database, statements, runAsSetThere);
  if (role !== undefined) throw new Error(role);
  return names.flatMap((table, index) => {
    const reason = reasons[index];
    return reason === undefined ? [] : [{ table, reason }];
  });
}

/**
 * All that `ANALYZE` without a name works on, but the shared catalogs, which only a superuser may analyze. Partitions come with the
 * table that they are of. It reads a block for each row of its sample at most, 300 times the statistics target:
 * https://www.postgresql.org/docs/current/runtime-config-query.html
 */
const everything = `WITH sample AS (SELECT 300 * current_setting('default_statistics_target')::bigint
    * current_setting('block_size')::bigint AS bytes)
  SELECT json_build_object(
    'owner', (SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()),
    'tables', coalesce(json_agg(json_build_object(
      'name', format('%I.%I', nspname, relname), 'weight', weight, 'partitions', partitions)), '[]'))
  FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = relnamespace CROSS JOIN sample
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(least(coalesce(pg_relation_size(p.oid), 0), bytes)), 0)::float8 AS weight,
        coalesce(json_agg(format('%I.%I', s.nspname, p.relname)) FILTER (WHERE p.relkind IN ('r', 'p') AND p.oid <> c.oid), '[]') AS partitions
      FROM (SELECT c.oid AS relid WHERE c.relkind <> 'p' UNION ALL
          SELECT relid FROM pg_partition_tree(c.oid) WHERE c.relkind = 'p') AS parts
        JOIN pg_class AS p ON p.oid = relid JOIN pg_namespace AS s ON s.oid = p.relnamespace) AS whole
  WHERE c.relkind IN ('r', 'm', 'p') AND NOT c.relispartition AND NOT c.relisshared AND c.relpersistence <> 't'`;

/** What a table costs however little is in it, as if it were bytes of a sample. */
const least = 64 * 1024;

/** Deals tables out so that all shares weigh about the same: the heaviest first, each to whoever has least. None is empty. */
export function share<T extends Pick<Analyzable, 'weight'>>(tables: readonly T[], count: number): T[][] {
  const shares = Array.from({ length: count }, () => ({ tables: [] as T[], weight: 0 }));
  for (const table of [...tables].sort((a, b) => b.weight - a.weight)) {
    const lightest = shares.reduce((least, other) => (other.weight < least.weight ? other : least));
    lightest.tables.push(table);
    lightest.weight += least + table.weight;
  }
  return shares.map(({ tables }) => tables).filter((some) => some.length > 0);
}
