import { tmpdir } from 'node:os';
import { causeOf } from '../../base/failure.ts';
import { quoted } from '../../base/format.ts';
import type { Step, Unfinished } from '../../base/step.ts';
import { putServerInOrder } from '../../jobs/undo/put-in-order.ts';
import { debug, warning } from '../commands.ts';
import { readRequest } from '../inputs/read-request.ts';
import { maskEverywhere } from '../masking.ts';
import { runToRecord } from '../page/page.ts';
import { withTime } from '../phase-time.ts';
import { info } from '../report.ts';
import { makeScratch, removeFolder } from '../scratch.ts';
import { silenceLibraries } from '../silence-libraries.ts';

/** In milliseconds, of the time that src/post.ts has for all. */
const timeForUndoing = 240_000;

/**
 * Puts the server in order after a restore that has not done so itself, with the inputs of its step, which a post step gets again. Never
 * throws: what could not be done is warned of.
 * @param cancelled whether somebody does not let it end
 */
export async function cleanUpAfter(unfinished: Unfinished, cancelled: AbortSignal): Promise<void> {
  silenceLibraries();
  const signal = AbortSignal.any([cancelled, AbortSignal.timeout(timeForUndoing)]);
  let scratch: string | undefined;
  try {
    scratch = await makeScratch(process.env['RUNNER_TEMP'] || tmpdir());
    const request = readRequest();
    if (request.job !== 'restore') throw new Error('the inputs are no longer those of a restore');
    await putServerInOrder(unfinished, request, stepFor(scratch, signal));
  } catch (error) {
    const why = signal.aborted && !cancelled.aborted ? 'there was not enough time' : causeOf(error);
    warning(notSeen(unfinished, why));
  } finally {
    if (scratch !== undefined) await removeFolder(scratch).catch(() => {});
  }
}

/** That the server could not be asked what a restore has left; after the old database is gone, that is whether the new one is whole. */
export function notSeen({ database, stage, fresh, previous }: Unfinished, why: string): string {
  if (stage === 'swapped' && !previous)
    return (
      `It could not be seen whether database ${quoted(database)} is whole: ${why}\n` +
      'If its comment begins with "postgres-azure-backup", run the restore again with the same backup.'
    );
  const names = [fresh, previous].flatMap((one) => (one ? [quoted(one.name)] : [])).join(' and ');
  return `It could not be seen whether the restore has left ${names} on the server: ${why}`;
}

function stepFor(scratch: string, signal: AbortSignal): Step {
  return {
    ...{ signal, scratch, run: runToRecord(), info, debug },
    phase: (_, work) => withTime(info, signal, work),
    timed: (_, work) => work(),
    warn: (text, sql = []) => warning([text, ...sql].join('\n')), // whole: the page of the run is the step's own
    mask: (values) => maskEverywhere(Object.values(values)),
    writeDown: () => {},
    chose: () => {},
  };
}
