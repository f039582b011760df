import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { causeOf, type Explanation, Failure } from './base/failure.ts';
import { formatBytes, formatDuration, quoted } from './base/format.ts';
import { killAll, ProcessFailure } from './base/process.ts';
import type { Step } from './base/step.ts';
import type { Request } from './jobs/request.ts';
import type { Result } from './jobs/result.ts';
import { abortOnCancelOrCrash, Defect } from './runner/cancel-or-crash.ts';
import * as runner from './runner/commands.ts';
import { InputError } from './runner/input-error.ts';
import { inputsToMask, readRequest } from './runner/inputs.ts';
import { isMaskable, maskEverywhere } from './runner/masking.ts';
import { fail, info, noteMaskedOutputs, setOutputs, warn, writeSummary } from './runner/report.ts';
import { silenceLibraries } from './runner/silence-libraries.ts';

const titles = { backup: 'Backup failed', restore: 'Restore failed' };

/** What is said of the world, and what is left in it, if the step ends out of turn. */
const ending = { title: 'Wrong inputs', state: 'Nothing was changed.', scratch: '' };

/** Settled when it is told that the step has failed. */
let told: Promise<void> | undefined;

/** Tells that the step has failed, once: the job fails as well where it is ended out of turn. */
async function tell(error: Error, warnings: readonly string[] = []): Promise<void> {
  told ??= fail(ending.title, error, warnings).catch((cause: unknown) => {
    told = undefined; // whoever hears of it may try once more
    throw cause;
  });
  await told;
}

/** The step, from its inputs to its outputs; the only place that fails it, unless it has to end out of turn. */
async function main(): Promise<void> {
  silenceLibraries();
  const interrupted = abortOnCancelOrCrash((why) => endOutOfTurn(why));
  const warnings: string[] = [];
  try {
    const request = readRequest();
    ending.title = titles[request.job];
    ending.state = ifCutOff(request);
    const { saveState } = await toolkit();
    const { makeScratch } = await import('./runner/scratch.ts');
    ending.scratch = await makeScratch(process.env['RUNNER_TEMP'] || tmpdir());
    saveState('scratch', ending.scratch); // for src/post.ts
    const masked = inputsToMask();
    const result = await runJob(request, stepOf(ending.scratch, interrupted, masked, warnings));
    if (interrupted.reason instanceof Defect) throw interrupted.reason;
    await reportResult(result, masked);
  } catch (error) {
    await tell(await failureFor(error, interrupted), warnings);
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
async function endOutOfTurn(why: string): Promise<void> {
  const telling = tell(new Error(`${why} ${ending.state}`)); // before the job fails, since its programs are ended
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

/** @param warnings is added to */
function stepOf(
  scratch: string,
  signal: AbortSignal,
  masked: Record<string, string>,
  warnings: string[],
): Step {
  return {
    signal,
    scratch,
    run: {
      repository: process.env['GITHUB_REPOSITORY'] ?? '',
      id: process.env['GITHUB_RUN_ID'] ?? '',
      attempt: process.env['GITHUB_RUN_ATTEMPT'] ?? '',
    },
    phase: async (title, work) => (await toolkit()).group(title, work),
    info,
    warn: (message) => {
      warn(message);
      warnings.push(message);
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

/** What a job may leave that is ended at any line. */
function ifCutOff(request: Request): string {
  if (request.job === 'backup') return 'There is no new backup, unless the log says that it was published.';
  const database = quoted(request.database);
  return request.strategy === 'swap'
    ? `Database ${database} is as it was or restored in full, as the log says, and never anything between. A half-filled ` +
        'database beside it may be left; the next restore drops it.'
    : `Unless the log has begun to replace database ${database} by an empty one, it is as it was. From then on it is missing ` +
        'or incomplete: run the restore again with the same backup.';
}

/** Tells the result. The job has done what it has done, and a full disk does not make a failure of it unseen. */
async function reportResult(result: Result, masked: Record<string, string>): Promise<void> {
  const done = conclusion(result);
  try {
    noteMaskedOutputs(await setOutputs(result), masked);
  } catch (cause) {
    const advice = `The job itself is done: ${done}.`;
    throw new Failure({ tried: 'Writing the outputs', cause: causeOf(cause), advice }, { cause });
  }
  await writeSummary(result);
  info(done);
}

function conclusion({ job, database, backup, duration }: Result): string {
  const size = formatBytes(backup.size);
  const time = formatDuration(duration);
  return job === 'backup'
    ? `Backed up ${quoted(database)} to ${quoted(backup.name)} (${size}) in ${time}`
    : `Restored ${quoted(database)} from ${quoted(backup.name)} (${size}) in ${time}`;
}

await main().catch((error: unknown) =>
  endOutOfTurn(`The step could not tell how it ended: ${causeOf(error)}.`),
);
process.exit(); // nothing that is still open, such as a kept-alive connection, holds the step up
