import { type Definition, readDefinitions } from '../../../postgres/archive/definitions.ts';
import { ownership } from '../../../postgres/archive/ownership.ts';
import { type Entry, readContents } from '../../../postgres/archive/table-of-contents.ts';
import type { Client } from '../../../postgres/client/find.ts';
import { newOwner } from '../../../postgres/privileges/new-owner.ts';
import { workingAsOwner } from '../../../postgres/privileges/owner-rights.ts';
import {
  isAcl,
  type Revocation,
  revocations,
  silentRevocations,
} from '../../../postgres/privileges/revocations.ts';
import { namedRoles } from '../../../postgres/restore/entries/named-roles.ts';
import type { Psql } from '../../../postgres/session/psql.ts';
import type { Finding } from '../finding.ts';
import { rolesOf } from '../roles.ts';
import { definerFindings } from './definers.ts';
import { type NewRights, type Withheld, withheldFrom } from './withheld.ts';

/** What is done about rights in the restored database before anybody else gets in. */
export interface RightsPlan {
  /** What the archive takes away from others, where its rights are not restored. */
  revocations: Revocation[];
  /** What everybody (PUBLIC) could use, and would use with the rights of another owner now. */
  withheld: Withheld[];
  /** Who will own everything, if it is not the role that is connected. */
  owner: string | undefined;
}

interface RightsOrder {
  noOwner: boolean;
  noPrivileges: boolean;
  keepPublicRights: boolean;
  options: readonly string[];
}

/**
 * Finds out, from the archive, which rights a restore with no_owner and no_privileges would hand out that nobody had before.
 * The server is asked only where something works with its owner's rights and the owners change.
 * @param file with the archive's table of contents
 * @param kept what will be restored
 * @param definitions of it, read as for a restore
 * @throws Failure if the archive cannot be read; ProcessFailure if the server refuses
 */
export async function planRights(
  { client, file, list }: { client: Client; file: string; list: string },
  kept: readonly Entry[],
  definitions: ReadonlyMap<number, Definition>,
  { noOwner, noPrivileges, keepPublicRights, options }: RightsOrder,
  psql: Psql,
  { role, versions }: { role: string; versions: { dump: number; server: number } },
): Promise<RightsPlan & { findings: Finding[] }> {
  const read = (entries: readonly Entry[]): Promise<Map<number, Definition>> =>
    readDefinitions(client, file, entries, [], list, psql.signal);
  const acls = (noPrivileges ? await readContents(client, file, [], psql.signal) : kept).filter(({ type }) =>
    isAcl(type),
  );
  const found = noOwner ? workingAsOwner(kept, definitions) : [];
  const rights = noPrivileges || found.length > 0 ? await read(acls) : new Map<number, Definition>();
  const owner = rolesOf(options).at(-1);
  const taken = noPrivileges
    ? [...revocations(acls, rights), ...silentRevocations(acls, rights, versions)]
    : [];
  const plan = { revocations: taken, owner };
  if (found.length === 0) return { ...plan, withheld: [], findings: [] };

  const owned = await read(kept);
  // Schema public comes with each database, before 15 as the administrator's, whoever made what is in it.
  const made = kept.filter(({ type, name }) => type !== 'SCHEMA' || name !== 'public');
  const former = [...namedRoles(made, owned).owners];
  const next = owner ?? role;
  if (former.every((name) => name === next)) return { ...plan, withheld: [], findings: [] };
  const gains = await newOwner(psql, next, former);
  const changed = found.flatMap((entry): NewRights[] => {
    const definition = owned.get(entry.id);
    const of = ownership(definition);
    if (!definition || !of) return [];
    // A superuser could do everything. Of the new owner's own, those do more that were kept from what others owned.
    const more =
      of.owner === next
        ? !gains.superuser && former.some((name) => !gains.held.has(name))
        : !gains.superusers.has(of.owner);
    return [{ entry, definition, former: of.owner, object: of.object, more }];
  });
  const withheld = withheldFrom(
    changed.filter(({ more }) => more),
    acls.flatMap(({ id }) => rights.get(id) ?? []),
    noPrivileges,
  );
  const findings = definerFindings(
    changed,
    { role: next, others: former, held: gains.held },
    {
      ...withheld,
      keepPublicRights,
    },
  );
  return { ...plan, withheld: keepPublicRights ? [] : withheld.withheld, findings };
}
