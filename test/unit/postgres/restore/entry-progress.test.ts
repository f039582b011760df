import { describe, expect, test } from 'vitest';
import { entryProgress } from '../../../../src/postgres/restore/entry-progress.ts';

/** What is known after each of these lines: how many entries are done, and what is running. */
function knownAfter(lines: readonly string[], doubtfulFrom = Number.POSITIVE_INFINITY): [number, string[]][] {
  const progress = entryProgress();
  return lines.map((line, index) => {
    progress.take(`pg_restore: ${line}`, index >= doubtfulFrom);
    return [progress.finished(), progress.running()];
  });
}

describe('with one session', () => {
  test('an entry is done when the next is begun', () => {
    expect(
      knownAfter([
        'connecting to database for restore',
        "executing SELECT pg_catalog.set_config('search_path', '', false);",
        'creating TABLE "public.a"',
        'processing data for table "public.a"',
        'processing BLOBS',
        'restoring large object with OID 16420',
        'executing SEQUENCE SET s',
      ]),
    ).toEqual([
      [0, []],
      [0, []],
      [0, ['TABLE "public.a"']],
      [1, ['data for table "public.a"']],
      [2, ['BLOBS']],
      [2, ['BLOBS']],
      [3, ['SEQUENCE SET "s"']],
    ]);
  });

  test('the last one is done when pg_restore has ended well', () => {
    const progress = entryProgress();
    for (const name of ['a', 'b']) progress.take(`pg_restore: creating TABLE "public.${name}"`, false);
    expect([progress.finished(), progress.mayBeMore()]).toEqual([1, false]);
    progress.endPass(undefined);
    expect([progress.finished(), progress.running(), progress.mayBeMore()]).toEqual([2, [], false]);
  });
});

test.each([
  ['creating TABLE "public.a"b "', 'TABLE "public.a\\"b "'],
  ['creating CONSTRAINT "public.a\u001b a_pkey"', 'CONSTRAINT "public.a\\u001b a_pkey"'],
  ['processing data for table "Public.DATA x"', 'data for table "Public.DATA x"'],
  ['executing BLOB METADATA 16420', 'BLOB METADATA "16420"'],
  ['executing TEXT SEARCH PARSER UPPER name', 'TEXT SEARCH PARSER "UPPER name"'],
])('%j is shown as %s', (line, shown) => {
  expect(knownAfter([line])).toEqual([[0, [shown]]]);
});

describe('with several sessions', () => {
  // as pg_restore 17 and 18 tell it
  const told = [
    'processing item 3303 ENCODING ENCODING',
    'processing item 217 TABLE a',
    'creating TABLE "public.a"',
    'processing item 218 TABLE b',
    'creating TABLE "public.b"',
    'entering main parallel loop',
    'launching item 3295 TABLE DATA b',
    'launching item 3294 TABLE DATA a',
    'processing data for table "public.b"',
    'processing data for table "public.a"',
    'finished item 3295 TABLE DATA b',
    'launching item 3145 INDEX ci',
    'creating INDEX "public.ci"',
    'finished item 3145 INDEX ci',
    'finished item 3294 TABLE DATA a',
    'finished main parallel loop',
    'creating ACL "public.TABLE a"',
  ];

  test('an entry is done when the leader says so, and what runs is what was begun and is not', () => {
    const known = knownAfter(told);
    expect(known.map(([finished]) => finished)).toEqual([0, 0, 0, 0, 1, 2, 2, 2, 2, 2, 3, 3, 3, 4, 5, 5, 5]);
    expect(known[9]?.[1]).toEqual(['TABLE DATA "b"', 'TABLE DATA "a"']);
    expect(known[11]?.[1]).toEqual(['TABLE DATA "a"', 'INDEX "ci"']);
    expect(known[15]?.[1]).toEqual([]);
    expect(known[16]?.[1]).toEqual(['ACL "public.TABLE a"']);
  });

  test('the ids of those that are done are known', () => {
    const progress = entryProgress();
    for (const line of told) progress.take(`pg_restore: ${line}`, false);
    expect([...progress.ids()]).toEqual([3295, 3145, 3294]);
  });

  test('a line of which another session has written the beginning counts, and shows nothing without it', () => {
    const progress = entryProgress();
    for (const line of [
      'pg_restore: entering main parallel loop',
      'pg_restore: pg_restore: launching item 5 TABLE DATA a',
      'launching item 6 TABLE DATA the end of an error',
      ' finished item 5 TABLE DATA a',
      'pg_restore: launching item 7 TABLE DATA c',
    ])
      progress.take(line, false);
    expect([progress.finished(), progress.running()]).toEqual([1, ['TABLE DATA "c"']]);
    progress.take('pg_restore: finished item 6 TABLE DATA b', false);
    expect(progress.finished()).toBe(2);
  });

  test('nothing is done twice, or outside of the loop', () => {
    const known = knownAfter([
      'finished item 5 TABLE DATA a',
      'launching item 5 TABLE DATA a',
      'entering main parallel loop',
      'launching item 5 TABLE DATA a',
      'finished item 5 TABLE DATA a',
      'finished item 5 TABLE DATA a',
      'finished main parallel loop',
      'finished item 6 TABLE DATA b',
    ]);
    expect(known.map(([finished]) => finished)).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
    expect(known[1]?.[1]).toEqual([]);
  });
});

test('once a function may have written what looks like pg_restore, its words are not shown and nothing is counted', () => {
  const lines = [
    'creating TABLE "public.a"',
    'creating TABLE "public.b"',
    'creating TABLE "a secret of a row"',
    'launching item 1 TABLE DATA a secret',
  ];
  expect(knownAfter(lines, 2)).toEqual([
    [0, ['TABLE "public.a"']],
    [1, ['TABLE "public.b"']],
    [1, []],
    [1, []],
  ]);
});

test('the next call of pg_restore is counted again, and it is said that more may be done', () => {
  const progress = entryProgress();
  progress.take('pg_restore: creating TABLE "public.a"', false);
  progress.take('pg_restore: creating TABLE "public.b"', true);
  progress.endPass(undefined);
  for (const name of ['c', 'd']) progress.take(`pg_restore: creating TABLE "public.${name}"`, false);
  expect([progress.finished(), progress.mayBeMore(), progress.running()]).toEqual([
    1,
    true,
    ['TABLE "public.d"'],
  ]);
});

test('where the entries of a call are known, all of them are done when it has ended well', () => {
  const progress = entryProgress();
  progress.take('pg_restore: creating TABLE "public.a"', false);
  progress.take('pg_restore: creating TABLE "public.b"', true);
  progress.endPass([7, 8, 9]);
  expect([progress.finished(), progress.mayBeMore(), [...progress.ids()]]).toEqual([3, false, [7, 8, 9]]);
  progress.take('pg_restore: entering main parallel loop', false);
  for (const what of ['launching', 'finished']) progress.take(`pg_restore: ${what} item 3 INDEX i`, false);
  expect([progress.finished(), [...progress.ids()]]).toEqual([4, [7, 8, 9, 3]]);
});
