import { formatDuration } from '../base/format.ts';
import { Cancelled } from './cancel-or-crash.ts';
import { lastWritten } from './commands.ts';

/** Runs a phase of the job, and writes as its last line how long it took, whether or not it went well. */
export async function withTime<T>(
  info: (line: string) => void,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  const clock = performance.now();
  const tell = (how: string): void => info(`${how} ${formatDuration(performance.now() - clock)}`);
  try {
    const result = await work();
    tell('Done in');
    return result;
  } catch (error) {
    tell(signal.reason instanceof Cancelled ? 'Cancelled after' : 'Failed after');
    throw error;
  }
}

/** How long nothing may be written while a job works, in milliseconds: people take a log that is silent for longer for one that hangs. */
const silenceAllowed = 29_900;

/** Writes a line whenever the log has been silent for half a minute while `work` runs, whatever it waits for. */
export async function breakingSilence<T>(info: (line: string) => void, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const wait = (): void => {
    timer = setTimeout(
      () => {
        const now = performance.now();
        if (now - lastWritten() >= silenceAllowed)
          info(`Still working, ${formatDuration(now - began)} so far`);
        wait();
      },
      Math.max(began, lastWritten()) + silenceAllowed - performance.now(),
    );
  };
  wait();
  try {
    return await work();
  } finally {
    clearTimeout(timer);
  }
}
