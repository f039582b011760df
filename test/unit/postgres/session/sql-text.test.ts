import { describe, expect, test } from 'vitest';
import { identifier, listElements, literal } from '../../../../src/postgres/session/sql-text.ts';

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
