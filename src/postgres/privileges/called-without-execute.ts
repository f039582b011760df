import type { Definition } from '../archive/definitions.ts';
import { isWord, statementsOf } from '../archive/statements.ts';
import type { Entry } from '../archive/table-of-contents.ts';

/** What calls functions without asking whether its user may, besides triggers: range types, and what indexes compare with. */
const callers = new Set(['TYPE', 'OPERATOR CLASS', 'OPERATOR FAMILY']);

/**
 * Of functions, those that the server calls for whoever does something, without asking for a right: of triggers and event triggers, it
 * asks who makes the trigger; of types and operator classes, who makes those. Everywhere else (defaults, checks, policies,
 * indexes, casts, operators, bodies of other functions) whoever uses it has to have EXECUTE.
 * Tried on 14 and 17; https://www.postgresql.org/docs/current/sql-createtrigger.html (Notes)
 * @returns the ids of their entries
 */
export function calledWithoutExecute(
  entries: readonly Entry[],
  definitions: ReadonlyMap<number, Definition>,
  functions: ReadonlySet<Entry>,
): Set<number> {
  const used = new Set(
    entries.flatMap(({ id, type }) => (callers.has(type) ? (definitions.get(id)?.dependencies ?? []) : [])),
  );
  const found = [...functions].filter(
    ({ id }) => used.has(id) || isOfTrigger(definitions.get(id)?.sql ?? ''),
  );
  return new Set(found.map(({ id }) => id));
}

/** `CREATE FUNCTION a.b() RETURNS trigger`; such a function has no arguments. */
function isOfTrigger(sql: string): boolean {
  const [created = []] = statementsOf(sql);
  const returns = created.findIndex((token) => isWord(token, 'RETURNS'));
  return isWord(created[returns + 1], 'TRIGGER', 'EVENT_TRIGGER');
}
