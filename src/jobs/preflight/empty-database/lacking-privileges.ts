import { quoted } from '../../../base/format.ts';
import type { Entry } from '../../../postgres/archive/table-of-contents.ts';
import {
  lackingPrivileges,
  type RequiredPrivileges,
  requiredPrivileges,
} from '../../../postgres/restore/required-privileges.ts';
import { type Finding, firstFew } from '../finding.ts';
import type { EmptyCheck, EmptyContext } from './check.ts';

/**
 * Rights that nobody can grant beforehand: on what an extension, or the server's template, brings into a database that is still to be
 * made. In the original somebody had granted them. Tried on 15.
 */
export function lackingPrivilegeFindings({
  entries,
  definitions,
  role,
  superuser,
}: EmptyContext): EmptyCheck | undefined {
  const used = requiredPrivileges(entries, definitions);
  const nothing = [used.wrappers, used.languages, used.schemas].every(({ size }) => size === 0);
  if (superuser || nothing) return undefined;
  return async (psql, database) => {
    const lacking = await lackingPrivileges(psql, database, used);
    return describeLackingRight(role, used, lacking);
  };
}

const kindsOfRights = [
  ['wrappers', 'USAGE on the foreign-data wrapper'],
  ['languages', 'USAGE on the untrusted language'],
  ['schemas', 'CREATE on the schema'],
] as const;

function describeLackingRight(
  role: string,
  used: RequiredPrivileges,
  lacking: Awaited<ReturnType<typeof lackingPrivileges>>,
): Finding[] {
  return kindsOfRights.flatMap(([kind, right]): Finding[] =>
    lacking[kind].map((name) => ({
      level: 'error',
      text: `The role ${quoted(role)} lacks ${right} ${quoted(name)} in a new database, where it cannot be granted beforehand, and needs it for ${firstFew((used[kind].get(name) ?? []).map(asText))}.`,
      remedy:
        'Restore as a superuser, or drop what needs the privilege in the original database and make a new backup.',
    })),
  );
}

function asText({ type, schema, name }: Entry): string {
  return `${type} ${quoted(schema === '' ? name : `${schema}.${name}`)}`;
}
