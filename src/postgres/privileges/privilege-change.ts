/** Rights that one role has on one object and would not have by itself, or that it has not and would have. */
export interface PrivilegeChange {
  /** The place of its statement among the others. */
  sort: number;
  /** `TABLE public.note`, and what comes before GRANT or REVOKE. */
  name: string;
  prefix: string;
  verb: 'GRANT' | 'REVOKE';
  /** The role as SQL has it; its name, null for PUBLIC. */
  whom: string;
  role: string | null;
  grantable: boolean;
  forAdministrator: boolean;
  /** How many rights there are on such an object. */
  allRights: number;
  isDefault: boolean;
  /** Whether the role has them as the owner. */
  ofOwner: boolean;
  /** With the columns that each is for, as SQL has them; null for the object as a whole. */
  privileges: [privilege: string, parts: (string | null)[]][];
}

/** The statements that make changes: single ones, each with its semicolon, one for all roles that get the same on an object. */
export function statementsFor(changes: readonly PrivilegeChange[]): string[] {
  const groups = Map.groupBy(changes, (change) =>
    JSON.stringify([
      change.sort,
      change.prefix,
      change.name,
      change.verb,
      privilegesOf(change),
      change.grantable,
    ]),
  );
  return [...groups.values()]
    .flatMap(([first, ...others]) => {
      if (!first) return [];
      const { sort, prefix, name, verb, grantable } = first;
      const whom = [first, ...others].map((one) => one.whom).toSorted(byCodePoint);
      const sql =
        `${prefix}${verb} ${privilegesOf(first)} ON ${name} ${verb === 'GRANT' ? 'TO' : 'FROM'} ${whom.join(', ')}` +
        `${grantable ? ' WITH GRANT OPTION' : ''};`;
      return [{ sort, name, prefix, verb, sql }];
    })
    .toSorted(
      (a, b) =>
        a.sort - b.sort ||
        byCodePoint(a.name, b.name) ||
        byCodePoint(a.prefix, b.prefix) ||
        byCodePoint(b.verb, a.verb) ||
        byCodePoint(a.sql, b.sql),
    )
    .map(({ sql }) => sql);
}

/** `SELECT, UPDATE (id, words)`, or `ALL`. */
function privilegesOf({ sort, verb, allRights, privileges }: PrivilegeChange): string {
  const ofColumns = 5;
  if (verb === 'GRANT' && sort !== ofColumns && allRights > 1 && privileges.length === allRights)
    return 'ALL';
  return privileges
    .map(([privilege, parts]) => {
      const columns = parts.filter((part) => part !== null);
      return columns.length === 0 ? privilege : `${privilege} (${columns.join(', ')})`;
    })
    .join(', ');
}

export function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
