import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { portalPage } from './azure/portal.ts';
import { causeOf, type Explanation, Failure } from './base/failure.ts';
import { killAll, ProcessFailure } from './base/process.ts';
import type { Step } from './base/step.ts';
import type { Request } from './jobs/request.ts';
import type { Note, Result } from './jobs/result.ts';
import {
  abortOnCancelOrCrash,
  Cancelled,
  cancelledJob,
  Defect,
  EndedEarly,
} from './runner/cancel-or-crash.ts';
import * as runner from './runner/commands.ts';
import { conclusion, ifCutOff, outputsFailed } from './runner/endings.ts';
import { InputError } from './runner/input-error.ts';
import { inputsToMask, readRequest } from './runner/inputs.ts';
import { isMaskable, maskEverywhere } from './runner/masking.ts';
import type { Order } from './runner/page/failure-parts.ts';
import { currentRun, type Page, type Phase, runToRecord, timedInto } from './runner/page/page.ts';
import { breakingSilence, withTime } from './runner/phase-time.ts';
import { fail, info, noteMaskedOutputs, setOutputs, warn, writeSummary } from './runner/report.ts';
import { silenceLibraries } from './runner/silence-libraries.ts';

const titles = {
  backup: { failed: 'Backup failed', cancelled: 'Backup cancelled' },
  restore: { failed: 'Restore failed', cancelled: 'Restore cancelled' },
};

/** What is said of the world, and what is left in it, if the step ends out of turn. */
const ending = {
  titles: { failed: 'Invalid inputs', cancelled: 'The step was cancelled' },
  state: 'Nothing was changed.',
  scratch: '',
};

/** What was to be done, once that is known. */
let asked: Order | undefined;

/** Settled when it is told that the step has failed. */
let told: Promise<void> | undefined;

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
  const interrupted = abortOnCancelOrCrash((why) =>
    endOutOfTurn(why, interrupted.reason instanceof Cancelled),
  );
  const phases: Phase[] = [];
  const warnings: Note[] = [];
  let masked: Record<string, string> = {};
  const run = currentRun();
  const page: Page = { phases, warnings, ...(run && { run }) };
  try {
    const request = readRequest();
    ending.titles = titles[request.job];
    asked = request;
    ending.state = ifCutOff(request);
    const { saveState } = await toolkit();
    const { makeScratch } = await import('./runner/scratch.ts');
    ending.scratch = await makeScratch(process.env['RUNNER_TEMP'] || tmpdir());
    saveState('scratch', ending.scratch); // for src/post.ts
    masked = inputsToMask();
    const { account, store } = request;
    if (account) page.portalPage = (backup) => portalPage(account, store.container, backup);
    const step = stepOf(ending.scratch, interrupted, masked, { warnings, phases });
    const result = await breakingSilence(info, () => runJob(request, step));
    if (interrupted.reason instanceof Defect) throw interrupted.reason;
    await reportResult(result, masked, page);
  } catch (error) {
    const failure = await failureFor(error, interrupted);
    const cancel = cancelIn(failure, interrupted.reason);
    await tell(cancel ?? failure, { ...page, masked: Object.values(masked) }, cancel !== undefined);
  } finally {
    await removeScratch();
  }
}

/** What is told of an error. Where nothing was prepared for it, the state is not known. */
async function failureFor(error: unknown, interrupted: AbortSignal): Promise<Error> {
  const expected = (error instanceof Failure && !(error instanceof Defect)) || error instanceof InputError;
  if (expected) return error;
  const unexpected = interrupted.aborted ? interrupted.reason : error;
  if (unexpected instanceof Failure && !(unexpected instanceof Defect)) return unexpected;
  const known =
    unexpected instanceof ProcessFailure
      ? await programFailure(unexpected)
      : new Defect(unexpected).explanation;
  return new Failure({ ...known, state: ending.state }, { cause: unexpected });
}

/** A cancel as that, if it is what the job ended with. */
function cancelIn(failure: Error, reason: unknown): Error | undefined {
  if (!(reason instanceof Cancelled) || !(failure instanceof Failure)) return undefined;
  const { explanation } = failure;
  return explanation.cause === reason.explanation.cause
    ? cancelledJob(ending.titles.cancelled, reason, { state: ending.state, ...explanation })
    : undefined;
}

async function programFailure(error: ProcessFailure): Promise<Explanation> {
  const { explainServerError } = await import('./postgres/errors/explain.ts');
  return { tried: 'The step', ...explainServerError(error) };
}

async function removeScratch(): Promise<void> {
  const { scratch } = ending;
  if (scratch === '') return;
  await rm(scratch, { recursive: true, force: true, maxRetries: 3 }).catch((error: unknown) =>
    runner.warning(`${scratch} is left: ${causeOf(error)}`),
  );
}

/** The end where the job cannot be waited for: whatever fails in it, the step has failed, and no program of ours goes on. */
async function endOutOfTurn(why: string, isCancel = false): Promise<void> {
  const error = new EndedEarly(`${ending.state} ${why}`, { state: ending.state, cause: why });
  const telling = tell(error, {}, isCancel); // before the job fails, since its programs are ended
  killAll();
  try {
    await telling;
    await removeScratch();
  } finally {
    process.exit(1);
  }
}

/** Loaded only when there is a job to run: src/runner/commands.ts says why. */
const toolkit = () => import('@actions/core');

/** Each job, with the Azure packages that it needs, is loaded only when it is run. */
async function runJob(request: Request, step: Step): Promise<Result> {
  switch (request.job) {
    case 'backup':
      return (await import('./jobs/backup.ts')).backup(request, step);
    case 'restore':
      return (await import('./jobs/restore.ts')).restore(request, step);
  }
}

/** @param kept is added to, for the page of the run */
function stepOf(
  scratch: string,
  signal: AbortSignal,
  masked: Record<string, string>,
  { warnings, phases }: { warnings: Note[]; phases: Phase[] },
): Step {
  return {
    signal,
    scratch,
    run: runToRecord(),
    phase: async (title, work) => (await toolkit()).group(title, () => withTime(info, signal, work)),
    timed: timedInto(phases),
    info,
    debug: runner.debug,
    warn: (text, sql = [], afterwards) => {
      warn(text, sql.length > 0, warnings.length);
      warnings.push({ text, sql, ...(afterwards && { afterwards }) });
    },
    mask: (values) => {
      maskEverywhere(Object.values(values));
      Object.assign(
        masked,
        Object.fromEntries(Object.entries(values).filter(([, value]) => isMaskable(value))),
      );
    },
  };
}

/** Tells the result. The job has done what it has done, and a full disk does not make a failure of it unseen. */
async function reportResult(result: Result, masked: Record<string, string>, page: Page): Promise<void> {
  const done = conclusion(result);
  try {
    noteMaskedOutputs(await setOutputs(result), masked);
  } catch (cause) {
    throw outputsFailed(result, cause);
  }
  await writeSummary(result, { ...page, masked: Object.values(masked) });
  info(done);
}

await main().catch((error: unknown) =>
  endOutOfTurn(`The step could not tell how it ended: ${causeOf(error)}.`),
);
process.exit(); // nothing that is still open, such as a kept-alive connection, holds the step up
