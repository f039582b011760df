import { describe, expect, test } from 'vitest';
import type { Definition } from '../../../../src/postgres/archive/definitions.ts';
import type { Entry } from '../../../../src/postgres/archive/table-of-contents.ts';
import {
  revocations,
  revokesAll,
  silentRevocations,
} from '../../../../src/postgres/privileges/revocations-in-archive.ts';
import { type RunsAsOwner, runningAsOwner } from '../../../../src/postgres/privileges/runs-as-owner.ts';
import { privilegeStatements } from '../../../../src/postgres/privileges/statements.ts';

const entry = (id: number, type: string, text = 'public x owner'): Entry => ({
  ...{ id, type, text, schema: 'public', name: 'x', owner: 'owner' },
});
const definition = (sql: string, dependencies: number[] = []): Definition => ({
  ...{ name: 'x', schema: 'public', owner: 'owner', tablespace: '', dependencies, sql },
});

describe('what an archive takes away, without what it gives', () => {
  const left = (sql: string, type = 'ACL', text = 'public TABLE x owner') =>
    revocations([entry(1, type, text)], new Map([[1, definition(sql)]])).map((one) => one.sql);

  test.each<[string, string, (string | undefined)[]]>([
    ['only grants', 'GRANT SELECT ON TABLE public.t TO app;', []],
    [
      'a function',
      'REVOKE ALL ON FUNCTION public.f(a text, "b ON c" integer) FROM PUBLIC;\nGRANT ALL ON FUNCTION public.f(a text, "b ON c" integer) TO app;',
      ['REVOKE EXECUTE ON FUNCTION public.f(a text, "b ON c" integer) FROM PUBLIC'],
    ],
    [
      'more given than taken: schema public, where everybody may create',
      'REVOKE USAGE ON SCHEMA public FROM PUBLIC;\nGRANT ALL ON SCHEMA public TO PUBLIC;',
      [undefined],
    ],
    [
      'a part given back: schema public of a server 14, where nobody may create',
      'REVOKE ALL ON SCHEMA public FROM PUBLIC;\nGRANT USAGE ON SCHEMA public TO PUBLIC;',
      ['REVOKE CREATE ON SCHEMA public FROM PUBLIC'],
    ],
    [
      'as old versions write it, whatever was there',
      'REVOKE ALL ON FUNCTION public.f() FROM PUBLIC;\nREVOKE ALL ON FUNCTION public.f() FROM owner;\nGRANT ALL ON FUNCTION public.f() TO owner;\nGRANT ALL ON FUNCTION public.f() TO PUBLIC;',
      [undefined],
    ],
    [
      'a list, of a table of an extension',
      'REVOKE SELECT,UPDATE ON TABLE public.t FROM PUBLIC;\nGRANT UPDATE ON TABLE public.t TO PUBLIC;',
      ['REVOKE SELECT ON TABLE public.t FROM PUBLIC'],
    ],
    [
      'columns',
      'REVOKE ALL("a ""b, c") ON TABLE public.t FROM PUBLIC;\nGRANT SELECT("a ""b, c") ON TABLE public.t TO PUBLIC;',
      ['REVOKE INSERT("a ""b, c"), UPDATE("a ""b, c"), REFERENCES("a ""b, c") ON TABLE public.t FROM PUBLIC'],
    ],
    [
      'from another role, and the right to hand on',
      'REVOKE ALL ON FUNCTION public.f() FROM pg_monitor;\nREVOKE GRANT OPTION FOR ALL ON FUNCTION public.f() FROM "a FROM PUBLIC";',
      [
        'REVOKE EXECUTE ON FUNCTION public.f() FROM pg_monitor',
        'REVOKE GRANT OPTION FOR ALL ON FUNCTION public.f() FROM "a FROM PUBLIC"',
      ],
    ],
    ['by an owner from itself', 'REVOKE ALL ON TABLE t FROM owner;\nGRANT SELECT ON TABLE t TO owner;', []],
    [
      'given by others',
      'REVOKE ALL ON TYPE public."t;\n--" FROM PUBLIC;\nSET SESSION AUTHORIZATION app;\nGRANT ALL ON TYPE public."t;\n--" TO x;\nRESET SESSION AUTHORIZATION;',
      ['REVOKE USAGE ON TYPE public."t;\n--" FROM PUBLIC'],
    ],
  ])('%s', (_, sql, expected) => {
    expect(left(sql)).toEqual(expected);
  });

  test('whether one statement takes all that another does', () => {
    const both = 'REVOKE CREATE, USAGE ON SCHEMA public FROM PUBLIC';
    expect(revokesAll(both, 'REVOKE CREATE ON SCHEMA public FROM PUBLIC')).toBe(true);
    expect(revokesAll('REVOKE CREATE ON SCHEMA public FROM PUBLIC', both)).toBe(false);
    expect(revokesAll(both, 'REVOKE CREATE ON SCHEMA other FROM PUBLIC')).toBe(false);
    expect(revokesAll(both.replace('REVOKE', 'GRANT').replace('FROM', 'TO'), both)).toBe(false);
  });

  test('default privileges, but not the rights on the database', () => {
    const sql =
      'ALTER DEFAULT PRIVILEGES FOR ROLE "the maker" REVOKE ALL ON FUNCTIONS FROM PUBLIC;\nALTER DEFAULT PRIVILEGES FOR ROLE "the maker" GRANT ALL ON FUNCTIONS TO app;';
    expect(left(sql, 'DEFAULT ACL')).toEqual([
      'ALTER DEFAULT PRIVILEGES FOR ROLE "the maker" REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC',
    ]);
    expect(left('REVOKE ALL ON DATABASE d FROM PUBLIC;', 'ACL', '- DATABASE d owner')).toEqual([]);
  });
});

