import { ask, type Psql } from '../session/psql.ts';

/** The schema `public` of a database, and who may make something in it. */
export interface PublicSchema {
  owner: string;
  /** Whether the owner is a superuser, whose membership nobody is given. */
  ownedBySuperuser: boolean;
  /** Whether this role is a member of the owner, with or without inheriting its rights. */
  member: boolean;
  mayCreate: boolean;
  /** Of the roles asked about, those that may not. */
  shutOut: string[];
}

/**
 * Asks, in the database, about its schema `public`; null if it has none.
 * @param roles besides this one; those that there are not, are not answered
 * @throws ProcessFailure if the server refuses
 */
export async function publicSchema(
  psql: Psql,
  database: string,
  roles: readonly string[],
): Promise<PublicSchema | null> {
  return ask<PublicSchema | null>(psql, database, publicSchemaQuery, { roles: JSON.stringify(roles) });
}

const publicSchemaQuery = `SELECT coalesce((
  SELECT json_build_object(
    'owner', o.rolname,
    'ownedBySuperuser', o.rolsuper,
    'member', pg_has_role(n.nspowner, 'MEMBER'),
    'mayCreate', has_schema_privilege(n.oid, 'CREATE'),
    'shutOut', (SELECT coalesce(json_agg(r.rolname ORDER BY r.rolname), '[]') FROM pg_roles AS r
      WHERE r.rolname IN (SELECT json_array_elements_text(:'roles')) AND NOT has_schema_privilege(r.oid, n.oid, 'CREATE')))
  FROM pg_namespace AS n JOIN pg_roles AS o ON o.oid = n.nspowner WHERE n.nspname = 'public'), 'null')`;

/** The first things in schema `public` of a database that are no extension's, each as an archive would name it: `TABLE "note"`. */
export async function thingsInPublic(
  psql: Psql,
  database: string,
): Promise<{ type: string; name: string }[]> {
  return ask<{ type: string; name: string }[]>(psql, database, thingsInPublicQuery);
}

/** One more than are listed. */
const thingsInPublicQuery = `SELECT coalesce(json_agg(json_build_object('type', type, 'name', name)), '[]') FROM (
  SELECT type, name FROM (
    SELECT 'pg_catalog.pg_class'::regclass AS catalog, c.oid, CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
      WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN TABLE' WHEN 'c' THEN 'TYPE' ELSE 'TABLE' END AS type, relname::text AS name
    FROM pg_class AS c WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c') AND relnamespace = to_regnamespace('public')
    UNION ALL
    SELECT 'pg_catalog.pg_proc'::regclass, oid, 'FUNCTION', proname FROM pg_proc WHERE pronamespace = to_regnamespace('public')) AS things
  WHERE NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.classid = catalog AND d.objid = oid AND d.deptype = 'e')
  ORDER BY type DESC, name LIMIT 11) AS first`;
