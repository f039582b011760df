import { causeOf, type Diagnosis, describeOutcome, Failure, type Outcome } from '../../base/failure.ts';
import { quoted } from '../../base/format.ts';
import { ProcessFailure } from '../../base/process.ts';
import { explainSystemError } from '../../base/system-errors.ts';
import { explainServerError } from '../../postgres/errors/explain.ts';
import { identifier, toPaste } from '../../postgres/session/sql-text.ts';

/**
 * Something failed before the old database was touched.
 * @param left the name of an empty database that could not be removed
 */
export function emptyDatabaseFailed(
  tried: string,
  database: string,
  left: string | undefined,
  error: unknown,
): Failure {
  return asItWas(tried, database, dropping('The empty database is left over. Drop it', left), error);
}

/**
 * A restore into a new database failed before the two exchanged names: the old one is exactly as it was.
 * @param left the name of the new database, if it could not be removed
 */
export function newDatabaseFailed(database: string, left: string | undefined, error: unknown): Failure {
  const leftover = dropping('The new database is left over. Drop it', left);
  return asItWas(`Restoring into a database beside ${quoted(database)}`, database, leftover, error);
}

/** A sentence that says what to drop, and the statement; none if it is nothing. */
function dropping(words: string, left: string | undefined): string[] {
  return left === undefined ? [] : [`${words}:\n${toPaste(`DROP DATABASE ${identifier(left)};`)}`];
}

/** The state of a database: the outcome, and the sentences that follow. */
function stateOf(outcome: Outcome, database: string, ...more: readonly string[]): string {
  return [`${describeOutcome(outcome, `Database ${quoted(database)}`)}.`, ...more].join(' ');
}

/** @param tried what was tried, for an error that does not say that itself */
function asItWas(tried: string, database: string, leftover: readonly string[], error: unknown): Failure {
  return new Failure(
    {
      tried: error instanceof Failure ? error.explanation.tried : tried,
      ...diagnose(error),
      state: stateOf('unchanged', database, ...leftover),
      outcome: 'unchanged',
    },
    { cause: error },
  );
}

/** Whether the two databases have exchanged their names could not be found out, since the server does not answer. */
export class SwapOutcomeUnknown extends Failure {
  constructor(database: string, fresh: string, previous: string, error: unknown) {
    super(
      {
        tried: `Swapping database ${quoted(database)} for the restored one`,
        cause: diagnose(error).cause,
        advice: [
          'To find out, run this in database postgres:',
          'SELECT datname FROM pg_database;',
          `${quoted(fresh)} listed: not swapped. ${quoted(database)} was not changed, and ${quoted(fresh)} is the restored copy.`,
          `${quoted(fresh)} missing: swapped. ${quoted(database)} is the restored one, and the old one, if there was one, is now ${quoted(previous)}.`,
        ].join('\n'),
        outcome: 'unknown',
        state: stateOf('unknown', database, 'The server does not answer. No data was lost.'),
      },
      { cause: error },
    );
  }
}

/**
 * Adds to what fails before the first change that nothing was changed, where it does not tell the state itself.
 * @param tried what was tried, for an error that does not say that either, such as one of a full disk
 */
export async function beforeFirstChange<T>(database: string, tried: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const explanation = error instanceof Failure ? error.explanation : { tried, ...diagnose(error) };
    if (explanation.state !== undefined) throw error;
    throw new Failure(
      { ...explanation, state: stateOf('unchanged', database), outcome: 'unchanged' },
      { cause: error },
    );
  }
}

/**
 * There is no database of that name now, or one that a drop has left unusable, and putting the empty one in its place
 * did not succeed.
 * @param fresh the empty database, if it is still there
 */
export function databaseLost(database: string, fresh: string | undefined, error: unknown): Failure {
  const { cause, advice } = diagnose(error);
  return new Failure(
    {
      tried: `Putting an empty database in the place of ${quoted(database)}`,
      cause,
      advice: [advice, ...dropping('After the restore, drop the empty database', fresh)].join('\n'),
      outcome: 'missing',
      state: stateOf('missing', database, 'The backup is untouched.'),
    },
    { cause: error },
  );
}

/** The state could not be found out, since the server does not answer. */
export function replacementUnknown(database: string, fresh: string, error: unknown): Failure {
  const { cause, advice } = diagnose(error);
  return new Failure(
    {
      tried: `Putting an empty database in the place of ${quoted(database)}`,
      cause,
      advice: [
        advice,
        'A restore of this backup is right in either case.',
        ...dropping('If the empty database is left over after it, drop it', fresh),
      ].join('\n'),
      outcome: 'unknown',
      state: stateOf(
        'unknown',
        database,
        'The server does not answer: it is either unchanged or gone. The backup is untouched.',
      ),
    },
    { cause: error },
  );
}

/** The old database is gone, and the new one is not full. */
export function restoreIncomplete(database: string, error: unknown): Failure {
  return new Failure(
    {
      tried: error instanceof Failure ? error.explanation.tried : `pg_restore into ${quoted(database)}`,
      ...diagnose(error),
      outcome: 'incomplete',
      state: stateOf(
        'incomplete',
        database,
        'The old one was dropped; the backup is untouched. Until a restore has completed, only the owner and superusers can connect.',
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
