import { expect, test } from 'vitest';
import type { Definition } from '../../../../src/postgres/archive/definitions.ts';
import { parseContents } from '../../../../src/postgres/archive/table-of-contents.ts';
import {
  keysToNothing,
  parseForeignKey,
  tablesWithoutRows,
} from '../../../../src/postgres/archive/tables-without-rows.ts';

test.each([
  [
    'ALTER TABLE ONLY public.act\n    ADD CONSTRAINT act_session_fkey FOREIGN KEY (session) REFERENCES public.session(id);',
    ['act_session_fkey', 'public.act', 'public.session'],
  ],
  [
    'ALTER TABLE "a ""b"" (".p\n    ADD CONSTRAINT "REFERENCES x.y(" FOREIGN KEY ("a, b) REFERENCES c.d(", e) REFERENCES "F G"."h.i("(j, k) ON DELETE CASCADE;',
    ['REFERENCES x.y(', 'a "b" (.p', 'F G.h.i('],
  ],
  [
    'ALTER TABLE ONLY s.a\n    ADD CONSTRAINT k FOREIGN KEY (id, PERIOD during) REFERENCES s.b(id, PERIOD during);',
    ['k', 's.a', 's.b'],
  ],
])('the tables of %j', (sql, [key, of, to]) => {
  const found = parseForeignKey(sql);
  expect([
    found?.key,
    `${found?.of.schema}.${found?.of.name}`,
    `${found?.to.schema}.${found?.to.name}`,
  ]).toEqual([key, of, to]);
});

test.each(['', 'ALTER TABLE ONLY public.act\n    ADD CONSTRAINT act_pkey PRIMARY KEY (id);', 'COPY x'])(
  '%j is no foreign key',
  (sql) => {
    expect(parseForeignKey(sql)).toBeUndefined();
  },
);

const key = (of: string, to: string): string =>
  `ALTER TABLE ONLY public.${of}\n    ADD CONSTRAINT ${of}_fkey FOREIGN KEY (x) REFERENCES public.${to}(id);`;

test('tables without rows, and the foreign keys to them of tables with rows', () => {
  const lines: [string, string][] = [
    ['TABLE public full x', 'CREATE TABLE public."full" (\n    id integer\n);'],
    ['TABLE public left x', 'CREATE TABLE public."left" (\n    id integer\n);'],
    ['TABLE public out x', 'CREATE TABLE public."out" (\n    id integer\n);'],
    ['TABLE public whole x', 'CREATE TABLE public.whole (\n    day date\n)\nPARTITION BY RANGE (day);'],
    ['FOREIGN TABLE public far x', ''],
    ['VIEW public seen x', ''],
    ['TABLE DATA public full x', ''],
    ['FK CONSTRAINT public full full_fkey x', key('full', 'left')],
    ['FK CONSTRAINT public left left_fkey x', key('left', 'out')],
    ['FK CONSTRAINT public full other_fkey x', key('full', 'full')],
  ];
  const entries = parseContents(lines.map(([line], i) => `${i}; 0 0 ${line}`).join('\n'));
  const place = { schema: 'public', owner: 'x', tablespace: '', dependencies: [] };
  const definitions = new Map<number, Definition>(
    lines.map(([line, sql], i) => [i, { ...place, name: line.split(' ').at(-2) ?? '', sql }]),
  );
  const empty = tablesWithoutRows(entries, definitions);
  expect(empty).toEqual([
    { schema: 'public', name: 'left' },
    { schema: 'public', name: 'out' },
  ]);
  expect(keysToNothing(entries, definitions, empty).map((each) => each.key)).toEqual(['full_fkey']);
});
