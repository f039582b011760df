import { privilegesQuery } from './privileges-query.ts';
import { ask, type Psql } from './psql.ts';

/**
 * What `pg_restore --no-owner --no-privileges` takes from others than the restoring role, and how to give it back. Rights
 * on the database itself are not among it (`DatabaseProperties`), nor is what superusers have.
 */
export interface PrivilegesLost {
  /** By name; none that loses nothing. */
  roles: RoleLoss[];
  /** Objects on which everybody (PUBLIC) had rights that are not built in. */
  grantedToPublic: number;
  /** Objects from which everybody's built-in rights had been taken: once restored, they are open to all again. */
  revokedFromPublic: number;
  /** Sets of default privileges (`ALTER DEFAULT PRIVILEGES`), for objects that are made later. */
  defaultPrivileges: number;
  /** Single statements, each with its semicolon, for the restoring role to run in the restored database. */
  script: string[];
  /**
   * Statements that the restoring role may not run: on objects of the system and of extensions, and default privileges
   * of other roles; before version 15 on schema public, too.
   */
  administratorScript: string[];
}

export interface RoleLoss {
  role: string;
  /** Objects that it owns. They will belong to the restoring role; the script gives it an owner's rights by grants. */
  owns: number;
  /** Objects of others on which it has rights. */
  holds: number;
}

/**
 * Finds out who else than the restoring role has rights in a database or owns things there. Any role that can connect may
 * ask.
 *
 * The statements give each role what it had, by grants of the restoring role, whoever made the original ones. What only an
 * owner may do (`ALTER`, `DROP`, passing by row security) cannot be granted. A statement on an object that the backup does
 * not have fails alone.
 * @param role who will own everything in the restored database
 * @throws ProcessFailure if the server refuses
 */
export async function privilegesLost(psql: Psql, database: string, role: string): Promise<PrivilegesLost> {
  return ask<PrivilegesLost>(psql, database, privilegesQuery, { role });
}
