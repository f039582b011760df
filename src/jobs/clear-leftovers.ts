import { quoted } from '../format.ts';
import { dropLeftover, findLeftovers } from '../postgres/leftovers.ts';
import type { RestoreLock } from '../postgres/restore-lock.ts';
import { identifier } from '../postgres/sql-text.ts';
import type { Step } from '../step.ts';
import type { Replacement } from './replacement.ts';
import type { Note } from './result.ts';

/** What killed restores of this database have left: ours is dropped, anything else only named. */
export async function clearLeftovers(
  lock: RestoreLock,
  { prepared }: Replacement,
  step: Step,
): Promise<Note[]> {
  const notes: Note[] = [];
  for (const leftover of await findLeftovers(lock)) {
    const { name, run, droppable } = leftover;
    if (droppable) {
      const dropped = await dropLeftover(prepared.psql, leftover).then(
        () => true,
        () => false,
      );
      if (dropped) {
        step.info(`Dropped ${quoted(name)}, which the restore of run ${run} had left half done`);
        continue;
      }
    }
    const text =
      `There is a database ${quoted(name)}, which looks like what a restore has left half done. It is not certain that it is, ` +
      'or it is in use: have a look, and drop it.';
    step.warn(text);
    notes.push({ text, sql: [`DROP DATABASE ${identifier(name)};`] });
  }
  return notes;
}
