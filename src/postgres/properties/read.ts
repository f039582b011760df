import { Failure } from '../../base/failure.ts';
import { quoted } from '../../base/format.ts';
import { maintenanceDatabase } from '../server/server.ts';
import { ask, type Psql } from '../session/psql.ts';

/** What belongs to a database as a whole. It is kept outside of it; `pg_restore` brings it back only with `--create`. */
export interface DatabaseProperties {
  owner: string;
  tablespace: string;
  /** -1 for none, -2 for a database that a drop has left half done. */
  connectionLimit: number;
  allowConnections: boolean;
  isTemplate: boolean;
  comment: string | null;
  settings: Setting[];
  /** Rights on the database, the owner's among them; null where they are the built-in ones. */
  grants: Grant[] | null;
}

/** A parameter's value for sessions in the database. */
export interface Setting {
  /** Whose sessions; null for everybody's. */
  role: string | null;
  name: string;
  /** As the server keeps it: a list of names is one text. */
  value: string;
}

/** Everything that can be granted on a database. */
export const databaseRights = ['CONNECT', 'CREATE', 'TEMPORARY'] as const;
export type DatabaseRight = (typeof databaseRights)[number];

/** What one role may do with a database; whoever granted it. */
export interface Grant {
  /** null for PUBLIC. */
  grantee: string | null;
  privileges: readonly DatabaseRight[];
  /** With grant option. */
  grantable: boolean;
}

/**
 * Reads what belongs to a database as a whole. Any role may read it. Grants to the same role by several are one, and what
 * is left of roles that are gone is left out.
 * @param from the database to ask in
 * @throws Failure if there is no such database; ProcessFailure if the server refuses
 */
export async function readProperties(
  psql: Psql,
  database: string,
  from = maintenanceDatabase,
): Promise<DatabaseProperties> {
  const found = await ask<DatabaseProperties | null>(psql, from, propertiesQuery, { database });
  if (found) return found;
  throw new Failure({
    tried: `Reading the settings of database ${quoted(database)}`,
    cause: 'it no longer exists',
    advice: 'Somebody dropped or renamed it. Run the job again.',
  });
}

const settingsQuery = `
  SELECT json_agg(json_build_object(
      'role', r.rolname,
      'name', split_part(line, '=', 1),
      'value', substr(line, strpos(line, '=') + 1)) ORDER BY r.rolname NULLS FIRST, place)
  FROM pg_db_role_setting AS s
    LEFT JOIN pg_roles AS r ON r.oid = s.setrole
    CROSS JOIN unnest(s.setconfig) WITH ORDINALITY AS u(line, place)
  WHERE s.setdatabase = d.oid AND (s.setrole = 0 OR r.oid IS NOT NULL)`;

const grants = `
  SELECT coalesce(json_agg(json_build_object(
      'grantee', grantee, 'privileges', privileges, 'grantable', grantable)
      ORDER BY grantee NULLS FIRST, grantable), '[]')
  FROM (
    SELECT grantee, grantable, array_agg(privilege_type ORDER BY privilege_type) AS privileges
    FROM (
      SELECT r.rolname AS grantee, privilege_type, bool_or(is_grantable) AS grantable
      FROM aclexplode(d.datacl) AS a LEFT JOIN pg_roles AS r ON r.oid = a.grantee
      WHERE a.grantee = 0 OR r.oid IS NOT NULL
      GROUP BY r.rolname, privilege_type) AS single
    GROUP BY grantee, grantable) AS together`;

/** Rights that were taken and given back stand there in another order than at the beginning. */
const ordered = (acl: string): string => `ARRAY(SELECT a::text FROM unnest(${acl}) AS a ORDER BY 1)`;

const propertiesQuery = `
  SELECT coalesce((
    SELECT json_build_object(
      'owner', pg_get_userbyid(d.datdba),
      'tablespace', (SELECT spcname FROM pg_tablespace WHERE oid = d.dattablespace),
      'connectionLimit', d.datconnlimit,
      'allowConnections', d.datallowconn,
      'isTemplate', d.datistemplate,
      'comment', shobj_description(d.oid, 'pg_database'),
      'settings', coalesce((${settingsQuery}), '[]'),
      'grants', CASE WHEN ${ordered('coalesce(d.datacl, built_in)')} <> ${ordered('built_in')} THEN (${grants}) END)
    FROM pg_database AS d CROSS JOIN LATERAL acldefault('d', d.datdba) AS built_in WHERE d.datname = :'database'), 'null')`;
