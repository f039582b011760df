import type { Definition } from '../archive/definitions.ts';
import type { Entry } from '../archive/table-of-contents.ts';

/** What runs code when rows of a table change. */
const running = new Set(['TABLE', 'TRIGGER', 'CHECK CONSTRAINT', 'DEFAULT', 'INDEX']);

/**
 * Tables with functions of the database in triggers, checks, defaults or indexes, that foreign keys change with `ON DELETE` or
 * `ON UPDATE`: the server does that with the rights of the table's owner, whoever changed the other table, and what is called on the
 * way has them, too, whether it is SECURITY DEFINER or not (triggers `AFTER` only from 18 on). Tried on 14 and 17;
 * https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/utils/adt/ri_triggers.c (ri_PerformCheck)
 * @returns the ids of the tables that lead there, by those of these tables
 */
export function changedByForeignKeys(
  entries: readonly Entry[],
  definitions: ReadonlyMap<number, Definition>,
): Map<number, number[]> {
  const of = (...types: string[]): Set<number> =>
    new Set(entries.flatMap(({ id, type }) => (types.includes(type) ? [id] : [])));
  const [functions, tables] = [of('FUNCTION'), of('TABLE')];
  const withCode = new Set<number>();
  for (const { id, type } of entries) {
    const needs = definitions.get(id)?.dependencies ?? [];
    if (!running.has(type) || !needs.some((need) => functions.has(need))) continue;
    for (const table of [id, ...needs]) if (tables.has(table)) withCode.add(table);
  }
  const found = new Map<number, number[]>();
  for (const { id, type } of entries) {
    const key = definitions.get(id);
    if (type !== 'FK CONSTRAINT' || !key || !carriesOn.test(key.sql)) continue;
    const both = [...new Set(key.dependencies)].filter((need) => tables.has(need));
    const changed = both.find((table) => belongsToTable(key, definitions.get(table)));
    if (changed === undefined || !withCode.has(changed)) continue;
    const others = both.length > 1 ? both.filter((table) => table !== changed) : both;
    found.set(changed, [...new Set([...(found.get(changed) ?? []), ...others])]);
  }
  return found;
}

const carriesOn = / ON (?:DELETE|UPDATE) (?:CASCADE|SET NULL|SET DEFAULT)\b/;

/** Whether a key, a rule or a trigger is one of a table: it is called by the table's name first. */
export function belongsToTable(part: Definition, table: Definition | undefined): boolean {
  return part.schema === table?.schema && part.name.startsWith(`${table.name} `);
}
