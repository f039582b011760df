import type { Definition } from '../archive/definitions.ts';
import { isWord, statementsOf, type Token } from '../archive/statements.ts';
import type { Entry } from '../archive/table-of-contents.ts';
import { calledWithoutExecute } from './called-without-execute.ts';
import { belongsToTable, changedByForeignKeys } from './changed-by-foreign-keys.ts';

/** Something that works with its owner's rights, whoever uses it. */
export interface RunsAsOwner {
  entry: Entry;
  /** Whether it works so for whoever may use it, by the rights on it. */
  byItself: boolean;
  /** Whether it is a function that the server calls without asking for a right. */
  unasked: boolean;
  /** The tables whose changes a foreign key carries on to it, with its owner's rights. */
  byKeys: readonly number[];
}

/**
 * What works with its owner's rights, whoever uses it:
 *
 * - functions with SECURITY DEFINER, and aggregates made of them, which call them with the rights of their own owner
 * - views but for those with security_invoker (from 15 on); materialized views, which are filled with their owner's rights
 * - tables and views with rules, whose actions are done with them, even with security_invoker
 * - tables that foreign keys change, with code of the database in triggers or checks
 *
 * https://www.postgresql.org/docs/current/sql-createfunction.html#SQL-CREATEFUNCTION-SECURITY
 * https://www.postgresql.org/docs/current/rules-privileges.html
 * https://www.postgresql.org/docs/current/sql-createaggregate.html (Notes)
 */
export function runningAsOwner(
  entries: readonly Entry[],
  definitions: ReadonlyMap<number, Definition>,
): RunsAsOwner[] {
  const sqlOf = ({ id }: Entry): string => definitions.get(id)?.sql ?? '';
  const definers = new Set(entries.filter((entry) => isRoutine(entry) && isDefiner(sqlOf(entry))));
  const names = [...definers].flatMap((entry) => qualifiedName(sqlOf(entry)) ?? []);
  const ruled = new Set(
    entries.flatMap(({ type, id }) => {
      const rule = type === 'RULE' ? definitions.get(id) : undefined;
      // A rule depends on what its action writes to, too.
      return rule?.dependencies.filter((need) => belongsToTable(rule, definitions.get(need))) ?? [];
    }),
  );
  const unasked = calledWithoutExecute(entries, definitions, definers);
  const keys = changedByForeignKeys(entries, definitions);
  return entries.flatMap((entry) => {
    const { type, id } = entry;
    const byItself =
      definers.has(entry) ||
      type === 'MATERIALIZED VIEW' ||
      (type === 'VIEW' && !isInvoker(sqlOf(entry))) ||
      ((type === 'TABLE' || type === 'VIEW') && ruled.has(id)) ||
      (type === 'AGGREGATE' && names.some((name) => isPartOf(sqlOf(entry), name)));
    const byKeys = keys.get(id) ?? [];
    return byItself || byKeys.length > 0 ? [{ entry, byItself, unasked: unasked.has(id), byKeys }] : [];
  });
}

function isRoutine({ type }: Entry): boolean {
  return type === 'FUNCTION' || type === 'PROCEDURE';
}

/** By its words alone: its name, and what its arguments are called, may read like anything, lines of their own included. */
function isDefiner(sql: string): boolean {
  if (!sql.includes('SECURITY DEFINER')) return false;
  const [created = []] = statementsOf(sql);
  const isBody = (token: Token, place: number): boolean =>
    isWord(token, 'BEGIN') && isWord(created[place + 1], 'ATOMIC');
  return upTo(created, isBody).some(
    (token, place, all) => isWord(token, 'SECURITY') && isWord(all[place + 1], 'DEFINER'),
  );
}

/** `CREATE VIEW a WITH (security_invoker='true') AS` */
function isInvoker(sql: string): boolean {
  if (!sql.includes('security_invoker')) return false;
  const [created = []] = statementsOf(sql);
  return upTo(created, (token) => isWord(token, 'AS')).some(
    (token, place, all) =>
      isWord(token, 'SECURITY_INVOKER') && /^(true|on|yes|1)$/i.test(all[place + 2]?.value ?? ''),
  );
}

function upTo(tokens: readonly Token[], is: (token: Token, place: number) => boolean): readonly Token[] {
  const end = tokens.findIndex(is);
  return end < 0 ? tokens : tokens.slice(0, end);
}

const namePattern = String.raw`(?:"(?:[^"]|"")*"|[^\s".(]+)`;
const created = new RegExp(String.raw`^CREATE (?:FUNCTION|PROCEDURE) (${namePattern}\.${namePattern})\(`);

/** How SQL names a function; undefined if that cannot be found. */
function qualifiedName(sql: string): string | undefined {
  return created.exec(sql)?.[1];
}

/** Whether an aggregate is made of a function: `SFUNC = shop.add,` */
function isPartOf(aggregate: string, called: string): boolean {
  return [',', '\n'].some((end) => aggregate.includes(` = ${called}${end}`));
}
