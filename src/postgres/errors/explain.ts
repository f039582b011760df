import path from 'node:path';
import type { Diagnosis } from '../../base/failure.ts';
import type { ProcessFailure } from '../../base/process.ts';
import { explainSystemError } from '../../base/system-errors.ts';
import { type Asker, adviceFor } from './advice.ts';
import { redactValues } from './redact-values.ts';
import { errorSeverities, noticeSeverities } from './severities.ts';

/**
 * The cause of a failed psql, pg_dump or pg_restore in the words of the program and the server, and what to do.
 * @param asker whose session it was, if statements are to name the role and the database
 */
export function explainServerError(error: ProcessFailure, asker?: Asker): Diagnosis {
  const cause = essence(error.stderr) || describeExit(error);
  const system = error.stderr === '' ? explainSystemError(error.cause) : undefined;
  if (system)
    return {
      cause: `${path.basename(error.program)} could not be started: ${system.cause}`,
      advice: system.advice ?? '',
    };
  return {
    cause,
    advice: adviceFor(error.stderr, asker) ?? "Check the server's message, then run the job again.",
  };
}

/** How a program ended, where it said nothing itself: `pg_restore exited with status 137`. */
export function describeExit({ program, ending }: ProcessFailure): string {
  return `${path.basename(program)} ${ending}`;
}

const mostLinesShown = 12;

/** From 16 on, pg_dump locks thousands of tables by one statement; the advice after it must not be cut off an annotation. */
const longestLineShown = 240;

/** The lines that say what is wrong, without the names of programs in front and without repetitions. */
function essence(stderr: string): string {
  const lines = withoutRowContext(stderr)
    .split('\n')
    .map((line) => line.replace(/^(psql|pg_dump|pg_restore)(:<stdin>:\d+)?: (error: )?/, '').trimEnd())
    .filter((line) => line.trim() !== '')
    .map((line) => (line.length > longestLineShown ? `${line.slice(0, longestLineShown)}…` : line));
  return [...new Set(lines)].slice(-mostLinesShown).join('\n');
}

/** What may come from rows: an error in a function, or while rows are read; and those of constraints. */
const mayHoldRows = /^CONTEXT: {2}|Dumping the contents of table|\)=\(|Failing row contains/m;

/** How a program begins a message, and the server's in it, in a language that is known or in another. */
const program = '(?:psql|pg_dump|pg_restore)(?::<stdin>:\\d+)?: ';
const ofProgram = new RegExp(`^${program}`);
const errorLine = new RegExp(`^(?:${program}(?:.*?: )?)?(?:${errorSeverities}): {2}`, 'u');
const notice = new RegExp(`^(?:${program})?(?:${noticeSeverities})\\d?: {2}`, 'u');
const inAnother = new RegExp(
  `^(?:${program}(?:.*?: )?)?(?!DETAIL|HINT|QUERY|CONTEXT|LOCATION)[\\p{Lu}\\p{Lo}]{2,20}: {2}`,
  'u',
);

/** A message of a program or of the server; `own` stands before what the server says. */
interface Message {
  of: 'program' | 'server' | 'notice' | 'nobody';
  own: string;
  lines: string[];
}

/** What begins with a line; undefined if that goes on with what came before. */
function begun(line: string): Message | undefined {
  const start = line.slice(0, longestLineShown);
  if (notice.test(start)) return { of: 'notice', own: '', lines: [] };
  const own = errorLine.exec(start)?.[0] ?? (inAnother.test(start) ? '' : undefined);
  if (own !== undefined) return { of: 'server', own, lines: [line.slice(own.length)] };
  return ofProgram.test(start) ? { of: 'program', own: '', lines: [line] } : undefined;
}

/**
 * What programs said, without values of rows in what the server said. What it tells besides is left out: it is no cause, and says
 * what functions like.
 */
function withoutRowContext(stderr: string): string {
  const isOfRows = mayHoldRows.test(stderr);
  const messages: Message[] = [{ of: isOfRows ? 'nobody' : 'program', own: '', lines: [] }];
  for (const line of stderr.split('\n')) {
    const message = begun(line);
    if (message) messages.push(message);
    else messages.at(-1)?.lines.push(line);
  }
  const told = messages.filter(({ of, lines }) => /program|server/.test(of) && lines.length > 0);
  const known = told.filter(({ of }) => of === 'program').map(({ lines }) => lines.join('\n'));
  return told
    .map(({ of, own, lines }) => {
      const text = lines.join('\n');
      return own + (of === 'server' && isOfRows ? redactValues(text, known) : text);
    })
    .join('\n');
}
