import { quoted } from '../../base/format.ts';
import type { PreflightFacts } from '../../postgres/restore/server-offers.ts';
import type { Finding } from './finding.ts';

/** The roles that options of `pg_restore` name, as which it is to work. */
export function rolesOf(options: readonly string[]): string[] {
  return options
    .filter((option) => option.startsWith('--role='))
    .map((option) => option.slice('--role='.length));
}

/** What keeps `pg_restore` from working as the role that it is told to. */
export function roleFindings(
  options: readonly string[],
  { roles, superuser }: Pick<PreflightFacts, 'roles' | 'superuser'>,
): Finding[] {
  return rolesOf(options).flatMap((role) => {
    const text = `pg_restore_options name the role ${quoted(role)}`;
    if (!Object.hasOwn(roles, role))
      return [
        {
          level: 'error',
          text: `${text}, which this server does not have.`,
          remedy: `Create the role ${quoted(role)}, or name another one.`,
        },
      ];
    if (superuser || roles[role]?.assumable) return [];
    return [
      {
        level: 'error',
        text: `${text}, and the restoring role is not a member of it.`,
        remedy: `Make the restoring role a member of ${quoted(role)}, or name another role.`,
      },
    ];
  });
}
