import { expect, test } from 'vitest';
import type { Definition } from '../../../../../src/postgres/archive/definitions.ts';
import { parseContents } from '../../../../../src/postgres/archive/table-of-contents.ts';
import { uselessStatistics } from '../../../../../src/postgres/restore/entries/useless-statistics.ts';

const entries = parseContents(`
1; 1259 1 TABLE public full its owner
2; 1259 1 TABLE public empty its owner
3; 1259 1 TABLE public empty too its owner
4; 1259 1 TABLE public full too its owner
5; 1259 1 TABLE public parent its owner
6; 1259 1 MATERIALIZED VIEW public view its owner
7; 1259 1 MATERIALIZED VIEW public not populated its owner
11; 0 1 TABLE DATA public full its owner
14; 0 1 TABLE DATA public full too its owner
21; 0 0 STATISTICS DATA public full 
22; 0 0 STATISTICS DATA public empty 
23; 0 0 STATISTICS DATA public empty too 
24; 0 0 STATISTICS DATA public full too 
25; 0 0 STATISTICS DATA public parent 
31; 1259 1 INDEX public full_index its owner
32; 0 0 STATISTICS DATA public full_index 
16; 0 1 MATERIALIZED VIEW DATA public view its owner
26; 0 0 STATISTICS DATA public view 
27; 0 0 STATISTICS DATA public not populated 
`);
const sql = 'CREATE TABLE public.parent (\n    i integer\n)\nPARTITION BY LIST (i);';
const definitions = new Map<number, Definition>([
  [5, { name: 'parent', schema: 'public', owner: 'its owner', tablespace: '', dependencies: [], sql }],
]);

const useless = (major: number, some = entries): number[] =>
  some.filter(uselessStatistics(some, definitions, { major })).map(({ id }) => id);

test('a server before 18 takes none', () => {
  expect(useless(17)).toEqual([21, 22, 23, 24, 25, 32, 26, 27]);
});

test('without rows there are none', () => {
  expect(useless(18)).toEqual([22, 23, 27]);
});

test('an archive without any', () => {
  const others = entries.filter(({ type }) => type !== 'STATISTICS DATA');
  expect(useless(18, others)).toEqual([]);
  expect(useless(15, others)).toEqual([]);
});
