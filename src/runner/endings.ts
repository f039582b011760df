import { causeOf, type Explanation, Failure } from '../base/failure.ts';
import { firstSentence, quoted } from '../base/format.ts';
import { ProcessFailure } from '../base/process.ts';
import type { Unfinished } from '../base/step.ts';
import { explainSystemError } from '../base/system-errors.ts';
import type { Request } from '../jobs/request.ts';
import type { Result } from '../jobs/result.ts';
import { Cancelled, cancelledJob, Defect } from './cancel-or-crash.ts';
import { InputError } from './inputs/error.ts';
import { conclusion } from './results.ts';

/** What the end of a job may have to undo, and how far the job has come with what it changes. */
export interface Reached {
  stage?: Unfinished['stage'] | undefined;
  unfinished?: Unfinished | undefined;
}

/** What becomes of a database that the step leaves behind. */
const whoDropsIt = 'The end of the job drops it, or tells why it could not.';

/** What a job leaves that is ended now. */
export function ifCutOff(request: Request, { stage, unfinished }: Reached = {}): string {
  if (request.job === 'backup') {
    const backup =
      'There is a new backup only if the log says that it was uploaded, or says "Committing" and a blob of that name is in the container, which is complete then.';
    return request.retention && !request.retention.isDryRun
      ? `${backup} Of older ones, the log has a line for each that was deleted.`
      : backup;
  }
  if (request.job === 'protect' || request.job === 'unprotect')
    return `The protection of ${quoted(request.backupFileName)} may have been changed: job_to_run list shows it.`;
  if (request.job === 'prune' && !request.retention.isDryRun)
    return 'Backups may have been deleted: the log has a line for each one that was.';
  if (request.job === 'check')
    return 'No database and no backup was changed. A probe file may be left in the container: a later check deletes it.';
  if (request.job !== 'restore') return 'Nothing was changed.';
  const database = `Database ${quoted(request.database)}`;
  const { fresh, previous } = unfinished ?? {};
  const beside = fresh ? ` ${quoted(fresh.name)} beside it may be left. ${whoDropsIt}` : '';
  if (stage === undefined || stage === 'filling')
    return `${database} was not touched by this restore.${beside}`;
  if (request.strategy === 'drop' && stage === 'swapping')
    return `${database} is either the old one or empty. If it is empty, the end of the job puts the old one back, or tells why it could not${previous ? `; that is ${quoted(previous.name)}, unless it was dropped` : ''}.`;
  if (request.strategy === 'drop')
    return `${database} is incomplete, unless the log says that it was restored: run the restore again with the same backup.`;
  if (stage === 'swapping')
    return `${database} is either the old one or restored in full, never in between.${beside}`;
  return `${database} is restored in full.${previous ? ` The old one may be left as ${quoted(previous.name)}. ${whoDropsIt}` : ''}`;
}

/**
 * The last line of a step that was cancelled: the state, and what is still to be undone.
 * @param state as it was told
 */
export function closingLine(state: string, { unfinished }: Reached): string {
  const { sentence } = firstSentence(state);
  const { fresh, previous, stage } = unfinished ?? {};
  const left = stage === 'swapped' ? previous : fresh;
  const rest = left === undefined ? '' : ` ${quoted(left.name)} may still be there. ${whoDropsIt}`;
  return `Cancelled. ${sentence}${rest}`;
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

/**
 * What is told of an error. Where nothing was prepared for it, only `state` is known of the world.
 * @param interrupted of the job
 */
export async function failureFor(error: unknown, interrupted: AbortSignal, state: string): Promise<Error> {
  const expected = (error instanceof Failure && !(error instanceof Defect)) || error instanceof InputError;
  if (expected) return error;
  const unexpected = interrupted.aborted ? interrupted.reason : error;
  if (unexpected instanceof Failure && !(unexpected instanceof Defect)) return unexpected;
  const known =
    unexpected instanceof ProcessFailure ? await programFailure(unexpected) : unexpectedFailure(unexpected);
  return new Failure({ ...known, state }, { cause: unexpected });
}

/** What the machine refused, such as one more open file, is no bug of ours, wherever it happened. */
function unexpectedFailure(error: unknown): Explanation {
  const system = explainSystemError(error);
  return system
    ? { tried: 'The step', cause: system.cause, advice: system.advice ?? 'Run the job again.' }
    : new Defect(error instanceof Defect ? error.cause : error).explanation;
}

async function programFailure(error: ProcessFailure): Promise<Explanation> {
  const { explainServerError } = await import('../postgres/errors/explain.ts');
  return { tried: 'The step', ...explainServerError(error) };
}

/** A cancel as that, if it is what the job ended with. */
export function cancelIn(title: string, failure: Error, reason: unknown, state: string): Error | undefined {
  if (!(reason instanceof Cancelled) || !(failure instanceof Failure)) return undefined;
  const { explanation } = failure;
  return explanation.cause === reason.explanation.cause
    ? cancelledJob(title, reason, { state, ...explanation })
    : undefined;
}
