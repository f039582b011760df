import { causeOf, type Diagnosis, describeOutcome, Failure, type Outcome } from '../../base/failure.ts';
import { quoted } from '../../base/format.ts';
import { ProcessFailure } from '../../base/process.ts';
import { explainSystemError } from '../../base/system-errors.ts';
import { explainServerError } from '../../postgres/errors/explain.ts';
import { identifier, toPaste } from '../../postgres/session/sql-text.ts';
import type { LeftDatabase } from '../../postgres/swap/drop.ts';

/** What was seen when a restore had given up before the old database was touched. */
export interface Seen {
  /** `unchanged`: it is the one that was there before. `unasked`: the server could not be asked. */
  outcome: 'unchanged' | 'unasked' | 'exchanged';
  /** The new database, where it is not gone. */
  left?: LeftDatabase;
}

/** Something failed before the old database was touched. */
export function emptyDatabaseFailed(tried: string, database: string, seen: Seen, error: unknown): Failure {
  return asItWas(tried, database, seen, 'empty', error);
}

/** A restore into a new database failed before the two exchanged names: nobody has touched the old one. */
export function newDatabaseFailed(database: string, seen: Seen, error: unknown): Failure {
  return asItWas(`Restoring into a database beside ${quoted(database)}`, database, seen, 'new', error);
}

/** Sentences about what is left of a database that was made beside the old one. */
function leftSentences(left: LeftDatabase | undefined, kind: 'empty' | 'new'): string[] {
  if (!left) return [];
  const name = quoted(left.name);
  const drop = toPaste(`DROP DATABASE IF EXISTS ${identifier(left.elsewhere ?? left.name)};`);
  if (left.state === 'another') {
    const text = `A database that this restore did not make is called ${name} now; it was left alone.`;
    return left.elsewhere === undefined
      ? [text]
      : [text, `The ${kind} one is left over as ${quoted(left.elsewhere)}. Drop it:\n${drop}`];
  }
  if (left.state === 'unmarked')
    return [
      `Database ${name} is left over. It was not dropped, since it does not bear the mark of this restore. Check it, then drop it:\n${drop}`,
    ];
  return [
    left.state === 'unknown'
      ? `The server could not be asked whether the ${kind} database ${name} is left over; if it is, the end of the job or the next restore drops it.`
      : `The ${kind} database is left over. Drop it:\n${drop}`,
  ];
}

/** The state of a database in a sentence, and what else there is to say of it. */
export function stateOf(outcome: Outcome, database: string, ...more: readonly string[]): string {
  return [`${describeOutcome(outcome, `Database ${quoted(database)}`)}.`, ...more].join(' ');
}

/** @param tried what was tried, for an error that does not say that itself */
function asItWas(
  tried: string,
  database: string,
  { outcome, left }: Seen,
  kind: 'empty' | 'new',
  error: unknown,
): Failure {
  return new Failure(
    {
      tried: error instanceof Failure ? error.explanation.tried : tried,
      ...diagnose(error),
      state: stateOf(outcome, database, ...leftSentences(left, kind)),
      outcome,
    },
    { cause: error },
  );
}

/** Whether two databases have exchanged their names could not be found out. */
export class SwapOutcomeUnknown extends Failure {
  /** @param copy what `fresh` is before the exchange, and `replaced` what `database` is */
  constructor(
    database: string,
    fresh: string,
    previous: string,
    error: unknown,
    copy: 'the restored copy' | 'the empty one' | 'the old one' = 'the restored copy',
    replaced: 'the old one' | 'the empty one' = 'the old one',
  ) {
    super(
      {
        tried: `Swapping database ${quoted(database)} for ${copy}`,
        cause: diagnose(error).cause,
        advice: [
          copy === 'the restored copy'
            ? 'To find out, run this in database postgres:'
            : 'The end of the job finds out, and gives the old database its place. If it says that it could not, run this in database postgres:',
          'SELECT datname FROM pg_database;',
          `${quoted(fresh)} listed: not swapped. ${quoted(database)} is ${replaced}, and ${quoted(fresh)} is ${copy}.`,
          `${quoted(fresh)} missing: swapped. ${quoted(database)} is ${copy}, and ${replaced}, if there was one, is now ${quoted(previous)}.`,
        ].join('\n'),
        outcome: 'unknown',
        state: stateOf(
          'unknown',
          database,
          'The server could not be asked whether they were swapped. The restore has dropped nothing.',
        ),
      },
      { cause: error },
    );
  }
}

/**
 * Adds to what fails before the first change that the database was not touched, where it does not tell the state itself.
 * @param tried what was tried, for an error that does not say that either, such as one of a full disk
 */
export async function beforeFirstChange<T>(database: string, tried: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const explanation = error instanceof Failure ? error.explanation : { tried, ...diagnose(error) };
    if (explanation.state !== undefined) throw error;
    const state = stateOf('untouched', database);
    throw new Failure({ ...explanation, state, outcome: 'untouched' }, { cause: error });
  }
}

/** What has become of an old database after an empty one took its place: `none` if there was none. */
export type ReplacedDatabase = LeftDatabase | 'dropped' | 'none';

/** The same as a sentence without its full stop; empty if there was none. */
export function describeOld(old: ReplacedDatabase): string {
  if (old === 'none') return '';
  if (old === 'dropped') return 'The old one was dropped';
  const { state, name, elsewhere } = old;
  if (state === 'another' && elsewhere === undefined) return 'The old one is gone, dropped by somebody else';
  return `The old one is still there as ${quoted(elsewhere ?? name)}${state === 'destroyed' ? ', and unusable' : ''}`;
}

/**
 * The old database is not in its place any more, and the new one is not full.
 * @param seen what the server says of it now: that it is there, that another is, or nothing
 */
export function restoreIncomplete(
  database: string,
  error: unknown,
  seen: 'there' | 'another' | 'not asked' = 'there',
  old: ReplacedDatabase = 'dropped',
): Failure {
  const what = describeOld(old);
  const outcome = seen === 'another' ? 'exchanged' : 'incomplete';
  return new Failure(
    {
      tried: error instanceof Failure ? error.explanation.tried : `pg_restore into ${quoted(database)}`,
      ...diagnose(error),
      outcome,
      state: stateOf(
        outcome,
        database,
        what === '' ? 'The backup is untouched.' : `${what}; the backup is untouched.`,
        ...(seen === 'another'
          ? []
          : ['Until a restore has completed, only the owner and superusers can connect.']),
        ...(seen === 'not asked' ? ['The server could not be asked how it is now.'] : []),
      ),
    },
    { cause: error },
  );
}

/** The old database is gone, and the new one is full, but a cancel has ended ANALYZE. */
export function statisticsIncomplete(database: string, error: unknown): Failure {
  return new Failure(
    {
      tried: `Collecting statistics in ${quoted(database)}`,
      cause: diagnose(error).cause,
      advice: 'Run this in it, or queries may be slow:\nANALYZE;',
      outcome: 'restored',
      state: stateOf('restored', database),
    },
    { cause: error },
  );
}

/** Cause and advice of any error that the lower layers throw. */
export function diagnose(error: unknown): Diagnosis {
  if (error instanceof Failure) {
    const { cause, advice } = error.explanation;
    return { cause, advice };
  }
  if (error instanceof ProcessFailure) return explainServerError(error);
  const system = explainSystemError(error);
  return { cause: system?.cause ?? causeOf(error), advice: system?.advice ?? 'Run the restore again.' };
}
