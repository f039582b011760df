import { describe, expect, test } from 'vitest';
import { withoutExtensionOption, withoutRowsOption } from '../../../../src/postgres/dump/exclude-options.ts';
import { excludesExtension, excludesTableData } from '../../../../src/postgres/dump/patterns.ts';

describe('rows of a table are left out by', () => {
  const table = { schema: 'Geo coder', name: 'loader "tables"' };
  test.each([
    [['--exclude-table-data=public.ref_sys'], { schema: 'public', name: 'ref_sys' }],
    [['--exclude-table-data', 'REF_*'], { schema: 'public', name: 'ref_sys' }],
    [['--exclude-table-data=ref?sys'], { schema: 'other', name: 'ref_sys' }],
    [['--no-comments', '--exclude-table-data-and-children=*.*'], table],
    [[withoutRowsOption(table)], table],
    [['--exclude-table-data=Ärzte'], { schema: 'public', name: 'Ärzte' }],
    [['--exclude-table-data=a?b*"*"*'], { schema: 'public', name: 'a😀bx*y' }],
    [['--exclude-table-data="a+b"'], { schema: 'public', name: 'a+b' }],
    [['--exclude-table-data="a""+b"$'], { schema: 'public', name: 'a"+b$' }],
    [['--schema-only'], table],
    [['-s'], table],
  ])('%j', (options, of) => {
    expect(excludesTableData(options, of)).toBe(true);
  });

  test.each([
    [['--exclude-table-data=other.ref_sys'], { schema: 'public', name: 'ref_sys' }],
    [['--exclude-table-data="REF_SYS"'], { schema: 'public', name: 'ref_sys' }],
    [['--exclude-table-data=ref.sys'], { schema: 'ref', name: 'ref_sys' }],
    [['--schema=public', '--exclude-table=ref_sys'], { schema: 'public', name: 'ref_sys' }],
    [[`--exclude-table-data=${'a'.repeat(500_000)}${'*'.repeat(500_000)}`], { schema: 'public', name: 'b' }],
    [['--exclude-table-data=a+b'], { schema: 'public', name: 'a+b' }],
    [['--exclude-table-data=ref_[0-9]'], { schema: 'public', name: 'ref_[0-9]' }],
    [['--exclude-table-data=ärzte'], { schema: 'public', name: 'Ärzte' }],
    [[`--exclude-table-data=${'*a'.repeat(30)}`], { schema: 'public', name: `${'a'.repeat(62)}b` }],
    [[], table],
  ])('not by %#', (options, of) => {
    expect(excludesTableData(options, of)).toBe(false);
  });
});

test.each([
  [['--exclude-extension=clock*'], true],
  [['--extension=hstore'], true],
  [['-e', 'clockjobs'], false],
  [['-e', 'clock(jobs|s)'], false],
  [['--exclude-extension=clock.+'], false],
  [['--exclude-extension', 'hstore'], false],
  [[], false],
])('an extension is left out by %j: %s', (options, out) => {
  expect(excludesExtension(options, 'clockjobs')).toBe(out);
});

test('the options that leave an extension out are those of the client', () => {
  expect(withoutExtensionOption('pg_cron', ['pg_cron', 'hstore'], 17)).toEqual([
    '--exclude-extension=pg_cron',
  ]);
  expect(withoutExtensionOption('My ext', ['My ext'], 18)).toEqual(['--exclude-extension="My ext"']);
  expect(withoutExtensionOption('pg_cron', ['pg_cron', 'hstore', 'uuid-ossp', 'plpgsql'], 16)).toEqual([
    '--extension=hstore',
    '--extension="uuid-ossp"',
  ]);
  expect(withoutExtensionOption('pg_cron', ['pg_cron'], 15)).toEqual(['--extension=plpgsql']);
});
