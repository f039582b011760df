import { describe, expect, test } from 'vitest';
import {
  fixedVersion,
  isOlderMinor,
  parseVersion,
  upstreamVersion,
} from '../../../../src/postgres/client/versions.ts';

describe('the version in what a program prints', () => {
  test.each([
    ['of Debian', 'pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n', { major: 15, version: '15.18' }],
    ['of PGDG', 'psql (PostgreSQL) 18.6 (Debian 18.6-1.pgdg120+1)', { major: 18, version: '18.6' }],
    ['from source', 'pg_restore (PostgreSQL) 17.6\n', { major: 17, version: '17.6' }],
    ['before its release', 'psql (PostgreSQL) 19beta2\n', { major: 19, version: '19beta2' }],
    ['under development', 'psql (PostgreSQL) 19devel\n', { major: 19, version: '19devel' }],
    ['with three parts', 'psql (PostgreSQL) 9.6.24\n', { major: 9, version: '9.6.24' }],
    ['of three digits', 'psql (PostgreSQL) 100.1\n', { major: 100, version: '100.1' }],
  ])('%s', (_, printed, version) => {
    expect(parseVersion(printed)).toEqual(version);
  });

  test.each([
    ['nothing', ''],
    ['another program', 'pg_dump: unrecognized option'],
    ['no number', 'psql (PostgreSQL) unknown'],
    ['another maker', 'psql (EDB Postgres Extended Server) 15.4'],
  ])('is not found in %s', (_, printed) => {
    expect(parseVersion(printed)).toBeUndefined();
  });
});

test.each([
  ['17.6-1.pgdg24.04+1', '17.6'],
  ['15.18-0+deb12u1', '15.18'],
  ['19~beta2-1.pgdg13+1', '19beta2'],
  ['1:16.9-0ubuntu0.24.04.1', '16.9'],
])('PostgreSQL has its own version in that of a package, %s', (packaged, own) => {
  expect(upstreamVersion(packaged)).toBe(own);
});

test.each([
  ['17.5', '17.6', true],
  ['17.9', '17.10', true],
  ['17.10', '17.9', false],
  ['17.6', '17.6', false],
  ['17.6', '18.7', false],
  ['19beta2', '19.1', false],
  ['19.1', '19beta2', false],
])('%s is older than %s: %s', (version, other, isOlder) => {
  expect(isOlderMinor(version, other)).toBe(isOlder);
});

test.each([
  ['18.3', '18.4'],
  ['18.4', undefined],
  ['17.9', '17.10'],
  ['17.12', undefined],
  ['14.22', '14.23'],
  ['13.23', undefined], // which will not be mended any more
  ['19beta2', undefined],
])('client %s is mended in %s', (version, fixed) => {
  expect(fixedVersion(version)).toBe(fixed);
});
