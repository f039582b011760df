import { describe, expect, test } from 'vitest';
import type { Definition } from '../../../../src/postgres/archive/definitions.ts';
import type { Entry } from '../../../../src/postgres/archive/table-of-contents.ts';
import { reasonForSeveralPasses } from '../../../../src/postgres/restore/one-pass.ts';
import { planPasses } from '../../../../src/postgres/restore/passes.ts';

/** An entry: its section, type and name, the names of what it depends on, and its statement. */
type Line = readonly [
  section: 'pre' | 'data' | 'post',
  type: string,
  name: string,
  needs?: string,
  sql?: string,
];

function archive(lines: readonly Line[]) {
  const entries = lines.map(
    ([, type, name], id): Entry => ({ id, type, schema: 's', name, owner: 'o', text: `s ${name} o` }),
  );
  const ids = (needs = ''): number[] =>
    needs.split(' ').flatMap((need) => {
      const id = lines.findIndex(([, type, name]) => `${type} ${name}`.replaceAll(' ', '_') === need);
      return id < 0 ? [] : [id];
    });
  const definitions = new Map(
    lines.map(([, , name, needs, sql = ''], id): [number, Definition] => [
      id,
      { name, schema: 's', owner: 'o', tablespace: '', dependencies: ids(needs), sql },
    ]),
  );
  const of = (section: string): Entry[] => entries.filter((_, id) => lines[id]?.[0] === section);
  return { entries, definitions, sections: { preData: of('pre'), data: of('data') } };
}

function plan(lines: readonly Line[]): [string, string[]][] {
  const { entries, definitions, sections } = archive(lines);
  return planPasses(entries, definitions, sections).map(({ parallel, entries }) => [
    parallel ? 'several' : 'one',
    entries.map(({ type, name }) => `${type} ${name}`),
  ]);
}

function why(lines: readonly Line[]): string | undefined {
  const { entries, definitions, sections } = archive(lines);
  return reasonForSeveralPasses(entries, definitions, sections);
}

const partitioned: readonly Line[] = [
  ['pre', 'TABLE', 'ev', '', 'CREATE TABLE s.ev (\n    id int\n)\nPARTITION BY RANGE (id);'],
  ['pre', 'TABLE', 'ev_1', '', 'CREATE TABLE s.ev_1 (\n    id int\n);'],
  ['pre', 'ACL', 'TABLE ev'],
  ['pre', 'TABLE', 'who', '', 'CREATE TABLE s.who (\n    id int\n);'],
  ['pre', 'COMMENT', 'TABLE who'],
  [
    'pre',
    'TABLE ATTACH',
    'ev_1',
    'TABLE_ev_1 TABLE_ev',
    'ALTER TABLE ONLY s.ev ATTACH PARTITION s.ev_1 DEFAULT;',
  ],
  ['data', 'TABLE DATA', 'ev_1'],
  ['data', 'TABLE DATA', 'who'],
  [
    'post',
    'CONSTRAINT',
    'ev_pkey',
    'TABLE_ev',
    'ALTER TABLE ONLY s.ev\n    ADD CONSTRAINT ev_pkey PRIMARY KEY (id);',
  ],
  ['post', 'INDEX', 'i', 'TABLE_ev_1', 'CREATE INDEX i ON s.ev_1 USING btree (id);'],
  ['post', 'COMMENT', 'INDEX i'],
  ['post', 'INDEX ATTACH', 'i', 'CONSTRAINT_ev_pkey INDEX_i'],
  ['post', 'TRIGGER', 't', 'TABLE_ev'],
  ['post', 'FK CONSTRAINT', 'f', 'TABLE_ev TABLE_who'],
  ['post', 'POLICY', 'p', 'TABLE_ev'],
  ['post', 'MATERIALIZED VIEW DATA', 'mv'],
  ['post', 'EVENT TRIGGER', 'e'],
];

test('what is after the data comes after it, and what takes several locks is restored by one session', () => {
  expect(plan(partitioned)).toEqual([
    ['one', ['TABLE ev', 'TABLE ev_1', 'TABLE who', 'COMMENT TABLE who', 'TABLE ATTACH ev_1']],
    ['several', ['TABLE DATA ev_1', 'TABLE DATA who']],
    ['several', ['CONSTRAINT ev_pkey', 'INDEX i']],
    ['one', ['INDEX ATTACH i', 'TRIGGER t']],
    ['several', ['FK CONSTRAINT f']],
    ['one', ['ACL TABLE ev', 'POLICY p']],
    ['several', ['MATERIALIZED VIEW DATA mv']],
    ['one', ['COMMENT INDEX i', 'EVENT TRIGGER e']],
  ]);
});

