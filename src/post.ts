/**
 * Runs when the job ends, however the step ended, and puts in order what that has left and written down: processes that still run, the
 * databases of a restore, the folder of its files. It is a program of its own and never runs a job; where nothing is left, it loads
 * nothing more and prints nothing. It never fails, since the job has done what it has done.
 */
import { causeOf } from './base/failure.ts';
import { warning, write } from './runner/commands.ts';
import { isScratch, removeFolder } from './runner/scratch.ts';
import { endProcesses, waitForProcesses } from './runner/undo/processes.ts';
import { readState } from './runner/undo/record.ts';

const { scratch, processes, unattended, restore } = readState(process.env);

try {
  await endProcesses(processes);
  const toUndo = restore?.fresh ?? restore?.previous;
  if (restore && toUndo) await (await import('./runner/undo/after-restore.ts')).cleanUpAfter(restore);
  const waiting = (): void =>
    write('Waiting for the package manager of this machine, which the step has started');
  if (!(await waitForProcesses(unattended, waiting)))
    warning('The package manager of this machine still runs.');
} catch (error) {
  warning(`What the step left could not be put in order: ${causeOf(error)}`);
}
if (scratch !== undefined && isScratch(scratch))
  await removeFolder(scratch).catch((error: unknown) => warning(`${scratch} is left: ${causeOf(error)}`));
process.exit(0); // nothing that is still open holds the job up
