import { quoted } from '../format.ts';
import type { ArchiveHeader } from '../postgres/archive-header.ts';
import { allRoles, type NamedRoles } from '../postgres/named-roles.ts';
import { whatMayBeLost } from '../postgres/newer-features.ts';
import type { Named, PreflightFacts } from '../postgres/preflight-facts.ts';
import type { Restorable, Unrestorable } from '../postgres/restorable.ts';
import type { RestoreFacts } from '../postgres/server.ts';
import { type Finding, some } from './finding.ts';

/** What a restore needs that an archive names. */
export interface Needs extends Pick<Named, 'extensions' | 'tablespaces'> {
  roles: NamedRoles;
}

/** What there is to say about an archive on a server. */
export function archiveFindings(
  database: string,
  header: ArchiveHeader,
  server: RestoreFacts,
  needs: Needs,
  facts: PreflightFacts,
  restorable: Restorable,
): Finding[] {
  return [
    ...originFindings(database, header, server),
    ...extensionFindings(needs.extensions, facts),
    ...roleFindings(needs.roles, facts),
    ...tablespaceFindings(needs.tablespaces, facts),
    ...refusedFindings(server.role, restorable),
  ];
}

function originFindings(
  database: string,
  { database: original, serverVersion }: ArchiveHeader,
  server: RestoreFacts,
): Finding[] {
  const findings: Finding[] = [];
  if (original !== database) {
    findings.push({
      level: 'warning',
      text: `The backup is of another database, ${quoted(original)}; it will become ${quoted(database)}.`,
    });
  }
  const major = Number.parseInt(serverVersion, 10);
  if (major > server.major) {
    const versions = `The backup is of PostgreSQL ${serverVersion}, and this server is the older ${server.version}.`;
    findings.push({ level: 'warning', text: `${versions} ${whatMayBeLost(major, server.major)}` });
  }
  return findings;
}

function extensionFindings(needed: readonly string[], facts: PreflightFacts): Finding[] {
  const { extensions, allowedExtensions, superuser, privileged } = facts;
  const here = needed.filter((name) => Object.hasOwn(extensions, name));
  const missing = needed.filter((name) => !here.includes(name));
  // plpgsql is in every new database, and needs nobody's leave.
  const installed = here.filter((name) => name !== 'plpgsql');
  const forbidden =
    allowedExtensions && installed.filter((name) => !allowedExtensions.includes(name.toLowerCase()));
  const untrusted = installed.filter((name) => extensions[name]?.trusted !== true);
  const findings: (Finding | false)[] = [
    missing.length > 0 && {
      level: 'error',
      text: `The backup needs ${plural('extension', missing)}, which this server does not have: install it there, or restore to a server that has it.`,
    },
    forbidden !== null &&
      forbidden.length > 0 && {
        level: 'error',
        text: `The backup needs ${plural('extension', forbidden)}, which this server does not allow: add it to the server parameter azure.extensions.`,
      },
    allowedExtensions === null &&
      !superuser &&
      !privileged &&
      untrusted.length > 0 && {
        level: 'error',
        text: `The backup needs ${plural('extension', untrusted)}, which only a superuser may create on this server, since it is not marked as trusted.`,
      },
    allowedExtensions !== null &&
      !superuser &&
      !privileged &&
      installed.length > 0 && {
        level: 'warning',
        text: `The backup needs ${plural('extension', installed)}, and the role is not a member of azure_pg_admin, which may create extensions.`,
      },
  ];
  return findings.filter((finding) => finding !== false);
}

function roleFindings(needed: NamedRoles, { roles, superuser }: PreflightFacts): Finding[] {
  const { owners, grantors, makers, subjects } = needed;
  const missing = [...allRoles(needed)].filter((role) => !Object.hasOwn(roles, role));
  const others = [...new Set([...owners, ...makers])].filter(
    (role) => roles[role]?.assumable === false && !missing.includes(role),
  );
  const findings: (Finding | false)[] = [
    missing.length > 0 && {
      level: 'error',
      text: `The backup names ${plural('role', missing)}, which this server does not have: create it${missing.some((role) => !subjects.has(role)) ? ', or leave owners and rights out (no_owner: true, no_privileges: true)' : ''}.`,
    },
    !superuser &&
      others.length > 0 && {
        level: 'error',
        text: `The backup gives objects to ${plural('role', others)}, and the restoring role is not a member of ${others.length === 1 ? 'it' : 'each'}: make it one, or leave owners and rights out (no_owner: true, no_privileges: true).`,
      },
    !superuser &&
      grantors.size > 0 && {
        level: 'error',
        text: `The backup has rights that were given by ${plural('role', [...grantors])}, which only a superuser can repeat: restore with no_privileges: true.`,
      },
  ];
  return findings.filter((finding) => finding !== false);
}

function tablespaceFindings(needed: readonly string[], { tablespaces }: PreflightFacts): Finding[] {
  const missing = needed.filter((name) => !tablespaces.includes(name));
  if (missing.length === 0) return [];
  const text = `The backup uses ${plural('tablespace', missing)}, which this server does not have or the role may not use: add --no-tablespaces to pg_restore_options.`;
  return [{ level: 'error', text }];
}

function refusedFindings(role: string, { leftOut, impossible }: Restorable): Finding[] {
  const findings: Finding[] = [];
  if (impossible.length > 0) {
    findings.push({
      level: 'error',
      text: `The role ${quoted(role)} cannot restore ${described(impossible)}. Let a superuser restore this backup, or remove them from the original database and make a new one.`,
    });
  }
  if (leftOut.length > 0) {
    findings.push({
      level: 'warning',
      text: `Left out, since the role ${quoted(role)} cannot restore it: ${described(leftOut)}.`,
    });
  }
  return findings;
}

/** Entries by the reason why they are refused. */
function described(refused: readonly Unrestorable[]): string {
  const byReason = Map.groupBy(refused, ({ why }) => why);
  return [...byReason]
    .map(([why, group]) => {
      const names = group.map(
        ({ entry: { type, schema, name } }) =>
          `${type} ${quoted(schema === '' ? name : `${schema}.${name}`)}`,
      );
      return `${some(names)} (${why})`;
    })
    .join('; ');
}

function plural(kind: string, names: readonly string[]): string {
  return `the ${kind}${names.length === 1 ? '' : 's'} ${some(names.map(quoted))}`;
}
