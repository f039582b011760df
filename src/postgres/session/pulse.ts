import { Failure } from '../../base/failure.ts';
import { formatDuration } from '../../base/format.ts';
import { run } from '../../base/process.ts';
import { connectFailure } from './connect-failure.ts';
import { describeDatabase } from './connection.ts';
import { type Psql, psqlCommand } from './psql-command.ts';

/** Whether a server still answers anybody, while a program works with it. */
export interface Pulse {
  /** Aborted with a Failure when it has not for too long. */
  lost: AbortSignal;
  stop(): void;
}

/**
 * Watches a server that may be silent for hours since it works: what tells such a silence from one without end is that it answers others.
 * The system's keep-alives tell as much of a server that is gone, and nothing of one that hangs. While the program hears nothing, a psql
 * asks now and then, and any answer will do.
 * @param lastHeard when the program heard of it last, by `performance.now()`
 * @param told how the error tells what was done, and what the server did before it fell silent
 */
export function watchPulse(
  psql: Psql,
  database: string,
  lastHeard: () => number,
  told = { tried: 'Working with', before: '' },
): Pulse {
  const lost = new AbortController();
  const { insistence } = psql.connection.admission;
  if (!insistence) return { lost: lost.signal, stop: () => {} };
  const { idle, answer, total } = insistence.patience;
  let heard = performance.now();
  let asking = false;
  const over = new AbortController();
  const asker = { ...psql, signal: AbortSignal.any([psql.signal, over.signal]) };

  async function look(): Promise<void> {
    heard = Math.max(heard, lastHeard());
    if (asking || performance.now() - heard < idle) return;
    asking = true;
    if (await isAnswered(asker, database, answer)) heard = performance.now();
    asking = false;
    const silence = performance.now() - Math.max(heard, lastHeard());
    if (silence < total || over.signal.aborted) return;
    lost.abort(
      new Failure({
        tried: `${told.tried} ${describeDatabase(psql.connection, database)}`,
        cause: `the server ${told.before}has not answered for ${formatDuration(silence)}`,
        advice: "Check the server and the runner's network, then run the job again.",
      }),
    );
  }

  const timer = setInterval(() => void look(), idle / 2);
  return {
    lost: lost.signal,
    stop() {
      clearInterval(timer);
      over.abort();
    },
  };
}

/**
 * Asks a question that has no limit, since it may be long, or has to wait for a lock: it ends when the server answers nobody. A pooler or
 * a gateway may let everybody in, and never hand on what is asked.
 * @param question ends when its signal is aborted
 * @throws Failure if nobody is answered for too long; what the question does
 */
export async function whileAnswered<T>(
  psql: Psql,
  database: string,
  question: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const begun = performance.now();
  const told = { tried: 'Asking', before: 'accepted the connection, but ' };
  const { lost, stop } = watchPulse(psql, database, () => begun, told);
  try {
    return await question(AbortSignal.any([psql.signal, lost]));
  } finally {
    stop();
  }
}

/** The least time that a psql gets, in milliseconds: it has to be started, and libpq itself takes two seconds. */
const leastAnswer = 2_000;

/** Whether a server answers, be it that it lets nobody in. @param longest in milliseconds */
async function isAnswered(psql: Psql, database: string, longest: number): Promise<boolean> {
  const signal = AbortSignal.any([psql.signal, AbortSignal.timeout(Math.max(leastAnswer, longest))]);
  try {
    await run({ ...psqlCommand(psql, database), input: 'SELECT 1;', signal });
    return true;
  } catch (error) {
    const failure = connectFailure(error);
    return failure !== undefined && (failure.answered || failure.kind === 'final');
  }
}
