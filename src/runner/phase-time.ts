import { formatDuration } from '../base/format.ts';
import { Cancelled } from './cancel-or-crash.ts';

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
