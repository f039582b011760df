import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Failure } from '../../src/failure.ts';
import { restoreInto } from '../../src/postgres/restore.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/machine/temporary-folder.ts';

/*
 * What is made of pg_restore's messages and exit status, by a little program in its place that says and exits as told.
 */
let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await makeTemporaryFolder('pg-restore');
});

afterEach(() => folder.remove());

interface Outcome {
  entries: string[];
  shown: string[];
  failure: Failure | undefined;
}

/** Runs a restore in which `pg_restore` writes these lines and ends with this status. */
async function restoring(lines: readonly string[], status: number): Promise<Outcome> {
  const program = join(folder.path, 'pg_restore');
  await writeFile(`${program}.says`, lines.map((line) => `${line}\n`).join(''));
  await writeFile(program, `#!/bin/sh\ncat "$0.says" >&2\nexit ${status}\n`);
  await chmod(program, 0o700);
  const client = { major: 17, version: '17.11', psql: '', pgDump: '', pgRestore: program };
  const address = { host: 'localhost', port: 5432, sslMode: 'verify-full' } as const;
  const connection = { address, user: 'x', env: { PATH: process.env['PATH'] ?? '' } };
  const entries: string[] = [];
  const shown: string[] = [];
  const failure = await restoreInto(
    client,
    connection,
    'moo"dle',
    'restore.dump',
    (entry) => entries.push(entry),
    (line) => shown.push(line),
    AbortSignal.timeout(60_000),
  ).then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof Failure) return error;
      throw error;
    },
  );
  return { entries, shown, failure };
}

const work = [
  'pg_restore: connecting to database for restore',
  'pg_restore: creating TABLE "public.t"',
  'pg_restore: processing data for table "public.t"',
];
const harmless = [
  'pg_restore: while INITIALIZING:',
  'pg_restore: error: could not execute query: ERROR:  unrecognized configuration parameter "transaction_timeout"',
  'Command was: SET transaction_timeout = 0;',
];
const harmlessInGerman = [
  'pg_restore: while INITIALIZING:',
  'pg_restore: error: could not execute query: FEHLER:  unbekannter Konfigurationsparameter »transaction_timeout«',
  'Command was: SET transaction_timeout = 0;',
];
const exists = (name: string) => [
  `pg_restore: from TOC entry 214; 1259 16385 TABLE ${name} postgres`,
  `pg_restore: error: could not execute query: ERROR:  relation "${name}" already exists`,
  `Command was: CREATE TABLE public.${name} ();`,
  '',
];
const ignored = (count: number) => `pg_restore: warning: errors ignored on restore: ${count}`;

describe('a restore succeeds', () => {
  test.each([
    ['without a word', [], 0],
    ['with entries', work, 0],
    ['with the one error that an older server gives', [...harmless, ...work, ignored(1)], 1],
    ['with that error in German', [...harmlessInGerman, ...work, ignored(1)], 1],
  ])('%s', async (_, lines, status) => {
    expect((await restoring(lines, status)).failure).toBeUndefined();
  });
});

describe('a restore fails', () => {
  test.each([
    ['with another error', [...work, ...exists('t'), ignored(1)], 1],
    ['with another error beside the tolerated one', [...harmless, ...exists('t'), ignored(2)], 1],
    ['when more errors were ignored than were seen', [...harmless, ...work, ignored(2)], 1],
    ['when it ended after the tolerated error, before its end', [...harmless, ...work], 1],
    ['with another status than that of ignored errors', [...harmless, ...work, ignored(1)], 2],
    ['when it was killed, as if by a lack of memory', [...harmless, ...work, ignored(1)], 137],
    ['without a word', [], 1],
    ['with errors ignored of which nothing was seen', [ignored(1)], 1],
    [
      'with a setting that is refused for the same parameter',
      [harmless[0] ?? '', harmless[1] ?? '', 'Command was: SET transaction_timeout = 5;', ignored(1)],
      1,
    ],
    [
      'when the server went away during the tolerated statement',
      [
        'pg_restore: error: could not execute query: server closed the connection unexpectedly',
        '\tThis probably means the server terminated abnormally',
        '\tbefore or while processing the request.',
        'Command was: SET transaction_timeout = 0;',
        ignored(1),
      ],
      1,
    ],
  ])('%s', async (_, lines, status) => {
    expect((await restoring(lines, status)).failure).toBeInstanceOf(Failure);
  });
});

