import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { NoAnswer, type Persistence, patienceOf, patiently, withLimit } from '../../../src/base/patience.ts';

// Its timers are bound before the clock is replaced.
vi.mock('node:timers/promises', () => ({
  setTimeout: (milliseconds: number, value: unknown, { signal }: { signal: AbortSignal }) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, milliseconds, value);
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(new DOMException('aborted', 'AbortError'));
      });
    }),
}));

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('the times that follow from one', () => {
  test.each([
    [300, { total: 300_000, answer: 20_000, idle: 60_000, newRight: 120_000, pause: 1_000 }],
    [3600, { total: 3_600_000, answer: 20_000, idle: 60_000, newRight: 120_000, pause: 1_000 }],
    [15, { total: 15_000, answer: 1_000, idle: 3_000, newRight: 6_000, pause: 50 }],
  ])('of %d seconds', (seconds, times) => expect(patienceOf(seconds)).toEqual(times));
});

const lines: string[] = [];
let began = 0;
/** The lines of the log, each after the seconds at which it was written. */
const info = (line: string): void =>
  void lines.push(`${((performance.now() - began) / 1000).toFixed(1)} ${line}`);

function persistence(more: Partial<Persistence> = {}): Persistence {
  lines.length = 0;
  began = performance.now();
  return {
    patience: patienceOf(300),
    signal: new AbortController().signal,
    info,
    judge: (error) => ({ why: error instanceof Error ? error.message : '' }),
    ...more,
  };
}

/** Runs until it is settled, with the time that it took in seconds. */
async function settled(work: Promise<unknown>): Promise<{ outcome: unknown; seconds: number }> {
  const outcome = work.catch((error: unknown) => error).then((value) => [value, performance.now()] as const);
  await vi.advanceTimersByTimeAsync(7_200_000);
  const [value, ended] = await outcome;
  expect(vi.getTimerCount()).toBe(0);
  return { outcome: value, seconds: Math.round((ended - began) / 1000) };
}

/** Fails so often, then works. */
function failing(times: number, how = (number: number) => new Error(`no ${number}`)) {
  let tries = 0;
  return async () => {
    tries++;
    if (tries <= times) throw how(tries);
    return `attempt ${tries}`;
  };
}

const lasting = (milliseconds: number) => (signal: AbortSignal) =>
  new Promise<string>((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds, 'done');
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new Error('aborted'));
    });
  });

