import { describe, expect, test } from 'vitest';
import { describeAnalyze, describeRestore, restoreProgress } from '../../../../src/jobs/replace/progress.ts';

const nothing = { copies: [], builds: [], analyzed: [] };
const at = (finished: number, running: string[] = [], more = false) => ({
  finished: () => finished,
  running: () => running,
  mayBeMore: () => more,
});

describe('a line of a restore', () => {
  test.each([
    [
      'of which nothing is known besides what pg_restore says',
      describeRestore(5_000, 172, at(12, ['data for table "public.a"']), undefined, undefined),
      '5.0 s: 12 of 172 entries done; now data for table "public.a"',
    ],
    [
      'with what is read, and the rows that the server counts',
      describeRestore(
        10_000,
        172,
        at(12, ['data for table "public.a"']),
        { done: 1_000_000, all: 4_000_000, of: 'read' },
        { ...nothing, copies: ['COPY "public.a" (1,000 rows)'] },
      ),
      '10.0 s: 12 of 172 entries done; 1.00 MB of 4.00 MB read (25 %), 100 kB/s, about 30 s left for the data; now COPY "public.a" (1,000 rows)',
    ],
    [
      'of several sessions, with an index that the server tells more of',
      describeRestore(
        90_000,
        172,
        at(150, ['INDEX big', 'FK CONSTRAINT b b_a_fkey']),
        { done: 4_000_000, all: 4_000_000, of: 'done' },
        { ...nothing, builds: ['building on "public.a" (scanning table 45 %)'] },
      ),
      '1 min 30 s: 150 of 172 entries done; 4.00 MB of 4.00 MB of data done (100 %); now INDEX big, FK CONSTRAINT b b_a_fkey, building on "public.a" (scanning table 45 %)',
    ],
    [
      'of which no more is certain',
      describeRestore(5_000, 9, at(3, [], true), undefined, nothing),
      '5.0 s: at least 3 of 9 entries done',
    ],
    [
      'that tells more entries than there are',
      describeRestore(5_000, 9, at(11), undefined, nothing),
      '5.0 s: 9 of 9 entries done',
    ],
    [
      'with a name that would break it',
      describeRestore(5_000, 9, at(1, ['TABLE a\u001b[31m\nb']), undefined, nothing),
      '5.0 s: 1 of 9 entries done; now TABLE a\\u001b[31m\\u000ab',
    ],
  ])('%s', (_, line, expected) => {
    expect(line).toBe(expected);
  });
});

describe('what is through of an archive', () => {
  const scope = {
    entries: 3,
    size: 4_000_000,
    dataSizes: new Map([
      [5, 100],
      [6, 300],
    ]),
  };
  async function* stream(): AsyncGenerator<Buffer> {}

  test('that comes as a stream is what pg_restore was given', async () => {
    const { listener, describe } = restoreProgress(scope, { archive: stream(), passes: [{ jobs: 1 }] });
    listener.onRead?.(1_000_000);
    expect(await describe(5_000, undefined)).toBe(
      '5.0 s: 0 of 3 entries done; 1.00 MB of 4.00 MB read (25 %), 200 kB/s, about 15 s left for the data',
    );
  });

  test('that several sessions read is the data of what is done', async () => {
    const { listener, describe } = restoreProgress(scope, { archive: '/a', passes: [{ jobs: 2 }] });
    for (const line of [
      'entering main parallel loop',
      'launching item 5 TABLE DATA a',
      'launching item 6 TABLE DATA b',
    ])
      listener.progress.take(`pg_restore: ${line}`, false);
    expect(await describe(5_000, nothing)).toMatch(
      /; 0 B of 400 B of data done \(0 %\), 0 B\/s; now TABLE DATA "a", TABLE DATA "b"$/,
    );
    listener.progress.take('pg_restore: finished item 5 TABLE DATA a', false);
    expect(await describe(10_000, nothing)).toBe(
      '10.0 s: 1 of 3 entries done; 100 B of 400 B of data done (25 %), 10 B/s, about 30 s left for the data of all; now TABLE DATA "b"',
    );
  });

  test('is left out where it is not known', async () => {
    const unknown = { ...scope, dataSizes: new Map() };
    const several = restoreProgress(unknown, { archive: '/a', passes: [{ jobs: 2 }] });
    expect(await several.describe(5_000, nothing)).toBe('5.0 s: 0 of 3 entries done');
    const one = restoreProgress(scope, { archive: '/nowhere', passes: [{ jobs: 1 }] });
    one.listener.onProcess?.(process.pid);
    expect(await one.describe(5_000, nothing)).toBe('5.0 s: 0 of 3 entries done');
  });
});

test('ANALYZE is told by its tables', () => {
  const analyzed = ['"public.a" (acquiring sample rows 45 %)', '"public.b" (computing statistics)'];
  expect(describeAnalyze(5_000, { done: 3, all: 18 }, { ...nothing, analyzed })).toBe(
    '5.0 s: 3 of 18 tables analyzed; now "public.a" (acquiring sample rows 45 %), "public.b" (computing statistics)',
  );
  expect(describeAnalyze(65_000, { done: 18, all: 18 }, undefined)).toBe(
    '1 min 05 s: 18 of 18 tables analyzed',
  );
});
