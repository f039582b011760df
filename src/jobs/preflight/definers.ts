import { quoted } from '../../format.ts';
import type { Definition } from '../../postgres/definitions.ts';
import type { Entry } from '../../postgres/table-of-contents.ts';
import { type Finding, some } from '../finding.ts';

/**
 * What works with its owner's rights, whoever uses it, and gets another owner by a restore with no_owner: functions with SECURITY
 * DEFINER, and views but for those with security_invoker (from 15 on).
 * https://www.postgresql.org/docs/current/sql-createfunction.html#SQL-CREATEFUNCTION-SECURITY
 * https://www.postgresql.org/docs/current/sql-createview.html (security_invoker)
 * @param role who will own them
 */
export function definerFindings(
  entries: readonly Entry[],
  definitions: ReadonlyMap<number, Definition>,
  role: string,
): Finding[] {
  const definers = entries.filter(
    (entry) =>
      entry.owner !== '' && entry.owner !== role && usesOwner(entry, definitions.get(entry.id)?.sql ?? ''),
  );
  if (definers.length === 0) return [];
  const names = definers.map(
    ({ type, schema, name, owner }) => `${type} ${quoted(`${schema}.${name}`)} (before: ${quoted(owner)})`,
  );
  return [
    {
      level: 'warning',
      text:
        `With no_owner: true the role ${quoted(role)} becomes the owner of what works with its owner's rights, whoever uses it: ` +
        `${some(names)}. Where that role may do more than the owner before, so may its users. ALTER … OWNER TO … gives them back.`,
    },
  ];
}

function usesOwner({ type }: Entry, sql: string): boolean {
  const [head = ''] = sql.split(/^ {4}AS |^ {4}BEGIN ATOMIC$| AS$/m, 1);
  if (type === 'FUNCTION' || type === 'PROCEDURE') return /^ {4}LANGUAGE .* SECURITY DEFINER\b/m.test(head);
  return type === 'VIEW' && !/\bsecurity_invoker='?(true|on|yes|1)'?/i.test(head);
}
