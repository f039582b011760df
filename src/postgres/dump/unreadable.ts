import { explainingErrors } from '../server/server.ts';
import { ask, type Psql } from '../session/psql.ts';

/** Things of one kind: how many there are, and the first of their names, quoted where SQL needs it. */
export interface Named {
  count: number;
  names: string[];
}

/** A table whose policies hide rows from this role. */
interface HidingTable {
  name: string;
  /** Whether they do so although it is the owner's. */
  forced: boolean;
}

/** What of a database `pg_dump` would have to read, and what of that this role may not. */
export interface Readability {
  /** The rights it works with, which a setting may have made another one's. */
  role: string;
  tables: number;
  /** Schemas with something to read in them that the role may not enter. */
  closedSchemas: Named;
  closedTables: Named;
  closedSequences: Named;
  closedLargeObjects: Named;
  hiding: { count: number; tables: HidingTable[] };
}

/** How many of each kind are named. */
const namedAtMost = 100;

/**
 * Asks what of a database this role may not read, before `pg_dump` meets it: that ends at the first, and this finds all. Only what is
 * dumped counts: of extensions, no more than the tables that they say have content of users.
 * @throws Failure if the server can't be reached or refuses
 */
export async function readability(psql: Psql, database: string): Promise<Readability> {
  return explainingErrors(psql, database, () => ask<Readability>(psql, database, readabilityQuery));
}

const named = (from: string, name = 'name'): string =>
  `(SELECT json_build_object('count', count(*), 'names', coalesce(json_agg(${name} ORDER BY place) FILTER (WHERE place <= ${namedAtMost}), '[]'))
    FROM (SELECT *, row_number() OVER (ORDER BY ${name}) AS place FROM ${from}) AS numbered)`;

/**
 * Rows are read of tables, values of sequences; a partitioned table is locked, for which reading it is needed as well. Large objects have
 * no function that tells who may read them before 18, and pg_read_all_data does not go for them.
 */
const readabilityQuery = `WITH read AS (
  SELECT c.oid, c.relkind, n.nspname, format('%I.%I', n.nspname, c.relname) AS name, c.relowner, c.relforcerowsecurity,
    has_schema_privilege(n.oid, 'USAGE') AS entered,
    CASE WHEN c.relkind = 'S' THEN has_sequence_privilege(c.oid, 'SELECT') ELSE has_table_privilege(c.oid, 'SELECT') END AS readable
  FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'S') AND NOT starts_with(n.nspname, 'pg_') AND n.nspname <> 'information_schema'
    AND (NOT EXISTS (SELECT FROM pg_depend AS d
        WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
      OR EXISTS (SELECT FROM pg_extension AS e WHERE c.oid = ANY (e.extconfig)))
), schemas AS (
  SELECT DISTINCT quote_ident(nspname) AS name FROM read WHERE NOT entered
), tables AS (
  SELECT name FROM read WHERE relkind <> 'S' AND NOT readable
), sequences AS (
  SELECT name FROM read WHERE relkind = 'S' AND NOT readable
), objects AS (
  SELECT oid AS name FROM pg_largeobject_metadata
  WHERE current_setting('lo_compat_privileges') = 'off' AND NOT pg_has_role(lomowner, 'USAGE')
    AND NOT EXISTS (SELECT FROM aclexplode(lomacl) AS a
      WHERE a.privilege_type = 'SELECT' AND CASE a.grantee WHEN 0 THEN true ELSE pg_has_role(a.grantee, 'USAGE') END)
), hiding AS (
  SELECT json_build_object('name', name, 'forced', relforcerowsecurity AND pg_has_role(relowner, 'USAGE')) AS found, name
  FROM read WHERE relkind <> 'S' AND entered AND readable AND row_security_active(oid)
)
SELECT json_build_object(
  'role', current_user,
  'tables', (SELECT count(*) FROM read WHERE relkind <> 'S'),
  'closedSchemas', ${named('schemas')},
  'closedTables', ${named('tables')},
  'closedSequences', ${named('sequences')},
  'closedLargeObjects', ${named('objects', 'name::text')},
  'hiding', (SELECT json_build_object('count', count(*),
      'tables', coalesce(json_agg(found ORDER BY place) FILTER (WHERE place <= ${namedAtMost}), '[]'))
    FROM (SELECT found, row_number() OVER (ORDER BY name) AS place FROM hiding) AS numbered))`;
