import { describe, expect, test } from 'vitest';
import { causeOf, Failure } from '../../../src/base/failure.ts';
import { ProcessFailure } from '../../../src/base/process.ts';
import { oldNotDropped } from '../../../src/jobs/replace/drop-old.ts';
import {
  beforeFirstChange,
  emptyDatabaseFailed,
  restoreIncomplete,
  SwapOutcomeUnknown,
} from '../../../src/jobs/replace/failures.ts';
import type { LeftDatabase } from '../../../src/postgres/swap/drop.ts';

const failure = new Failure({ tried: 'Reading "x"', cause: 'it is not there', advice: 'Put it there.' });

test('a failure says what was tried, why it failed and what to do', () => {
  expect(failure.message).toBe('Reading "x" failed: it is not there\nPut it there.');
  expect(failure.name).toBe('Failure');
});

describe('the cause', () => {
  test.each([
    ['of a failure is its own', failure, 'it is not there'],
    ['of an error is its message', new TypeError('no'), 'no'],
    ['of a text is that text', 'no', 'no'],
    ['of nothing is said, too', undefined, 'undefined'],
    ['of what cannot be made a text', Object.create(null), 'a value was thrown that is not an error'],
    ['of a list of such', [{ toString: 1, valueOf: 1 }], 'a value was thrown that is not an error'],
  ])('%s', (_, error, cause) => {
    expect(causeOf(error)).toBe(cause);
  });
});

