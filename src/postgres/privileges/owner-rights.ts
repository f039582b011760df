import type { Definition } from '../archive/definitions.ts';
import type { Entry } from '../archive/table-of-contents.ts';

/**
 * What works with its owner's rights, whoever uses it:
 *
 * - functions with SECURITY DEFINER, and aggregates made of them, which call them with the rights of their own owner
 * - views but for those with security_invoker (from 15 on); materialized views, which are filled with their owner's rights
 * - tables and views with rules, whose actions are done with them, even with security_invoker
 *
 * https://www.postgresql.org/docs/current/sql-createfunction.html#SQL-CREATEFUNCTION-SECURITY
 * https://www.postgresql.org/docs/current/rules-privileges.html
 * https://www.postgresql.org/docs/current/sql-createaggregate.html (Notes)
 */
export function workingAsOwner(
  entries: readonly Entry[],
  definitions: ReadonlyMap<number, Definition>,
): Entry[] {
  const sqlOf = ({ id }: Entry): string => definitions.get(id)?.sql ?? '';
  const definers = entries.filter(({ type, id }) => isRoutine(type) && isDefiner(definitions.get(id)?.sql));
  const names = definers.flatMap((entry) => qualifiedName(sqlOf(entry)) ?? []);
  const ruled = new Set(
    entries.flatMap(({ type, id }) => (type === 'RULE' ? (definitions.get(id)?.dependencies ?? []) : [])),
  );
  const found = new Set(definers);
  for (const entry of entries) {
    const { type, id } = entry;
    const works =
      type === 'MATERIALIZED VIEW' ||
      (type === 'VIEW' && !/\bsecurity_invoker='?(true|on|yes|1)'?/i.test(head(sqlOf(entry)))) ||
      ((type === 'TABLE' || type === 'VIEW') && ruled.has(id)) ||
      (type === 'AGGREGATE' && names.some((name) => isPartOf(sqlOf(entry), name)));
    if (works) found.add(entry);
  }
  return entries.filter((entry) => found.has(entry));
}

/** What stands before the body of a function or the query of a view. */
function head(sql: string): string {
  return sql.split(/^ {4}AS |^ {4}BEGIN ATOMIC$|^ {4}RETURN | AS$/m, 1)[0] ?? '';
}

function isRoutine(type: string): boolean {
  return type === 'FUNCTION' || type === 'PROCEDURE';
}

function isDefiner(sql = ''): boolean {
  return /^ {4}LANGUAGE .* SECURITY DEFINER\b/m.test(head(sql));
}

const name = String.raw`(?:"(?:[^"]|"")*"|[^\s".(]+)`;
const created = new RegExp(String.raw`^CREATE (?:FUNCTION|PROCEDURE) (${name}\.${name})\(`);

/** How SQL names a function; undefined if that cannot be found. */
function qualifiedName(sql: string): string | undefined {
  return created.exec(sql)?.[1];
}

/** Whether an aggregate is made of a function: `SFUNC = shop.add,` */
function isPartOf(aggregate: string, called: string): boolean {
  return [',', '\n'].some((end) => aggregate.includes(` = ${called}${end}`));
}