test('an entry never comes before one that it depends on, whatever their types', () => {
  const late: Line[] = [
    ['pre', 'TABLE', 't'],
    ['data', 'TABLE DATA', 't'],
    ['post', 'CONSTRAINT', 'pk', 'TABLE_t'],
    ['post', 'FUNCTION', 'f', 'CONSTRAINT_pk'],
    ['post', 'MATERIALIZED VIEW', 'mv', 'CONSTRAINT_pk'],
    ['post', 'INDEX', 'on mv', 'MATERIALIZED_VIEW_mv'],
    ['post', 'SOMETHING NEW', 'x', 'TABLE_t'],
    ['post', 'INDEX', 'on x', 'SOMETHING_NEW_x'],
    ['post', 'TRIGGER', 'on x', 'SOMETHING_NEW_x'],
    ['post', 'MATERIALIZED VIEW DATA', 'mv', 'MATERIALIZED_VIEW_mv'],
    ['post', 'INDEX', 'on refreshed', 'MATERIALIZED_VIEW_DATA_mv'],
  ];
  expect(plan(late)).toEqual([
    ['one', ['TABLE t']],
    ['several', ['TABLE DATA t']],
    ['several', ['CONSTRAINT pk']],
    ['one', ['FUNCTION f', 'MATERIALIZED VIEW mv']],
    ['several', ['INDEX on mv']],
    ['one', ['SOMETHING NEW x', 'INDEX on x', 'TRIGGER on x']],
    ['several', ['MATERIALIZED VIEW DATA mv']],
    ['one', ['INDEX on refreshed']],
  ]);
});

test('entries of which two sessions could wait for each other are restored by one', () => {
  const [, , , , , attach] = partitioned;
  const cluster = 'CREATE INDEX x ON s.who USING btree (id);\n\nALTER TABLE s.who CLUSTER ON x;';
  const identity =
    'CREATE INDEX y ON s.who USING btree (id);\n\nALTER TABLE ONLY s.who REPLICA IDENTITY USING INDEX y;';
  const exclude = 'ALTER TABLE ONLY s.who\n    ADD CONSTRAINT c EXCLUDE USING gist (s.reads(id) WITH =);';
  const lines: Line[] = [
    ...partitioned.slice(0, 4),
    ...(attach ? [attach] : []),
    ['post', 'CONSTRAINT', 'c', 'TABLE_who', exclude],
    ['post', 'INDEX', 'x', 'TABLE_who', cluster],
    ['post', 'INDEX', 'y', 'TABLE_who', identity],
    ['post', 'INDEX', 'z', 'TABLE_who', 'CREATE INDEX z ON s.who USING btree (s.reads(id));'],
    ['post', 'FK CONSTRAINT', 'of a partition', 'TABLE_ev_1 TABLE_who'],
    ['post', 'FK CONSTRAINT', 'of all', 'TABLE_ev TABLE_who'],
  ];
  expect(plan(lines).slice(1)).toEqual([
    ['several', ['INDEX x', 'INDEX z']],
    ['one', ['CONSTRAINT c', 'INDEX y', 'FK CONSTRAINT of a partition']],
    ['several', ['FK CONSTRAINT of all']],
    ['one', ['ACL TABLE ev']],
  ]);
});

test("rows of extensions' tables come first, in the order of the archive", () => {
  const lines: Line[] = [
    ['pre', 'EXTENSION', 'e'],
    ['pre', 'TABLE', 'mine'],
    ['pre', 'SEQUENCE', 'mine_seq'],
    ['data', 'TABLE DATA', 'config'],
    ['data', 'TABLE DATA', 'mine'],
    ['data', 'TABLE DATA', 'sub'],
    ['data', 'SEQUENCE SET', 'mine_seq'],
    ['data', 'SEQUENCE SET', 'sub_seq'],
  ];
  expect(plan(lines)).toEqual([
    [
      'one',
      [
        'EXTENSION e',
        'TABLE mine',
        'SEQUENCE mine_seq',
        'TABLE DATA config',
        'TABLE DATA sub',
        'SEQUENCE SET sub_seq',
      ],
    ],
    ['several', ['TABLE DATA mine', 'SEQUENCE SET mine_seq']],
  ]);
  expect(why(lines)).toBe('tables of extensions may refer to each other');
});

