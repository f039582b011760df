import { maintenanceDatabase } from '../server/server.ts';
import { ask, type Psql } from '../session/psql.ts';

/** What the role that will own everything may do already. */
export interface NewOwner {
  superuser: boolean;
  /** Of the roles asked about, those whose rights it has, itself among them. */
  held: ReadonlySet<string>;
  /** Of the roles asked about, the superusers. */
  superusers: ReadonlySet<string>;
}

/**
 * Asks about the role that will own everything, and those that owned it before. Roles that the server does not have are in no answer.
 * @throws ProcessFailure if the server refuses
 */
export async function newOwner(psql: Psql, owner: string, former: readonly string[]): Promise<NewOwner> {
  const found = await ask<{
    superuser: boolean;
    roles: { name: string; held: boolean; superuser: boolean }[];
  }>(psql, maintenanceDatabase, newOwnerQuery, { owner, former: JSON.stringify(former) });
  const those = (is: (role: (typeof found.roles)[number]) => boolean): Set<string> =>
    new Set(found.roles.filter(is).map(({ name }) => name));
  return {
    superuser: found.superuser,
    held: those(({ held }) => held).add(owner),
    superusers: those(({ superuser }) => superuser),
  };
}

const newOwnerQuery = `SELECT json_build_object(
  'superuser', coalesce((SELECT rolsuper FROM pg_roles WHERE rolname = :'owner'), false),
  'roles', (SELECT coalesce(json_agg(json_build_object('name', r.rolname, 'superuser', r.rolsuper,
      'held', coalesce(pg_has_role(o.oid, r.oid, 'USAGE'), false))), '[]')
    FROM pg_roles AS r LEFT JOIN pg_roles AS o ON o.rolname = :'owner'
    WHERE r.rolname IN (SELECT json_array_elements_text(:'former'))))`;
