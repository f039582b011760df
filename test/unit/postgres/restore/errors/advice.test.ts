import { describe, expect, test } from 'vitest';
import { adviceForRestore } from '../../../../../src/postgres/restore/errors/advice.ts';
import { withoutOriginalHint } from '../../../../../src/postgres/restore/errors/functions.ts';

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
  [
    'DEFAULT ACL x y',
    refused,
    'ALTER DEFAULT PRIVILEGES FOR ROLE y',
    /^Restore with no_privileges: true\. Or make the restoring role a member/,
  ],
  ['TABLE t app', refused, 'ALTER TABLE public.t OWNER TO app;', /no_owner: true/],
  ['COMMENT t app', refused, 'ALTER TABLE public.t OWNER TO app;', /no_owner: true/],
  ['POLICY t p postgres', refused, 'CREATE POLICY p ON public.t TO app;', /Create the roles/],
  [
    'TABLE DATA t postgres',
    'COPY failed for table "t": FEHLER:  doppelt',
    '',
    /^If the server's message is not shown/,
  ],
  ['CONSTRAINT t t_pkey postgres', refused, 'ALTER TABLE ONLY', /^If the server's message is not shown/],
  ['FK CONSTRAINT t x postgres', refused, 'ALTER TABLE ONLY', /^If the server's message is not shown/],
  ['TABLE t x', 'could not set default_tablespace to fast: FEHLER', '', /--no-tablespaces/],
  ['FUNCTION f() x', refused, 'CREATE FUNCTION f()\n    LANGUAGE c\n', /^It needs a superuser/],
  ['FUNCTION f() x', refused, 'CREATE FUNCTION f()\n    LANGUAGE internal STRICT\n', /^It needs a superuser/],
  ['FUNCTION f() x', refused, 'CREATE FUNCTION f()\n    LANGUAGE cobol\n', /^Fix the cause/],
  ['SCHEMA s x', refused, 'CREATE SCHEMA s;', /^Fix the cause/],
  [
    'TABLE DATA t x',
    'COPY failed for table "t": FEHLER:  doppelt\nCONTEXT:  COPY t, line 1: "disk full"',
    '',
    /^If the server's message is not shown/,
  ],
  ['SERVER s x', refused, 'CREATE SERVER s FOREIGN DATA WRAPPER w;', /^Restore as a superuser/],
])('%s (%s): %s', (entry, message, statement, advice) => {
  expect(adviceForRestore({ entry, message, statement })).toMatch(advice);
});

