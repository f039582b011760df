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
  const tell = (tense: Tense): string =>
    [...aboutOwner(given, own, next, tense), ...aboutUsers(public_, tense)].join(' ');
  return [{ level: 'warning', text: tell('before'), afterwards: tell('afterwards') }];
}

/** Whether the restore is still to come. */
type Tense = 'before' | 'afterwards';

function aboutOwner(
  given: readonly ElevatedObject[],
  own: readonly ElevatedObject[],
  next: Parameters<typeof definerFindings>[1],
  tense: Tense,
): string[] {
  const owns = tense === 'before' ? 'will own' : 'owns';
  const parts: string[] = [];
  if (given.length > 0) {
    const names = byKind(given, (one) => `${describeObject(one)} (before: ${quoted(one.former)})`);
    parts.push(
      `With no_owner: true the role ${quoted(next.role)} ${owns} objects that run with their owner's rights, whoever uses them: ` +
        `${names}. Where that role may do more than the owner before, so may their users. ALTER … OWNER TO … gives them back.`,
    );
  }
  if (own.length > 0) {
    const others = next.others.filter((name) => !next.held.has(name));
    parts.push(
      `With no_owner: true the role ${quoted(next.role)} ${owns} all that belonged to ${firstFew(others.map(quoted))}, and users of these ` +
        `objects, which run with its rights already, can get at that: ${byKind(own, describeObject)}.`,
    );
  }
  return parts;
}

function aboutUsers(
  { withheld, grantees, keepPublicRights }: Parameters<typeof definerFindings>[2],
  tense: Tense,
): string[] {
  const [willBe, were] = tense === 'before' ? ['will be', 'will be'] : ['are', 'were'];
  const [rights, definers] = (['right', 'definer'] as const).map(
    (kind) => withheld.filter(({ what }) => what === kind).length,
  );
  const parts = keepPublicRights
    ? [
        ...(rights ? [`PUBLIC keeps ${count(rights, 'privilege')} to use them`] : []),
        ...(definers
          ? [`${count(definers, 'function')} called by triggers and the like remain SECURITY DEFINER`]
          : []),
      ]
    : [
        ...(rights
          ? [
              `${count(rights, 'privilege')} of PUBLIC to use them ${rights === 1 && tense === 'afterwards' ? 'was' : were} revoked`,
            ]
          : []),
        ...(definers
          ? [
              `${count(definers, 'function')} called by triggers and the like ${definers === 1 && tense === 'afterwards' ? 'is' : willBe} SECURITY INVOKER and ${definers === 1 && tense === 'afterwards' ? 'runs' : 'run'} with the rights of whoever writes`,
            ]
          : []),
      ];
  const everybody = keepPublicRights
    ? `As keep_public_rights: true asks, ${parts.join(', and ')}.`
    : tense === 'before'
      ? `Until you have reviewed them, ${parts.join(', and ')}; the summary will have the SQL that gives them back. keep_public_rights: true leaves them.`
      : `${parts.join(', and ')}. Review them: the SQL that gives them back is below. keep_public_rights: true leaves them.`;
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
