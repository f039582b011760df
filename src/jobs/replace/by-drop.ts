import { Failure } from '../../base/failure.ts';
import { quoted } from '../../base/format.ts';
import { nameOfRun, type Step } from '../../base/step.ts';
import { settingsThatWouldBeLost } from '../../postgres/properties/apply.ts';
import { type Psql, uninterrupted } from '../../postgres/session/psql.ts';
import { oidOf } from '../../postgres/swap/database-state.ts';
import { freeRestoreNames, type RestoreNames } from '../../postgres/swap/names.ts';
import type { KnownDatabase } from '../../postgres/swap/proof.ts';
import { replacedMeanwhile } from '../../postgres/swap/swap.ts';
import { inspectEmptyDatabase } from '../preflight/empty-database/inspect.ts';
import type { Note } from '../result.ts';
import {
  carriedOver,
  logCarryOver,
  tryToApplyProperties,
  tryToApplySettings,
  warnOfNotes,
} from './carry-over.ts';
import { actualLoss, type CarryOverSource, expectedLoss, readCarryOverSource } from './carry-over-source.ts';
import { longestLook } from './clear-leftovers.ts';
import { replaceWithEmpty } from './drop-old.ts';
import { type ExtensionInspection, inspectExtensions } from './extensions/inspect.ts';
import {
  beforeFirstChange,
  type ReplacedDatabase,
  restoreIncomplete,
  statisticsIncomplete,
} from './failures.ts';
import { collectStatistics, fill } from './fill.ts';
import { warnAboutRecomputed } from './recomputed.ts';
import type { Replacement, ReplacementOutcome } from './replacement.ts';
import { stillToRevoke, tryToRevokePrivileges } from './revoke-privileges.ts';

/**
 * Drops the old database, then restores into an empty one in its place: for a server without room for two. The archive is
 * there and verified, but from the drop on there is no way back. Until it is full, nobody but its owner may connect to the new one,
 * and its comment says what it is to have of the old one, for the restore that is run again.
 * @throws Failure that says what state the database is in
 */
export async function restoreByDrop(replacement: Replacement, step: Step): Promise<ReplacementOutcome> {
  const { request, prepared, lock } = replacement;
  const { database } = request;
  const { psql } = prepared;
  const title = `Replace ${quoted(database)} with an empty database`;
  const { belongings, archive, found, empty, old } = await step.phase(title, () =>
    step.timed('Replace by an empty one', () => replace(replacement, title, step)),
  );

  await step.phase(`Restore ${quoted(database)}`, async () => {
    try {
      await fill({ ...archive.order, database }, archive, prepared, step);
    } catch (error) {
      step.writeDown({ database, run: nameOfRun(step.run), stage: 'swapped' }); // the error tells what there is
      throw restoreIncomplete(database, error, await whatIsThere(psql, empty), old);
    }
  });
  return step.phase('Finish', async () => {
    const computed = await warnAboutRecomputed(uninterrupted(psql), database, step);
    const settings = await tryToApplySettings(psql, database, belongings, step);
    const statistics = await collectStatistics(database, archive.sessions, prepared, step, 'tell');
    const closed = await tryToRevokePrivileges(belongings, replacement, step);
    const lost = stillToRevoke(await knownLoss(belongings, replacement), closed);
    const rest = closed.failed ?? (await tryToApplyProperties(psql, database, belongings, step));
    const carried = carriedOver(database, lost, [...settings.refused, ...rest.refused], replacement.rights);
    const notes = [...carried.notes, ...closed.notes];
    warnOfNotes(notes, step);
    step.writeDown(undefined);
    if (statistics.cut && !lock.lost.aborted) throw statisticsIncomplete(database, step.signal.reason);
    return {
      databaseSize: statistics.size,
      ...(statistics.rows !== undefined && { rows: statistics.rows }),
      notes: [...found, ...computed, ...settings.notes, ...statistics.notes, ...rest.notes, ...notes],
    };
  });
}

/** Whether a database is still what has its name. */
async function whatIsThere(
  psql: Psql,
  { name, oid }: KnownDatabase,
): Promise<'there' | 'another' | 'not asked'> {
  return oidOf(uninterrupted(psql, longestLook), name).then(
    (found) => (found === oid ? 'there' : 'another'),
    () => 'not asked',
  );
}

/** What is lost as the restored database has it, or, if that cannot be asked any more, as it is expected. */
async function knownLoss(belongings: CarryOverSource, replacement: Replacement): Promise<CarryOverSource> {
  const { psql } = replacement.prepared;
  const prepared = { ...replacement.prepared, psql: uninterrupted(psql) };
  return actualLoss(belongings, { ...replacement, prepared }, replacement.request.database).catch(() =>
    expectedLoss(belongings, replacement),
  );
}

/** Puts an empty database in the place of the old one. @returns what it is to have, and what it told while it was empty */
async function replace(
  replacement: Replacement,
  title: string,
  step: Step,
): Promise<{
  belongings: CarryOverSource;
  archive: Replacement['archive'];
  found: Note[];
  empty: KnownDatabase;
  old: ReplacedDatabase;
}> {
  const { request, prepared } = replacement;
  const { database } = request;
  const known = async (): Promise<readonly [CarryOverSource, RestoreNames]> => [
    await readCarryOverSource(replacement, step),
    await freeRestoreNames(prepared.psql, database),
  ];
  const [belongings, names] = await beforeFirstChange(database, title, known());
  logCarryOver(database, prepared.server.role, expectedLoss(belongings, replacement), step.info);
  const { properties } = belongings;
  const mark = { database, run: nameOfRun(step.run), properties };
  const { seen, empty, old, notes } = await replaceWithEmpty(replacement, mark, names, step, (fresh) =>
    lastLook(replacement, fresh, belongings, step),
  );
  return { belongings, archive: seen.archive, found: [...seen.notes, ...notes], empty, old };
}

/**
 * Right before the drop: throws if the restore was cancelled, the lock is lost, the new database tells of something in the way, or
 * something would be lost for good.
 */
async function lastLook(
  replacement: Replacement,
  empty: string,
  { properties, source }: CarryOverSource,
  step: Step,
): Promise<ExtensionInspection> {
  const { request, prepared, lock, emptyChecks } = replacement;
  const { database } = request;
  const { psql, server } = prepared;
  const found = await inspectEmptyDatabase(empty, emptyChecks, psql, step);
  const seen = await inspectExtensions(replacement, empty, step);
  const lost = source === 'old' ? await settingsThatWouldBeLost(psql, empty, properties) : [];
  if (lost.length > 0) {
    throw new Failure({
      tried: `Carrying over the settings of database ${quoted(database)}`,
      cause: `this role may not set ${lost.join(', ')}, and with restore_strategy: drop its value would be lost`,
      advice: 'Use restore_strategy: swap, which keeps the old database in this case, or remove the setting.',
    });
  }
  if ((await oidOf(psql, database)) !== (server.target?.oid ?? null)) throw replacedMeanwhile(database);
  await lock.confirm();
  step.signal.throwIfAborted();
  return { ...seen, notes: [...found, ...seen.notes] };
}
