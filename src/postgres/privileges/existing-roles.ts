import { maintenanceDatabase } from '../server/server.ts';
import { ask, type Psql } from '../session/psql.ts';
import type { ExistingRoles } from './lost-in-archive.ts';

/**
 * Asks about the roles that an archive names.
 * @returns besides what there is to know of them, those that there are
 * @throws ProcessFailure
 */
export async function existingRoles(
  psql: Psql,
  names: readonly string[],
): Promise<ExistingRoles & { known: ReadonlySet<string> }> {
  const found = await ask<{
    restorer: string;
    ownsPublic: boolean;
    roles: { name: string; assumed: boolean; superuser: boolean }[];
  }>(psql, maintenanceDatabase, rolesQuery, { names: JSON.stringify(names) });
  const those = (is: (role: (typeof found.roles)[number]) => boolean): Set<string> =>
    new Set(found.roles.filter(is).map(({ name }) => name));
  return {
    restorer: found.restorer,
    ownsPublic: found.ownsPublic,
    assumed: those(({ assumed }) => assumed).add(found.restorer),
    superusers: those(({ superuser }) => superuser),
    known: those(() => true),
  };
}

/** Schema `public` of a new database belongs to its owner from 15 on, on Azure to `azure_pg_admin`. */
const rolesQuery = `SELECT json_build_object(
  'restorer', current_user,
  'ownsPublic', (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) OR coalesce(
    (SELECT pg_has_role(oid, 'USAGE') FROM pg_roles WHERE rolname = 'azure_pg_admin'),
    current_setting('server_version_num')::int >= 150000),
  'roles', (SELECT coalesce(json_agg(json_build_object(
      'name', rolname, 'assumed', pg_has_role(oid, 'USAGE'), 'superuser', rolsuper)), '[]')
    FROM pg_roles WHERE rolname IN (SELECT json_array_elements_text(:'names'))))`;
