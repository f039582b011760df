import type { Definition } from '../../../postgres/archive/definitions.ts';
import { ownership, signatureOf } from '../../../postgres/archive/ownership.ts';
import { isWord, statementsOf } from '../../../postgres/archive/statements.ts';
import { changesRows, privilegeStatements } from '../../../postgres/privileges/statements.ts';
import type { ElevatedObject } from './withheld.ts';

/** Objects that let whoever may use them do more than before, as `GRANT` names them. */
export interface WideningObjects {
  used: ReadonlySet<string>;
  /** Tables that do so only where their rows are changed. */
  changed: ReadonlySet<string>;
}

/**
 * By way of which objects anybody would get at more.
 * @param objects that work with more rights than before
 * @param owned definitions, with owners
 */
export function wideningObjects(
  objects: readonly ElevatedObject[],
  owned: ReadonlyMap<number, Definition>,
): WideningObjects {
  const ways = (ids: readonly number[]): string[] =>
    ids.flatMap((id) => {
      const definition = owned.get(id);
      const object = ownership(definition)?.object;
      // What was asked of the old database calls a function by its types, what the archive says by its arguments.
      return definition && object !== undefined ? [object, signatureOf(definition, object)] : [];
    });
  return {
    used: new Set(ways(objects.flatMap(({ byItself, entry }) => (byItself ? [entry.id] : []))).map(key)),
    changed: new Set(ways(objects.flatMap(({ byKeys }) => byKeys)).map(key)),
  };
}

/** Whether a statement, with or without its semicolon, gives a right to use something that lets its users do more than before. */
export function widens(sql: string, { used, changed }: WideningObjects): boolean {
  const [statement] = privilegeStatements(sql);
  if (!statement?.gives || statement.before !== '') return false;
  const object = key(objectIn(statement.after));
  return used.has(object) || (changed.has(object) && statement.privileges.some(changesRows));
}

/** ` ON TABLE a.b TO c` without what is around the object. */
function objectIn(after: string): string {
  const [tokens = []] = statementsOf(after);
  const end = tokens.findLast((token) => isWord(token, 'TO'));
  return after.slice(tokens[1]?.from, end?.from);
}

/** The same for a name in quotes as without. */
function key(object: string): string {
  return JSON.stringify(statementsOf(object).map((tokens) => tokens.map(({ value }) => value)));
}
