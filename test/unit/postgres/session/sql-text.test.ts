import { describe, expect, test } from 'vitest';
import { identifier, listElements, literal, runnable } from '../../../../src/postgres/session/sql-text.ts';

test.each([
  ['plain', '"plain"'],
  ['with "quotes"', '"with ""quotes"""'],
  ['back\\slash\n', '"back\\slash\n"'],
])('the identifier %j', (name, sql) => expect(identifier(name)).toBe(sql));

test.each([
  ['plain', "'plain'"],
  ['', "''"],
  ["it's", "'it''s'"],
  ["\\'", "E'\\\\'''"],
])('the literal %j', (value, sql) => expect(literal(value)).toBe(sql));

test.each([
  ['DROP DATABASE "a b";', 'DROP DATABASE "a b";'],
  ['DROP DATABASE "a\nb";', 'DROP DATABASE U&"a\\000ab";'],
  ['GRANT "x\ty\\z""" TO "plain";', 'GRANT U&"x\\0009y\\\\z""" TO "plain";'],
  ["SELECT 'it''s\ntwo';", "SELECT E'it''s\\ntwo';"],
  [`SELECT ${literal('a\\b\nc')}, 1;`, "SELECT E'a\\\\b\\nc', 1;"],
  ['SELECT name\n  FROM "t"\nWHERE a;', 'SELECT name FROM "t" WHERE a;'],
  ['DROP ROLE "\u202eegami";', 'DROP ROLE U&"\\202eegami";'],
  [`COMMENT ON DATABASE "it's" IS 'a "\n" b';`, `COMMENT ON DATABASE "it's" IS E'a "\\n" b';`],
])('a statement for people on one line: %j', (sql, written) => expect(runnable(sql)).toBe(written));

describe('the elements of a list', () => {
  const cases: [string, string[]][] = [
    ['', []],
    ['public', ['public']],
    ['"$user", public', ['$user', 'public']],
    [' a ,b,  "c d" ', ['a', 'b', 'c d']],
    ['"comma, inside","and ""quotes"""', ['comma, inside', 'and "quotes"']],
    ['""', ['']],
    ['"", a', ['', 'a']],
    ['" spaces "', [' spaces ']],
    ['"new\nline"', ['new\nline']],
    ['"never closed', ['"never closed']],
  ];
  test.each(cases)('%j', (list, elements) => expect(listElements(list)).toEqual(elements));
});
