import { describe, expect, test } from 'vitest';
import { identifier, listElements, literal, toPaste } from '../../../../src/postgres/session/sql-text.ts';

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

describe('a statement to be copied', () => {
  const cases: [string, string][] = [
    ['DROP ROLE "a b\\c";', 'DROP ROLE "a b\\c";'],
    ['DROP ROLE "ä €";', 'DROP ROLE "ä €";'],
    ['DROP ROLE "a\nb\\c""d";', String.raw`DROP ROLE U&"a\000ab\\c""d";`],
    ['DROP ROLE "it\'s", "\u202e\u0007";', String.raw`DROP ROLE "it's", U&"\202e\0007";`],
    ["SELECT 'a\n\\b''', 'c';", String.raw`SELECT E'a\u000a\\b''', 'c';`],
    ["SELECT E'a\\\\\nb', E'c\\\nd';", String.raw`SELECT E'a\\\u000ab', E'c\u000ad';`],
    ['ALTER TABLE "$$"\n  ADD CHECK (a >\t0);', 'ALTER TABLE "$$" ADD CHECK (a > 0);'],
    ['DO $$BEGIN\nEND$$;', 'DO $$BEGIN\nEND$$;'],
    ['-- In database "a\\nb\'":', '-- In database "a\\nb\'":'],
  ];
  test.each(cases)('%j', (statement, shown) => expect(toPaste(statement)).toBe(shown));
});

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
