/**
 * Runs when the job ends, however the step ended, and puts in order what that has left and written down: processes that still run, the
 * databases of a restore, the folder of its files. It is a program of its own and never runs a job; where nothing is left, it loads
 * nothing more and prints nothing. It never fails, since the job has done what it has done.
 */
import { causeOf } from './base/failure.ts';
import { warning, write } from './runner/commands.ts';
import { isScratch, removeFolder } from './runner/scratch.ts';
import { endProcesses, longestInstallation, waitForProcesses } from './runner/undo/processes.ts';
import { readState } from './runner/undo/record.ts';

const { scratch, processes, unattended, restore } = readState(process.env);

/** Somebody cancels the job while it is being put in order. */
const cancelled = new AbortController();

/**
 * For all of it, in milliseconds from the start of this program. GitHub ends a job five minutes after it was cancelled, of which the step
 * itself has had up to ten seconds: https://docs.github.com/actions/reference/workflows-and-actions/workflow-cancellation
 */
const timeForAll = 280_000;

async function putInOrder(): Promise<void> {
  await endProcesses(processes);
  const toUndo = restore?.fresh ?? restore?.previous;
  if (restore && toUndo)
    await (await import('./runner/undo/after-restore.ts')).cleanUpAfter(restore, cancelled.signal);
  const waiting = (): void =>
    write('Waiting for the package manager of this machine, which the step has started');
  const longest = Math.min(longestInstallation, timeForAll - performance.now());
  if (!(await waitForProcesses(unattended, longest, cancelled.signal, waiting)))
    warning('The package manager of this machine still runs.');
}

async function removeFiles(): Promise<void> {
  if (scratch !== undefined && isScratch(scratch)) await removeFolder(scratch);
}

/** Whoever is the first ends it. */
let lastAct: Promise<void> | undefined;

function end(problem?: { error: unknown }): void {
  if (problem && !lastAct) warning(`What the step left could not be put in order: ${causeOf(problem.error)}`);
  lastAct ??= removeFiles().catch((error: unknown) => warning(`${scratch} is left: ${causeOf(error)}`));
  void lastAct.then(() => process.exit(0)); // nothing that is still open holds the job up
}

for (const name of ['SIGINT', 'SIGTERM'] as const)
  process.on(name, () => cancelled.abort(new Error('the job was cancelled')));
for (const name of ['uncaughtException', 'unhandledRejection'])
  process.on(name, (error: unknown) => end({ error }));
process.on('beforeExit', () => end({ error: new Error('what it was waiting for could no longer come') }));

putInOrder().then(
  () => end(),
  (error: unknown) => end({ error }),
);
