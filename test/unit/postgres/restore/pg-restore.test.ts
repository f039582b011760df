import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Failure } from '../../../../src/base/failure.ts';
import { patienceOf } from '../../../../src/base/patience.ts';
import { entryProgress } from '../../../../src/postgres/restore/entry-progress.ts';
import { entryOf } from '../../../../src/postgres/restore/errors/messages.ts';
import { type RestoreOrder, restoreInto } from '../../../../src/postgres/restore/pg-restore.ts';
import type { Insistence } from '../../../../src/postgres/session/connection.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../../../support/machine/temporary-folder.ts';

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

/** Instead of a status: it goes on after the last line, until it is ended. */
const goesOn = -1;

/** Runs a restore in which `pg_restore` writes these lines and ends with this status. */
async function restoring(
  lines: readonly string[],
  status: number,
  { major = 16, ...order }: Partial<RestoreOrder> & { major?: number } = {},
  before = '',
  insistence?: Insistence,
  pgRestore = join(folder.path, 'pg_restore'),
): Promise<Outcome> {
  const program = join(folder.path, 'pg_restore');
  await writeFile(`${program}.says`, lines.map((line) => `${line}\n`).join(''));
  const last = status === goesOn ? 'exec sleep 30' : `exit ${status}`;
  await writeFile(
    program,
    `#!/bin/sh\nfor a; do echo "$a"; done > "$0.args"\n${before}\ncat "$0.says" >&2\n${last}\n`,
  );
  await chmod(program, 0o700);
  const client = { major: 17, version: '17.11', psql: '/bin/true', pgDump: '', pgRestore };
  const address = { host: 'localhost', port: 5432, sslMode: 'verify-full' } as const;
  const connection = {
    address,
    user: 'x',
    env: { PATH: process.env['PATH'] ?? '' },
    admission: { password: '', worked: false, ...(insistence && { insistence }) },
  };
  const entries: string[] = [];
  const shown: string[] = [];
  const failure = await restoreInto(
    client,
    connection,
    { major },
    {
      database: 'moo"dle',
      archive: 'restore.dump',
      passes: [{ jobs: 1 }],
      noOwner: true,
      noPrivileges: true,
      options: [],
      ...order,
    },
    {
      progress: {
        take: (line, doubtful) => {
          const entry = entryOf(line);
          if (entry !== undefined && !doubtful) entries.push(entry);
        },
        endPass: () => {},
      },
      onMessage: (line) => shown.push(line),
    },
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
const setting = "pg_restore: executing SELECT pg_catalog.set_config('search_path', '', false);";
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
const refusedData = [
  'pg_restore: from TOC entry 3295; 0 16385 TABLE DATA t postgres',
  'pg_restore: error: COPY failed for table "t": FEHLER:  doppelter Schlüsselwert verletzt Unique-Constraint »t_pkey«',
  'DETAIL:  Schlüssel »(a)=(1)« existiert bereits.',
];
const ignored = (count: number) => `pg_restore: warning: errors ignored on restore: ${count}`;

describe('a restore succeeds', () => {
  test.each([
    ['without a word', [], 0],
    ['with entries', work, 0],
    ['with the one error that an older server gives', [...harmless, ...work, ignored(1)], 1],
    [
      'with that error after the statement that comes before any entry',
      [setting, ...harmless, ...work, ignored(1)],
      1,
    ],
    ['with that error in German', [...harmlessInGerman, ...work, ignored(1)], 1],
  ])('%s', async (_, lines, status) => {
    expect((await restoring(lines, status)).failure).toBeUndefined();
  });

  const [, message = '', statement = ''] = harmless;
  const words = message.replace('pg_restore: error: ', '');
  test.each([
    [
      'with that error of each session',
      [...harmless, ...work, ...harmless, ...harmless, ...harmless, ignored(2)],
    ],
    ...[
      `pg_restore:pg_restore:  error: ${words}`,
      `pg_restore: pg_restore: error: error: ${words}`,
      `pg_restore: error: pg_restore: processing item 12 TABLE t\n${words}`,
      `pg_restore: error: pg_restore: while PROCESSING TOC:\npg_restore: ${words}`,
    ].map((torn): [string, string[]] => [
      `whose beginnings are torn: ${torn}`,
      [...harmless, ...torn.split('\n'), statement, ...work, ...harmless, ignored(2)],
    ]),
    [
      "after which the rest of another session's line stands",
      [...harmless, ' while PROCESSING TOC:', ...work, ...harmless, ignored(2)],
    ],
  ])('with several sessions at once, %s', async (_, lines) => {
    expect((await restoring(lines, 1, { passes: [{ jobs: 2 }] })).failure).toBeUndefined();
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
    ['with that error on a server that knows the parameter', [...harmless, ...work, ignored(1)], 1, 17],
    ['with that error after the first entry', [...work, ...harmless, ignored(1)], 1],
    [
      'with data that a check on that parameter refuses',
      [
        ...harmless,
        ...work,
        'pg_restore: from TOC entry 3295; 0 16385 TABLE DATA t postgres',
        'pg_restore: error: COPY failed for table "t": ERROR:  unrecognized configuration parameter "transaction_timeout"',
        'CONTEXT:  PL/pgSQL function public.checks(integer) line 1 at RETURN',
        ignored(2),
      ],
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
  ])('%s', async (_, lines, status, major = 16) => {
    expect((await restoring(lines, status, { major })).failure).toBeInstanceOf(Failure);
  });
});

test.each([
  [
    'more errors are counted than those of the first session',
    [...harmless, ...harmless, ...harmless, ignored(3)],
  ],
  ['fewer', [...harmless, ...work, ignored(1)]],
  ['another error is there', [...harmless, ...exists('t'), ...harmless, ignored(3)]],
  [
    'data is refused, and counted twice',
    [
      'pg_restore: error: COPY failed for table "transaction_timeout": ERROR:  value too long',
      ...[...work, ignored(2)],
    ],
    17,
  ],
  [
    'data is refused by a server that does not know the parameter',
    [
      ...[...harmless, ...work],
      'pg_restore: error: COPY failed for table "t": ERROR:  unrecognized configuration parameter "transaction_timeout"',
      ignored(2),
    ],
  ],
  [
    'a table of that name is not to be written to',
    [
      ...[...harmless, ...work],
      'pg_restore: error: could not execute query: ERROR:  permission denied for table "transaction_timeout"',
      'Command was: COPY public.transaction_timeout (id) FROM stdin;',
      ignored(2),
    ],
  ],
])('with several sessions at once, a restore fails when %s', async (_, lines, major = 16) => {
  expect((await restoring(lines, 1, { major, passes: [{ jobs: 2 }] })).failure).toBeInstanceOf(Failure);
});

test.each([16, 17])('the last thing that is said may be the error, on a server %d too', async (major) => {
  const { failure } = await restoring([...work, ...exists('t').slice(0, -1)], 1, { major });
  expect(String(failure)).toContain('relation "t" already exists');
});

test('a pg_restore that could not be started is told of like any program that the machine refuses', async () => {
  const { failure } = await restoring([], 0, {}, 'exit 0', undefined, join(folder.path, 'nowhere'));
  expect(String(failure)).toMatch(/failed: nowhere could not be started: no such file or folder/);
  expect(failure).not.toHaveProperty('explanation.advice', expect.stringContaining('Fix the cause'));
});

test('with several sessions at once, rows that are refused are told with their entry, whatever comes between', async () => {
  const [from = '', ...said] = refusedData;
  for (const between of [harmless, [`${harmless[0]}`.replace('pg_restore:', ''), ...harmless.slice(1)]]) {
    const lines = [...harmless, ...work, from, ...between, ...said, ignored(3)];
    const { failure } = await restoring(lines, 1, { passes: [{ jobs: 2 }] });
    expect(failure?.explanation.cause).toMatch(/^TABLE DATA t postgres: COPY failed for table "t": /);
  }
});

test('the passes follow each other, and the first error ends all', async () => {
  const passes = [{ jobs: 1, list: 'a' }, { jobs: 4, list: 'b' }, { jobs: 1 }];
  const log = join(folder.path, 'pg_restore.all');
  const script = (status: number) => `echo "$*" >> ${log}; [ "$3" != --use-list=b ] || exit ${status};`;
  const calls = async () =>
    (await readFile(log, 'utf8'))
      .match(/--(use-list|jobs|verbose)(=\S+)?/g)
      ?.join(' ')
      .split(' --verbose')
      .map((one) => one.trim());
  expect((await restoring([], 0, { passes }, script(0))).failure).toBeUndefined();
  expect(await calls()).toEqual(['--use-list=a', '--use-list=b --jobs=4', '', '']);
  expect((await restoring([], 0, { passes }, script(1))).failure).toBeInstanceOf(Failure);
  expect((await calls())?.slice(3)).toEqual(['--use-list=a', '--use-list=b --jobs=4', '']);
});

describe('a failure tells', () => {
  test('what was tried, what failed, why and with which statement, and nothing of the tolerated error', async () => {
    const { failure } = await restoring([...harmless, ...work, ...exists('t'), ignored(2)], 1);
    expect(failure?.explanation.tried).toBe('pg_restore 17.11 into "moo\\"dle"');
    expect(failure?.explanation.cause).toContain('relation "t" already exists');
    expect(failure?.explanation.cause).toContain('CREATE TABLE public.t ();');
    expect(failure?.message).not.toContain('transaction_timeout');
  });

  test('the first error only, with the entry that it belongs to', async () => {
    const second = exists('t1').slice(1); // of the same entry, which is named once
    const lines = [...harmless, ...work, ...exists('t0'), ...second, ...exists('t1'), ignored(4)];
    const { failure, shown } = await restoring(lines, 1);
    expect(failure?.explanation.cause).toMatch(/^TABLE t0 postgres: relation "t0" already exists\nCREATE/);
    expect(failure?.message).not.toContain('t1');
    expect(shown.join('\n')).not.toContain('t1');
  });

  test('only the beginning of a long statement', async () => {
    const lines = [
      'pg_restore: error: could not execute query: ERROR:  no',
      `Command was: CREATE ${'x'.repeat(5_000)}`,
    ];
    const { failure } = await restoring(lines, 1);
    expect(failure?.explanation.cause).toContain('CREATE xxx');
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
    expect(failure?.explanation.advice).toBe('Fix the cause, then run the restore again.');
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
    expect(failure?.explanation.advice).toMatch(/^Session lost at /);
  });

  test('the cause and not the entries before it, when the programme ended without an error', async () => {
    const { failure } = await restoring(work, 137);
    expect(failure?.explanation.cause).toContain('exited with status 137');
  });
});

describe('the first error ends the restore', () => {
  test.each([
    ['an error', [...exists('t'), 'pg_restore: creating TABLE "public.u"']],
    ['an error after the tolerated one', [...harmless, ...exists('t'), 'pg_restore: creating TABLE "u"']],
    ['data that is refused', [...refusedData, 'pg_restore: creating INDEX "public.i"']],
  ])('%s', async (_, lines) => {
    const begun = performance.now();
    const { failure } = await restoring(lines, goesOn);
    expect(failure).toBeInstanceOf(Failure);
    expect(performance.now() - begun).toBeLessThan(10_000);
  });
});

describe('what cannot connect', () => {
  const to = 'connection to server at "h" (::1), port 1 failed: ';
  const info = (): void => {};
  const insistence = { patience: patienceOf(1), info, readPassword: async () => '' };
  /** How often pg_restore was begun. */
  async function runs(lines: readonly string[]): Promise<number> {
    const { failure } = await restoring(lines, 1, {}, 'echo begun >> "$0.runs"', insistence);
    expect(failure?.explanation.cause).toContain('connection to server at');
    return (await readFile(join(folder.path, 'pg_restore.runs'), 'utf8')).trim().split('\n').length;
  }

  test.each([`${to}FATAL:  the database system is shutting down`, `${to}Connection refused`])(
    'is begun again where it did nothing, and never after that, however much was said since: %s',
    async (said) => {
      const connecting = ['pg_restore: connecting to database for restore', `pg_restore: error: ${said}`];
      expect(await runs(connecting)).toBeGreaterThan(1);
      await rm(join(folder.path, 'pg_restore.runs'));
      const later = Array.from({ length: 99 }, (_, i) => `detail ${i}`);
      expect(await runs([...work, `pg_restore: error: ${said}`, ...later])).toBe(1);
    },
  );
});

describe('a statement in which a password may stand is not shown', () => {
  test.each([
    ['USER MAPPING', 'CREATE USER MAPPING FOR app SERVER s OPTIONS ('],
    ['SUBSCRIPTION', "CREATE SUBSCRIPTION s CONNECTION 'host=x"],
    ['SERVER', 'CREATE SERVER s FOREIGN DATA WRAPPER f OPTIONS ('],
    ['FOREIGN TABLE', 'CREATE FOREIGN TABLE public.t ('],
  ])('%s', async (type, statement) => {
    const lines = [
      `pg_restore: from TOC entry 9; 1418 2 ${type} x postgres`,
      'pg_restore: error: could not execute query: ERROR:  no',
      `Command was: ${statement}`,
      "  password 'secret'",
      ');',
      ignored(1),
    ];
    const { failure, shown } = await restoring(lines, 1);
    expect(failure?.explanation.cause).toMatch(new RegExp(`^${type} x postgres: no\n.*not shown`));
    expect(shown.join('\n')).toContain(`${type} x postgres: no`);
    expect(`${shown} ${failure?.stack} ${failure?.cause}`).not.toContain('secret');
    const atTheEnd = await restoring(lines.slice(0, -1), 1);
    expect(atTheEnd.failure?.explanation.cause).toContain('not shown');
    expect(`${atTheEnd.shown} ${atTheEnd.failure?.cause}`).not.toContain('secret');
  });
});

describe('pg_restore is given', () => {
  const always = ['--verbose', '--no-password', '--dbname'];
  test.each<[string, Partial<RestoreOrder> & { major?: number }, string[]]>([
    ['neither owners nor rights', {}, ['--no-owner', '--no-privileges', ...always]],
    ['owners', { noOwner: false }, ['--no-privileges', ...always]],
    ['rights', { noPrivileges: false }, ['--no-owner', ...always]],
    [
      'the order to end at the first error, where the server knows every parameter',
      { major: 17, passes: [{ jobs: 3 }] },
      ['--exit-on-error', '--no-owner', '--no-privileges', '--jobs=3', ...always],
    ],
    [
      'further options and a list',
      { options: ['--schema=my schema', '-t', 'x'], passes: [{ jobs: 1, list: '/tmp/a list' }] },
      ['--no-owner', '--no-privileges', '--schema=my schema', '-t', 'x', '--use-list=/tmp/a list', ...always],
    ],
  ])('%s', async (_, order, expected) => {
    await restoring([], 0, order);
    const given = (await readFile(join(folder.path, 'pg_restore.args'), 'utf8')).trimEnd().split('\n');
    expect(given.slice(0, -2)).toEqual(expected);
    expect(given.at(-2)).toMatch(/^dbname='moo"dle' /);
    expect(given.at(-1)).toBe('restore.dump');
  });
});

describe('in the log', () => {
  test('stands what an entry is begun by', async () => {
    const { entries } = await restoring([...work, 'pg_restore: executing SEQUENCE SET s'], 0);
    expect(entries).toEqual([
      'creating TABLE "public.t"',
      'processing data for table "public.t"',
      'executing SEQUENCE SET s',
    ]);
  });

  test('stands no more of it after an error, whose lines may look like it', async () => {
    const { entries } = await restoring(
      [...work, ...exists('t'), 'pg_restore: creating TABLE "a row\'s secret"', ignored(1)],
      1,
    );
    expect(entries).toEqual(['creating TABLE "public.t"', 'processing data for table "public.t"']);
  });

  test('stand errors, line by line', async () => {
    const { shown } = await restoring([...work, ...exists('t'), ...work, ignored(1)], 1);
    expect(shown.filter((line) => line !== '')).toEqual([
      'TABLE t postgres: relation "t" already exists',
      'CREATE TABLE public.t ();',
    ]);
  });

  test('stands nothing that looks like an error when nothing is wrong', async () => {
    const { shown } = await restoring([...harmless, ...work, ignored(1)], 1);
    expect(shown).toEqual([]);
  });
});

describe('an archive that comes as a stream', () => {
  const chunk = Buffer.alloc(300_000, 'x');
  let given: number;
  async function* content(chunks: number, end?: Error): AsyncGenerator<Buffer> {
    for (given = 0; given < chunks; given++) {
      await setImmediate(); // as data from a network does
      yield chunk;
    }
    if (end) throw end;
  }

  /** Restores with this script in the place of `pg_restore`. */
  async function restoringWith(script: string, archive: AsyncIterable<Buffer>): Promise<unknown> {
    const program = join(folder.path, 'pg_restore');
    await writeFile(program, `#!/bin/sh\nfor a; do echo "$a"; done > "$0.args"\n${script}\n`);
    await chmod(program, 0o700);
    const client = { major: 17, version: '17.11', psql: '/bin/true', pgDump: '', pgRestore: program };
    const address = { host: 'localhost', port: 5432, sslMode: 'verify-full' } as const;
    const connection = {
      address,
      user: 'x',
      env: { PATH: process.env['PATH'] ?? '' },
      admission: { password: '', worked: false },
    };
    const order = {
      ...{ database: 'moodle', archive, passes: [{ jobs: 1 }], noOwner: true, noPrivileges: true },
      options: [],
    };
    const listener = { progress: entryProgress(), onMessage: () => {} };
    return restoreInto(client, connection, { major: 16 }, order, listener, AbortSignal.timeout(60_000)).catch(
      (error: unknown) => error,
    );
  }

  test('is what pg_restore reads', async () => {
    expect(await restoringWith('cat > "$0.got"', content(30))).toBeUndefined();
    const got = await readFile(join(folder.path, 'pg_restore.got'));
    expect(got.equals(Buffer.alloc(9_000_000, 'x'))).toBe(true);
    expect(await readFile(join(folder.path, 'pg_restore.args'), 'utf8')).toMatch(
      /--dbname\ndbname='moodle' [^\n]*\n$/,
    );
  });

  test('is read to its end though pg_restore needs no more of it', async () => {
    expect(await restoringWith('head -c 400000 > /dev/null', content(30))).toBeUndefined();
    expect(given).toBe(30);
  });

  test('is read to its end, too, after the one error that an older server gives', async () => {
    const lines = [...harmless, ignored(1)].map((line) => `echo '${line}' >&2`);
    const script = `head -c 400000 > /dev/null\n${lines.join('\n')}\nexit 1`;
    expect(await restoringWith(script, content(3_000))).toBeUndefined();
    expect(given).toBe(3_000);
  });

  test('is not read on when pg_restore has failed', async () => {
    const failure = await restoringWith('head -c 400000 > /dev/null; exit 3', content(10_000));
    expect(failure).toBeInstanceOf(Failure);
    expect(String(failure)).toContain('exited with status 3');
    expect(given).toBeLessThan(9_000);
  });

  test('is not read on when pg_restore has failed with more than the one error that an older server gives', async () => {
    for (const end of [[...harmless, ignored(2)], [...harmless], [ignored(1)]]) {
      const lines = end.map((line) => `echo '${line}' >&2`);
      const script = `head -c 400000 > /dev/null\n${lines.join('\n')}\nexit 1`;
      const failure = await restoringWith(script, content(10_000));
      expect(failure).toBeInstanceOf(Failure);
      expect(given).toBeLessThan(9_000);
    }
  });

  test.each([
    ['without a word', [], 'exit 3', 'exited with status 3'],
    ['with an error', [...exists('t'), 'pg_restore: more'], 'exec cat > /dev/null', 'already exists'],
  ])('that is silent is not waited for when pg_restore has failed %s', async (_, said, then, words) => {
    const script = [...said.map((line) => `echo '${line}' >&2`), then].join('\n');
    let returned = false;
    async function* silent(): AsyncGenerator<Buffer> {
      try {
        yield chunk;
        await sleep(20_000, undefined, { ref: false });
      } finally {
        returned = true;
      }
    }
    const begun = performance.now();
    expect(String(await restoringWith(script, silent()))).toContain(words);
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(returned).toBe(false);
  });

  test('is not read on after an error of the server', async () => {
    const lines = exists('t').map((line) => `echo '${line}' >&2`);
    const script = `${lines.join('\n')}\necho 'pg_restore: more' >&2\nexec cat > /dev/null`;
    const failure = await restoringWith(script, content(1_000_000));
    expect(String(failure)).toContain('relation "t" already exists');
    expect(given).toBeLessThan(1_000_000);
  });

  test('may break off: pg_restore is ended, and the reason is what broke it', async () => {
    const end = new Error('the container is gone');
    expect(await restoringWith('cat > /dev/null; sleep 30', content(10, end))).toBe(end);
  });
});
