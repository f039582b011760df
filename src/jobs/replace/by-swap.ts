import { isDeepStrictEqual } from 'node:util';
import type { Failure } from '../../base/failure.ts';
import { formatDuration, quoted } from '../../base/format.ts';
import { nameOfRun, type Step } from '../../base/step.ts';
import { type RefusedProperty, resetSettings } from '../../postgres/properties/apply.ts';
import type { Setting } from '../../postgres/properties/read.ts';
import { describeLocale } from '../../postgres/server/locale.ts';
import type { SwapNames } from '../../postgres/swap/attempt.ts';
import { createForRestore } from '../../postgres/swap/create.ts';
import { freeRestoreNames, type RestoreNames } from '../../postgres/swap/names.ts';
import type { KnownDatabase } from '../../postgres/swap/proof.ts';
import { swapDatabases } from '../../postgres/swap/swap.ts';
import { inspectEmptyDatabase } from '../preflight/empty-database/inspect.ts';
import type { Note } from '../result.ts';
import {
  applySettingsTo,
  type CarriedOver,
  carriedOver,
  logCarryOver,
  rehearseProperties,
  warnOfNotes,
} from './carry-over.ts';
import { actualLoss, readCarryOverSource } from './carry-over-source.ts';
import { giveUp } from './clear-leftovers.ts';
import { inspectExtensions } from './extensions/inspect.ts';
import { beforeFirstChange, newDatabaseFailed, SwapOutcomeUnknown } from './failures.ts';
import { collectStatistics, fill, type RestoredContent } from './fill.ts';
import { warnAboutRecomputed } from './recomputed.ts';
import type { Replacement, ReplacementOutcome } from './replacement.ts';
import { retireOldDatabase } from './retire-old.ts';
import { privilegesToRevoke, revokePrivileges, stillToRevoke } from './revoke-privileges.ts';

/**
 * Restores into a new database beside the old one. Only when that is full, the two exchange their names in one
 * transaction; the old one is dropped last. Whatever fails before leaves the old database exactly as it was.
 * @throws Failure that says what state the database is in
 */
export async function restoreBySwap(replacement: Replacement, step: Step): Promise<ReplacementOutcome> {
  const { database, keepPrevious } = replacement.request;
  const names = await beforeFirstChange(
    database,
    `Looking at the databases beside ${quoted(database)}`,
    freeRestoreNames(replacement.prepared.psql, database),
  );
  const created: { oid?: number } = {};
  const { found, carried, size, rows, previous, blocked } = await step
    .phase(`Restore into new database ${quoted(names.fresh)}`, () =>
      fillBeside(replacement, names, created, step),
    )
    .then(({ notes, settings, made, ...content }) =>
      step.phase(`Swap it for ${quoted(database)}`, async () => {
        const { carried, statements } = await step.timed('Carry over', () =>
          carryOver(names.fresh, replacement, settings, step),
        );
        const swapped = await step.timed('Swap', () =>
          swap(replacement, { ...names, made, statements, ...discarding(replacement, carried, step) }, step),
        );
        return { found: notes, ...content, carried, ...swapped };
      }),
    )
    .catch(async (error: unknown) => {
      throw await undone(error, replacement, { name: names.fresh, oid: created.oid }, step);
    });

  if (previous === undefined) step.writeDown(undefined);
  warnOfNotes(carried.notes, step);
  const told = { databaseSize: size, ...(rows !== undefined && { rows }) };
  const notes = [...found, ...carried.notes];
  if (previous === undefined) return { ...told, notes };
  const retire = (): ReturnType<typeof retireOldDatabase> =>
    retireOldDatabase(previous, carried, replacement, step);
  const old = keepPrevious
    ? await step.phase('Keep the old database', retire)
    : await step.phase('Remove the old database', () => step.timed('Remove the old one', retire));
  return { ...told, blocked, ...old, notes: [...notes, ...(old.notes ?? [])] };
}

/** The settings that the new database is to have, and those that it has not got. */
interface GivenSettings {
  wanted: readonly Setting[];
  refused: RefusedProperty[];
}

/**
 * Makes the new database, fills it, and collects its statistics under its settings.
 * @param created is told its OID as soon as there is one
 */
