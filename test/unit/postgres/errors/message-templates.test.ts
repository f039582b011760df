import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asTemplate, templateLines } from '../../../../src/postgres/errors/message-templates.ts';

const known = (name: string): boolean => ['t', 'public', 'f', 'mood'].includes(name);

describe('a message of the server is shown', () => {
  test.each([
    ['as it is', 'division by zero', 'division by zero'],
    [
      'without a value',
      'invalid input syntax for type integer: "Smith"',
      'invalid input syntax for type integer: …',
    ],
    [
      'without a value in the middle',
      'value "x" is out of range for type Smith" is out of range for type integer',
      'value … is out of range for type …',
    ],
    [
      'with the type of a table',
      'value "Smith" is out of range for type mood',
      'value … is out of range for type mood',
    ],
    [
      'with a type and its length',
      'value too long for type character varying(20)',
      'value too long for type character varying(20)',
    ],
    [
      'with names of the catalog',
      'null value in column "a b" of relation "users" violates not-null constraint',
      'null value in column "a b" of relation "users" violates not-null constraint',
    ],
    ['with a name that is known', 'relation "public.t" does not exist', 'relation "public.t" does not exist'],
    ['without a name that is not', 'relation "public.smith" does not exist', 'relation … does not exist'],
    [
      'with a kind of two words',
      'permission denied for materialized view t',
      'permission denied for materialized view t',
    ],
    [
      'with a function that is known',
      'function public.f(integer, text[]) does not exist',
      'function public.f(integer, text[]) does not exist',
    ],
    ['without what it is called with', 'function f(smith) does not exist', 'function f(…) does not exist'],
    ['without a function', 'function smith(integer) does not exist', 'function … does not exist'],
    [
      'with a file and what is wrong',
      'could not extend file "base/5/16385": No space left on device',
      'could not extend file "base/5/16385": No space left on device',
    ],
    ['without another file', 'could not open file "/home/smith/1": Smith', 'could not open file …: …'],
    [
      'with an encoding',
      'invalid byte sequence for encoding "UTF8": 0xff 0x41',
      'invalid byte sequence for encoding "UTF8": …',
    ],
    [
      'without a setting',
      'unrecognized configuration parameter "Smith"',
      'unrecognized configuration parameter …',
    ],
    [
      'with sizes',
      'index row size 2712 exceeds btree version 4 maximum 2704 for index "i"',
      'index row size 2712 exceeds btree version 4 maximum 2704 for index "i"',
    ],
  ])('%s', (_, message, shown) => {
    expect(asTemplate(message, known)).toBe(shown);
  });

  test.each([
    'Smith',
    'division by zero Smith',
    'Smith division by zero',
    'patient smith is hiv positive',
    'ungültige Eingabesyntax für Typ integer: »Smith«',
    'Division durch Null',
    '',
  ])('or not at all: %s', (message) => {
    expect(asTemplate(message, known)).toBeUndefined();
  });
});

/** Gaps for names of constraints and of their tables, which come from the catalog alone. */
const ofCatalog = /\{(name|domain)\}/g;

test.each(templateLines)('no value is shown in: %s', (line) => {
  for (const value of [
    'smith',
    '"smith"',
    '12 smith',
    'smith, smith',
    'public.smith(smith)',
    'smith: smith',
  ]) {
    const message = line
      .replace(ofCatalog, '"n"')
      .replace('{kind}', 'table')
      .replace(/…|\{[a-z]+\}/g, value);
    const shown = asTemplate(message, known);
    expect(shown).toBeDefined();
    expect(shown).not.toContain('smith');
  }
});

test('a name is shown without what looks like more of the message', () => {
  const shown = asTemplate('duplicate key value violates unique constraint "a" of "smith"', known);
  expect(shown).toBe('duplicate key value violates unique constraint …');
});

test('whatever else is said is not shown', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('the', 'smith', 'invalid', 'is', '"smith"', 'for', 'type', ':', 'value')),
      (words) => {
        expect(asTemplate(words.join(' '), known) ?? '').not.toContain('smith');
      },
    ),
  );
});
