import { type Definition, readDefinitions } from '../../../postgres/archive/definitions.ts';
import { ownership, signatureOf } from '../../../postgres/archive/ownership.ts';
import { type Entry, readContents } from '../../../postgres/archive/table-of-contents.ts';
import type { Client } from '../../../postgres/client/find.ts';
import { type NewOwner, newOwner } from '../../../postgres/privileges/new-owner.ts';
import {
  isAcl,
  type Revocation,
  revocations,
  silentRevocations,
} from '../../../postgres/privileges/revocations-in-archive.ts';
import { runningAsOwner } from '../../../postgres/privileges/runs-as-owner.ts';
import { namedRoles } from '../../../postgres/restore/entries/named-roles.ts';
import type { Psql } from '../../../postgres/session/psql.ts';
import type { Finding } from '../finding.ts';
import { rolesOf } from '../roles.ts';
import { definerFindings } from './security-definers.ts';
import { type WideningObjects, wideningObjects } from './widening-grants.ts';
import { type ElevatedObject, type WithheldPrivilege, withheldPrivileges } from './withheld.ts';

/** What is done about rights in the restored database before anybody else gets in. */
export interface PrivilegesPlan {
  /** What the archive takes away from others, where its rights are not restored. */
  revocations: Revocation[];
  /** What everybody (PUBLIC) could use, and would use with the rights of another owner now. */
  withheld: WithheldPrivilege[];
  /** What would let others do more than before if they got the right to use it that they had. */
  gaining: WideningObjects;
  /** Whether what extensions make may work with more rights than before, which only shows when they have been created. */
  extensionsGain: boolean;
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
export async function planPrivileges(
  { client, file, list }: { client: Client; file: string; list: string },
  kept: readonly Entry[],
  definitions: ReadonlyMap<number, Definition>,
  { noOwner, noPrivileges, keepPublicRights, options }: RightsOrder,
  psql: Psql,
  { role, versions }: { role: string; versions: { dump: number; server: number } },
): Promise<PrivilegesPlan & { findings: Finding[] }> {
  const acls = (noPrivileges ? await readContents(client, file, [], psql.signal) : kept).filter(({ type }) =>
    isAcl(type),
  );
  const found = noOwner ? runningAsOwner(kept, definitions) : [];
  // In one pass: rights and, where somebody's rights change hands, the owners of all else.
  const ofExtensions = noOwner && kept.some(({ type }) => type === 'EXTENSION');
  const asksOwners = found.length > 0 || ofExtensions;
  const wanted = new Map(asksOwners ? kept.map((entry) => [entry.id, entry]) : []);
  if (noPrivileges || found.length > 0) for (const entry of acls) wanted.set(entry.id, entry);
  const owned = await readDefinitions(client, file, [...wanted.values()], [], list, psql.signal);
  const owner = rolesOf(options).at(-1);
  const taken = noPrivileges
    ? [...revocations(acls, owned), ...silentRevocations(acls, owned, versions)]
    : [];
  const plan = { revocations: taken, owner, gaining: wideningObjects([], new Map()), extensionsGain: false };
  if (!asksOwners) return { ...plan, withheld: [], findings: [] };

  // Schema public comes with each database, before 15 as the administrator's, whoever made what is in it.
  const made = kept.filter(({ type, name }) => type !== 'SCHEMA' || name !== 'public');
  const former = [...namedRoles(made, owned).owners];
  const next = owner ?? role;
  if (former.every((name) => name === next)) return { ...plan, withheld: [], findings: [] };
  const gains = await newOwner(psql, next, former);
  const changed = found.flatMap((work): ElevatedObject[] => {
    const definition = owned.get(work.entry.id);
    const of = ownership(definition);
    if (!definition || !of) return [];
    // A superuser could do everything. Of the new owner's own, those do more that were kept from what others owned.
    const more =
      of.owner === next
        ? !gains.superuser && former.some((name) => !gains.held.has(name))
        : !gains.superusers.has(of.owner);
    const object = of.object === undefined ? undefined : signatureOf(definition, of.object);
    return [{ ...work, definition, former: of.owner, object, more }];
  });
  const more = changed.filter((one) => one.more);
  const withheld = withheldPrivileges(
    more,
    acls.flatMap(({ id }) => owned.get(id) ?? []),
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
  return {
    ...plan,
    extensionsGain: ofExtensions && !keepPublicRights && mayGain(gains, next, former),
    withheld: keepPublicRights ? [] : withheld.withheld,
    gaining: wideningObjects(more, owned),
    findings,
  };
}

/** Whether a role may do more than one of those that owned something. */
function mayGain(
  { superuser, superusers, held }: NewOwner,
  next: string,
  former: readonly string[],
): boolean {
  return former.some((name) => (superuser ? name !== next && !superusers.has(name) : !held.has(name)));
}
