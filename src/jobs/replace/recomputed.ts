import type { Step } from '../../base/step.ts';
import { functionUses } from '../../postgres/dump/function-uses.ts';
import type { Psql } from '../../postgres/session/psql.ts';
import { firstFew } from '../preflight/finding.ts';
import type { Note } from '../result.ts';

/**
 * Warns of columns that a restore has computed from tables which it may not have filled by then: no archive has the values of generated
 * columns. With all tables filled, an UPDATE of what a column is generated from computes it once more; tried on 15 and 17.
 * @param restored what the restored database is called now
 */
export async function warnAboutRecomputed(
  psql: Psql,
  restored: string,
  step: Pick<Step, 'warn'>,
): Promise<Note[]> {
  const { found } = await functionUses(psql, restored);
  const computed = found?.readers.filter(({ use }) => use === 'generated column') ?? [];
  if (computed.length === 0) return [];
  const each = computed.map(({ name, tables }) => `${name} (reads ${firstFew(tables)})`);
  const note: Note = {
    text:
      `Generated columns may have other values than in the original: they were computed from tables that may have been empty then. ` +
      `${firstFew(each)}. To compute them again, run this in the restored database (triggers for UPDATE fire):`,
    sql: [...new Set(computed.flatMap(({ definition }) => definition ?? []))],
  };
  step.warn(note.text, note.sql, note.text);
  return [note];
}
