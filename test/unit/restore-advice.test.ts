import { describe, expect, test } from 'vitest';
import { adviceForRestore } from '../../src/postgres/restore-advice.ts';

/*
 * Servers that answer in German, so that nothing but the entry and the statement can tell what to do.
 */
const refused = 'FEHLER:  keine Berechtigung';

test.each<[string, string, string, RegExp]>([
  [
    'EXTENSION postgis ',
    refused,
    'CREATE EXTENSION IF NOT EXISTS postgis;',
    /azure\.extensions.*azure_pg_admin/,
  ],
  ['COMMENT EXTENSION x ', refused, "COMMENT ON EXTENSION x IS 'y';", /--no-comments/],
  ['SECURITY LABEL COLUMN x ', refused, 'SECURITY LABEL FOR x ON', /--no-security-labels/],
  ['PUBLICATION p postgres', refused, 'CREATE PUBLICATION p FOR ALL TABLES;', /--no-publications/],
  ['PUBLICATION TABLES IN SCHEMA p s x', refused, 'ALTER PUBLICATION p ADD', /--no-publications/],
  ['SUBSCRIPTION s postgres', refused, 'CREATE SUBSCRIPTION s', /--no-subscriptions/],
  ['ACL TABLE t postgres', refused, 'GRANT SELECT ON TABLE public.t TO app;', /no_privileges: true/],
  ['DEFAULT ACL x y', refused, 'ALTER DEFAULT PRIVILEGES FOR ROLE y', /no_privileges: true/],
  ['TABLE t app', refused, 'ALTER TABLE public.t OWNER TO app;', /no_owner: true/],
  ['COMMENT t app', refused, 'ALTER TABLE public.t OWNER TO app;', /no_owner: true/],
  ['POLICY t p postgres', refused, 'CREATE POLICY p ON public.t TO app;', /Create the roles/],
  ['TABLE DATA t postgres', 'COPY failed for table "t": FEHLER:  doppelt', '', /in the original database/],
  ['CONSTRAINT t t_pkey postgres', refused, 'ALTER TABLE ONLY', /rows in the backup do not satisfy/],
  ['FK CONSTRAINT t x postgres', refused, 'ALTER TABLE ONLY', /rows in the backup do not satisfy/],
  ['TABLE t x', 'could not set default_tablespace to fast: FEHLER', '', /--no-tablespaces/],
  ['FUNCTION f() x', refused, 'CREATE FUNCTION f()\n    LANGUAGE c\n', /Only a superuser/],
  ['FUNCTION f() x', refused, 'CREATE FUNCTION f()\n    LANGUAGE internal STRICT\n', /Only a superuser/],
  ['FUNCTION f() x', refused, 'CREATE FUNCTION f()\n    LANGUAGE cobol\n', /^Mend the cause/],
  ['SCHEMA s x', refused, 'CREATE SCHEMA s;', /^Mend the cause/],
  [
    'TABLE DATA t x',
    'COPY failed for table "t": FEHLER:  doppelt\nCONTEXT:  COPY t, line 1: "disk full"',
    '',
    /in the original database/,
  ],
])('%s (%s): %s', (entry, message, statement, advice) => {
  expect(adviceForRestore({ entry, message, statement })).toMatch(advice);
});

describe.each(['TABLE DATA t postgres', 'INDEX t_id postgres', 'SCHEMA s x'])(
  'at %s, it counts alone',
  (entry) => {
    const space = 'No space left on device';
    test.each<[string, RegExp]>([
      ['COPY failed for table "t": SSL connection has been closed unexpectedly', /^The connection was ended/],
      ['FATAL:  terminating connection due to administrator command', /^The connection was ended/],
      ['no connection to the server', /^The connection was ended/],
      [
        `COPY failed for table "t": ERROR:  could not extend file "base/5/1": ${space}`,
        /^The disk of the database/,
      ],
      [`could not write to file "base/pgsql_tmp/1": ${space}`, /^The disk of the database server is full/],
      [`could not resize shared memory segment "/PostgreSQL.1" to 9 bytes: ${space}`, /^The memory ran out/],
      ['out of memory\nDETAIL:  Failed on request of size 9.', /^The memory ran out/],
      ['out of shared memory', /max_locks_per_transaction/],
      ['cannot execute COPY FROM in a read-only transaction', /^The server takes no changes now/],
      ['canceling statement due to lock timeout', /^Another session holds a lock/],
      ['deadlock detected', /^Another session holds a lock/],
      ['canceling statement due to statement timeout', /^The server ended the statement/],
      ['canceling statement due to user request', /^The server ended the statement/],
    ])('what is said of the server: %s', (message, advice) => {
      expect(adviceForRestore({ entry, message, statement: '' })).toMatch(advice);
    });
  },
);