test.each<[string, { dump: number; server: number }, string | undefined, number]>([
  ['by 15 and later, on 14: silence', { dump: 17, server: 14 }, undefined, 1],
  ['another right', { dump: 15, server: 14 }, 'GRANT USAGE ON SCHEMA public TO PUBLIC;', 1],
  [
    'everybody',
    { dump: 15, server: 14 },
    'REVOKE USAGE ON SCHEMA public FROM PUBLIC;\nGRANT ALL ON SCHEMA public TO PUBLIC;',
    0,
  ],
  ['somebody', { dump: 15, server: 14 }, 'GRANT ALL ON SCHEMA public TO app;', 1],
  ['by 14', { dump: 14, server: 14 }, undefined, 0],
  ['on 15', { dump: 17, server: 15 }, undefined, 0],
])(
  'who may create in schema public of a server 14, by the silence of pg_dump: %s',
  (_, versions, sql, count) => {
    const entries = [
      entry(1, 'ACL'),
      ...(sql === undefined ? [] : [entry(2, 'ACL', '- SCHEMA public owner')]),
    ];
    const definitions = new Map([[2, definition(sql ?? '')]]);
    expect(silentRevocations(entries, definitions, versions)).toHaveLength(count);
    expect(silentRevocations([], definitions, versions)).toEqual([]);
  },
);

test.each([
  ['a command of psql', 'REVOKE ALL ON FUNCTION public.f() \\! touch /tmp/x\n FROM PUBLIC;'],
  ['a variable of psql', "REVOKE ALL ON FUNCTION public.f(:'x') FROM PUBLIC;"],
  ['a text', "REVOKE ALL ON FUNCTION public.f('x') FROM PUBLIC;"],
  ['a comment', 'REVOKE ALL ON FUNCTION public.f() -- x\n FROM PUBLIC;'],
])('a statement with %s in it is passed over', (_, sql) => {
  expect(privilegeStatements(sql)).toEqual([]);
});

test('the rights of a statement are taken apart, whatever the names are', () => {
  const [statement] = privilegeStatements(
    'GRANT SELECT(a), UPDATE ( "b, ""TO"")" ) ON TABLE "ON"."x" TO "PUBLIC";',
  );
  expect(statement).toMatchObject({
    ...{ privileges: ['SELECT(a)', 'UPDATE( "b, ""TO"")" )'], role: 'PUBLIC', gives: true, kind: 'TABLE' },
    after: ' ON TABLE "ON"."x" TO "PUBLIC"',
  });
});

