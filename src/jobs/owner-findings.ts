import { quoted } from '../format.ts';
import type { RestoreStrategy } from '../inputs.ts';
import { databaseOwner, type Lodger } from '../postgres/lodgers.ts';
import type { PreflightFacts } from '../postgres/preflight-facts.ts';
import { type Finding, some } from './finding.ts';

/**
 * What there is to say of objects that a plain role is to give away in schemas of others. Tried on 15 and 17: "permission
 * denied for schema". In `public` of servers that were upgraded from 14 or older everybody may create, which cannot be asked
 * before there is a new database.
 * @param restorer the role that restores
 */
export function ownerFindings(
  found: readonly Lodger[],
  { restorer, strategy, major }: { restorer: string; strategy: RestoreStrategy; major: number },
  { superuser, roles }: Pick<PreflightFacts, 'superuser' | 'roles'>,
): Finding[] {
  if (superuser) return [];
  const homeless = found.filter(({ role, host }) => {
    const actual = host === databaseOwner ? restorer : host;
    // Of a role that this one may not give objects to, or that is missing, it is said elsewhere.
    return roles[role]?.assumable && role !== actual && !roles[role].has.includes(actual);
  });
  const [inPublic, elsewhere] = [true, false].map((isPublic) =>
    homeless.filter(({ host }) => (host === databaseOwner) === isPublic).map(described),
  );
  const findings: Finding[] = [];
  if (elsewhere && elsewhere.length > 0) {
    findings.push({
      level: 'error',
      text:
        `The backup gives objects to roles that may not create in their schemas, since rights come back last: ${some(elsewhere)}. ` +
        'Only a superuser can restore that; leave owners out (no_owner: true).',
    });
  }
  if (inPublic && inPublic.length > 0 && major >= 15) {
    const otherwise = 'leave owners out (no_owner: true)';
    findings.push({
      level: strategy === 'swap' ? 'warning' : 'error',
      text:
        `The backup gives objects to roles that may not create in their schemas, unless this server lets everybody create in ` +
        `public: ${some(inPublic)}. ` +
        (strategy === 'swap'
          ? `If pg_restore is refused that, ${otherwise}.`
          : `Use restore_strategy: swap, with which that can be tried, or ${otherwise}.`),
    });
  }
  return findings;
}

function described({ role, schema }: Lodger): string {
  return `${quoted(role)} in ${quoted(schema)}`;
}
