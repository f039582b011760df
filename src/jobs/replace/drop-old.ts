import { Failure } from '../../base/failure.ts';
import { quoted } from '../../base/format.ts';
import type { Step } from '../../base/step.ts';
import type { RestoreMark } from '../../postgres/properties/restore-mark.ts';
import { describeLocale } from '../../postgres/server/locale.ts';
import { uninterrupted } from '../../postgres/session/psql.ts';
import { toPaste } from '../../postgres/session/sql-text.ts';
import { createForRestore } from '../../postgres/swap/create.ts';
import { dropDatabase, eitherName, type LeftDatabase } from '../../postgres/swap/drop.ts';
import type { RestoreNames } from '../../postgres/swap/names.ts';
import type { KnownDatabase } from '../../postgres/swap/proof.ts';
import { commentAgain, putOldBack } from '../../postgres/swap/put-back.ts';
import { type SwapOutcome, swapDatabases } from '../../postgres/swap/swap.ts';
import type { Note } from '../result.ts';
import { giveUp } from './clear-leftovers.ts';
import {
  describeOld,
  diagnose,
  emptyDatabaseFailed,
  type ReplacedDatabase,
  SwapOutcomeUnknown,
  stateOf,
} from './failures.ts';
import type { Replacement } from './replacement.ts';
import { noteOfLeftDatabase, wayBack } from './retire-old.ts';

/** The empty database in the place of the old one. */
export interface Emptied<T> {
  empty: KnownDatabase;
  /** What the last look has seen. */
  seen: T;
  old: ReplacedDatabase;
  notes: Note[];
}

/**
 * Puts an empty database in the place of `database`, and drops that. The empty one is created under another name first, because creating
 * is what can fail (a locale that this server lacks, no room). The two exchange names as in a swap, and the old one is dropped then, before
 * anything takes room: so there is a database of that name at every moment, which nobody can create in between, and which an extension finds
 * that is bound to a name; and if the old one cannot be dropped, it goes back to its place.
 * @param mark says of the empty one whose place it takes, and what it is to have in the end
 * @param lastLook is called right before the exchange, and prevents it by throwing
 * @throws Failure that says what state the database is in
 */
export async function replaceWithEmpty<T>(
  replacement: Replacement,
  mark: RestoreMark,
  { fresh, previous }: RestoreNames,
  step: Pick<Step, 'info' | 'warn' | 'signal' | 'writeDown'>,
  lastLook: (empty: string) => Promise<T>,
): Promise<Emptied<T>> {
  const { prepared, lock, locale } = replacement;
  const { psql, server } = prepared;
  const { database } = mark;
  let made: number | undefined;
  const failed = async (tried: string, error: unknown): Promise<Error> =>
    emptyDatabaseFailed(
      tried,
      database,
      await giveUp(replacement, { name: fresh, oid: made }, mark, step),
      error,
    );
  const run = { database, run: mark.run };
  let empty: KnownDatabase;
  let seen: T;
  try {
    step.writeDown({ ...run, stage: 'filling', fresh: { name: fresh } });
    empty = await createForRestore(psql, fresh, mark, locale, server.major);
    made = empty.oid;
    step.writeDown({ ...run, stage: 'filling', fresh: { name: fresh, oid: empty.oid } });
  } catch (error) {
    throw await failed(`Creating an empty database beside ${quoted(database)}`, error);
  }
  step.info(`Created empty database ${quoted(fresh)}${describeLocale(locale)}`);
  const expected = server.target?.oid ?? null;
  const beside = { ...run, fresh: { name: fresh, oid: empty.oid } };
  const replaced = expected === null ? {} : { previous: { name: previous, oid: expected } };
  try {
    seen = await lastLook(fresh);
    step.writeDown({ ...beside, ...replaced, stage: 'swapping' });
  } catch (error) {
    throw await failed(`Replacing database ${quoted(database)}`, error);
  }
  const names = { current: database, fresh, previous, statements: [], discardedBy: mark.run };
  const swapped = await swapDatabases(lock, psql, { ...names, expected, made: empty.oid });
  if (swapped.state === 'unknown') {
    // What was written down stays: the end of the job looks how it ended, and undoes it.
    throw new SwapOutcomeUnknown(database, fresh, previous, swapped.reason, 'the empty one');
  }
  if (swapped.state === 'unchanged') {
    step.writeDown({ ...beside, stage: 'filling' });
    throw await failed(`Replacing database ${quoted(database)}`, swapped.reason);
  }
  const notes: Note[] = [];
  const { old } = swapped;
  let became: ReplacedDatabase = old ? 'dropped' : 'none';
  if (old && step.signal.aborted) {
    const left = { state: 'there', name: old.known.name, reason: step.signal.reason } as const;
    throw await putBack(replacement, mark, fresh, { ...old, empty }, left, step);
  }
  if (old) {
    const dropped = await dropDatabase(psql, old.known, { database, endSessions: true }, step);
    if (dropped.state === 'there')
      throw await putBack(replacement, mark, fresh, { ...old, empty }, dropped, step);
    // What was written down stays: the old one may be whole, and the end of the job is the next that may be able to look.
    if (dropped.state === 'unknown')
      throw oldNotDropped(database, dropped.name, { oid: old.known.oid, ...dropped }, dropped.reason);
    if (dropped.state !== 'dropped') {
      const note = noteOfLeftDatabase(dropped);
      step.warn(note.text, note.sql);
      notes.push(note);
      became = dropped;
    }
  }
  step.writeDown({ ...beside, stage: 'swapped' }); // the empty one is all that there is
  if (became === 'dropped') step.info('Dropped the old database; an empty one has its name now');
  else step.info(['The empty database has its name now', describeOld(became)].join('. ').replace(/\. $/, ''));
  return { empty: { ...empty, name: database }, seen, old: became, notes };
}

