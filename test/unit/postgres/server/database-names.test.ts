import { describe, expect, test } from 'vitest';
import {
  isSystemDatabase,
  problemWithDatabaseName,
  siblingName,
} from '../../../../src/postgres/server/database-names.ts';
import { awkwardStrings } from '../../support/pseudo-random.ts';

describe('the name of a database', () => {
  test.each([
    ['plain', 'moodle_d01'],
    ['with upper case, spaces and quotes', ` Bob's "DB" `],
    ['that looks like a connection string', 'dbname=postgres host=evil'],
    ['that looks like a URL', 'postgresql://evil/postgres'],
    ['that looks like an option', '--dbname'],
    ['that goes up', '../../etc'],
    ['with a backslash and percent signs', 'a\\b%2e%s'],
    ['with a line separator, which is no control character', 'a\u2028b'],
    ['in other scripts', 'Prüfung 考试 😀'],
    ['of 63 bytes', 'a'.repeat(63)],
    ['of 63 bytes in 16 characters', `${'😀'.repeat(15)}語`],
  ])('is accepted %s', (_, name) => {
    expect(problemWithDatabaseName(name)).toBeUndefined();
  });

  const control = 'must not contain a NUL, a newline or another control character';
  test.each([
    ['with a NUL', 'a\0b', control],
    ['with a newline', 'a\nb', control],
    ['with a newline at its end, as a YAML block gives it', 'moodle\n', control],
    ['with a carriage return', 'a\r', control],
    ['with a tab', 'a\tb', control],
    ['with an escape character', 'a\u001b[31m', control],
    ['with a DEL', 'a\u007f', control],
    ['with a control character above ASCII', 'a\u0085', control],
    ['of 64 bytes', 'a'.repeat(64), 'must have at most 63 bytes in UTF-8, this one has 64'],
    ['of 64 bytes in 32 characters', 'ä'.repeat(32), 'must have at most 63 bytes in UTF-8, this one has 64'],
    ['of 64 bytes in 16 characters', '😀'.repeat(16), 'must have at most 63 bytes in UTF-8, this one has 64'],
  ])('is refused %s', (_, name, problem) => {
    expect(problemWithDatabaseName(name)).toBe(problem);
  });
});

describe('the name of a sibling', () => {
  const suffix = 'new_20261122154210'; // 19 bytes with its underscore, which leaves 44
  test.each([
    ['a short name', 'moodle', 'moodle'],
    ['an empty name', '', ''],
    ['a name that just fits', 'a'.repeat(44), 'a'.repeat(44)],
    ['a name that is a byte too long', 'a'.repeat(45), 'a'.repeat(44)],
    ['63 bytes', 'a'.repeat(63), 'a'.repeat(44)],
    ['2-byte characters', 'ä'.repeat(31), 'ä'.repeat(22)],
    ['2-byte characters, one of which would be cut', `x${'ä'.repeat(31)}`, `x${'ä'.repeat(21)}`],
    ['3-byte characters', '語'.repeat(21), '語'.repeat(14)],
    ['4-byte characters', '😀'.repeat(15), '😀'.repeat(11)],
    ['4-byte characters, half of one of which would fit', `a${'😀'.repeat(15)}`, `a${'😀'.repeat(10)}`],
    ['63 bytes with 4-byte characters', `語${'😀'.repeat(15)}`, `語${'😀'.repeat(10)}`],
    ['a short character behind one that does not fit', `${'a'.repeat(42)}語b`, 'a'.repeat(42)],
    ['quotes and spaces', ` "a'b" `, ` "a'b" `],
  ])('keeps of %s all that has room', (_, database, base) => {
    expect(siblingName(database, suffix)).toBe(`${base}_${suffix}`);
  });

  test('is a valid name of a database, and another one than that', () => {
    const databases = awkwardStrings(2_000, 40, 3).filter(
      (name) => problemWithDatabaseName(name) === undefined,
    );
    expect(databases.length).toBeGreaterThan(100);
    for (const database of databases) {
      const sibling = siblingName(database.toWellFormed(), suffix);
      expect(problemWithDatabaseName(sibling)).toBeUndefined();
      expect(sibling).not.toBe(database);
      expect(sibling.isWellFormed()).toBe(true);
    }
  });
});

test.each([
  ['postgres', true],
  ['template0', true],
  ['template1', true],
  ['azure_maintenance', true],
  ['azure_sys', true],
  ['Postgres', false],
  ['postgres ', false],
  ['moodle', false],
  ['constructor', false],
])('%j belongs to the server: %s', (name, belongs) => {
  expect(isSystemDatabase(name)).toBe(belongs);
});
