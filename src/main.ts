import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { causeOf, Failure } from './failure.ts';
import { formatBytes, formatDuration, quoted } from './format.ts';
import { InputError } from './input-error.ts';
import { type Request, readRequest, secretiveInputs } from './inputs.ts';
import type { Result } from './jobs/result.ts';
import { isMaskable, maskEverywhere } from './masking.ts';
import { fail, info, setOutputs, warn, warnOfMaskedOutputs, writeSummary } from './report.ts';
import * as runner from './runner.ts';
import type { Step } from './step.ts';

const titles = { backup: 'Backup failed', restore: 'Restore failed' };

/** The step, from its inputs to its outputs; the only place that fails it. */
async function main(): Promise<void> {
  let state = 'Nothing was changed.';
  const cancelled = abortOnSignals(() => state);
  let title = 'Wrong inputs';
  let scratch = '';
  const warnings: string[] = [];
  try {
    const request = readRequest();
    title = titles[request.job];
    state = ifCutOff(request);
    const { saveState } = await toolkit();
    const { makeScratch } = await import('./scratch.ts');
    scratch = await makeScratch(process.env['RUNNER_TEMP'] || tmpdir());
    saveState('scratch', scratch); // for src/post.ts
    const masked = secretiveInputs();
    const result = await runJob(request, stepOf(scratch, cancelled, masked, warnings));
    await report(result, masked);
  } catch (error) {
    const expected = error instanceof Failure || error instanceof InputError;
    await fail(title, !expected && cancelled.aborted ? cancelled.reason : error, warnings);
  } finally {
    if (scratch !== '')
      await rm(scratch, { recursive: true, force: true, maxRetries: 3 }).catch((error: unknown) =>
        runner.warning(`${scratch} is left: ${causeOf(error)}`),
      );
  }
}

/** Loaded only when there is a job to run: src/runner.ts says why. */
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

/** Milliseconds for cleaning up after a cancel; the runner's next signal comes 7.5 s after the first. */
const patience = 7_000;

/** @param state what is to be said of the world if there is no time to clean up */
function abortOnSignals(state: () => string): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      const explanation = {
        tried: 'The step',
        cause: `it was cancelled (${name})`,
        advice: 'Run it again when you are ready.',
      };
      controller.abort(new Failure(explanation));
      setTimeout(() => {
        runner.error(`The step was cancelled, and ended before it had cleaned up. ${state()}`);
        process.exit(1);
      }, patience).unref();
    });
  }
  return controller.signal;
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
async function report(result: Result, masked: Record<string, string>): Promise<void> {
  const done = conclusion(result);
  try {
    warnOfMaskedOutputs(await setOutputs(result), masked);
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
    ? `Backed up ${database} to ${backup.name} (${size}) in ${time}`
    : `Restored ${database} from ${backup.name} (${size}) in ${time}`;
}

await main();
process.exit(); // nothing that is still open, such as a kept-alive connection, holds the step up
