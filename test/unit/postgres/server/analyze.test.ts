import { expect, test } from 'vitest';
import { distribute } from '../../../../src/postgres/server/analyze.ts';

const mebibyte = 2 ** 20;
const table = (name: string, weight: number) => ({ name, weight: weight * mebibyte });

test.each([
  [
    'the heaviest has a session of its own',
    [table('a', 1), table('b', 9), table('c', 2), table('d', 3)],
    2,
    [['b'], ['d', 'c', 'a']],
  ],
  ['equal ones are dealt in turns', [table('a', 0), table('b', 0), table('c', 0)], 2, [['a', 'c'], ['b']]],
  ['more sessions than tables', [table('a', 1)], 8, [['a']]],
  ['no table at all', [], 2, []],
])('%s', (_, tables, count, expected) => {
  expect(distribute(tables, count).map((some) => some.map(({ name }) => name))).toEqual(expected);
});
