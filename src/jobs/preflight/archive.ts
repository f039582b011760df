import { plain, quoted } from '../../base/format.ts';
import type { ArchiveHeader } from '../../postgres/archive/header.ts';
import { allRoles, type NamedRoles } from '../../postgres/restore/entries/named-roles.ts';
import { featuresThatMayBeLost } from '../../postgres/restore/entries/newer-features.ts';
import type { Restorable, Unrestorable } from '../../postgres/restore/entries/restorable.ts';
import type { WantedExtension } from '../../postgres/restore/extensions/wanted.ts';
import type { NamedObject, PreflightFacts } from '../../postgres/restore/server-offers.ts';
import type { RestoreFacts } from '../../postgres/server/server.ts';
import { identifier, toPaste } from '../../postgres/session/sql-text.ts';
import { extensionFindings } from './extensions.ts';
import { type Finding, firstFew, plural } from './finding.ts';

/** What a restore needs that an archive names. */
export interface ArchiveNeeds extends Pick<NamedObject, 'extensions' | 'tablespaces'> {
  roles: NamedRoles;
  /** The extensions as they are to be created. */
  wanted: readonly WantedExtension[];
}

/** What there is to say about an archive on a server. */
export function archiveFindings(
  database: string,
  header: ArchiveHeader,
  server: RestoreFacts,
  needs: ArchiveNeeds,
  facts: PreflightFacts,
  restorable: Restorable,
): Finding[] {
  return [
    ...originFindings(database, header, server),
    ...extensionFindings(needs, facts),
    ...missingRoleFindings(server.role, needs.roles, facts),
    ...tablespaceFindings(needs.tablespaces, facts),
    ...unrestorableFindings(server.role, restorable),
  ];
}

function originFindings(
  database: string,
  { database: original, serverVersion }: ArchiveHeader,
  server: RestoreFacts,
): Finding[] {
  const findings: Finding[] = [];
  // Of an archive in a newer format it may not be known.
  if (original !== '' && original !== database) {
    findings.push({
      level: 'warning',
      text: `The backup was made of database ${quoted(original)}; this restore is of ${quoted(database)}.`,
    });
  }
  const major = Number.parseInt(serverVersion, 10);
  if (major > server.major) {
    const versions = `The backup is from PostgreSQL ${plain(serverVersion)}; this server has the older ${plain(server.version)}.`;
    findings.push({ level: 'warning', text: `${versions} ${featuresThatMayBeLost(major, server.major)}` });
  }
  return findings;
}

function missingRoleFindings(
  role: string,
  needed: NamedRoles,
  { roles, superuser }: PreflightFacts,
): Finding[] {
  const { owners, grantors, makers, subjects } = needed;
  const missing = [...allRoles(needed)].filter((name) => !Object.hasOwn(roles, name));
  const strange = (name: string): boolean => roles[name]?.assumable === false;
  const others = [...owners].filter(strange);
  const strangeMakers = [...makers].filter(strange);
  const findings: (Finding | false)[] = [
    missing.length > 0 && {
      level: 'error',
      text: `The backup needs ${plural('role', missing)}, which this server does not have.`,
      remedy: missing.some((name) => !subjects.has(name))
        ? `${withoutOwners}, or create ${plural('role', missing)}.`
        : `Create ${plural('role', missing)}.`,
    },
    !superuser &&
      others.length > 0 && {
        level: 'error',
        text: `The backup has objects owned by ${plural('role', others)}, and the restoring role is not a member of ${others.length === 1 ? 'it' : 'each'}.`,
        remedy: `${withoutOwners}. Or, as an administrator of the server, run:\n${memberships(others, role)}`,
      },
    !superuser &&
      strangeMakers.length > 0 && {
        level: 'error',
        text: `The backup has default privileges of ${plural('role', strangeMakers)}, which only a member can set.`,
        remedy: `Restore with no_privileges: true. Or, as an administrator of the server, run:\n${memberships(strangeMakers, role)}`,
      },
    !superuser &&
      grantors.size > 0 && {
        level: 'error',
        text: `The backup has privileges granted by ${plural('role', [...grantors])}, which only a superuser can restore.`,
        remedy: 'Restore with no_privileges: true, or as a superuser.',
      },
  ];
  return findings.filter((finding) => finding !== false);
}

const withoutOwners = 'Restore without owners and privileges (no_owner: true, no_privileges: true)';

function memberships(roles: readonly string[], member: string): string {
  return roles.map((role) => toPaste(`GRANT ${identifier(role)} TO ${identifier(member)};`)).join('\n');
}

function tablespaceFindings(needed: readonly string[], { tablespaces }: PreflightFacts): Finding[] {
  const missing = needed.filter((name) => !tablespaces.includes(name));
  if (missing.length === 0) return [];
  const text = `The backup uses ${plural('tablespace', missing)}, which this server does not have or the role may not use.`;
  return [{ level: 'error', text, remedy: 'Add --no-tablespaces to pg_restore_options.' }];
}

function unrestorableFindings(role: string, { leftOut, impossible }: Restorable): Finding[] {
  const findings: Finding[] = [];
  if (impossible.length > 0) {
    findings.push({
      level: 'error',
      text: `The role ${quoted(role)} cannot restore ${describeUnrestorable(impossible)}.`,
      remedy:
        'Restore as a superuser, or remove what the role cannot restore from the original database and make a new backup.',
    });
  }
  if (leftOut.length > 0) {
    findings.push({
      level: 'warning',
      about: 'not restored',
      text: `Will not be restored: ${describeUnrestorable(leftOut)}.`,
      afterwards: `Not restored: ${describeUnrestorable(leftOut)}.`,
    });
  }
  return findings;
}

/** Entries by the reason why they are refused. */
function describeUnrestorable(refused: readonly Unrestorable[]): string {
  const byReason = Map.groupBy(refused, ({ why }) => why);
  return [...byReason]
    .map(([why, group]) => {
      const names = group.map(
        ({ entry: { type, schema, name } }) =>
          `${type} ${quoted(schema === '' ? name : `${schema}.${name}`)}`,
      );
      return `${firstFew(names)} (${why})`;
    })
    .join('; ');
}
