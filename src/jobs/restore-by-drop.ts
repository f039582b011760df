import { Failure } from '../failure.ts';
import { quoted } from '../format.ts';
import { currentOid } from '../postgres/replace.ts';
import { exchanged } from '../postgres/swap.ts';
import { settingsThatWouldBeLost } from '../postgres/withheld.ts';
import type { Step } from '../step.ts';
import { type Belongings, noteDown, readBelongings, tryToCarryOver } from './carry-over.ts';
import { collectStatistics, fill } from './fill.ts';
import { replaceByEmpty } from './replace-by-empty.ts';
import type { Replaced, Replacement } from './replacement.ts';
import { incomplete, stillUnchanged, withoutStatistics } from './restore-failures.ts';
import type { Note } from './result.ts';

/**
 * Drops the old database, then restores into an empty one in its place: for a server without room for two. The archive is
 * there and verified, but from the drop on there is no way back.
 * @throws Failure that says what state the database is in
 */
export async function restoreByDrop(replacement: Replacement, step: Step): Promise<Replaced> {
  const { request, prepared, archive, locale, lock } = replacement;
  const { database, backupFileName } = request;
  const title = `Replace ${quoted(database)} by an empty database`;
  const belongings = await step.phase(title, async () => {
    const found = await stillUnchanged(database, title, readBelongings(replacement, step));
    if (found) noteDown(database, prepared.server.role, found, step);
    await replaceByEmpty(database, locale, prepared, step, (empty) =>
      lastLook(replacement, empty, found, step),
    );
    return found;
  });
  const carryOver = async (): Promise<Note[]> =>
    belongings ? tryToCarryOver(prepared.psql, database, belongings, step) : [];

  await step.phase(`Restore ${quoted(database)}`, async () => {
    try {
      await fill({ ...archive.order, database }, archive, prepared, step);
    } catch (error) {
      await carryOver(); // for the restore that is run again
      throw incomplete(database, backupFileName, error);
    }
  });
  return step.phase('Finish', async () => {
    const databaseSize = await collectStatistics(database, archive.sessions, prepared.psql, step);
    const notes = await carryOver();
    if (step.signal.aborted && !lock.lost.aborted) throw withoutStatistics(database, step.signal.reason);
    return { databaseSize, notes };
  });
}

/** Right before the drop: throws if the restore was cancelled, the lock is lost, or something would be lost for good. */
async function lastLook(
  { request: { database }, prepared: { psql, server }, lock }: Replacement,
  empty: string,
  belongings: Belongings | undefined,
  step: Pick<Step, 'signal'>,
): Promise<void> {
  const lost = belongings ? await settingsThatWouldBeLost(psql, empty, belongings.properties) : [];
  if (lost.length > 0) {
    throw new Failure({
      tried: `Carrying over the settings of database ${quoted(database)}`,
      cause: `this role may not set ${lost.join(', ')}, and with restore_strategy drop nothing else would have the value`,
      advice: 'Use restore_strategy: swap, which keeps the old database in this case, or remove the setting.',
    });
  }
  if ((await currentOid(psql, database)) !== (server.target?.oid ?? null)) throw exchanged(database);
  await lock.confirm();
  step.signal.throwIfAborted();
}
