import { NoAnswer } from '../../../base/patience.ts';
import { isThrottling } from '../access.ts';

/** How many requests are on their way at once. */
export interface Pace {
  /** Makes a request as soon as one more may be on its way. Rejects when the signal is aborted before. */
  run<T>(request: () => Promise<T>, signal: AbortSignal): Promise<T>;
  /** How many may be at this time. */
  readonly allowed: number;
}

/** How many requests in a row have to get through, for each that may be on its way, before there is one more. */
const calm = 4;

/**
 * Lets fewer requests be on their way while the account says that it is asked too much: half as many each time, at least one, and one
 * more after several that got through. An account that is over its limit refuses more of what comes faster.
 */
export function paceOf(most: number): Pace {
  let [allowed, under, through] = [most, 0, 0];
  let waiting: (() => void)[] = [];

  const wake = (): void => {
    const woken = waiting;
    waiting = [];
    for (const resume of woken) resume();
  };

  const turn = async (signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    while (under >= allowed) {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.push(resolve);
      signal.addEventListener('abort', wake);
      await promise;
      signal.removeEventListener('abort', wake);
      signal.throwIfAborted();
    }
    under++; // here, since others who are woken go on before whoever waits for this
  };

  return {
    async run(request, signal) {
      await turn(signal);
      try {
        const answer = await request();
        through++;
        if (through >= allowed * calm && allowed < most) [allowed, through] = [allowed + 1, 0];
        return answer;
      } catch (error) {
        // One that was too slow may have had too many beside it.
        if (isThrottling(error) || error instanceof NoAnswer)
          [allowed, through] = [Math.max(1, Math.floor(allowed / 2)), 0];
        throw error;
      } finally {
        under--;
        wake();
      }
    },
    get allowed() {
      return allowed;
    },
  };
}
