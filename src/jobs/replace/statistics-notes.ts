import type { Unanalyzed } from '../../postgres/server/analyze.ts';
import type { Note } from '../result.ts';

/** More tables than this are not named each. */
const named = 10;

/** Which tables of a restored database have no statistics, and how they get them. */
export function notesOfUnanalyzed(failed: readonly Unanalyzed[]): Note[] {
  if (failed.length === 0) return [];
  const lines = failed.slice(0, named).map(({ table, reason }) => `- ${table}: ${reason}`);
  const others = failed.length - lines.length;
  const tables = failed.length === 1 ? '1 table' : `${failed.length} tables`;
  const text =
    `All data is in the new database, but ${tables} could not be analyzed, and queries on ${failed.length === 1 ? 'it' : 'them'} may be slow:\n` +
    `${lines.join('\n')}${others > 0 ? `\n- and ${others} more` : ''}\n` +
    'Once the cause is fixed, run this SQL in the restored database:';
  return [{ text, sql: others > 0 ? ['ANALYZE;'] : failed.map(({ sql }) => sql) }];
}