describe('patience', () => {
  test('says nothing of what works at once', async () => {
    expect(await settled(patiently('Asking', failing(0), persistence()))).toEqual({
      outcome: 'attempt 1',
      seconds: 0,
    });
    expect(lines).toEqual([]);
  });

  test('has pauses that double', async () => {
    expect(await settled(patiently('Asking', failing(4), persistence()))).toEqual({
      outcome: 'attempt 5',
      seconds: 15,
    });
    expect(lines).toEqual([
      '0.0 Asking: no 1. Trying again in 1.0 s',
      '1.0 Asking: no 2. Trying again in 2.0 s',
      '3.0 Asking: no 3. Trying again in 4.0 s',
      '7.0 Asking: no 4. Trying again in 8.0 s',
    ]);
  });

  test('ends after its time, with the last error', async () => {
    const { outcome, seconds } = await settled(patiently('Asking', failing(1_000), persistence()));
    expect(outcome).toEqual(new Error('no 14')); // 1, 2, 4, 8, 16 and then 30 s each
    expect(seconds).toBe(271);
  });

  test('ends after its attempts, if they are counted', async () => {
    const ended = await settled(patiently('Asking', failing(1_000), persistence({ most: 5 })));
    expect(ended).toEqual({ outcome: new Error('no 5'), seconds: 15 });
  });

  test('ends at once where nothing passes', async () => {
    const final = persistence({ judge: () => undefined });
    expect(await settled(patiently('Asking', failing(9), final))).toEqual({
      outcome: new Error('no 1'),
      seconds: 0,
    });
    expect(lines).toEqual([]);
  });

  test('waits as long as it is asked to, and says so every 25 seconds', async () => {
    const asked = persistence({ judge: () => ({ why: 'HTTP 429', after: 60_000 }) });
    expect(await settled(patiently('Asking', failing(1), asked))).toEqual({
      outcome: 'attempt 2',
      seconds: 60,
    });
    expect(lines).toEqual([
      '0.0 Asking: HTTP 429. Trying again in 1 min 00 s',
      '25.0 Asking: waiting for 25.0 s',
      '50.0 Asking: waiting for 50.0 s',
    ]);
  });

  test.each([
    ['all the time that there is', { after: 300_001 }],
    ['a time of its own', { after: 5_000, within: 4_000 }],
  ])('ends at once where it is asked to wait for longer than %s', async (_, retry) => {
    const asked = persistence({ judge: () => ({ why: 'HTTP 429', ...retry }) });
    expect(await settled(patiently('Asking', failing(1), asked))).toEqual({
      outcome: new Error('no 1'),
      seconds: 0,
    });
  });

  test('counts a shorter time from the first of the failures in a row that have it', async () => {
    const judge = (error: unknown) => {
      const isRefused = error instanceof Error && error.message === 'refused';
      return { why: 'no', ...(isRefused && { within: 10_000 }) };
    };
    const how = (number: number) => new Error(number < 6 || number === 8 ? 'starting' : 'refused');
    // At 31 and 61 s it is refused, at 91 s starting up, and from 121 s on refused for good.
    const { outcome, seconds } = await settled(patiently('Asking', failing(99, how), persistence({ judge })));
    expect(outcome).toEqual(new Error('refused'));
    expect(seconds).toBe(31);
    const brief = (number: number) => new Error(number === 3 ? 'refused' : 'starting');
    const passed = await settled(patiently('Asking', failing(6, brief), persistence({ judge })));
    expect(passed).toEqual({ outcome: 'attempt 7', seconds: 1 + 2 + 4 + 8 + 16 + 30 });
  });

  test('counts its time from the first failure on', async () => {
    const slow = async (): Promise<never> => {
      await lasting(200_000)(new AbortController().signal);
      throw new Error('no');
    };
    const { seconds } = await settled(patiently('Asking', slow, persistence()));
    expect(seconds).toBe(200 + 1 + 200 + 2 + 200); // the third fails 403 s after the first
  });

  test('does not count the time in which it was not its turn', async () => {
    let [queued, attempts] = [0, 0];
    const slow = async (): Promise<never> => {
      attempts++;
      await lasting(100_000)(new AbortController().signal);
      queued += 90_000;
      throw new Error('no');
    };
    await settled(patiently('Asking', slow, persistence({ queued: () => queued })));
    expect(attempts).toBe(11); // 10 s each, and pauses of 1, 2, 4, 8, 16 and then 30 s: 281 s from the first failure to the last
  });

  test.each([
    ['a pause', failing(9)],
    ['an attempt', lasting(1_000_000)],
  ])('ends with the step in %s', async (_, attempt) => {
    const controller = new AbortController();
    const work = patiently('Asking', attempt, persistence({ signal: controller.signal }));
    setTimeout(() => controller.abort(new Error('cancelled')), 500);
    const { outcome, seconds } = await settled(work);
    expect(outcome).toEqual(new Error('cancelled'));
    expect(seconds).toBeLessThanOrEqual(1);
  });

  test('gives each attempt its limit, by how many were too slow', async () => {
    const limits: number[] = [];
    const limit = (tooSlow: number): number => {
      limits.push(tooSlow);
      return 10_000 * 2 ** tooSlow;
    };
    expect(await settled(patiently('Asking', lasting(35_000), persistence({ limit })))).toEqual({
      outcome: 'done',
      seconds: 10 + 1 + 20 + 2 + 35,
    });
    expect(limits).toEqual([0, 1, 2]);
    expect(lines[0]).toBe('10.0 Asking: no answer within 10.0 s. Trying again in 1.0 s');
  });
});

describe('a limit', () => {
  test('ends an attempt with an error like that of a connection', async () => {
    const { outcome } = await settled(withLimit(5_000, new AbortController().signal, lasting(6_000)));
    expect(outcome).toBeInstanceOf(NoAnswer);
    expect(outcome).toMatchObject({ code: 'ETIMEDOUT', message: 'no answer within 5.0 s' });
  });

  test('leaves the error of an attempt that fails before it', async () => {
    const { outcome } = await settled(withLimit(5_000, new AbortController().signal, failing(1)));
    expect(outcome).toEqual(new Error('no 1'));
  });

  test('hands the end of the step on', async () => {
    const controller = new AbortController();
    const work = withLimit(5_000, controller.signal, lasting(6_000));
    setTimeout(() => controller.abort(), 1_000);
    expect((await settled(work)).outcome).toEqual(new Error('aborted'));
    const before = withLimit(5_000, controller.signal, lasting(0));
    expect((await settled(before)).outcome).toMatchObject({ name: 'AbortError' });
  });
});
