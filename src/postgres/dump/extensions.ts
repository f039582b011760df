import { explainingErrors } from '../server/server.ts';
import { type Psql, runScript } from '../session/psql.ts';

/** The extensions of a database, as far as a backup has to know them. */
export interface DatabaseExtensions {
  /** Their versions, by their names, without plpgsql. */
  versions: Record<string, string>;
  /** The schemas that belong to them, or that they are in, by their names. */
  schemas: Record<string, string[]>;
  /**
   * Tables of theirs that the owner of the database, or this role where it is that, may not write in, and how many rows of each
   * `pg_dump` takes along, up to 1,000.
   */
  closed: { extension: string; schema: string; name: string; role: string; rows: number }[];
}

/**
 * Asks a database about its extensions.
 * @throws Failure if the server can't be reached or refuses
 */
export async function databaseExtensions(psql: Psql, database: string): Promise<DatabaseExtensions> {
  const output = await explainingErrors(psql, database, () => runScript(psql, database, script));
  const lines = output.split('\n').filter((line) => line !== '');
  const [head, ...closed] = lines.map((line): unknown => JSON.parse(line));
  return { ...(head as Omit<DatabaseExtensions, 'closed'>), closed: closed as DatabaseExtensions['closed'] };
}

/**
 * The condition of a table is SQL that the extension has set, and that pg_dump runs as well. psql sends what a query with \\gexec
 * returns to the server as it stands. One that fails, fails in pg_dump too, which then says so.
 */
const script = `SELECT json_build_object(
    'versions', coalesce(json_object_agg(extname, extversion), '{}'),
    'schemas', coalesce(json_object_agg(extname, schemas), '{}'))
  FROM (SELECT e.extname, e.extversion, json_build_array(h.nspname)::jsonb || coalesce((
      SELECT jsonb_agg(n.nspname) FROM pg_depend AS d JOIN pg_namespace AS n ON n.oid = d.objid
      WHERE d.classid = 'pg_catalog.pg_namespace'::regclass AND d.deptype = 'e'
        AND d.refclassid = 'pg_catalog.pg_extension'::regclass AND d.refobjid = e.oid), '[]') AS schemas
    FROM pg_extension AS e JOIN pg_namespace AS h ON h.oid = e.extnamespace WHERE e.extname <> 'plpgsql') AS installed;
\\set ON_ERROR_STOP 0
SELECT format('SELECT json_build_object(''extension'', %L, ''schema'', %L, ''name'', %L, ''role'', %L, ''rows'', count(*)) FROM (SELECT FROM %I.%I %s LIMIT 1000) AS x HAVING count(*) > 0',
    extname, nspname, relname, rolname, nspname, relname, condition)
  FROM (SELECT r.rolname, e.extname, n.nspname, c.relname, coalesce(e.extcondition[i], '') AS condition
    FROM pg_extension AS e, generate_subscripts(e.extconfig, 1) AS i
    JOIN pg_roles AS r ON r.rolname = (SELECT CASE WHEN pg_has_role(datdba, 'USAGE') THEN current_user ELSE pg_get_userbyid(datdba) END
      FROM pg_database WHERE datname = current_database())
    JOIN pg_class AS c ON true JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.oid = e.extconfig[i] AND c.relkind IN ('r', 'p') AND has_schema_privilege(n.oid, 'USAGE')
      AND has_table_privilege(c.oid, 'SELECT') AND NOT (has_table_privilege(r.rolname, c.oid, 'INSERT')
        AND (r.rolname <> current_user OR NOT row_security_active(c.oid)))
    ORDER BY 2, 3, 4) AS configured
\\gexec
`;
