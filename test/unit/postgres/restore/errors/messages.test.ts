import { describe, expect, test } from 'vitest';
import {
  collectErrors,
  entryOf,
  isWarning,
  type RestoreError,
} from '../../../../../src/postgres/restore/errors/messages.ts';

/*
 * What pg_restore 15, 17 and 18 really wrote with --verbose, shortened.
 */

describe('what is being restored', () => {
  test.each([
    ['pg_restore: creating TABLE "public.mdl_course"', 'creating TABLE "public.mdl_course"'],
    ['pg_restore: creating FK CONSTRAINT "public.a b_fkey"', 'creating FK CONSTRAINT "public.a b_fkey"'],
    ['pg_restore: creating COMMENT "public.TABLE t"', 'creating COMMENT "public.TABLE t"'],
    ['pg_restore: creating TABLE "public.odd', 'creating TABLE "public.odd'],
    ['pg_restore: processing data for table "public.t"', 'processing data for table "public.t"'],
    ['pg_restore: executing SEQUENCE SET s', 'executing SEQUENCE SET s'],
    ['pg_restore: executing BLOB METADATA 16427..3000000000', 'executing BLOB METADATA 16427..3000000000'],
  ])('%s', (line, entry) => {
    expect(entryOf(line)).toBe(entry);
  });

  test.each([
    ['a connection', 'pg_restore: connecting to database for restore'],
    ['a phase', 'pg_restore: while PROCESSING TOC:'],
    ['the entry of an error', 'pg_restore: from TOC entry 214; 1259 16385 TABLE creating postgres'],
    ['an error', 'pg_restore: error: could not execute query: ERROR:  creating x'],
    ['a statement', 'Command was: CREATE TABLE x ();'],
    ['the second line of a name', 'name"'],
    ['a summary', 'pg_restore: restored 301 large objects'],
    ['another program', 'pg_dump: creating TABLE "x"'],
    ['a line that only holds one', 'x pg_restore: creating TABLE "x"'],
    // One entry has up to a thousand of them, and the entries are what per cents are made of.
    ['a large object, of which an entry has many', 'pg_restore: restoring large object with OID 16427'],
  ])('is not told by %s', (_, line) => {
    expect(entryOf(line)).toBeUndefined();
  });
});

const transactionTimeout = [
  'pg_restore: while INITIALIZING:',
  'pg_restore: error: could not execute query: ERROR:  unrecognized configuration parameter "transaction_timeout"',
  'Command was: SET transaction_timeout = 0;',
];
const transactionTimeoutError: RestoreError = {
  entry: '',
  message: 'unrecognized configuration parameter "transaction_timeout"',
  statement: 'SET transaction_timeout = 0;',
};

interface Case {
  lines: string[];
  found: RestoreError[];
  ignored: number;
}

