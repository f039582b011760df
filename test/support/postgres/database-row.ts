import { escapeLiteral } from 'pg';
import type { PostgresServer } from './postgres-server.ts';

/** What belongs to a database as a whole, as the server itself keeps it; rights and settings in a fixed order. */
export interface DatabaseRow {
  owner: string;
  datconnlimit: number;
  datallowconn: boolean;
  comment: string | null;
  tablespace: string;
  /** The built-in rights too, where nobody has changed them. */
  acl: string[];
  /** Lines like `work_mem=7MB` by role; `-` is everybody. */
  settings: Record<string, string[]> | null;
}

/** Reads it from the catalogs; undefined if there is no such database. */
export async function databaseRow(
  server: PostgresServer,
  database: string,
): Promise<DatabaseRow | undefined> {
  const [row] = await server.query<DatabaseRow & Record<string, unknown>>(`
    SELECT pg_get_userbyid(datdba) AS owner, datconnlimit, datallowconn, shobj_description(oid, 'pg_database') AS comment,
      (SELECT spcname FROM pg_tablespace WHERE oid = dattablespace) AS tablespace,
      (SELECT array_agg(e::text ORDER BY e::text) FROM unnest(coalesce(datacl, acldefault('d', datdba))) AS e) AS acl,
      (SELECT json_object_agg(setrole::regrole, setconfig ORDER BY setrole::regrole::text)
        FROM pg_db_role_setting WHERE setdatabase = d.oid) AS settings
    FROM pg_database AS d WHERE datname = ${escapeLiteral(database)}`);
  return row;
}

/** The same with each role's settings in the order of the alphabet. */
export function sortedSettings(row: DatabaseRow | undefined) {
  const settings = Object.entries(row?.settings ?? {});
  return { ...row, settings: settings.map(([role, lines]) => [role, [...lines].sort()]) };
}

/** What a role may do with a database, of all that there is: `CONNECT`, `CREATE WITH GRANT OPTION` … */
export async function databaseRights(
  server: PostgresServer,
  role: string,
  database: string,
): Promise<string[]> {
  const rights = ['CONNECT', 'CREATE', 'TEMPORARY'].flatMap((right) => [right, `${right} WITH GRANT OPTION`]);
  const rows = await server.query<{ right: string }>(
    `SELECT u AS right FROM unnest(${escapeLiteral(`{${rights.join(',')}}`)}::text[]) AS u
      WHERE has_database_privilege(${escapeLiteral(role)}, ${escapeLiteral(database)}, u)`,
  );
  return rows.map(({ right }) => right);
}
