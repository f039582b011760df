import type { Failure } from '../failure.ts';
import { formatDuration, quoted } from '../format.ts';
import { dropLeftover, dropQuietly, findLeftovers } from '../postgres/leftovers.ts';
import type { RestoreLock } from '../postgres/restore-lock.ts';
import { createForRestore } from '../postgres/restore-mark.ts';
import { freeRestoreNames, type RestoreNames } from '../postgres/restore-names.ts';
import { identifier } from '../postgres/sql-text.ts';
import { swapDatabases } from '../postgres/swap.ts';
import type { Step } from '../step.ts';
import { type Belongings, carryOver } from './carry-over.ts';
import { collectStatistics, fill } from './fill.ts';
import type { Replaced, Replacement } from './replacement.ts';
import { explain, UnknownSwap, unharmed } from './restore-failures.ts';
import type { Note } from './result.ts';

/**
 * Restores into a new database beside the old one. Only when that is full, the two exchange their names in one
 * transaction; the old one is dropped last. Whatever fails before leaves the old database exactly as it was.
 * @throws Failure that says what state the database is in
 */
export async function restoreBySwap(replacement: Replacement, step: Step): Promise<Replaced> {
  const { request, prepared, lock, belongings } = replacement;
  const { database } = request;
  const { psql } = prepared;
  const names = await freeRestoreNames(psql, database);
  const leftovers = await clearLeftovers(lock, replacement, step);

  const { notes, databaseSize, previous } = await step
    .phase(`Restore into the new database ${quoted(names.fresh)}`, () => fillBeside(replacement, names, step))
    .then((size) =>
      step.phase(`Put it in the place of ${quoted(database)}`, async () => ({
        databaseSize: size,
        notes: await carryOverTo(names.fresh, replacement, step),
        previous: await swap(replacement, names, step),
      })),
    )
    .catch(async (error: unknown) => {
      throw await undone(error, replacement, names, step);
    });

  const kept = belongings === undefined || previous === undefined ? undefined : previous;
  const old =
    kept === undefined
      ? {}
      : await step.phase('Put the old database away', () => putAway(kept, replacement, step));
  return { databaseSize, ...old, notes: [...notes, ...leftovers, ...(old.notes ?? [])] };
}

async function fillBeside(
  { request, prepared, archive, locale }: Replacement,
  { fresh }: RestoreNames,
  step: Step,
): Promise<number | undefined> {
  const { psql, server } = prepared;
  const run = step.run.id === '' ? 'a run by hand' : `${step.run.id}/${step.run.attempt}`;
  await createForRestore(psql, fresh, { database: request.database, run }, locale, server.major);
  step.info(`Created it, empty${locale ? `, with ${locale.encoding}, ${locale.collation}` : ''}`);
  await fill({ ...archive.order, database: fresh }, archive.entries, prepared, step);
  return collectStatistics(fresh, psql, step);
}

/** The comment of the old database is the swap's to carry over: until then the new one has our mark there. */
async function carryOverTo(
  fresh: string,
  { request, prepared, belongings }: Replacement,
  step: Step,
): Promise<Note[]> {
  if (!belongings) return [];
  const withoutComment: Belongings = {
    ...belongings,
    properties: { ...belongings.properties, comment: null },
  };
  return carryOver(prepared.psql, fresh, request.database, withoutComment, step);
}

/** @returns what the old database is called now, undefined if there was none */
async function swap(
  { request: { database }, prepared, lock }: Replacement,
  { fresh, previous }: RestoreNames,
  step: Step,
): Promise<string | undefined> {
  step.signal.throwIfAborted();
  const outcome = await swapDatabases(lock, prepared.psql, { current: database, fresh, previous });
  if (outcome.state === 'unknown') throw new UnknownSwap(database, fresh, previous, outcome.reason);
  if (outcome.state === 'unchanged') throw outcome.reason;
  step.info(
    `Database ${quoted(database)} is the restored one now; who wanted to connect waited ${formatDuration(outcome.held)} at most`,
  );
  return outcome.previous;
}

/** Removes the new database after a failure before the swap. @returns what to tell */
async function undone(
  error: unknown,
  { request: { database }, prepared }: Replacement,
  { fresh }: RestoreNames,
  step: Pick<Step, 'info'>,
): Promise<Failure> {
  if (error instanceof UnknownSwap) return error; // the new database may be the one in use
  step.info(`Dropping the new database ${quoted(fresh)}`);
  const left = await dropQuietly(prepared.psql, fresh);
  return unharmed(database, left && fresh, error);
}

/** Drops the old database, or leaves it under its new name. */
async function putAway(
  previous: string,
  { request, prepared }: Replacement,
  step: Step,
): Promise<Pick<Replaced, 'previousDatabase' | 'notes'>> {
  const { database, keepPrevious } = request;
  if (keepPrevious) {
    step.info(`The old database is kept as ${quoted(previous)}`);
    const sql = [
      `ALTER DATABASE ${identifier(database)} RENAME TO ${identifier(`${previous}_new`.slice(-63))};`,
      `ALTER DATABASE ${identifier(previous)} RENAME TO ${identifier(database)};`,
    ];
    return {
      previousDatabase: previous,
      notes: [
        {
          text: `The old database is kept as ${quoted(previous)}. To go back to it, with nobody connected:`,
          sql,
        },
      ],
    };
  }
  const left = await dropQuietly(prepared.psql, previous);
  if (!left) {
    step.info(`Dropped the old database`);
    return {};
  }
  const text =
    `The restore has succeeded, but the old database is still there as ${quoted(previous)}: ${explain(left.reason).cause}\n` +
    'Drop it when nobody needs it any more.';
  step.warn(text);
  return { notes: [{ text, sql: [`DROP DATABASE ${identifier(previous)};`] }] };
}

/** What killed restores of this database have left: ours is dropped, anything else only named. */
async function clearLeftovers(lock: RestoreLock, { prepared }: Replacement, step: Step): Promise<Note[]> {
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
