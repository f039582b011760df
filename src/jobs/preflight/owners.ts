import { quoted } from '../../base/format.ts';
import {
  databaseOwner,
  type ForeignSchemaOwner,
} from '../../postgres/restore/entries/foreign-schema-owners.ts';
import type { PreflightFacts } from '../../postgres/restore/server-offers.ts';
import { type Finding, firstFew } from './finding.ts';

/**
 * What there is to say of objects that a plain role is to give away in schemas of others. Tried on 15 and 17: "permission
 * denied for schema". Who may create in `public` is asked in the new database (`publicSchemaFindings`).
 */
export function ownerFindings(
  found: readonly ForeignSchemaOwner[],
  { superuser, roles }: Pick<PreflightFacts, 'superuser' | 'roles'>,
): Finding[] {
  if (superuser) return [];
  const lackCreate = found.filter(
    ({ role, host }) =>
      host !== databaseOwner &&
      // Of a role that this one may not give objects to, or that is missing, it is said elsewhere.
      roles[role]?.assumable &&
      role !== host &&
      !roles[role].has.includes(host),
  );
  if (lackCreate.length === 0) return [];
  const described = lackCreate.map(({ role, schema }) => `${quoted(role)} in ${quoted(schema)}`);
  const text = `Roles may not create their objects in these schemas, since a restore grants privileges last: ${firstFew(described)}.`;
  return [{ level: 'error', text, remedy: 'Restore without owners (no_owner: true), or as a superuser.' }];
}
