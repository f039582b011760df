import { quoted } from '../../base/format.ts';
import type { Definition } from '../../postgres/archive/definitions.ts';
import type { Entry } from '../../postgres/archive/table-of-contents.ts';
import { functionUses } from '../../postgres/dump/function-uses.ts';
import type { Psql } from '../../postgres/session/psql.ts';
import { type Finding, firstFew } from './finding.ts';

/**
 * Functions with which a restore may fail, or bring other values, where the old database would be dropped before that is known. They are
 * looked for in the old database, which has what uses them and where their names lead to; of those that are no more, nothing is known.
 * @param psql whose sessions get into the old database
 */
export async function functionsBeforeDrop(
  entries: readonly Entry[],
  definitions: ReadonlyMap<number, Definition>,
  psql: Psql,
  old: string,
): Promise<Finding[]> {
  const archived = new Map<string, boolean>();
  for (const { id, type } of entries) {
    const { schema, name, sql } = definitions.get(id) ?? { schema: '', name: '', sql: '' };
    if (type === 'FUNCTION' || type === 'PROCEDURE')
      archived.set(withoutArguments(`${schema}.${name}`), !/^ {4}SET search_path TO /m.test(sql));
  }
  if (archived.size === 0) return [];
  const { found } = await functionUses(psql, old);
  // A statistics object is made without calling its functions; ANALYZE does, under the database's own settings.
  const lost = (found?.lost ?? [])
    .map((one) => ({ ...one, uses: one.uses.filter((use) => !use.startsWith('statistics ')) }))
    .filter(({ signature, uses }) => uses.length > 0 && archived.get(withoutArguments(signature)));
  const readers = found?.readers.filter(({ signature }) => archived.has(withoutArguments(signature))) ?? [];
  const reasons = [
    ...lost.map(
      ({ signature, names, uses }) =>
        `${signature} names ${firstFew(names.map(quoted))} without a schema (${firstFew(uses)})`,
    ),
    ...readers.map(
      ({ signature, use, name, tables }) => `${signature} reads ${firstFew(tables)} (${use} ${name})`,
    ),
  ];
  if (reasons.length === 0) return [];
  const text =
    'This restore may fail, or compute other values, after the old database is dropped: pg_restore works with an empty search_path and fills one table after the other, and functions of the backup depend on more: ' +
    `${firstFew(reasons)}.`;
  const remedy =
    'Use restore_strategy: swap, which keeps the old database if the restore fails; or fix these functions in the old database with the SQL that a backup warns with, and make a new backup. If the old database is no loss, drop it yourself, then run this restore again.';
  return [{ level: 'error', text, remedy }];
}

/** A function's signature, without quotes and spaces: the archive and the server write them differently. */
function withoutArguments(signature: string): string {
  return signature.replace(/["\s]/g, '');
}
