import { Failure } from '../failure.ts';
import { quoted } from '../format.ts';
import type { Part } from '../postgres/apply-properties.ts';
import { uninterrupted } from '../postgres/psql.ts';
import { currentOid } from '../postgres/replace.ts';
import { exchanged } from '../postgres/swap.ts';
import { settingsThatWouldBeLost } from '../postgres/withheld.ts';
import type { Step } from '../step.ts';
import {
  actualLoss,
  type Belongings,
  carriedOver,
  expectedLoss,
  type Given,
  noteDown,
  readBelongings,
  tryToCarryOver,
  warnOf,
} from './carry-over.ts';
import { collectStatistics, fill } from './fill.ts';
import { lookIntoEmpty } from './preflight/empty-database.ts';
import { type ExtensionLook, lookAtExtensions } from './preflight/extension-look.ts';
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
  const { request, prepared, locale, lock } = replacement;
  const { database, backupFileName } = request;
  const title = `Replace ${quoted(database)} by an empty database`;
  const { belongings, archive, found } = await step.phase(title, async () => {
    const old = await stillUnchanged(database, title, readBelongings(replacement, step));
    if (old) noteDown(database, prepared.server.role, expectedLoss(old, replacement), step);
    const seen = await replaceByEmpty(database, locale, prepared, step, (empty) =>
      lastLook(replacement, empty, old, step),
    );
    return { belongings: old, archive: seen.archive, found: seen.notes };
  });
  const give = (part: Part): ReturnType<typeof tryToCarryOver> =>
    tryToCarryOver(prepared.psql, database, belongings, part, step);
  const tellOf = (given: readonly Given[], old: Belongings | undefined): Note[] => {
    const refused = given.flatMap((one) => one.refused);
    const told = old ? carriedOver(database, old, refused).notes : [];
    warnOf(told, step);
    return [...given.flatMap(({ notes }) => notes), ...told];
  };

  await step.phase(`Restore ${quoted(database)}`, async () => {
    try {
      await fill({ ...archive.order, database }, archive, prepared, step);
    } catch (error) {
      const given = [await give('settings'), await give('rest')];
      tellOf(given, belongings && expectedLoss(belongings, replacement)); // for the restore that is run again
      throw incomplete(database, backupFileName, error);
    }
  });
  return step.phase('Finish', async () => {
    const settings = await give('settings');
    const databaseSize = await collectStatistics(database, archive.sessions, prepared, step);
    const lost = belongings && (await knownLoss(belongings, replacement));
    const notes = tellOf([settings, await give('rest')], lost);
    if (step.signal.aborted && !lock.lost.aborted) throw withoutStatistics(database, step.signal.reason);
    return { databaseSize, notes: [...found, ...notes] };
  });
}

/** What is lost as the restored database has it, or, if that cannot be asked any more, as it is expected. */
async function knownLoss(belongings: Belongings, replacement: Replacement): Promise<Belongings> {
  const { psql } = replacement.prepared;
  const prepared = { ...replacement.prepared, psql: uninterrupted(psql) };
  return actualLoss(belongings, { ...replacement, prepared }, replacement.request.database).catch(() =>
    expectedLoss(belongings, replacement),
  );
}

/**
 * Right before the drop: throws if the restore was cancelled, the lock is lost, the new database tells of something in the way, or
 * something would be lost for good.
 */
async function lastLook(
  replacement: Replacement,
  empty: string,
  belongings: Belongings | undefined,
  step: Step,
): Promise<ExtensionLook> {
  const { request, prepared, lock, emptyChecks } = replacement;
  const { database } = request;
  const { psql, server } = prepared;
  const found = await lookIntoEmpty(database, empty, emptyChecks, psql, step);
  const seen = await lookAtExtensions(replacement, empty, step);
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
  return { ...seen, notes: [...found, ...seen.notes] };
}
