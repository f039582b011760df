import { causeOf, Failure } from '../base/failure.ts';
import { formatBytes, formatDuration, quoted } from '../base/format.ts';
import type { Request } from '../jobs/request.ts';
import type { Result } from '../jobs/result.ts';

/** What a job may leave that is ended at any line. */
export function ifCutOff(request: Request): string {
  if (request.job === 'backup')
    return 'There is no new backup, unless the log says that it was uploaded. If it has a line "Committing", look for that name in the container: it is there only if the backup is complete.';
  const database = quoted(request.database);
  return request.strategy === 'swap'
    ? `Database ${database} is either unchanged or restored in full, as the log says, never in between. A partly restored database beside it may be left; the next restore drops it.`
    : `Unless the log shows that database ${database} was being replaced, it was not changed. From then on it is missing or incomplete: run the restore again with the same backup.`;
}

/** What a job has done, in a line. */
export function conclusion({ job, database, backup, duration }: Result): string {
  const size = formatBytes(backup.size);
  const time = formatDuration(duration);
  return job === 'backup'
    ? `Backed up ${quoted(database)} to ${quoted(backup.name)} (${size}) in ${time}`
    : `Restored ${quoted(database)} from ${quoted(backup.name)} (${size}) in ${time}`;
}

/** The outputs could not be written, after a job that has done what it has done. */
export function outputsFailed(result: Result, error: unknown): Failure {
  return new Failure(
    {
      tried: 'Writing the outputs',
      cause: causeOf(error),
      advice: '',
      state: `The job itself is done: ${conclusion(result)}.`,
      ...(result.job === 'restore' && { outcome: 'restored' }),
    },
    { cause: error },
  );
}
