import { expect, test } from 'vitest';
import {
  excludesRows,
  mayBePartial,
  selectionOptions,
} from '../../../../src/postgres/client/selection-options.ts';

test.each<['pg_dump' | 'pg_restore', string[], string[]]>([
  ['pg_restore', [], []],
  ['pg_restore', ['--no-comments', '--no-tablespaces', '--statistics', '--single-transaction'], []],
  ['pg_restore', ['--schema=a', '--schema=b', '--table=--no-comments'], ['--schema', '--table']],
  ['pg_restore', ['--section=pre-data', '--section=data', '--section=post-data'], []],
  ['pg_restore', ['--section=pre-data', '--section=data', '--section=data'], ['--section']],
  ['pg_restore', ['--enable-row-security'], []],
  ['pg_dump', ['--enable-row-security'], ['--enable-row-security']],
  ['pg_dump', ['--exclude-table-data=log', '--exclude-table-data-and-children=log', '--inserts'], []],
  ['pg_dump', ['--exclude-table=log'], ['--exclude-table']],
  ['pg_dump', ['--large-objects', '--load-via-partition-root', '--role=exclude-table'], []],
  ['pg_dump', ['--of-a-version-to-come=x'], ['--of-a-version-to-come']],
])('of the options of %s, %j, those that choose a part are %j', (tool, options, part) => {
  expect(selectionOptions(tool, options)).toEqual(part);
});

test.each<[string[], boolean]>([
  [['--table=a'], false],
  [['--section=pre-data', '--section=data'], false],
  [['--section=pre-data'], true],
  [['--schema-only'], true],
  [['--no-data'], true],
])('%j leaves the rows of all tables out: %s', (options, expected) => {
  expect(excludesRows(options)).toBe(expected);
});

test.each([
  [['--exclude-table-data=*'], ['--exclude-table-data']],
  [['--exclude-table-data-and-children=*.*', '--no-comments'], ['--exclude-table-data-and-children']],
  [['--exclude-table-data=log_*', '--exclude-table-data=log.*'], []],
  [['--exclude-table-data="*"'], []], // a table of this name
])('%j leaves out the rows of every table by %j', (options, expected) => {
  expect(selectionOptions('pg_dump', options)).toEqual(expected);
});

test.each<[string, boolean]>([
  ['--exclude-table-data=*', true],
  ['--no-comments --exclude-table-data-and *.* -bO', true],
  ["--exclude-table-data '*'", true],
  ['--exclude-table-data=* --no-comments', true],
  ['--exclude-table-data=*_log', false],
  ['--exclude-table-data=log.*', false],
  ['--no-comments', false],
  ['--no-comm --exclude-table-data log_* -E UTF8 -bO', false],
  ['--no-acl --attribute-inserts', false],
  ['-n public', true],
  ['-npublic', true],
  ['-On public', true],
  ['--schema public', true],
  ['--sch=public', true],
  ['--exclude-table=x', true],
  ['--exclude-table', true],
  ['--exclude-t', true],
  ['--no-comments --ta', true],
  ['--no-s', true],
  ['--of-a-version-to-come', true],
  ['-', true],
])('somebody wrote %j, which may have chosen a part: %s', (written, expected) => {
  expect(mayBePartial(written)).toBe(expected);
});