/** Puts an old database back that the server does not drop, or that a cancel has saved. @returns what to tell */
async function putBack(
  replacement: Replacement,
  mark: RestoreMark,
  fresh: string,
  {
    empty,
    comment,
    known,
  }: NonNullable<(SwapOutcome & { state: 'swapped' })['old']> & { empty: KnownDatabase },
  { name, reason }: LeftDatabase,
  step: Pick<Step, 'info' | 'writeDown'>,
): Promise<Error> {
  const { lock, prepared } = replacement;
  const { database } = mark;
  step.info('Putting the old database back');
  const exchanged = { database, old: { ...known, name }, comment, empty: { oid: empty.oid, first: fresh } };
  const back = await putOldBack(lock, uninterrupted(prepared.psql), exchanged);
  const unfinished = { database, run: mark.run };
  if (back.state === 'swapped')
    step.writeDown({ ...unfinished, stage: 'filling', fresh: { name: fresh, oid: empty.oid } });
  // Otherwise what was written down stays: without the lock, or the server, or while somebody is in the way, the end of the job is the next
  // to try.
  if (back.state === 'unknown')
    return new SwapOutcomeUnknown(database, name, fresh, reason, 'the old one', 'the empty one');
  if (back.state === 'unchanged')
    return oldNotDropped(database, name, wayBack(name, database, commentAgain(database, comment)), reason);
  const seen = await giveUp(replacement, { name: fresh, oid: empty.oid }, mark, step);
  return emptyDatabaseFailed(`Dropping database ${quoted(database)}`, database, seen, reason);
}

/**
 * An empty database is in the place of the old one, which was not dropped and could not be put back either, or may be dropped.
 * @param next statements that put it back; or, if the server cannot be asked whether it is dropped, what it is known by
 */
export function oldNotDropped(
  database: string,
  old: string,
  next: readonly string[] | { oid: number; dropping?: string },
  error: unknown,
): Failure {
  const { cause, advice } = diagnose(error);
  const steps =
    'oid' in next
      ? [
          'The end of the job looks whether the old database is there, and puts it back. If it says that it could not, run this in database ' +
            'postgres, which shows what the old one is called, or nothing if it is dropped:',
          `SELECT datname FROM pg_database WHERE oid = ${next.oid};`,
        ]
      : [
          'The end of the job tries to put the old database back. If it says that it could not, run this in database postgres while nobody is ' +
            'connected to either of the two:',
          ...next.map(toPaste),
        ];
  return new Failure(
    {
      tried: `Dropping the old database ${quoted(database)}`,
      cause,
      advice: [advice, ...steps].join('\n'),
      outcome: 'incomplete',
      state: stateOf(
        'incomplete',
        database,
        'It is empty.',
        'oid' in next
          ? `The server could not be asked whether the old one, ${eitherName(old, next.dropping)}, is dropped.`
          : `The old one is there as ${quoted(old)}.`,
      ),
    },
    { cause: error },
  );
}