describe.each(['TABLE DATA t postgres', 'INDEX t_id postgres', 'SCHEMA s x'])(
  'at %s, it counts alone',
  (entry) => {
    const space = 'No space left on device';
    test.each<[string, RegExp]>([
      ['COPY failed for table "t": SSL connection has been closed unexpectedly', /^Session lost at /],
      ['FATAL:  terminating connection due to administrator command', /^Session lost at /],
      ['no connection to the server', /^Session lost at /],
      [
        `COPY failed for table "t": ERROR:  could not extend file "base/5/1": ${space}`,
        /^The database server's disk is full/,
      ],
      [`could not write to file "base/pgsql_tmp/1": ${space}`, /^The database server's disk is full/],
      [`could not resize shared memory segment "/PostgreSQL.1" to 9 bytes: ${space}`, /^Out of memory/],
      ['out of memory\nDETAIL:  Failed on request of size 9.', /^Out of memory/],
      ['out of shared memory', /max_locks_per_transaction/],
      ['cannot execute COPY FROM in a read-only transaction', /^The server is read-only now/],
      ['canceling statement due to lock timeout', /^Another session holds a conflicting lock/],
      ['deadlock detected', /^Sessions of this restore .* jobs: 1\.$/],
      [
        'Verklemmung (Deadlock) entdeckt\nDETAIL:  Prozess 14631 wartet auf AccessExclusiveLock-Sperre auf Relation 1; blockiert von ' +
          'Prozess 14632.\nProzess 14632 wartet auf ShareLock-Sperre auf Relation 2; blockiert von Prozess 14631.',
        /^Sessions of this restore .* jobs: 1\.$/,
      ],
      ['canceling statement due to statement timeout', /^The server cancelled the statement/],
      ['canceling statement due to user request', /^The server cancelled the statement/],
    ])('what is said of the server: %s', (message, advice) => {
      expect(adviceForRestore({ entry, message, statement: '' })).toMatch(advice);
    });
  },
);

/* What servers 15 in English and German said to pg_restore, with LC_ALL=C. */
describe('an error in a function', () => {
  const pointed = (said: string, context: string): string =>
    `${said}\nLINE 1: lower(unaccent(t))\n              ^\nHINT:  Keine Funktion.\nQUERY:  lower(unaccent(t))\nCONTEXT:  ${context}`;
  const inCopy = 'COPY failed for table "page": FEHLER:  Funktion unaccent(text) existiert nicht';
  const row = '\nCOPY page, Zeile 1: »1\tpublic.fake(text)«';
  const writtenFor = (name: string): string =>
    "SELECT format('ALTER FUNCTION %s SET search_path = %s;', p.oid::regprocedure, concat_ws(', ', quote_ident(nullif(nspname, 'public')), 'public')) " +
    `FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = pronamespace WHERE proname = '${name}' AND nspname <> 'pg_catalog';`;
  test.each<[string, string, string]>([
    [
      'TABLE DATA page app',
      pointed(inCopy, `PL/pgSQL-Funktion public.slug(text) Zeile 1 bei RETURN${row}`),
      'ALTER FUNCTION public.slug(text) SET search_path = public;',
    ],
    [
      'TABLE DATA page app',
      pointed(inCopy, `PL/pgSQL-Funktion "My tools"."A (b)"(text,numeric(3,2)) Zeile 1 bei RETURN${row}`),
      'ALTER FUNCTION "My tools"."A (b)"(text,numeric(3,2)) SET search_path = "My tools", public;',
    ],
    [
      'TABLE DATA page app',
      pointed(
        inCopy,
        `SQL-Anweisung »SELECT public.other(1)«\nPL/pgSQL-Funktion app.f(integer) Zeile 1 bei EXECUTE${row}`,
      ),
      'ALTER FUNCTION app.f(integer) SET search_path = app, public;',
    ],
    [
      'INDEX i app',
      pointed('function unaccent(text) does not exist', 'SQL function "folded" during inlining'),
      writtenFor('folded'),
    ],
    [
      'MATERIALIZED VIEW DATA m app',
      pointed('Typ »town« existiert nicht', 'Kompilierung der PL/pgSQL-Funktion »Key« nahe Zeile 1'),
      writtenFor('Key'),
    ],
    [
      'TABLE DATA page app',
      'COPY failed for table "page": ERROR:  relation "zone" does not exist\nCONTEXT:  PL/pgSQL function public.ts(text) line 1 at RETURN\nCOPY page, line 1: "x"',
      'ALTER FUNCTION public.ts(text) SET search_path = public;',
    ],
    ['TABLE DATA page app', pointed(inCopy, row.trim()), withoutOriginalHint],
  ])('at %s: %s', (entry, message, told) => {
    const advice = adviceForRestore({ entry, message, statement: '' });
    expect(advice).toMatch(/^The rows are fine\. A function .* search_path/);
    expect(advice.split('\n')[1]).toBe(told);
  });

  test.each([
    [
      'what is named with its schema',
      'INDEX i app',
      'Relation »public.zone« existiert nicht\nLINE 1: SELECT 1 FROM public.zone\n                      ^\nQUERY:  SELECT 1 FROM public.zone\nCONTEXT:  SQL-Funktion »f« beim Inlining',
      /^A function that is called here cannot find/,
    ],
    [
      'a row that only looks like one',
      'TABLE DATA t app',
      'COPY failed for table "t": ERROR:  relation "x" does not exist\nCONTEXT:  COPY t, line 1: "public.f(text)"',
      /^If the server's message is not shown/,
    ],
    [
      "the archive's own statement",
      'INDEX i app',
      'relation "public.t" does not exist',
      /^If the server's message is not shown/,
    ],
    [
      'a duplicate',
      'TABLE DATA t app',
      'COPY failed for table "t": FEHLER:  doppelter Schlüsselwert verletzt Unique-Constraint »t_pkey«',
      /^If the server's message is not shown/,
    ],
    [
      'a null',
      'TABLE DATA t app',
      'COPY failed for table "t": FEHLER:  NULL-Wert in Spalte »c« von Relation »t« verletzt Not-Null-Constraint',
      /^If the server's message is not shown/,
    ],
    [
      'a check',
      'TABLE DATA account app',
      `COPY failed for table "account": FEHLER:  neue Zeile für Relation »account« verletzt Check-Constraint »it's_known«\n` +
        'DETAIL:  Fehlgeschlagene Zeile enthält (1, x).',
      /^The rows are fine\. This check .*'it''s_known'/s,
    ],
    [
      'what a function says of a row like a check',
      'TABLE DATA account app',
      'COPY failed for table "account": ERROR:  Mr. "x" violates check constraint "Smith"\nCONTEXT:  PL/pgSQL function f(text) line 1 at RAISE',
      /^If the server's message is not shown/,
    ],
    [
      'what a function in C says of a row',
      'TABLE DATA account app',
      'COPY failed for table "account": FEHLER:  »account« hat nicht »Smith«\nCONTEXT:  COPY account, Zeile 1',
      /^If the server's message is not shown/,
    ],
  ])('is told from %s', (_, entry, message, advice) => {
    expect(adviceForRestore({ entry, message, statement: '' })).toMatch(advice);
  });
});

test.each([
  [
    'FUNCTION f() x',
    'permission denied to set parameter "log_min_duration_statement"',
    /RESET log_min_duration_statement\).* SET ON PARAMETER log_min_duration_statement /,
  ],
])('%s: %s', (entry, message, advice) => {
  expect(adviceForRestore({ entry, message, statement: '' })).toMatch(advice);
});

const session = { schema: 'public', name: 'session' };
const key =
  'ALTER TABLE ONLY public.act\n    ADD CONSTRAINT k FOREIGN KEY (session) REFERENCES public.session(id);';
test.each<[string, string, string, (typeof session)[], RegExp]>([
  [
    'to a table without rows',
    'FK CONSTRAINT act k x',
    key,
    [session],
    /^The rows of "public\.session", to which it refers, .* "public\.act", too/,
  ],
  [
    'to another one',
    'FK CONSTRAINT act k x',
    key,
    [{ schema: 'a', name: 'b' }],
    /^The rows of "a\.b" were left out .*, which is the cause if it needs them/,
  ],
  [
    'whose statement is torn away',
    'FK CONSTRAINT act k x',
    '',
    [session],
    /^The rows of "public\.session" were left out .*, which is the cause if it needs them/,
  ],
  ['where no rows are missing', 'FK CONSTRAINT act k x', key, [], /^If the server's message is not shown/],
  ['that is a unique one', 'CONSTRAINT act k x', key, [session], /^If the server's message is not shown/],
])('a key %s', (_, entry, statement, withoutRows, advice) => {
  expect(adviceForRestore({ entry, message: refused, statement }, withoutRows)).toMatch(advice);
});
