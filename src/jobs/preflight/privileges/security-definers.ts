import { count, quoted } from '../../../base/format.ts';
import { type Finding, firstFew } from '../finding.ts';
import type { ElevatedObject, WithheldPrivilege } from './withheld.ts';

/**
 * What there is to say of it.
 * @param next the role that will own it, those that owned something, and of them those whose rights it has already
 * @param public_ what everybody could do with it, and whether that is left to them; the roles that the archive lets use it
 */
export function definerFindings(
  changed: readonly ElevatedObject[],
  next: { role: string; others: readonly string[]; held: ReadonlySet<string> },
  public_: { withheld: readonly WithheldPrivilege[]; grantees: readonly string[]; keepPublicRights: boolean },
): Finding[] {
  const given = changed.filter(({ former }) => former !== next.role);
  const own = changed.filter(({ former, more }) => former === next.role && more);
  if (given.length === 0 && own.length === 0) return [];
  const parts: string[] = [];
  if (given.length > 0) {
    const names = byKind(given, (one) => `${describeObject(one)} (before: ${quoted(one.former)})`);
    parts.push(
      `With no_owner: true the role ${quoted(next.role)} becomes the owner of what works with its owner's rights, whoever uses it: ` +
        `${names}. Where that role may do more than the owner before, so may its users. ALTER … OWNER TO … gives them back.`,
    );
  }
  if (own.length > 0) {
    const others = next.others.filter((name) => !next.held.has(name));
    parts.push(
      `With no_owner: true the role ${quoted(next.role)} becomes the owner of all that belonged to ${firstFew(others.map(quoted))}, and so do ` +
        `the users of what works with its rights already get at that: ${byKind(own, describeObject)}.`,
    );
  }
  parts.push(...aboutUsers(public_));
  return [{ level: 'warning', text: parts.join(' ') }];
}

function aboutUsers({
  withheld,
  grantees,
  keepPublicRights,
}: Parameters<typeof definerFindings>[2]): string[] {
  const [rights, definers] = (['right', 'definer'] as const).map(
    (kind) => withheld.filter(({ what }) => what === kind).length,
  );
  const parts = keepPublicRights
    ? [
        ...(rights ? [`everybody (PUBLIC) keeps ${count(rights, 'right')} to use them`] : []),
        ...(definers
          ? [`${count(definers, 'function')} called without a right remain SECURITY DEFINER`]
          : []),
      ]
    : [
        ...(rights ? [`${count(rights, 'right')} of everybody (PUBLIC) to use them will be withdrawn`] : []),
        ...(definers
          ? [
              `${count(definers, 'function')} called without a right, as by triggers, will be SECURITY INVOKER and work with the rights of whoever writes`,
            ]
          : []),
      ];
  const everybody = keepPublicRights
    ? `As keep_public_rights: true asks for, ${parts.join(', and ')}.`
    : `Until you have looked at them, ${parts.join(', and ')}; the summary will have the SQL that gives them back. keep_public_rights: true ` +
      'leaves them.';
  return [
    ...(parts.length > 0 ? [everybody] : []),
    ...(grantees.length > 0
      ? [
          `The backup's own grants let ${firstFew(grantees.map(quoted))} use them: no_privileges: true leaves those out.`,
        ]
      : []),
  ];
}

/** The first few of each kind, so that many functions do not hide a view. */
function byKind(objects: readonly ElevatedObject[], told: (one: ElevatedObject) => string): string {
  const kinds = Map.groupBy(objects, ({ entry: { type } }) => type);
  return Array.from(kinds.values(), (group) => firstFew(group.map(told))).join(', ');
}

function describeObject({ entry: { type }, definition: { schema, name } }: ElevatedObject): string {
  return `${type} ${quoted(`${schema}.${name}`)}`;
}
