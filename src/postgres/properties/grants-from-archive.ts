import { isWord, type Token } from '../archive/statements.ts';
import { type DatabaseRight, databaseRights, type Grant } from './read.ts';

/** A statement that gives rights on a database, or takes them. */
interface Change {
  gives: boolean;
  rights: readonly DatabaseRight[];
  /** null for PUBLIC. */
  role: string | null;
  /** With grant option; of a statement that takes: that alone. */
  option: boolean;
}

/**
 * The rights that there are after these statements, on a database that has been made by `owner`. Whoever gave a right, by
 * `SET SESSION AUTHORIZATION`, the right is the same.
 */
export function grantsOf(statements: readonly Token[][], owner: string): Grant[] {
  const held = new Map<string | null, Map<DatabaseRight, boolean>>([
    [null, new Map([['CONNECT', false] as const, ['TEMPORARY', false] as const])],
    [owner, new Map(databaseRights.map((right) => [right, false] as const))],
  ]);
  for (const statement of statements) {
    const change = changeOf(statement);
    if (!change) continue;
    const rights = held.get(change.role) ?? new Map<DatabaseRight, boolean>();
    held.set(change.role, rights);
    for (const right of change.rights) {
      if (change.gives) rights.set(right, change.option || rights.get(right) === true);
      else if (change.option && rights.has(right)) rights.set(right, false);
      else rights.delete(right);
    }
  }
  return [...held].flatMap(([grantee, rights]) =>
    [false, true].flatMap((grantable) => {
      const privileges = databaseRights.filter((right) => rights.get(right) === grantable);
      return privileges.length === 0 ? [] : [{ grantee, privileges, grantable }];
    }),
  );
}

/** `GRANT CREATE,TEMPORARY ON DATABASE name TO role WITH GRANT OPTION`, `REVOKE GRANT OPTION FOR ALL ON DATABASE name FROM PUBLIC` */
function changeOf(statement: readonly Token[]): Change | undefined {
  const gives = isWord(statement[0], 'GRANT');
  const on = statement.findIndex(
    (token, index) => isWord(token, 'ON') && isWord(statement[index + 1], 'DATABASE'),
  );
  const [to, role] = statement.slice(on + 3);
  if (on < 0 || !role || !isWord(to, 'TO', 'FROM')) return undefined;
  const words = statement.slice(1, on).map(({ value }) => value.toUpperCase());
  const all = words.includes('ALL');
  return {
    gives,
    rights: databaseRights.filter(
      (right) => all || words.includes(right) || (right === 'TEMPORARY' && words.includes('TEMP')),
    ),
    role: isWord(role, 'PUBLIC') ? null : role.value,
    option: gives ? isWord(statement.at(-1), 'OPTION') : words.includes('OPTION'),
  };
}