describe('after a restore that failed, the message says', () => {
  const refused = new ProcessFailure(
    'psql',
    'exited with status 3',
    3,
    'psql:<stdin>:2: ERROR:  permission denied to create database',
  );
  const name = 'moo"dle';
  const left = (state: LeftDatabase['state']): LeftDatabase => ({ state, name: 'fresh', reason: refused });
  test.each([
    [
      'that the database was not changed, where the server says so',
      emptyDatabaseFailed('Trying', name, { outcome: 'unchanged' }, refused),
      'Database "moo\\"dle" was not changed.',
    ],
    [
      'that the server could not be asked',
      emptyDatabaseFailed('Trying', name, { outcome: 'unasked' }, refused),
      'Database "moo\\"dle" was not touched by this restore, but the server could not be asked about it.',
    ],
    [
      'that somebody else was there',
      emptyDatabaseFailed('Trying', name, { outcome: 'exchanged' }, refused),
      'Database "moo\\"dle" was created, dropped or replaced by somebody else during the restore.',
    ],
    [
      'what is left',
      emptyDatabaseFailed('Trying', name, { outcome: 'unchanged', left: left('there') }, refused),
      'was not changed. The empty database is left over. Drop it:\nDROP DATABASE IF EXISTS "fresh";',
    ],
    [
      'that nobody knows whether something is left',
      emptyDatabaseFailed('Trying', name, { outcome: 'unasked', left: left('unknown') }, refused),
      'The server could not be asked whether the empty database "fresh" is left over; if it is, the end of the job or the next restore drops it.',
    ],
    [
      "that what is somebody else's was left alone",
      emptyDatabaseFailed('Trying', name, { outcome: 'unchanged', left: left('another') }, refused),
      'A database that this restore did not make is called "fresh" now; it was left alone.',
    ],
    [
      'what of a new database is left under another name',
      emptyDatabaseFailed(
        'Trying',
        name,
        { outcome: 'unchanged', left: { ...left('another'), elsewhere: 'away' } },
        refused,
      ),
      '"fresh" now; it was left alone. The empty one is left over as "away". Drop it:\nDROP DATABASE IF EXISTS "away";',
    ],
    [
      'that what does not bear our mark was not dropped',
      emptyDatabaseFailed('Trying', name, { outcome: 'unchanged', left: left('unmarked') }, refused),
      'since it does not bear the mark of this restore. Check it, then drop it:\nDROP DATABASE IF EXISTS "fresh";',
    ],
    [
      'where the old database is, if it could not be put back',
      oldNotDropped(name, 'old', ['BEGIN;'], refused),
      '\nBEGIN;\nDatabase "moo\\"dle" is incomplete, keep applications out. It is empty. The old one is there as "old".',
    ],
    [
      'that nobody knows whether the old one is dropped',
      oldNotDropped(name, 'old', { oid: 17, dropping: 'shop_dropping' }, refused),
      [
        'or nothing if it is dropped:\nSELECT datname FROM pg_database WHERE oid = 17;\nDatabase "moo\\"dle" is incomplete, keep applications out. ',
        'It is empty. The server could not be asked whether the old one, "old" or by now "shop_dropping", is dropped.',
      ].join(''),
    ],
    [
      'that the server could not be asked how it is now',
      restoreIncomplete(name, refused, 'not asked'),
      'only the owner and superusers can connect. The server could not be asked how it is now.',
    ],
    [
      'that another has its name',
      restoreIncomplete(name, refused, 'another'),
      'Database "moo\\"dle" was created, dropped or replaced by somebody else during the restore. The old one was dropped; the backup is untouched.',
    ],
    [
      'that there was no old one',
      restoreIncomplete(name, refused, 'there', 'none'),
      'is incomplete, keep applications out. The backup is untouched.',
    ],
    [
      'where the old one is that was not dropped',
      restoreIncomplete(name, refused, 'there', left('unmarked')),
      'keep applications out. The old one is still there as "fresh"; the backup is untouched.',
    ],
    [
      'where the old one is that somebody has renamed',
      restoreIncomplete(name, refused, 'there', { ...left('another'), elsewhere: 'away' }),
      'The old one is still there as "away"; the backup is untouched.',
    ],
    [
      'that the old one is gone',
      restoreIncomplete(name, refused, 'there', left('another')),
      'The old one is gone, dropped by somebody else; the backup is untouched.',
    ],
    [
      'what a drop has left that was cut off',
      restoreIncomplete(name, refused, 'there', left('destroyed')),
      'The old one is still there as "fresh", and unusable; the backup is untouched.',
    ],
    [
      'that the new database is incomplete',
      restoreIncomplete(name, refused),
      'Database "moo\\"dle" is incomplete, keep applications out.',
    ],
    [
      'how to tell whether the databases were exchanged, even if there was no old one',
      new SwapOutcomeUnknown(name, 'fresh', 'before', refused),
      [
        'SELECT datname FROM pg_database;',
        '"fresh" listed: not swapped. "moo\\"dle" is the old one, and "fresh" is the restored copy.',
        '"fresh" missing: swapped. "moo\\"dle" is the restored copy, and the old one, if there was one, is now "before".',
        'Database "moo\\"dle" is in an unknown state. The server could not be asked whether they were swapped. The restore has dropped nothing.',
      ].join('\n'),
    ],
    [
      'how to tell whether the old database was put back',
      new SwapOutcomeUnknown(name, 'before', 'fresh', refused, 'the old one', 'the empty one'),
      [
        '"before" listed: not swapped. "moo\\"dle" is the empty one, and "before" is the old one.',
        '"before" missing: swapped. "moo\\"dle" is the old one, and the empty one, if there was one, is now "fresh".',
        'Database "moo\\"dle" is in an unknown state. The server could not be asked',
      ].join('\n'),
    ],
  ])('%s', (_, { message }, words) => {
    expect(message).toContain(words);
  });

  test.each([
    ['when nothing was changed', emptyDatabaseFailed('Trying', name, { outcome: 'unchanged' }, refused)],
    ['when the old database was not dropped', oldNotDropped(name, 'old', [], refused)],
    ['when nobody knows', oldNotDropped(name, 'old', { oid: 17 }, refused)],
    ['when the new database is incomplete', restoreIncomplete(name, refused)],
  ])("the cause in the server's words, without the names of programs, %s", (_, { explanation, cause }) => {
    expect(explanation.cause).toBe('ERROR:  permission denied to create database');
    expect(cause).toBe(refused);
  });

  test.each([
    [
      'that the new database is incomplete',
      restoreIncomplete(name, failure),
      'Database "moo\\"dle" is incomplete, ',
    ],
    [
      'that the old database was not dropped, and how to go back to it',
      oldNotDropped(name, 'old', [], failure),
      'The end of the job tries to put the old database back.',
    ],
  ])('what to do about the cause, before it says %s', (_, { message }, then) => {
    expect(message).toContain(` failed: it is not there\nPut it there.\n${then}`);
  });

  test('what the restore itself was told', () => {
    expect(restoreIncomplete(name, failure).message).toMatch(/^Reading "x" failed: /);
  });
});

describe('before the first change', () => {
  test('a failure says that the database was not touched, which nobody has to be asked for', async () => {
    await expect(beforeFirstChange('moodle', 'Check the server', Promise.reject(failure))).rejects.toThrow(
      'Reading "x" failed: it is not there\nPut it there.\nDatabase "moodle" was not touched by this restore.',
    );
  });

  test('a failure that tells the state itself is left as it is', async () => {
    const saysSo = new Failure({ tried: 'T', cause: 'c', advice: 'a', state: 'Nothing was changed.' });
    await expect(beforeFirstChange('moodle', 'Check the server', Promise.reject(saysSo))).rejects.toBe(
      saysSo,
    );
  });

  test('any other error gets what was tried, and a full disk what to do', async () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    await expect(beforeFirstChange('moodle', 'Download x', Promise.reject(full))).rejects.toThrow(
      'Download x failed: no space left on the disk (ENOSPC)\nFree space on the runner\'s disk, or use a runner with a larger disk, then run the job again.\nDatabase "moodle" was not touched by this restore.',
    );
  });
});