const simple: readonly Line[] = [
  ['pre', 'EXTENSION', 'e'],
  [
    'pre',
    'TABLE',
    't',
    '',
    'CREATE TABLE s.t (\n    id uuid DEFAULT s.uuid() NOT NULL,\n    CONSTRAINT c CHECK ((id > 0))\n);',
  ],
  ['pre', 'VIEW', 'v'],
  ['data', 'TABLE DATA', 't'],
  ['data', 'TABLE DATA', 'config'],
  ['post', 'CONSTRAINT', 'pk', 'TABLE_t', 'ALTER TABLE ONLY s.t\n    ADD CONSTRAINT pk PRIMARY KEY (id);'],
  ['post', 'INDEX', 'i', 'TABLE_t', 'CREATE INDEX i ON s.t USING gin (name s.gin_trgm_ops, lower(x));'],
  [
    'post',
    'TRIGGER',
    'tr',
    'TABLE_t',
    'CREATE TRIGGER tr BEFORE INSERT ON s.t FOR EACH ROW EXECUTE FUNCTION s.f();',
  ],
  ['post', 'RULE', 'v _RETURN', 'VIEW_v CONSTRAINT_pk'],
  ['post', 'ROW SECURITY', 't', 'TABLE_t'],
  ['post', 'FK CONSTRAINT', 'fk', 'TABLE_t'],
  ['post', 'MATERIALIZED VIEW DATA', 'mv'],
];

describe('one pass is enough', () => {
  test.each<[string, readonly Line[]]>([
    ['for nothing', []],
    ['for tables that stand alone', simple],
  ])('%s', (_, lines) => {
    expect(why(lines)).toBeUndefined();
  });
});

describe('one pass is not proven to be right with', () => {
  const table = (sql: string): Line => [
    'pre',
    'TABLE',
    'x',
    '',
    `CREATE TABLE s.x (\n    id int\n)\n${sql};`,
  ];
  const index = (sql: string): Line => [
    'post',
    'INDEX',
    'x',
    'TABLE_t',
    `CREATE INDEX x ON s.t USING ${sql};`,
  ];
  test.each<[string, Line[]]>([
    ['partitions', [table('PARTITION BY RANGE (id)')]],
    ['children', [table('INHERITS (s.t)')]],
    [
      'partitions in the words of pg_dump 10',
      [['pre', 'TABLE', 'x', '', 'CREATE TABLE s.x PARTITION OF s.t\nFOR VALUES IN (1);']],
    ],
    ['constraints that are not validated', [['post', 'CHECK CONSTRAINT', 'c', 'TABLE_t']]],
    ['an unknown type', [['post', 'PROPERTY GRAPH', 'g', 'TABLE_t']]],
    ['a trigger of nothing that is there', [['post', 'TRIGGER', 'x', 'TABLE_gone']]],
    ['an index that calls a function', [index('btree (s.f(id))')]],
    ['an index that calls a function with an odd name', [index('btree ("my s"."my ""f"(id))')]],
    ['an index with an odd operator', [index('gist (id) WHERE (id OPERATOR(s.=) 1)')]],
    [
      'a check that calls a function',
      [['pre', 'DOMAIN', 'd', '', 'CREATE DOMAIN s.d AS int\n\tCONSTRAINT c CHECK (s.f(VALUE));']],
    ],
    [
      'a column that a function makes',
      [['pre', 'TABLE', 'x', '', 'CREATE TABLE s.x (\n    a text GENERATED ALWAYS AS (s.f(b)) STORED\n);']],
    ],
    ['an event trigger beside materialized views', [['post', 'EVENT TRIGGER', 'e']]],
    [
      'two indexes that a table is chosen for',
      [
        index('btree (id);\n\nALTER TABLE s.t CLUSTER ON x'),
        index('btree (id);\n\nALTER TABLE ONLY s.t REPLICA IDENTITY USING INDEX x'),
      ],
    ],
  ])('%s', (_, lines) => {
    expect(why([...simple, ...lines])).toMatch(/^\w/);
  });
});