const cases: Record<string, Case> = {
  'no error at all': {
    lines: ['pg_restore: connecting to database for restore', 'pg_restore: creating TABLE "public.t"'],
    found: [],
    ignored: 0,
  },
  'the setting that a server before 17 does not know': {
    lines: [...transactionTimeout, 'pg_restore: warning: errors ignored on restore: 1'],
    found: [transactionTimeoutError],
    ignored: 1,
  },
  'the same in German': {
    lines: [
      'pg_restore: while INITIALIZING:',
      'pg_restore: error: could not execute query: FEHLER:  unbekannter Konfigurationsparameter »transaction_timeout«',
      'Command was: SET transaction_timeout = 0;',
      'pg_restore: warning: errors ignored on restore: 1',
    ],
    found: [
      {
        entry: '',
        message: 'FEHLER:  unbekannter Konfigurationsparameter »transaction_timeout«',
        statement: 'SET transaction_timeout = 0;',
      },
    ],
    ignored: 1,
  },
  'an object that exists, and a statement of several lines': {
    lines: [
      ...transactionTimeout,
      'pg_restore: while PROCESSING TOC:',
      'pg_restore: from TOC entry 866; 1247 16421 TYPE e postgres',
      'pg_restore: error: could not execute query: ERROR:  type "e" already exists',
      'Command was: CREATE TYPE public.e AS ENUM (',
      "    'a',",
      "    'b'",
      ');',
      '',
      '',
      'pg_restore: warning: errors ignored on restore: 2',
    ],
    found: [
      transactionTimeoutError,
      {
        entry: 'TYPE e postgres',
        message: 'type "e" already exists',
        statement: "CREATE TYPE public.e AS ENUM (\n    'a',\n    'b'\n);",
      },
    ],
    ignored: 2,
  },
  'data that breaks a constraint, which has no statement': {
    lines: [
      'pg_restore: from TOC entry 3295; 0 16385 TABLE DATA t postgres',
      'pg_restore: error: COPY failed for table "t": ERROR:  duplicate key value violates unique constraint "t_pkey"',
      'DETAIL:  Key (a)=(1) already exists.',
      'CONTEXT:  COPY t, line 1',
      'pg_restore: executing SEQUENCE SET s',
    ],
    found: [
      {
        entry: 'TABLE DATA t postgres',
        message:
          'COPY failed for table "t": ERROR:  duplicate key value violates unique constraint "t_pkey"\n' +
          'DETAIL:  Key (a)=(1) already exists.\nCONTEXT:  COPY t, line 1',
        statement: '',
      },
    ],
    ignored: 0,
  },
  'detail, hint and context before the statement': {
    lines: [
      'pg_restore: from TOC entry 9; 0 1 EXTENSION postgis ',
      'pg_restore: error: could not execute query: ERROR:  extension "postgis" is not allow-listed for users',
      'DETAIL:  Azure says so.',
      'HINT:  To learn how to allow an extension, see https://go.microsoft.com/fwlink/?linkid=2301063.',
      'Command was: CREATE EXTENSION IF NOT EXISTS postgis WITH SCHEMA public;',
    ],
    found: [
      {
        entry: 'EXTENSION postgis ',
        message:
          'extension "postgis" is not allow-listed for users\nDETAIL:  Azure says so.\n' +
          'HINT:  To learn how to allow an extension, see https://go.microsoft.com/fwlink/?linkid=2301063.',
        statement: 'CREATE EXTENSION IF NOT EXISTS postgis WITH SCHEMA public;',
      },
    ],
    ignored: 0,
  },
  'several errors of one entry, which is named once': {
    lines: [
      'pg_restore: from TOC entry 3301; 2613 16427 BLOB METADATA 16427..16428 postgres',
      'pg_restore: error: could not execute query: ERROR:  duplicate key value',
      "Command was: SELECT pg_catalog.lo_create('16427');",
      'pg_restore: error: could not execute query: ERROR:  duplicate key value',
      "Command was: SELECT pg_catalog.lo_create('16428');",
      'pg_restore: warning: errors ignored on restore: 2',
    ],
    found: [16_427, 16_428].map((oid) => ({
      entry: 'BLOB METADATA 16427..16428 postgres',
      message: 'duplicate key value',
      statement: `SELECT pg_catalog.lo_create('${oid}');`,
    })),
    ignored: 2,
  },
  'a connection that is lost in the middle': {
    lines: [
      'pg_restore: while PROCESSING TOC:',
      'pg_restore: from TOC entry 3146; 1259 16408 INDEX t_b_idx postgres',
      'pg_restore: error: could not execute query: FATAL:  terminating connection due to administrator command',
      'CONTEXT:  SQL statement "SELECT 1"',
      'PL/pgSQL function public.evt() line 1 at PERFORM',
      'SSL connection has been closed unexpectedly',
      'Command was: CREATE INDEX t_b_idx ON public.t USING btree (b);',
      '',
      '',
      'pg_restore: creating ROW SECURITY "public.t"',
      'pg_restore: from TOC entry 3294; 0 16385 ROW SECURITY t postgres',
      'pg_restore: error: could not execute query: no connection to the server',
      'Command was: ALTER TABLE public.t ENABLE ROW LEVEL SECURITY;',
      '',
      'pg_restore: warning: errors ignored on restore: 2',
    ],
    found: [
      {
        entry: 'INDEX t_b_idx postgres',
        message:
          'FATAL:  terminating connection due to administrator command\nCONTEXT:  SQL statement "SELECT 1"\n' +
          'PL/pgSQL function public.evt() line 1 at PERFORM\nSSL connection has been closed unexpectedly',
        statement: 'CREATE INDEX t_b_idx ON public.t USING btree (b);',
      },
      {
        entry: 'ROW SECURITY t postgres',
        message: 'no connection to the server',
        statement: 'ALTER TABLE public.t ENABLE ROW LEVEL SECURITY;',
      },
    ],
    ignored: 2,
  },
  'an error that ends the restore at once': {
    lines: [
      'pg_restore: processing data for table "public.t"',
      'pg_restore: error: could not uncompress data: incorrect data check',
    ],
    found: [
      { entry: '', message: 'could not uncompress data: incorrect data check', statement: '', own: true },
    ],
    ignored: 0,
  },
  'no connection, in the words of libpq': {
    lines: [
      'pg_restore: connecting to database for restore',
      'pg_restore: error: connection to server at "db.example.com" (10.0.0.1), port 5432 failed: Connection refused',
      '\tIs the server running on that host and accepting TCP/IP connections?',
    ],
    found: [
      {
        entry: '',
        message:
          'connection to server at "db.example.com" (10.0.0.1), port 5432 failed: Connection refused\n' +
          '\tIs the server running on that host and accepting TCP/IP connections?',
        statement: '',
        own: true,
      },
    ],
    ignored: 0,
  },
  'notices of the server and warnings, which are no errors': {
    lines: [
      'pg_restore: WARNING:  no privileges could be revoked for "public"',
      "pg_restore: warning: restoring tables WITH OIDS isn't supported anymore",
      'pg_restore: NOTICE:  extension "plpgsql" already exists, skipping',
      'pg_restore: hint: try another one',
      'pg_restore: detail: it is so',
      'CREATE TABLE of nobody',
    ],
    found: [],
    ignored: 0,
  },
  'a statement with a line that looks like the end of an error': {
    lines: [
      'pg_restore: error: could not execute query: ERROR:  function "f" already exists',
      'Command was: CREATE FUNCTION public.f() RETURNS text',
      "    AS $$ select '",
      'Command was: SET transaction_timeout = 0;',
      "'$$;",
      '',
    ],
    found: [
      {
        entry: '',
        message: 'function "f" already exists',
        statement:
          "CREATE FUNCTION public.f() RETURNS text\n    AS $$ select '\nCommand was: SET transaction_timeout = 0;\n'$$;",
        ambiguous: true,
      },
    ],
    ignored: 0,
  },
};

