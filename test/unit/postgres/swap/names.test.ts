import { describe, expect, test } from 'vitest';
import { readRestoreMark, restoreMark } from '../../../../src/postgres/properties/restore-mark.ts';
import { problemWithDatabaseName } from '../../../../src/postgres/server/database-names.ts';
import { isPreviousName, isRestoreName, restoreNames } from '../../../../src/postgres/swap/names.ts';
import { awkwardStrings } from '../../support/pseudo-random.ts';

const time = new Date('2026-11-22T15:42:10.987Z');

describe('the databases beside the one that is restored', () => {
  test.each([
    ['moodle', 'moodle_restore_20261122154210', 'moodle_before_20261122154210'],
    [` it's "x" `, ` it's "x" _restore_20261122154210`, ` it's "x" _before_20261122154210`],
    ['a'.repeat(40), `${'a'.repeat(40)}_restore_20261122154210`, `${'a'.repeat(40)}_before_20261122154210`],
    ['a'.repeat(41), `${'a'.repeat(31)}_restore_20261122154210_`, `${'a'.repeat(41)}_before_20261122154210`],
    ['é'.repeat(31), `${'é'.repeat(15)}_restore_20261122154210_`, `${'é'.repeat(16)}_before_20261122154210_`],
  ])('of %j', (database, fresh, previous) => {
    const names = restoreNames(database, time);
    expect(names.fresh.replace(/_[0-9a-f]{8}$/, '_')).toBe(fresh);
    expect(names.previous.replace(/_[0-9a-f]{8}$/, '_')).toBe(previous);
  });

  test('have names that the server takes, none of them twice, and are recognised', () => {
    const long = 'x'.repeat(50);
    const databases = [
      ...awkwardStrings(2_000, 40, 5).map((name) => name.toWellFormed()),
      ...Array.from({ length: 500 }, (_, index) => `${long}${index}`),
      long,
    ].filter((name) => problemWithDatabaseName(name) === undefined);
    const seen = new Set<string>();
    for (const database of new Set(databases)) {
      const { fresh, previous } = restoreNames(database, time);
      for (const name of [fresh, previous]) {
        expect(problemWithDatabaseName(name)).toBeUndefined();
        expect(name.isWellFormed()).toBe(true);
        expect(seen).not.toContain(name);
        seen.add(name);
      }
      expect(isRestoreName(fresh, database)).toBe(true);
      expect(isRestoreName(previous, database)).toBe(false);
      expect(isPreviousName(previous, database)).toBe(true);
      expect(isPreviousName(fresh, database)).toBe(false);
    }
    expect(seen.size).toBeGreaterThan(1_200);
  });

  test.each([
    ['moodle2_restore_20261122154210', 'moodle'],
    ['moodle_restore_2026112215421', 'moodle'],
    ['moodle_restore_20261122154210_copy', 'moodle'],
    ['moodle_restore_20261122154210_0123abcd', 'moodle'],
    ['moodle_before_20261122154210', 'moodle'],
    ['moodle', 'moodle'],
    [restoreNames(`${'x'.repeat(62)}1`, time).fresh, `${'x'.repeat(62)}2`],
  ])('%j is none of those of %j', (name, database) => {
    expect(isRestoreName(name, database)).toBe(false);
  });
});

describe('the mark', () => {
  test.each(['moodle', `"'\\ é 😀 \u2028`])('tells the database %j and the run', (database) => {
    expect(readRestoreMark(restoreMark({ database, run: '12345/1' }))).toEqual({ database, run: '12345/1' });
  });

  const mark = restoreMark({ database: 'moodle', run: '1' });
  test.each([
    ['no comment', null],
    ['an empty one', ''],
    ["somebody's own", 'unfinished restore'],
    ['one that was added to', `${mark} keep!`],
    ['one with words before it', `Note: ${mark}`],
    ['one that was cut', mark.slice(0, -3)],
    ['one without a run', mark.replace('"run"', '"walk"')],
    ['one that is no object', `${mark.slice(0, mark.indexOf('{'))}null`],
  ])('is not seen in %s', (_, comment) => {
    expect(readRestoreMark(comment)).toBeUndefined();
  });
});
