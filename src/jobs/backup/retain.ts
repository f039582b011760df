import { causeOf, type Explanation, Failure } from '../../base/failure.ts';
import { quoted } from '../../base/format.ts';
import type { Step } from '../../base/step.ts';
import type { BackupRequest } from '../request.ts';
import type { BackupResult, Note } from '../result.ts';
import { applyRetention } from '../retention/apply.ts';
import type { RetentionStore } from '../retention/delete.ts';

/**
 * Applies the retention after a backup, if there is one. The backup is there: whatever goes wrong with the older ones is a warning.
 * @param name of the backup that was made a moment ago
 * @throws Failure if the job is cancelled
 */
export async function retainAfterBackup(
  { source, retention, patience }: BackupRequest,
  store: RetentionStore,
  name: string,
  step: Step,
): Promise<Pick<BackupResult, 'retention'> & { notes: Note[] }> {
  if (!retention) return { notes: [] };
  try {
    const { outcome, notes, problem } = await applyRetention(
      store,
      { source, retention, fresh: name },
      patience,
      step,
    );
    if (problem) step.warn(warningOf(name, problem, outcome.deleted.length > 0));
    return { retention: outcome, notes };
  } catch (error) {
    if (step.signal.aborted) throw cutOff(name, step.signal.reason);
    step.warn(warningOf(name, explanationIn(error), false));
    return { notes: [] };
  }
}

function warningOf(name: string, { tried, cause, advice, state = '' }: Explanation, isPart: boolean): string {
  const came = isPart ? 'did only a part of its work' : 'failed';
  const why = tried === undefined ? cause : `${tried} failed: ${cause}`;
  return [
    `Backup ${quoted(name)} is complete; its retention ${came}.`,
    ...[state, why, advice].filter((part) => part !== ''),
    'To try the retention alone, run the job with job_to_run: prune.',
  ].join('\n');
}

function explanationIn(error: unknown): Explanation {
  return error instanceof Failure ? error.explanation : { cause: causeOf(error), advice: '' };
}

/** The job was cancelled in the midst of it. */
function cutOff(name: string, reason: unknown): unknown {
  if (!(reason instanceof Failure)) return reason;
  const state = `Backup ${quoted(name)} is complete. Its retention was ended: the log has a line for each backup that was deleted.`;
  return new Failure({ ...reason.explanation, state }, { cause: reason });
}