describe('a failure tells', () => {
  test('what was tried, what failed, why and with which statement, and nothing of the tolerated error', async () => {
    const { failure } = await restoring([...harmless, ...work, ...exists('t'), ignored(2)], 1);
    expect(failure?.explanation.tried).toBe('pg_restore 17.11 into "moo\\"dle"');
    expect(failure?.explanation.cause).toContain('relation "t" already exists');
    expect(failure?.explanation.cause).toContain('CREATE TABLE public.t ();');
    expect(failure?.message).not.toContain('transaction_timeout');
  });

  test('how many there are, and five of them', async () => {
    const many = Array.from({ length: 8 }, (_, i) => exists(`t${i}`)).flat();
    const { failure } = await restoring([...harmless, ...many, ignored(9)], 1);
    const cause = failure?.explanation.cause ?? '';
    expect(cause).toMatch(/^8 errors\n/);
    expect(cause.match(/already exists/g)).toHaveLength(5);
    expect(cause).toContain('and 3 more, all of them in the log');
  });

  test('only the beginning of a long statement', async () => {
    const lines = [
      'pg_restore: error: could not execute query: ERROR:  no',
      `Command was: INSERT ${'x'.repeat(5_000)}`,
    ];
    const { failure } = await restoring(lines, 1);
    expect(failure?.explanation.cause).toContain('INSERT xxx');
    expect(failure?.explanation.cause.length).toBeLessThan(400);
  });

  test('what to do about the error, not about words in a statement', async () => {
    const lines = [
      'pg_restore: error: could not execute query: ERROR:  function "f" already exists with same argument types',
      'Command was: CREATE FUNCTION public.f() RETURNS text AS $$',
      "  select 'connection refused, password authentication failed, no space left'",
      '$$;',
      ignored(1),
    ];
    const { failure } = await restoring(lines, 1);
    expect(failure?.explanation.advice).toBe('Mend the cause, then run the restore again.');
  });

  test('what to do about the first error, though much was said after it', async () => {
    const lines = [
      'pg_restore: error: could not execute query: FATAL:  terminating connection due to administrator command',
      'Command was: CREATE TABLE x ();',
      ...Array.from({ length: 200 }, (_, i) => [
        `pg_restore: creating TABLE "public.t${i}"`,
        'pg_restore: error: could not execute query: no connection to the server',
        `Command was: CREATE TABLE t${i} ();`,
      ]).flat(),
      ignored(201),
    ];
    const { failure } = await restoring(lines, 1);
    expect(failure?.explanation.cause).toContain('terminating connection due to administrator command');
    expect(failure?.explanation.advice).toContain('The connection was ended.');
  });

  test('the cause and not the entries before it, when the programme ended without an error', async () => {
    const { failure } = await restoring(work, 137);
    expect(failure?.explanation.cause).toContain('exited with status 137');
  });
});

describe('in the log', () => {
  test('stand the entries', async () => {
    const { entries } = await restoring([...work, 'pg_restore: executing SEQUENCE SET s'], 0);
    expect(entries).toEqual([
      'creating TABLE "public.t"',
      'processing data for table "public.t"',
      'executing SEQUENCE SET s',
    ]);
  });

  test('stand errors, line by line', async () => {
    const { shown } = await restoring([...work, ...exists('t'), ...work, ignored(1)], 1);
    expect(shown.filter((line) => line !== '')).toEqual(exists('t').slice(1, 3));
  });

  test('stands nothing that looks like an error when nothing is wrong', async () => {
    const { shown } = await restoring([...harmless, ...work, ignored(1)], 1);
    expect(shown).toEqual([]);
  });
});
