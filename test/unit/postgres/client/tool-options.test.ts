import { describe, expect, test } from 'vitest';
import {
  allowsSeveralJobs,
  optionLines,
  problemWithToolOptions,
  withoutLockWait,
} from '../../../../src/postgres/client/tool-options.ts';

test.each([
  ['--schema=public', ['--schema=public']],
  ['  --no-comments\t\r\n\n--exclude-table-data=log_*\n', ['--no-comments', '--exclude-table-data=log_*']],
  ['-n a\r-n b', ['-n a', '-n b']],
  ['--schema my schema', ['--schema my schema']],
  ['', []],
])('%j has one option a line', (text, expected) => {
  expect(optionLines(text)).toEqual(expected);
});

describe('what the action sets itself is refused in every form', () => {
  test.each([
    ['pg_dump', '--file=/tmp/x', '--file'],
    ['pg_dump', '--file /tmp/x', '--file'],
    ['pg_dump', '--fil=/tmp/x', '--file'],
    ['pg_dump', '-f/tmp/x', '--file'],
    ['pg_dump', '-f /tmp/x', '--file'],
    ['pg_dump', '-af/tmp/x', '--file'],
    ['pg_dump', '-Fp', '--format'],
    ['pg_dump', '--form=p', '--format'],
    ['pg_dump', '-sFp', '--format'],
    ['pg_dump', '--dbname=postgres', '--dbname'],
    ['pg_dump', '--d=postgres', '--dbname'],
    ['pg_dump', '-C', '--create'],
    ['pg_dump', '-ac', '--clean'],
    ['pg_dump', '-j2', '--jobs'],
    ['pg_dump', '-Z9', '--compress'],
    ['pg_dump', '--compress=9', '--compress'],
    ['pg_dump', '--host=elsewhere', '--host'],
    ['pg_dump', '-U postgres', '--username'],
    ['pg_dump', '-W', '--password'],
    ['pg_dump', '--no-comments\n--verbose', '--verbose'],
    ['pg_restore', '--clean', '--clean'],
    ['pg_restore', '--if-exists', '--if-exists'],
    ['pg_restore', '-L list', '--use-list'],
    ['pg_restore', '-l', '--list'],
    ['pg_restore', '-O', '--no-owner'],
    ['pg_restore', '--no-acl', '--no-acl'],
    ['pg_restore', '-1e', '--exit-on-error'],
    ['pg_restore', '-d postgres', '--dbname'],
  ] as const)('%s %j', (tool, text, name) => {
    expect(problemWithToolOptions(tool, text)).toMatch(new RegExp(`^must not contain ${name}, since `));
  });

  test.each([
    ['pg_restore', '--no-comments --dbname=postgres', '--dbname'],
    ['pg_restore', '--no-comments\t--dbn postgres', '--dbname'],
    ['pg_restore', '--no-security-labels --clean', '--clean'],
    ['pg_restore', '--no-comments --create', '--create'],
    ['pg_restore', '-s -C', '--create'],
    ['pg_restore', '-s  -dpostgres', '--dbname'],
    ['pg_restore', '--table=a --if-exists', '--if-exists'],
    ['pg_restore', '--table "a b" -c', '--clean'],
    ['pg_dump', '--no-comments --host=elsewhere', '--host'],
    ['pg_dump', '-n public -f /tmp/x', '--file'],
    ['pg_dump', '--no-comments\u00a0--file=/tmp/x', '--file'],
  ] as const)('%s %j, where it is a further word', (tool, text, name) => {
    expect(problemWithToolOptions(tool, text)).toMatch(
      new RegExp(`^must have one option a line, and not contain ${name}, since .*: `),
    );
  });

  test.each(['public', 'postgres --schema=public', '-', '--', '--=x', '- n', '--no-comments\ndb'])(
    'no option at all: %j',
    (text) => {
      expect(problemWithToolOptions('pg_dump', text)).toMatch(/^must have one option a line/);
    },
  );
});

describe('what chooses a part, or leaves something out, is allowed', () => {
  test.each([
    ['pg_dump', '--schema=public\n--schema=audit'],
    ['pg_dump', '-n public\n-Tpublic.log'],
    ['pg_dump', '--exclude-table-data=log_*\n--no-comments\n--section=pre-data'],
    ['pg_dump', '--lock-wait-timeout=30min'],
    ['pg_dump', '-nfile'], // the value of -n, not -f
    ['pg_dump', '-s\n-O\n-x'],
    ['pg_dump', '--no-privileges\n--inserts\n--rows-per-insert=100'],
    ['pg_dump', '--table="log -file --clean"'],
    ['pg_restore', '--no-comments\n--section=data\n-n public\n--schema-only\n-1'],
    ['pg_restore', '-tlist'],
    ['pg_restore', '--schema my - old -- schema'],
    ['pg_restore', ''],
  ] as const)('%s %j', (tool, text) => {
    expect(problemWithToolOptions(tool, text)).toBeUndefined();
  });
});

test.each([
  [['--no-comments'], ['--no-comments']],
  [['--lock-wait-timeout=5s', '--schema=public'], ['--schema=public']],
  [['--schema=--lock-wait-timeout=5s'], ['--schema=--lock-wait-timeout=5s']],
])('of %j, what chooses is %j', (options, expected) => {
  expect(withoutLockWait(options)).toEqual(expected);
});

test.each<[boolean, string[]]>([
  [true, []],
  [true, ['--no-comments', '--schema=public', '--section=data']],
  [true, ['--schema=-1', '--schema=--single-transaction', '--table=--transaction-size=1']],
  [false, ['--single-transaction']],
  [false, ['--no-comments', '--transaction-size=100']],
])('several sessions at once: %s with %j', (allowed, options) => {
  expect(allowsSeveralJobs(options)).toBe(allowed);
});
