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
});
