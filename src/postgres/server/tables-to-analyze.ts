/**
 * Which tables of a database to analyze, as `{ owner, tables }`: the owner of the database, and an `Analyzable` each. Shared catalogs
 * are not among them, which only a superuser may analyze.
 *
 * A server from 18 on may have been given statistics by the archive, and there it is the tables that lack some. An archive has none on
 * what an extended statistics object is for, none where nobody had analyzed, as is usual for a partitioned table itself, and none
 * that the role that made the backup might not read. Statistics that are there have come from the archive, or from autovacuum.
 */
export function tablesToAnalyze(major: number): string {
  return major < 18 ? `${sample} ${wholeTables}` : `${sample}, ${lacking} ${tablesThatLack}`;
}

/** ANALYZE reads a block for each row of its sample at most: https://www.postgresql.org/docs/current/runtime-config-query.html */
const sample = `WITH sample AS (SELECT 300 * current_setting('default_statistics_target')::bigint
    * current_setting('block_size')::bigint AS bytes)`;

const tablesQuery = (name: string, partitions: string): string => `SELECT json_build_object(
    'owner', (SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()),
    'tables', coalesce(json_agg(json_build_object('name', ${name}, 'weight', weight, 'partitions', ${partitions})), '[]'))
  FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = relnamespace CROSS JOIN sample
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(least(coalesce(pg_relation_size(p.oid), 0), bytes)), 0)::float8 AS weight,
        coalesce(json_agg(format('%I.%I', s.nspname, p.relname)) FILTER (WHERE p.relkind IN ('r', 'p') AND p.oid <> c.oid), '[]')
          AS partitions
      FROM (SELECT c.oid AS relid WHERE c.relkind <> 'p' UNION ALL
          SELECT relid FROM pg_partition_tree(c.oid) WHERE c.relkind = 'p') AS parts
        JOIN pg_class AS p ON p.oid = relid JOIN pg_namespace AS s ON s.oid = p.relnamespace) AS whole
  WHERE c.relkind IN ('r', 'm', 'p') AND NOT c.relisshared AND c.relpersistence <> 't'`;

/** All that `ANALYZE` without a name works on. Partitions come with the table that they are of. */
const wholeTables = `${tablesQuery(`format('%I.%I', nspname, relname)`, 'partitions')} AND NOT c.relispartition`;

/**
 * What has no statistics: `column_of`, relations with the columns that have none, or expressions where it is an index; `object_of`,
 * tables with the extended statistics objects that have none. Each for the rows of the table alone, and for all that inherit from it.
 *
 * Of types that an extension analyzes in its own way, PostGIS's among them, an archive has only what all types have.
 */
const lacking = `column_of (relation, part, inherited) AS MATERIALIZED (
    SELECT attrelid, attnum, kind.inherited
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = relnamespace JOIN pg_attribute AS a ON attrelid = c.oid
      JOIN pg_type AS t ON t.oid = atttypid CROSS JOIN (VALUES (false), (true)) AS kind (inherited)
      LEFT JOIN pg_stats AS s ON s.schemaname = nspname AND s.tablename = relname AND s.attname = a.attname
        AND s.inherited = kind.inherited
    WHERE relkind IN ('r', 'm', 'p', 'i') AND attnum > 0 AND NOT attisdropped AND attgenerated <> 'v'
      AND attstattarget IS DISTINCT FROM 0 AND (s.schemaname IS NULL OR typanalyze::oid >= 16384)),
  object_of (relation, inherited) AS MATERIALIZED (
    SELECT stxrelid, kind.inherited
    FROM pg_statistic_ext JOIN pg_namespace AS n ON n.oid = stxnamespace
      CROSS JOIN (VALUES (false), (true)) AS kind (inherited)
      LEFT JOIN pg_stats_ext AS s ON s.statistics_schemaname = nspname AND s.statistics_name = stxname
        AND s.inherited = kind.inherited
    WHERE stxstattarget IS DISTINCT FROM 0 AND s.statistics_name IS NULL)`;

const lacks = (
  inherited: boolean,
): string => `(c.oid IN (SELECT relation FROM column_of WHERE inherited = ${inherited})
      OR c.oid IN (SELECT relation FROM object_of WHERE inherited = ${inherited}))`;

/** https://github.com/postgres/postgres/blob/REL_18_STABLE/src/bin/scripts/vacuumdb.c (--missing-stats-only) asks much the same. */
const tablesThatLack = `${tablesQuery(
  `CASE WHEN c.relkind = 'p' THEN 'ONLY ' ELSE '' END || format('%I.%I', nspname, relname)`,
  `'[]'::json`,
)}
    AND (c.reltuples < 0
      OR (c.relkind = 'p' OR c.oid IN (SELECT inhparent FROM pg_inherits)) AND ${lacks(true)}
      OR c.relkind <> 'p' AND pg_relation_size(c.oid) > 0 AND (${lacks(false)}
        OR c.oid IN (SELECT indrelid FROM column_of JOIN pg_index ON indexrelid = relation
          WHERE indkey[part - 1] = 0 AND NOT inherited)))`;