describe('errors are found', () => {
  test.each(Object.entries(cases))('%s', (_, { lines, found, ignored }) => {
    const errors = collectErrors();
    for (const line of lines) errors.take(line);
    expect(errors.result()).toEqual({ found, ignored });
  });

  test('and told when they are complete', () => {
    const told: RestoreError[] = [];
    const errors = collectErrors((error) => told.push(error));
    const lines = cases['an object that exists, and a statement of several lines']?.lines ?? [];
    for (const line of lines) errors.take(line);
    expect(told).toEqual(errors.result().found);
    expect(told).toHaveLength(2);
  });
});

test('what an entry is called is kept in bounds', () => {
  const collected = collectErrors();
  collected.take(`pg_restore: from TOC entry 3; 1259 16385 TABLE DATA ${'x'.repeat(100_000)} o`);
  collected.take('pg_restore: error: COPY failed for table "x": ERROR:  no');
  const [error] = collected.result().found;
  expect(error?.entry).toHaveLength(2_000);
});

describe('after a function has said something', () => {
  const said = 'pg_restore: WARNUNG:  x\npg_restore: creating SSN-1\npg_restore: error: SSN-2';

  test.each([false, true])('nothing is known to be from pg_restore (several: %s)', (several) => {
    const collected = collectErrors(() => {}, several);
    const lines = said.split('\n');
    expect(collected.isDoubtful()).toBe(false);
    for (const line of lines) collected.take(line);
    expect(collected.isDoubtful()).toBe(true);
    expect(collected.result().found).toEqual([expect.objectContaining({ message: 'SSN-2', doubtful: true })]);
  });

  test('an error of the server, and what belongs to it, leaves no doubt', () => {
    const collected = collectErrors();
    const first =
      'pg_restore: error: could not execute query: ERROR:  no\nDETAIL:  x\nHINT:  y\nCommand was: z';
    for (const line of first.split('\n')) collected.take(line);
    expect(collected.isDoubtful()).toBe(false);
  });

  test('a warning of pg_restore is one by all of its words', () => {
    const words = 'pg_restore: warning: restoring tables WITH OIDS is not supported anymore';
    expect([words, `${words} SSN`, 'pg_restore: warning: SSN'].map(isWarning)).toEqual([true, false, false]);
  });
});
