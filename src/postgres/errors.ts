import path from 'node:path';
import type { ProcessFailure } from '../process.ts';
import { adviceFor } from './server-advice.ts';

/** The cause of a failed psql, pg_dump or pg_restore in the words of the program and the server, and what to do. */
export function explainServerError(error: ProcessFailure): { cause: string; advice: string } {
  const cause = essence(error.stderr) || endOf(error);
  return { cause, advice: adviceFor(error.stderr) ?? "See the server's message, then run the job again." };
}

/** How a program ended, where it said nothing itself: `pg_restore exited with status 137`. */
export function endOf({ program, ending }: ProcessFailure): string {
  return `${path.basename(program)} ${ending}`;
}

const keptLines = 12;

/** From 16 on, pg_dump locks thousands of tables by one statement; the advice after it must not be cut off an annotation. */
const keptLineLength = 240;

/** The lines that say what is wrong, without the names of programs in front and without repetitions. */
function essence(stderr: string): string {
  const lines = stderr
    .split('\n')
    .map((line) => line.replace(/^(psql|pg_dump|pg_restore)(:<stdin>:\d+)?: (error: )?/, '').trimEnd())
    .filter((line) => line.trim() !== '')
    .map((line) => (line.length > keptLineLength ? `${line.slice(0, keptLineLength)}…` : line));
  return [...new Set(lines)].slice(-keptLines).join('\n');
}
