import { plain, quoted } from '../../base/format.ts';
import type { WantedExtension } from '../../postgres/restore/extensions/wanted.ts';
import type { PreflightFacts } from '../../postgres/restore/server-offers.ts';
import type { BackupMetadata } from '../archive/metadata.ts';
import { type Finding, plural } from './finding.ts';

/** What there is to say of the extensions of an archive before there is a database to create them in. */
export function extensionFindings(
  { extensions: needed, wanted }: { extensions: readonly string[]; wanted: readonly WantedExtension[] },
  facts: PreflightFacts,
): Finding[] {
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
      text: `The backup needs ${plural('extension', missing)}, which this server does not have.`,
      remedy: `Install ${plural('extension', missing)} on the server, or restore to one that has ${missing.length === 1 ? 'it' : 'them'}.`,
    },
    forbidden !== null &&
      forbidden.length > 0 && {
        level: 'error',
        text: `The backup needs ${plural('extension', forbidden)}, which this server does not allow.`,
        remedy: `Add ${plural('extension', forbidden)} to the server parameter azure.extensions.`,
      },
    allowedExtensions === null &&
      !superuser &&
      !privileged &&
      untrusted.length > 0 && {
        level: 'error',
        text: `The backup needs ${plural('extension', untrusted)}, which only a superuser can create on this server (not trusted).`,
        remedy: 'Restore as a superuser.',
      },
    allowedExtensions !== null &&
      !superuser &&
      !privileged &&
      installed.length > 0 && {
        level: 'warning',
        text: `The backup needs ${plural('extension', installed)}, and the role is not a member of azure_pg_admin, which can create extensions.`,
      },
  ];
  return [...findings.filter((finding) => finding !== false), ...recordedVersionFindings(wanted, extensions)];
}

/** A backup that was made without some extensions has everything else. */
export function excludedExtensionFindings({
  pg_dump_options: written = '',
}: Partial<BackupMetadata>): Finding[] {
  if (!/(^| )(--(exclude-)?extension[= ]|-e)/.test(written)) return [];
  const text = `The backup was made without some extensions (pg_dump_options: ${quoted(written)}).`;
  return [
    {
      level: 'warning',
      text,
      afterwards: `${text} Create them in the restored database if they are needed.`,
    },
  ];
}

/** Extensions of which the server would install another version than the original database has. */
function recordedVersionFindings(
  wanted: readonly WantedExtension[],
  offered: PreflightFacts['extensions'],
): Finding[] {
  const others: { name: string; was: string; is: string; why: string }[] = [];
  const created = wanted.flatMap(({ name, recorded, version, schema }): Finding[] => {
    const own = Object.hasOwn(offered, name) ? offered[name] : undefined;
    if (!own || recorded === undefined || recorded === own.version) return [];
    if (version !== undefined) {
      const text = `The extension ${quoted(name)} is created in version ${plain(recorded)}, as it was. The server's own is ${plain(own.version)}: ALTER EXTENSION … UPDATE leads there.`;
      return [{ level: 'info', text }];
    }
    const why = own.versions.includes(recorded)
      ? `since the backup makes the schema ${quoted(schema ?? '')} for it`
      : 'which this server does not offer';
    others.push({ name, was: recorded, is: own.version, why });
    return [];
  });
  return [...created, ...otherVersions(others)];
}

function otherVersions(others: readonly { name: string; was: string; is: string; why: string }[]): Finding[] {
  const [first, ...more] = others;
  if (!first) return [];
  if (more.length === 0) return [otherVersion(first.name, first.was, first.is, first.why)];
  const each = others.map(
    ({ name, was, is, why }) => `- ${quoted(name)}: ${plain(is)} instead of ${plain(was)}, ${why}`,
  );
  const text = `${others.length} extensions come in another version than the backup was made with. What depends on them may behave differently or fail:\n${each.join('\n')}`;
  return [{ level: 'warning', text }];
}

/** @param why the extension is not in the version that it was, in words that follow a comma */
export function otherVersion(name: string, was: string, is: string, why: string): Finding {
  const text = `The extension ${quoted(name)} comes in version ${plain(is)}. The backup was made with ${plain(was)}, ${why}. What depends on it may behave differently or fail.`;
  return { level: 'warning', text };
}
