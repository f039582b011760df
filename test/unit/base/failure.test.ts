import { describe, expect, test } from 'vitest';
import { causeOf, Failure } from '../../../src/base/failure.ts';
import { ProcessFailure } from '../../../src/base/process.ts';
import {
  beforeFirstChange,
  databaseLost,
  emptyDatabaseFailed,
  replacementUnknown,
  restoreIncomplete,
  SwapOutcomeUnknown,
} from '../../../src/jobs/replace/failures.ts';

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
  test.each([
    [
      'that the database was not changed',
      emptyDatabaseFailed('Trying', name, undefined, refused),
      'Database "moo\\"dle" was not changed.',
    ],
    [
      'what is left',
      emptyDatabaseFailed('Trying', name, 'fresh', refused),
      'was not changed. The empty database is left over. Drop it:\nDROP DATABASE "fresh";',
    ],
    [
      'that the old database is gone',
      databaseLost(name, 'fresh', refused),
      'After the restore, drop the empty database:\nDROP DATABASE "fresh";\nDatabase "moo\\"dle" is missing or unusable.',
    ],
    ['that nobody knows', replacementUnknown(name, 'fresh', refused), 'is in an unknown state.'],
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
        '"fresh" listed: not swapped. "moo\\"dle" was not changed, and "fresh" is the restored copy.',
        '"fresh" missing: swapped. "moo\\"dle" is the restored one, and the old one, if there was one, is now "before".',
        'Database "moo\\"dle" is in an unknown state. The server does not answer. No data was lost.',
      ].join('\n'),
    ],
  ])('%s', (_, { message }, words) => {
    expect(message).toContain(words);
  });

  test.each([
    ['when nothing was changed', emptyDatabaseFailed('Trying', name, undefined, refused)],
    ['when the old database is gone', databaseLost(name, 'fresh', refused)],
    ['when nobody knows', replacementUnknown(name, 'fresh', refused)],
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
      'that the old database is gone, and what to drop then',
      databaseLost(name, 'fresh', failure),
      'After the restore, drop the empty database:',
    ],
    [
      'that nobody knows, and that a restore is right',
      replacementUnknown(name, 'fresh', failure),
      'A restore of this backup is right in either case.',
    ],
  ])('what to do about the cause, before it says %s', (_, { message }, then) => {
    expect(message).toContain(` failed: it is not there\nPut it there.\n${then}`);
  });

  test('what the restore itself was told', () => {
    expect(restoreIncomplete(name, failure).message).toMatch(/^Reading "x" failed: /);
  });
});

describe('before the first change', () => {
  test('a failure says that nothing was changed', async () => {
    await expect(beforeFirstChange('moodle', 'Check the server', Promise.reject(failure))).rejects.toThrow(
      'Reading "x" failed: it is not there\nPut it there.\nDatabase "moodle" was not changed.',
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
      'Download x failed: no space left on the disk (ENOSPC)\nFree space on the runner\'s disk, or use a runner with a larger disk, then run the job again.\nDatabase "moodle" was not changed.',
    );
  });
});
