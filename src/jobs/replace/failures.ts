import { causeOf, type Diagnosis, Failure } from '../../base/failure.ts';
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

/** A line that says what to drop, and the statement; empty if it is nothing. */
function dropping(words: string, left: string | undefined): string {
  return left === undefined ? '' : inLines(`${words}:`, toPaste(`DROP DATABASE ${identifier(left)};`));
}

/** Lines that follow others. */
function inLines(...lines: readonly string[]): string {
  return lines.map((line) => `\n${line}`).join('');
}

/** @param tried what was tried, for an error that does not say that itself */
function asItWas(tried: string, database: string, leftover: string, error: unknown): Failure {
  return new Failure(
    {
      tried: error instanceof Failure ? error.explanation.tried : tried,
      ...diagnose(error),
      state: `Database ${quoted(database)} was not changed.${leftover}`,
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
        state: 'Outcome unknown, since the server does not answer. No data was lost.',
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
      { ...explanation, state: `Database ${quoted(database)} was not changed.`, outcome: 'unchanged' },
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
  return new Failure(
    {
      tried: `Putting an empty database in the place of ${quoted(database)}`,
      ...diagnose(error),
      outcome: 'missing',
      state:
        `There is no usable database ${quoted(database)} on the server now. The backup is untouched: run the restore again with the same ` +
        `backup.${dropping('Then drop the empty database', fresh)}`,
    },
    { cause: error },
  );
}

/** The state could not be found out, since the server does not answer. */
export function replacementUnknown(database: string, fresh: string, error: unknown): Failure {
  return new Failure(
    {
      tried: `Putting an empty database in the place of ${quoted(database)}`,
      ...diagnose(error),
      outcome: 'unknown',
      state:
        `Outcome unknown, since the server does not answer: database ${quoted(database)} is unchanged or gone. The backup is untouched. Run ` +
        `the restore again with it in either case.${dropping('If the empty database is left over, drop it', fresh)}`,
    },
    { cause: error },
  );
}

/** The old database is gone, and the new one is not full. */
export function restoreIncomplete(database: string, backupFileName: string, error: unknown): Failure {
  return new Failure(
    {
      tried: error instanceof Failure ? error.explanation.tried : `pg_restore into ${quoted(database)}`,
      ...diagnose(error),
      outcome: 'incomplete',
      state:
        `Database ${quoted(database)} is incomplete. Keep applications out. The old one was dropped; the backup is untouched. Fix the cause, ` +
        `then run the restore again with backup_file_name ${quoted(backupFileName)}. Until then only the owner and superusers can connect.`,
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
      state: `Database ${quoted(database)} is restored in full.`,
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
