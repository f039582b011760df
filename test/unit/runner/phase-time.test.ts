import { expect, test } from 'vitest';
import { Cancelled } from '../../../src/runner/cancel-or-crash.ts';
import { withTime } from '../../../src/runner/phase-time.ts';

const lines: string[] = [];
const info = (line: string) => void lines.push(line);
const running = new AbortController().signal;

test.each([
  ['well', running, () => Promise.resolve('x'), 'x', /^Done in \d+\.\d s$/],
  ['badly', running, () => Promise.reject(new Error('y')), 'y', /^Failed after \d+\.\d s$/],
  [
    'badly, since the job is cancelled',
    AbortSignal.abort(new Cancelled('SIGINT')),
    () => Promise.reject(new Error('z')),
    'z',
    /^Cancelled after \d+\.\d s$/,
  ],
  [
    'badly before it begins',
    running,
    () => {
      throw new Error('w');
    },
    'w',
    /^Failed after 0\.0 s$/,
  ],
])('a phase that ends %s tells how long it took, last', async (_, signal, work, outcome, last) => {
  lines.length = 0;
  const working = withTime<string>(info, signal, async () => {
    info('a line');
    return work();
  });
  expect(await working.catch((error: Error) => error.message)).toBe(outcome);
  expect(lines).toEqual(['a line', expect.stringMatching(last)]);
});
