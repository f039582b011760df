import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { withProgress } from '../../../src/base/step.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('progress', () => {
  const lines: string[] = [];
  const step = { info: (line: string) => void lines.push(line) };
  const describeTime = (elapsed: number): string => `${Math.round(elapsed)} ms`;
  const lasting = (milliseconds: number) => () =>
    new Promise<string>((resolve) => setTimeout(resolve, milliseconds, 'done'));

  beforeEach(() => {
    lines.length = 0;
  });

  test.each([
    ['is not told of work that is over at once', 0, []],
    ['is not told of work that takes less than five seconds', 4_999, []],
    ['is told every five seconds', 16_000, ['5000 ms', '10000 ms', '15000 ms']],
    [
      'is told about every thirty seconds after the first minute',
      151_000,
      [
        ...Array.from({ length: 12 }, (_, i) => `${5_000 * (i + 1)} ms`),
        '89000 ms',
        '118000 ms',
        '147000 ms',
      ],
    ],
  ])('%s', async (_, milliseconds, told) => {
    const working = withProgress(step, describeTime, lasting(milliseconds));
    await vi.advanceTimersByTimeAsync(milliseconds);
    await expect(working).resolves.toBe('done');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(lines).toEqual(told);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('ends with work that fails', async () => {
    const working = withProgress(step, describeTime, async () => {
      await lasting(6_000)();
      throw new Error('no');
    });
    const failing = expect(working).rejects.toThrow('no');
    await vi.advanceTimersByTimeAsync(60_000);
    await failing;
    expect(lines).toEqual(['5000 ms']);
  });

  test('ends with work that fails before it begins', async () => {
    const failing = withProgress(step, describeTime, () => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('is told when what it says is known, and a question that takes longer delays no work', async () => {
    const asked: number[] = [];
    const describeSlowly = async (elapsed: number): Promise<string> => {
      asked.push(elapsed);
      await lasting(7_000)();
      return describeTime(elapsed);
    };
    const working = withProgress(step, describeSlowly, lasting(21_000));
    await vi.advanceTimersByTimeAsync(11_999);
    expect(lines).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(lines).toEqual(['5000 ms']);
    await vi.advanceTimersByTimeAsync(20_000);
    await working;
    expect(asked).toEqual([5_000, 15_000]); // one question at a time
    expect(lines).toEqual(['5000 ms']); // the second answer came too late
  });

  test('of which the question fails is left out, and does not fail the work', async () => {
    const describeBadly = async (elapsed: number): Promise<string> => {
      if (elapsed < 6_000) throw new Error('no');
      return describeTime(elapsed);
    };
    const working = withProgress(step, describeBadly, lasting(11_000));
    await vi.advanceTimersByTimeAsync(11_000);
    await expect(working).resolves.toBe('done');
    expect(lines).toEqual(['10000 ms']);
  });

  test.each([
    ['well', lasting(6_000), 'done'],
    ['badly', () => lasting(6_000)().then(() => Promise.reject(new Error('no'))), 'no'],
  ])('whoever asks hears that the work is over, which ends %s', async (_, work, outcome) => {
    let heard = 0;
    const describeUntilOver = (_elapsed: number, over: AbortSignal): Promise<string> =>
      new Promise((_resolve, reject) => {
        over.addEventListener('abort', () => {
          heard++;
          reject(over.reason);
        });
      });
    const working = withProgress(step, describeUntilOver, work).catch((error: Error) => error.message);
    await vi.advanceTimersByTimeAsync(6_000);
    await expect(working).resolves.toBe(outcome);
    expect(heard).toBe(1);
    expect(lines).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
