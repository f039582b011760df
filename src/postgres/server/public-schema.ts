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
