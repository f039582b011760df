import { expect, test } from 'vitest';
import { blockId, rivalsIn } from '../../../../../src/azure/storage/upload/claim.ts';

const [first, second, third] = ['0a', '5b', 'f0'].map((start) => start.padEnd(24, '7')) as [
  string,
  string,
  string,
];

test.each([
  ['nothing', [], undefined],
  ['its own claim', [blockId(second, 'claim')], undefined],
  ['its own claim and a block', [blockId(second, 'claim'), blockId(second, '00000')], undefined],
  ['the claim of another that comes first', [blockId(first, 'claim'), blockId(second, 'claim')], 1],
  ['the claim of another that comes later', [blockId(second, 'claim'), blockId(third, 'claim')], 0],
  ['blocks of another without a claim', [blockId(third, '00000'), blockId(third, '00001')], 0],
  [
    'many blocks of two others',
    [first, third].flatMap((id) => ['00000', '00001'].map((n) => blockId(id, n))),
    1,
  ],
  ['what another tool has staged', ['MDAwMDA='], 1],
  ['what nobody can read', ['%%%'], 1],
])('a writer that finds %s', (_, ids, ahead) => {
  expect(rivalsIn(ids, second)).toEqual(ahead === undefined ? undefined : { ahead });
});

test('all ids of a writer have one length', () => {
  const lengths = ['claim', '00000', '49999'].map((part) => blockId(first, part).length);
  expect(new Set(lengths).size).toBe(1);
});
