import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { withProgress } from '../../../src/base/step.ts';
import { write } from '../../../src/runner/commands.ts';
import { breakingSilence } from '../../../src/runner/phase-time.ts';

const lines: string[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  lines.length = 0;
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(String(text).trimEnd());
    return true;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Works for so many seconds, and writes something at some of them. */
async function working(seconds: number, writesAt: readonly number[] = []): Promise<string[]> {
  write('begins');
  const work = breakingSilence(write, async () => {
    for (let second = 0; second < seconds; second++) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      if (writesAt.includes(second + 1)) write(`at ${second + 1}`);
    }
    return 'done';
  });
  await vi.advanceTimersByTimeAsync(1000 * seconds);
  expect(await work).toBe('done');
  expect(vi.getTimerCount()).toBe(0);
  return lines;
}

test.each([
  ['is left alone where it is short', 27, [], ['begins']],
  ['is broken after half a minute, again and again', 60, [], ['begins', '29.9 s', '59.8 s']],
  ['counts from the last line', 60, [20, 40], ['begins', 'at 20', 'at 40']],
  ['counts from the last line that came late', 72, [27, 41], ['begins', 'at 27', 'at 41', '1 min 11 s']],
])('the silence of a log %s', async (_, seconds, writesAt, expected) => {
  const told = expected.map((line) => (/ s$/.test(line) ? `Still working, ${line} so far` : line));
  expect(await working(seconds, writesAt)).toEqual(told);
});

test('the silence of a log is left alone where progress is told, which comes before it', async () => {
  const work = breakingSilence(write, () =>
    withProgress(
      { info: write },
      () => 'progress',
      () => new Promise((resolve) => setTimeout(resolve, 300_000)),
    ),
  );
  await vi.advanceTimersByTimeAsync(300_000);
  await work;
  expect(new Set(lines)).toEqual(new Set(['progress']));
});

test('nothing is written once the work has failed', async () => {
  const failing = breakingSilence(write, async () => {
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  await vi.advanceTimersByTimeAsync(100_000);
  expect(lines).toEqual([]);
});
