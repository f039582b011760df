import { ask, type Psql } from '../session/psql.ts';
import { privilegesQuery } from './lost-privileges-query.ts';
import { byCodePoint, type PrivilegeChange, statementsFor } from './privilege-change.ts';

/**
 * What `pg_restore --no-owner --no-privileges` takes from others than the restoring role, and how to give it back. Rights
 * on the database itself are not among it (`DatabaseProperties`), nor is what superusers have.
 */
export interface LostPrivileges {
  /** By name; none that loses nothing. */
  roles: LostByRole[];
  /** Of those that the statements name, the ones that this server does not have. */
  missingRoles?: string[];
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
  /** What all of this is made of. */
  rights: HeldPrivileges;
}

export interface LostByRole {
  role: string;
  /** Objects that it owns. They will belong to the restoring role; the script gives it an owner's rights by grants. */
  owns: number;
  /** Objects of others on which it has rights. */
  holds: number;
}

/** What others than a role have in a database, as far as it is not there by itself. */
export interface HeldPrivileges {
  /** How many objects others own, by their names. */
  owned: Record<string, number>;
  changes: PrivilegeChange[];
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
export async function lostPrivileges(psql: Psql, database: string, role: string): Promise<LostPrivileges> {
  return summarised(await rightsIn(psql, database, role));
}

/**
 * What of it is still lost after a restore that brings owners or rights back.
 * @param restored the restored database
 * @throws ProcessFailure if the server refuses
 */
export async function stillLost(
  psql: Psql,
  restored: string,
  role: string,
  rights: HeldPrivileges,
): Promise<LostPrivileges> {
  return summarised(stillMissing(rights, await rightsIn(psql, restored, role)));
}

/** What of it a restore loses that brings one of the two back, as far as that can be known before. */
export function lostBy(
  { noOwner, noPrivileges }: { noOwner: boolean; noPrivileges: boolean },
  rights: HeldPrivileges,
): LostPrivileges {
  return summarised({
    owned: noOwner ? rights.owned : {},
    changes: rights.changes.filter(({ ofOwner }) => (ofOwner ? noOwner : noPrivileges)),
  });
}

async function rightsIn(psql: Psql, database: string, role: string): Promise<HeldPrivileges> {
  return ask<HeldPrivileges>(psql, database, privilegesQuery, { role });
}

/** Rights that are not among others, which are of the same objects in another database. */
function stillMissing(was: HeldPrivileges, is: HeldPrivileges): HeldPrivileges {
  const single = (
    change: PrivilegeChange,
    privilege: string,
    part: string | null,
    grantable: boolean,
  ): string =>
    JSON.stringify([change.prefix, change.name, change.verb, change.role, privilege, part, grantable]);
  const there = new Set<string>();
  for (const change of is.changes) {
    for (const [privilege, parts] of change.privileges) {
      for (const part of parts) {
        there.add(single(change, privilege, part, change.grantable));
        there.add(single(change, privilege, part, false));
      }
    }
  }
  const changes = was.changes.flatMap((change) => {
    const privileges = change.privileges.flatMap(([privilege, parts]): PrivilegeChange['privileges'] => {
      const left = parts.filter((part) => !there.has(single(change, privilege, part, change.grantable)));
      return left.length === 0 ? [] : [[privilege, left]];
    });
    return privileges.length === 0 ? [] : [{ ...change, privileges }];
  });
  const owned = Object.entries(was.owned).map(
    ([role, objects]) => [role, objects - (is.owned[role] ?? 0)] as const,
  );
  return { owned: Object.fromEntries(owned.filter(([, objects]) => objects > 0)), changes };
}

function summarised(rights: HeldPrivileges): LostPrivileges {
  const { owned, changes } = rights;
  const objects = (of: readonly PrivilegeChange[]): number =>
    new Set(of.map(({ prefix, name }) => prefix + name)).size;
  const held = changes.filter(({ verb, isDefault, ofOwner }) => verb === 'GRANT' && !isDefault && !ofOwner);
  const byRole = Map.groupBy(held, ({ role }) => role);
  const names = new Set([...Object.keys(owned), ...held.flatMap(({ role }) => role ?? [])]);
  return {
    roles: [...names].toSorted(byCodePoint).map((role) => ({
      role,
      owns: owned[role] ?? 0,
      holds: objects(byRole.get(role) ?? []),
    })),
    grantedToPublic: objects(byRole.get(null) ?? []),
    revokedFromPublic: objects(
      changes.filter(({ verb, role, isDefault }) => verb === 'REVOKE' && role === null && !isDefault),
    ),
    defaultPrivileges: objects(changes.filter(({ isDefault }) => isDefault)),
    script: statementsFor(changes.filter(({ forAdministrator }) => !forAdministrator)),
    administratorScript: statementsFor(changes.filter(({ forAdministrator }) => forAdministrator)),
    rights,
  };
}