async function fillBeside(
  replacement: Replacement,
  { fresh }: RestoreNames,
  created: { oid?: number },
  step: Step,
): Promise<RestoredContent & { notes: Note[]; settings: GivenSettings; made: number }> {
  const { request, prepared, locale, emptyChecks } = replacement;
  const { psql, server } = prepared;
  const { database } = request;
  const mark = { database, run: nameOfRun(step.run) };
  step.writeDown({ ...mark, stage: 'filling', fresh: { name: fresh } });
  const { oid: made } = await createForRestore(psql, fresh, mark, locale, server.major);
  created.oid = made;
  step.writeDown({ ...mark, stage: 'filling', fresh: { name: fresh, oid: made } });
  step.info(`Created${describeLocale(locale)}`);
  const found = await inspectEmptyDatabase(fresh, emptyChecks, psql, step);
  const { archive, notes } = await inspectExtensions(replacement, fresh, step);
  await fill({ ...archive.order, database: fresh }, archive, prepared, step);
  const computed = await warnAboutRecomputed(psql, fresh, step);
  const belongings = await readCarryOverSource(replacement, step, 'properties');
  const settings: GivenSettings = {
    wanted: belongings.properties.settings,
    refused: await applySettingsTo(psql, fresh, database, belongings, step),
  };
  const statistics = await collectStatistics(fresh, archive.sessions, prepared, step, 'throw');
  return {
    notes: [...found, ...notes, ...computed, ...statistics.notes],
    ...{ settings, made },
    size: statistics.size,
    rows: statistics.rows,
  };
}

/**
 * Gives the new database the settings that the old one has right before the swap, and prepares the rest, which is a part of the swap:
 * until then, nobody but its owner may connect to it.
 */
async function carryOver(
  fresh: string,
  replacement: Replacement,
  settings: GivenSettings,
  step: Step,
): Promise<{ carried: CarriedOver; statements: string[] }> {
  const { request, prepared } = replacement;
  const { database } = request;
  const { psql } = prepared;
  const read = await readCarryOverSource(replacement, step);
  const closed = await revokePrivileges(privilegesToRevoke(read, replacement), fresh, replacement, step);
  const belongings = await actualLoss(read, replacement, fresh);
  logCarryOver(database, prepared.server.role, belongings, step.debug);
  let { refused } = settings;
  if (!isDeepStrictEqual(belongings.properties.settings, settings.wanted)) {
    step.info('The settings of the old database changed during the restore; applying them again');
    await resetSettings(psql, fresh);
    refused = await applySettingsTo(psql, fresh, database, belongings, step);
  }
  const rest = await rehearseProperties(psql, fresh, database, belongings, step);
  const left = stillToRevoke(belongings, closed);
  const { notes, withheld } = carriedOver(database, left, [...refused, ...rest.refused], replacement.rights);
  return { carried: { notes: [...notes, ...closed.notes], withheld }, statements: rest.statements };
}

/** Whether the old database is to be marked as one to be dropped; `retireOldDatabase` drops it then. */
function discarding(
  { request }: Pick<Replacement, 'request'>,
  { withheld }: CarriedOver,
  step: Pick<Step, 'run'>,
): Pick<SwapNames, 'discardedBy'> {
  return request.keepPrevious || withheld.length > 0 ? {} : { discardedBy: nameOfRun(step.run) };
}

/** @returns the old database, if there was one, and for how long connections were held back, in milliseconds */
async function swap(
  { request: { database }, prepared, lock }: Replacement,
  names: Omit<SwapNames, 'current' | 'expected' | 'made'> & { made: number },
  step: Step,
): Promise<{ previous: KnownDatabase | undefined; blocked: number }> {
  step.signal.throwIfAborted();
  const expected = prepared.server.target?.oid ?? null;
  const { fresh, made, previous, discardedBy } = names;
  const unfinished = {
    ...{ database, run: nameOfRun(step.run), fresh: { name: fresh, oid: made } },
    ...(discardedBy !== undefined && expected !== null && { previous: { name: previous, oid: expected } }),
  };
  step.writeDown({ ...unfinished, stage: 'swapping' });
  const outcome = await swapDatabases(lock, prepared.psql, { ...names, current: database, expected });
  if (outcome.state === 'unknown') {
    step.writeDown(undefined); // what the error says of the names tells how it ended, as long as nobody drops one
    throw new SwapOutcomeUnknown(database, fresh, previous, outcome.reason);
  }
  step.writeDown({ ...unfinished, stage: outcome.state === 'swapped' ? 'swapped' : 'filling' });
  if (outcome.state === 'unchanged') throw outcome.reason;
  const old = outcome.previous === undefined ? '' : `; the old one is now ${quoted(outcome.previous)}`;
  step.info(`Database ${quoted(database)} is now the restored one${old}`);
  step.info(`Connections blocked for at most ${formatDuration(outcome.held)}`);
  return { previous: outcome.old?.known, blocked: outcome.held };
}

/** Removes the new database after a failure before the swap. @returns what to tell */
async function undone(
  error: unknown,
  replacement: Replacement,
  fresh: { name: string; oid: number | undefined },
  step: Pick<Step, 'info' | 'run' | 'writeDown'>,
): Promise<Failure> {
  if (error instanceof SwapOutcomeUnknown) return error; // the new database may be the one in use
  const { database } = replacement.request;
  step.info(`Dropping the new database ${quoted(fresh.name)}`);
  const mark = { database, run: nameOfRun(step.run) };
  return newDatabaseFailed(database, await giveUp(replacement, fresh, mark, step), error);
}
