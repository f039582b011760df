import { expect, test } from 'vitest';
import { chooseSource } from '../../../../src/jobs/archive/file-or-stream.ts';

const usual = { strategy: 'swap', jobs: 4, size: 1_000_000, room: 2_000_000, proven: true } as const;

test.each<[string, Partial<Parameters<typeof chooseSource>[0]>, 'file' | 'stream', number, RegExp]>([
  ['usually', {}, 'file', 4, /^Restore: downloaded to the runner first, 4 sessions$/],
  [
    'one session with swap',
    { jobs: 1 },
    'stream',
    1,
    /^Restore: streamed from the container, 1 session; SHA-256 checked before the swap$/,
  ],
  ['one session with drop', { jobs: 1, strategy: 'drop' }, 'file', 1, /first, 1 session$/],
  ['one session, and nothing that proves the content', { jobs: 1, proven: false }, 'file', 1, /1 session$/],
  [
    'no room',
    { room: 999_999 },
    'stream',
    1,
    /streamed from the container, 1 session instead of 4; the runner has only 1.00 MB free for 1.00 MB$/,
  ],
  ['no room, and nothing that proves the content', { room: 0, proven: false }, 'stream', 1, /instead of 4; /],
  [
    'no room, and one session',
    { room: 0, jobs: 1 },
    'stream',
    1,
    /streamed from the container, 1 session; the runner has only 0 B free/,
  ],
  ['just enough room', { room: 1_000_000 }, 'file', 4, /downloaded/],
  // The preflight has refused it by then.
  ['no room with drop', { strategy: 'drop', room: 0 }, 'file', 4, /downloaded/],
])('%s', (_, circumstances, through, jobs, why) => {
  const way = chooseSource({ ...usual, ...circumstances });
  expect(way).toEqual({ through, jobs, why: expect.stringMatching(why) });
});
