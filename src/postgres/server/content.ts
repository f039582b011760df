import { ask, type Psql } from '../session/psql.ts';

/** What a database holds of its own, without system catalogs and tables of extensions. */
export interface Content {
  /** A partitioned table counts once, its partitions do not. */
  tables: number;
  rows: number;
}

/** Tables that belong neither to the system nor to an extension. */
const ownTables = `pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    LEFT JOIN pg_stat_user_tables AS s ON s.relid = c.oid
  WHERE c.relkind IN ('r', 'p') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (SELECT FROM pg_depend AS d
      WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')`;

/**
 * Asks for what a database holds, by the statistics that the server keeps anyway: nothing is counted, and no table is locked.
 * @returns an estimate; undefined if the server did not say
 */
export async function estimatedContent(psql: Psql, database: string): Promise<Content | undefined> {
  return ask<Content>(
    psql,
    database,
    `SELECT json_build_object(
      'tables', count(*) FILTER (WHERE NOT c.relispartition),
      'rows', coalesce(sum(CASE WHEN c.reltuples > 0 THEN c.reltuples ELSE s.n_live_tup END) FILTER (WHERE c.relkind = 'r'), 0)::bigint)
    FROM ${ownTables}`,
  ).catch(() => undefined);
}

/**
 * Asks how much room rows and large objects take on the server, in bytes: what is dumped, without indexes.
 * @returns undefined if the server did not say
 */
export async function dumpedBytes(psql: Psql, database: string): Promise<number | undefined> {
  return ask<number>(
    psql,
    database,
    `SELECT (coalesce(sum(pg_table_size(c.oid)), 0) + pg_table_size('pg_largeobject'))::bigint
    FROM ${ownTables} AND c.relkind = 'r'`,
  ).catch(() => undefined);
}

/**
 * How many rows were put into the tables of a database that is new, as the server has counted them.
 * https://www.postgresql.org/docs/current/monitoring-stats.html (n_tup_ins)
 * @returns undefined if it did not, or did not say
 */
export async function insertedRows(psql: Psql, database: string): Promise<number | undefined> {
  const rows = await ask<number>(
    psql,
    database,
    `SELECT coalesce(sum(s.n_tup_ins), 0)::bigint FROM ${ownTables} AND c.relkind = 'r' AND current_setting('track_counts') = 'on'`,
  ).catch(() => 0);
  return rows > 0 ? rows : undefined;
}
