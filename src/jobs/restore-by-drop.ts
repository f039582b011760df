import { quoted } from '../format.ts';
import type { Step } from '../step.ts';
import { tryToCarryOver } from './carry-over.ts';
import { collectStatistics, fill } from './fill.ts';
import { replaceByEmpty } from './replace-by-empty.ts';
import type { Replaced, Replacement } from './replacement.ts';
import { incomplete } from './restore-failures.ts';

/**
 * Drops the old database, then restores into an empty one in its place: for a server without room for two. The archive is
 * there and verified, but from the drop on there is no way back.
 * @throws Failure that says what state the database is in
 */
export async function restoreByDrop(replacement: Replacement, step: Step): Promise<Replaced> {
  const { request, prepared, archive, locale, belongings } = replacement;
  const { database, backupFileName } = request;
  await step.phase(`Replace ${quoted(database)} by an empty database`, () =>
    replaceByEmpty(database, locale, prepared, step),
  );
  await step.phase(`Restore ${quoted(database)}`, async () => {
    try {
      await fill({ ...archive.order, database }, archive, prepared, step);
    } catch (error) {
      throw incomplete(database, backupFileName, error);
    }
  });
  return step.phase('Finish', async () => {
    const databaseSize = await collectStatistics(database, prepared.psql, step);
    const notes = belongings ? await tryToCarryOver(prepared.psql, database, database, belongings, step) : [];
    return { databaseSize, notes };
  });
}
