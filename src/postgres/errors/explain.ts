import path from 'node:path';
import type { Diagnosis } from '../../base/failure.ts';
import type { ProcessFailure } from '../../base/process.ts';
import { adviceFor } from './advice.ts';
import { withoutValues } from './without-values.ts';

/** The cause of a failed psql, pg_dump or pg_restore in the words of the program and the server, and what to do. */
export function explainServerError(error: ProcessFailure): Diagnosis {
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
  const lines = withoutRows(stderr)
    .split('\n')
    .map((line) => line.replace(/^(psql|pg_dump|pg_restore)(:<stdin>:\d+)?: (error: )?/, '').trimEnd())
    .filter((line) => line.trim() !== '')
    .map((line) => (line.length > keptLineLength ? `${line.slice(0, keptLineLength)}…` : line));
  return [...new Set(lines)].slice(-keptLines).join('\n');
}

/** What may come from rows: an error in a function, or while rows are read; and those of constraints. */
const mayHoldRows = /^CONTEXT: {2}|Dumping the contents of table|\)=\(|Failing row contains/m;

/** How a program begins a message, and the server's in it. */
const beginning = /^(?:psql|pg_dump|pg_restore)(?::<stdin>:\d+)?: /;
const severity = /(?:^|: )[\p{Lu}\p{Lo}]{2,20}: {2}/u;

/** What programs said, without values of rows in what the server said. */
function withoutRows(stderr: string): string {
  if (!mayHoldRows.test(stderr)) return stderr;
  const messages: { own: string; lines: string[] }[] = [];
  for (const line of stderr.split('\n')) {
    const server = severity.exec(line.slice(0, keptLineLength));
    if (!server && !beginning.test(line)) messages.at(-1)?.lines.push(line);
    else {
      const own = server ? line.slice(0, server.index + server[0].length) : '';
      messages.push({ own, lines: [line.slice(own.length)] });
    }
  }
  const known = messages.filter(({ own }) => own === '').map(({ lines }) => lines.join('\n'));
  return messages
    .map(({ own, lines }) => (own === '' ? lines.join('\n') : own + withoutValues(lines.join('\n'), known)))
    .join('\n');
}
