import { tmpdir } from 'node:os';
import { portalPage } from './azure/portal.ts';
import { causeOf, Failure } from './base/failure.ts';
import { killAll, watchChildren } from './base/process.ts';
import type { Step } from './base/step.ts';
import { watchUnattended } from './base/unattended.ts';
import type { Request } from './jobs/request.ts';
import type { Note, Result } from './jobs/result.ts';
import { abortOnCancelOrCrash, Cancelled, Defect, EndedEarly } from './runner/cancel-or-crash.ts';
import * as runner from './runner/commands.ts';
import { cancelIn, closingLine, failureFor, ifCutOff, outputsFailed } from './runner/endings.ts';
import { inputsToMask, readRequest } from './runner/inputs/read-request.ts';
import type { Order } from './runner/page/failure-parts.ts';
import { currentRun, type Page, type Phase, withoutDetails } from './runner/page/page.ts';
import { breakingSilence } from './runner/phase-time.ts';
import { fail, info, noteMaskedOutputs, setOutputs, writeSummary } from './runner/report.ts';
import { conclusion, titles } from './runner/results.ts';
import { makeScratch, removeFolder } from './runner/scratch.ts';
import { silenceLibraries } from './runner/silence-libraries.ts';
import { stepOf } from './runner/step.ts';
import { type Keeper, keepState } from './runner/undo/keeper.ts';
import { stateNames } from './runner/undo/record.ts';

interface Titles {
  failed: string;
  cancelled: string;
}

/** What is said of the world, and what is left in it, if the step ends out of turn. */
const ending = {
  titles: { failed: 'Invalid inputs', cancelled: 'The step was cancelled' } as Titles,
  state: () => 'Nothing was changed.',
  scratch: '',
};

/** What was to be done, once that is known. */
let asked: Order | undefined;

/** What is written down for src/post.ts. */
let keeper: Keeper | undefined;

const reached = () => ({ stage: keeper?.stage(), unfinished: keeper?.unfinished() });

/** Settled when it is told that the step has failed. */
let told: Promise<void> | undefined;

/** The end of the step where the job was not waited for any more; the job may end meanwhile. */
let outOfTurn: Promise<void> | undefined;

/** Tells that the step has failed, once: the job fails as well where it is ended out of turn. */
async function tell(error: Error, page: Page = {}, isCancel = false): Promise<void> {
  const title = isCancel ? ending.titles.cancelled : ending.titles.failed;
  told ??= fail(title, error, page, asked).catch((cause: unknown) => {
    told = undefined; // whoever hears of it may try once more
    throw cause;
  });
  await told;
}

/** The step, from its inputs to its outputs; the only place that fails it, unless it has to end out of turn. */
async function main(): Promise<void> {
  silenceLibraries();
  const interrupted = abortOnCancelOrCrash({
    endOutOfTurn: (why) => {
      outOfTurn = endOutOfTurn(why, interrupted.reason instanceof Cancelled);
      return outOfTurn;
    },
    isUncut: () => keeper?.unfinished()?.stage === 'swapping',
  });
  const phases: Phase[] = [];
  const warnings: Note[] = [];
  const lines: string[] = []; // after all else
  let masked: Record<string, string> = {};
  const run = currentRun();
  const page: Page = { phases, warnings, ...(run && { run }) };
  try {
    const request = readRequest();
    ending.titles = titles[request.job];
    asked = request;
    ending.state = () => ifCutOff(request, reached());
    const { saveState } = await import('@actions/core');
    ending.scratch = await makeScratch(process.env['RUNNER_TEMP'] || tmpdir());
    saveState(stateNames.scratch, ending.scratch);
    keeper = keepState(saveState, process.env['GITHUB_STATE'] || undefined);
    watchChildren(keeper.noteProcesses);
    watchUnattended(keeper.noteUnattended);
    masked = inputsToMask();
    const { account, store } = request;
    if (account) page.portalPage = (backup) => portalPage(account, store.container, backup);
    const chose = (backup: string): void => {
      asked = { ...request, backupFileName: backup, isLatest: true };
    };
    const step = stepOf(ending.scratch, interrupted, { masked, warnings, phases, chose }, keeper);
    const result = await breakingSilence(info, () => runJob(request, step));
    if (interrupted.reason instanceof Defect) throw interrupted.reason;
    await reportResult(result, masked, page);
  } catch (error) {
    const state = ending.state();
    const failure = await failureFor(error, interrupted, state);
    const cancel = cancelIn(ending.titles.cancelled, failure, interrupted.reason, state);
    await tell(cancel ?? failure, { ...page, masked: Object.values(masked) }, cancel !== undefined);
    lines.push(...(cancel instanceof EndedEarly ? [closingLine(cancel.parts.state ?? '', reached())] : []));
  } finally {
    await removeScratch();
  }
  await outOfTurn; // it tells how the step ended, and ends it
  lines.forEach(info);
}

async function removeScratch(): Promise<void> {
  const { scratch } = ending;
  if (scratch === '') return;
  await removeFolder(scratch).catch((error: unknown) =>
    runner.warning(`${scratch} is left: ${causeOf(error)}`),
  );
}

/** The end where the job cannot be waited for: whatever fails in it, the step has failed, and no program of ours goes on. */
async function endOutOfTurn(why: string, isCancel = false): Promise<void> {
  const state = ending.state();
  const error = new EndedEarly(`${state} ${why}`, { state, cause: why });
  const telling = tell(error, {}, isCancel); // before the job fails, since its programs are ended
  const ended = killAll();
  try {
    await telling;
    await ended;
    await removeScratch();
    if (isCancel) info(closingLine(state, reached()));
  } finally {
    process.exit(1);
  }
}

/** Each job, with the Azure packages that it needs, is loaded only when it is run. */
async function runJob(request: Request, step: Step): Promise<Result> {
  switch (request.job) {
    case 'backup':
      return (await import('./jobs/backup.ts')).backup(request, step);
    case 'restore':
      return (await import('./jobs/restore.ts')).restore(request, step);
    case 'list':
      return (await import('./jobs/list.ts')).list(request, step);
    case 'prune':
      return (await import('./jobs/prune.ts')).prune(request, step);
    case 'protect':
    case 'unprotect':
      return (await import('./jobs/protect.ts')).protect(request, step);
    case 'check':
      return (await import('./jobs/check.ts')).check(request, step);
  }
}

/**
 * Tells the result, after the problem that fails the step all the same if there is one. The job has done what it has done, and a full disk
 * does not make a failure of it unseen.
 */
async function reportResult(result: Result, masked: Record<string, string>, page: Page): Promise<void> {
  const done = conclusion(result);
  try {
    noteMaskedOutputs(await setOutputs(result), masked);
  } catch (cause) {
    throw outputsFailed(result, cause);
  }
  const whole = { ...page, masked: Object.values(masked) };
  const { problem } = result;
  if (problem) {
    ending.titles = { ...ending.titles, ...(problem.title !== undefined && { failed: problem.title }) };
    // What else there is to tell is the result's.
    await tell(new Failure(problem), {
      ...withoutDetails(whole),
      isToldByResult: problem.isToldByResult ?? false,
    });
  }
  await writeSummary(result, whole);
  info(done);
}

await main().catch((error: unknown) =>
  endOutOfTurn(`The step could not tell how it ended: ${causeOf(error)}.`),
);
process.exit(); // nothing that is still open, such as a kept-alive connection, holds the step up