describe('what works with the rights of its owner', () => {
  const routine = (name: string, rest: string): string =>
    `CREATE FUNCTION public.${name}\n    LANGUAGE sql${rest};`;
  type Case = [type: string, sql: string, works: boolean, needs?: number[], name?: string];
  /** What is found of entries, by their places from 1 on. */
  const foundIn = (all: readonly Case[]): (RunsAsOwner | undefined)[] => {
    const found = runningAsOwner(
      all.map(([type], place) => entry(place + 1, type)),
      new Map(
        all.map(([, sql, , needs, name = 'x'], place) => [place + 1, { ...definition(sql, needs), name }]),
      ),
    );
    return all.map((_, place) => found.find(({ entry }) => entry.id === place + 1));
  };

  test.each<[string, Case[]]>([
    [
      'functions and aggregates',
      [
        ['FUNCTION', routine('f() RETURNS int', ' SECURITY DEFINER\n    AS $$ $$'), true],
        ['FUNCTION', routine('g() RETURNS int', "\n    AS 'SECURITY DEFINER'"), false],
        ['FUNCTION', routine('h() RETURNS int', ' SECURITY DEFINER\n    RETURN 1'), true],
        ['FUNCTION', routine('i() RETURNS int', '\n    BEGIN ATOMIC\n SELECT SECURITY DEFINER;\nEND'), false],
        [
          'AGGREGATE',
          'CREATE AGGREGATE public.a(integer) (\n    SFUNC = public.f,\n    STYPE = integer\n);',
          true,
        ],
        [
          'AGGREGATE',
          'CREATE AGGREGATE public.b(integer) (\n    SFUNC = public.fg,\n    STYPE = integer\n);',
          false,
        ],
        [
          'AGGREGATE',
          'CREATE AGGREGATE public.c(integer) (\n    SFUNC = x,\n    FINALFUNC = public.f\n);',
          true,
        ],
      ],
    ],
    [
      'whose names read like something else',
      [
        ['FUNCTION', routine('"f\n    AS x"() RETURNS int', " SECURITY DEFINER\n    AS ''"), true],
        [
          'FUNCTION',
          routine('g("a\n    BEGIN ATOMIC\n" int) RETURNS int', " SECURITY DEFINER\n    AS ''"),
          true,
        ],
        ['FUNCTION', routine('i(atomic int, begin int) RETURNS int', " SECURITY DEFINER\n    AS ''"), true],
        ['FUNCTION', routine('"h\n    LANGUAGE sql SECURITY DEFINER"() RETURNS int', "\n    AS ''"), false],
        ['VIEW', `CREATE VIEW public."v WITH (security_invoker='true') AS" AS\n SELECT 1;`, true],
        ['VIEW', `CREATE VIEW public."w AS\n" WITH (security_invoker='true') AS\n SELECT 1;`, false],
      ],
    ],
    [
      'views and tables',
      [
        ['VIEW', 'CREATE VIEW public.v AS\n SELECT 1;', true],
        ['VIEW', "CREATE VIEW public.w WITH (security_invoker='true') AS\n SELECT 1;", false],
        ['VIEW', "CREATE VIEW public.x WITH (security_invoker='false') AS\n SELECT 1;", true],
        ['VIEW', "CREATE VIEW public.ruled WITH (security_invoker='true') AS\n SELECT 1;", true, [], 'ruled'],
        ['MATERIALIZED VIEW', 'CREATE MATERIALIZED VIEW public.m AS\n SELECT 1\n  WITH NO DATA;', true],
        ['TABLE', 'CREATE TABLE public.t ();', true, [], 't t'],
        ['TABLE', 'CREATE TABLE public.u ();', false, [], 'u'],
        ['RULE', 'CREATE RULE r AS ON INSERT TO public.ruled DO ALSO NOTHING;', false, [4], 'ruled r'],
        ['RULE', 'CREATE RULE r AS ON INSERT TO public.t DO ALSO DELETE FROM u;', false, [6, 7], 't t r'],
      ],
    ],
  ])('is found among %s', (_, all) => {
    expect(foundIn(all).map((found) => found !== undefined)).toEqual(all.map(([, , works]) => works));
  });

  test('of functions, those that are called without a right to it', () => {
    const definer = " SECURITY DEFINER\n    AS ''";
    const found = foundIn([
      ['FUNCTION', routine('a() RETURNS trigger', definer), true],
      ['FUNCTION', routine('b() RETURNS event_trigger', definer), true],
      ['FUNCTION', routine('c() RETURNS trigger', "\n    AS ''"), false],
      ['FUNCTION', routine('d() RETURNS int', definer), true],
      ['FUNCTION', routine('e(double precision, double precision) RETURNS double precision', definer), true],
      ['TYPE', 'CREATE TYPE public.r AS RANGE (subtype_diff = public.e);', false, [5]],
      ['FUNCTION', routine('"f) RETURNS trigger"() RETURNS int', definer), true],
    ]);
    expect(found.map((one) => one?.unasked)).toEqual([true, true, undefined, false, true, undefined, false]);
  });

  test('tables with code that foreign keys change, by way of the others', () => {
    const key = (rest: string): string =>
      `ALTER TABLE ONLY public.c\n    ADD CONSTRAINT k FOREIGN KEY (i) REFERENCES public.p(i)${rest};`;
    const found = foundIn([
      ['TABLE', 'CREATE TABLE public.p ();', false, [], 'p'],
      ['TABLE', 'CREATE TABLE public.c ();', true, [], 'c'],
      ['TABLE', 'CREATE TABLE public."c c" ();', true, [5], 'c c'],
      ['TABLE', 'CREATE TABLE public.plain ();', false, [], 'plain'],
      ['FUNCTION', routine('f() RETURNS trigger', "\n    AS ''"), false, [], 'f()'],
      ['TRIGGER', 'CREATE TRIGGER t …;', false, [2, 5], 'c t'],
      ['FK CONSTRAINT', key(' ON DELETE CASCADE'), false, [1, 2], 'c k'],
      ['FK CONSTRAINT', key(' ON UPDATE SET NULL'), false, [3, 1, 3], 'c c k'],
      ['FK CONSTRAINT', key(' ON UPDATE SET DEFAULT DEFERRABLE'), false, [3], 'c c k2'],
      ['FK CONSTRAINT', key(' ON DELETE CASCADE'), false, [1, 4], 'plain k'],
      ['FK CONSTRAINT', key(''), false, [4, 2], 'c k3'],
    ]);
    expect(found.map((one) => one?.byKeys)).toEqual([
      ...[undefined, [1], [1, 3], undefined],
      ...Array.from({ length: 7 }, () => undefined),
    ]);
  });
});
