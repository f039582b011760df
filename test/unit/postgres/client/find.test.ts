import { describe, expect, test } from 'vitest';
import { type Client, chooseClient, parseVersion } from '../../../../src/postgres/client/find.ts';

const client = (major: number): Client => ({
  major,
  version: `${major}.1`,
  psql: `/pg/${major}/psql`,
  pgDump: `/pg/${major}/pg_dump`,
  pgRestore: `/pg/${major}/pg_restore`,
});

describe('the client that is chosen', () => {
  test.each([
    ['the very one', [15, 16, 17, 18], 16, 16],
    ['the next newer one', [14, 17, 18], 15, 17],
    ['the newest, if only that is new enough', [14, 15, 18], 18, 18],
    ['the only one', [18], 12, 18],
    ['none, if all are older', [14, 15], 16, undefined],
    ['none of none', [], 15, undefined],
  ])('is %s', (_, majors, wanted, chosen) => {
    expect(chooseClient(majors.map(client), wanted)?.major).toBe(chosen);
  });
});

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
