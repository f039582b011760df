import { causeOf, Failure } from '../failure.ts';
import { quoted } from '../format.ts';
import { explainServerError } from '../postgres/errors.ts';
import { ProcessFailure } from '../process.ts';

/** Something failed before the old database was touched. */
export function unchanged(tried: string, database: string, error: unknown): Failure {
  const { cause, advice } = explain(error);
  return new Failure(
    { tried, cause, advice: `${advice}\nDatabase ${quoted(database)} was not changed.` },
    { cause: error },
  );
}

/** The old database is gone, and the new one does not yet have its name. */
export function betweenNames(database: string, fresh: string, error: unknown): Failure {
  return new Failure(
    {
      tried: `Putting an empty database in the place of ${quoted(database)}`,
      cause: explain(error).cause,
      advice:
        `The old database was dropped, and there is none of that name now. Run the restore again with the same backup; ` +
        `then drop the empty database ${quoted(fresh)}.`,
    },
    { cause: error },
  );
}

/** The state could not be found out, since the server does not answer. */
export function unknownState(database: string, fresh: string, error: unknown): Failure {
  return new Failure(
    {
      tried: `Putting an empty database in the place of ${quoted(database)}`,
      cause: explain(error).cause,
      advice:
        `The server could not be asked what came of it: the old database is there still, or was dropped already. Look at ` +
        `the server; running the restore again with the same backup is right in either case. Drop ${quoted(fresh)} if it ` +
        'is left over.',
    },
    { cause: error },
  );
}

/** The old database is gone, and the new one is not full. */
export function incomplete(database: string, backupFileName: string, error: unknown): Failure {
  const { cause, advice } = explain(error);
  return new Failure(
    {
      tried: error instanceof Failure ? error.explanation.tried : `pg_restore into ${quoted(database)}`,
      cause,
      advice:
        `${advice}\nThe old database ${quoted(database)} was dropped, and the new one is INCOMPLETE. The backup is ` +
        `untouched: when the cause is mended, run the restore again with backup_file_name ${quoted(backupFileName)}.`,
    },
    { cause: error },
  );
}

function explain(error: unknown): { cause: string; advice: string } {
  if (error instanceof Failure) return error.explanation;
  if (error instanceof ProcessFailure) return explainServerError(error);
  return { cause: causeOf(error), advice: 'Run the restore again.' };
}
