import { execFile } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { Failure } from '../../src/base/failure.ts';
import type { Client } from '../../src/postgres/client/find.ts';
import {
  type KnownOption,
  parseHelp,
  parseOptionLine,
  readOptions,
} from '../../src/postgres/client/known-options.ts';
import { isKnownSelection } from '../../src/postgres/client/selection-options.ts';
import { problemWithToolOptions, refusalOf, type Tool } from '../../src/postgres/client/tool-options.ts';
import { installedClients } from '../support/postgres/clients.ts';

/** What a program says when it is run, with its exit status. */
async function said(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(program, args, { env: { LC_ALL: 'C' } }, (_, stdout, stderr) => resolve(`${stdout}${stderr}`));
  });
}

const installed = await installedClients();
const programs = await Promise.all(
  installed.flatMap((client) =>
    (['pg_dump', 'pg_restore'] as const).map(async (tool) => {
      const help = await said(client[tool], ['--help']);
      return { major: client.major, tool, program: client[tool], help, known: parseHelp(help) };
    }),
  ),
);

/** All ways to write an option that the programs take for it alone: whole, by each beginning, and by its letter. */
function spellings(known: readonly KnownOption[], { long, short, takesValue }: KnownOption): string[] {
  const beginnings = Array.from(long, (_, index) => long.slice(0, index + 1)).filter(
    (start) => start === long || known.filter((other) => other.long.startsWith(start)).length === 1,
  );
  const names = beginnings.map((start) => `--${start}`);
  const letters = short === undefined ? [] : [`-${short}`];
  if (!takesValue) return [...names, ...letters];
  return [
    ...names.flatMap((name) => [`${name}=1`, `${name} 1`]),
    ...letters.flatMap((letter) => [`${letter}1`, `${letter} 1`]),
  ];
}

const refusedBy = (tool: Tool, argument: string): boolean =>
  refusalOf(tool, /^--([^=]*)/.exec(argument)?.[1] ?? '') !== undefined;

describe.each(programs)('$tool $major', ({ major, tool, program, help, known }) => {
  const free = known.filter(({ long }) => refusalOf(tool, long) === undefined);
  const taken = known.filter(({ long }) => refusalOf(tool, long) !== undefined);

  /** The one argument that a line becomes; undefined if it is refused. */
  const passedOn = (line: string): string | undefined => {
    const read = parseOptionLine(known, tool, line);
    return Array.isArray(read) ? read.join('\n') : undefined;
  };
  const firstCheck = (line: string): string | undefined => problemWithToolOptions(tool, line);

  test('lists its options, each with its letter and whether it takes a value', () => {
    const lines = help.split('\n').filter((line) => /^ +-/.test(line));
    expect(known).toHaveLength(lines.length);
    expect(known).toContainEqual({ long: 'schema', short: 'n', takesValue: true });
    expect(known).toContainEqual({ long: 'no-comments', takesValue: false });
    if (tool === 'pg_restore')
      expect(known).toContainEqual({ long: 'single-transaction', short: '1', takesValue: false });
  });

  test('is known: what each option means for the whole', () => {
    const unknown = free.filter(({ long }) => isKnownSelection(tool, long) === undefined);
    expect(unknown).toEqual([]);
  });

  test('every spelling of an option that is not refused is passed on by its whole name', () => {
    const wrong = free.flatMap((option) => {
      const argument = `--${option.long}${option.takesValue ? '=1' : ''}`;
      return spellings(known, option).filter(
        (line) => passedOn(line) !== argument || firstCheck(line) !== undefined,
      );
    });
    expect(wrong).toEqual([]);
  });

  test('every spelling of a refused one is refused, before the client is known and again with it', () => {
    expect(taken.length).toBeGreaterThan(15);
    const lines = taken.flatMap((option) => spellings(known, option));
    expect(lines.filter((line) => passedOn(line) !== undefined || firstCheck(line) === undefined)).toEqual(
      [],
    );
  });

  test('none gets through as a further word of a line, whatever stands first', () => {
    const refused = taken.flatMap((option) => spellings(known, option));
    const wrong = free.flatMap(({ long, ...first }) => {
      const start = spellings(known, { long, ...first }).slice(-2);
      const lines = start.flatMap((words) => refused.map((second) => `${words} ${second}`));
      return lines.filter((line) => {
        // What is passed on at all is the value of the first, in one argument.
        const isValue = first.takesValue && passedOn(line)?.startsWith(`--${long}=`) === true;
        return firstCheck(line) === undefined || !(passedOn(line) === undefined || isValue);
      });
    });
    expect(wrong).toEqual([]);
  });

  test('none gets through in a word of several letters', () => {
    const letters = known.flatMap(({ short }) => short ?? []);
    const words = letters.flatMap((a) =>
      letters.flatMap((b) => [`-${a}${b}`, `-${a}${b}x`, `-${a} -${b}`, `-${a}${b} x`]),
    );
    const wrong = words.filter((line) => {
      const read = parseOptionLine(known, tool, line);
      return Array.isArray(read) && read.some((argument) => refusedBy(tool, argument));
    });
    expect(wrong).toEqual([]);
  });

  test('takes what it is passed, as the option that is meant', async () => {
    const end = tool === 'pg_dump' ? ['--dbname=host=/nonexistent'] : ['--list', '/nonexistent'];
    const answers = await Promise.all(
      free.map(async ({ long, takesValue }) => {
        const argument = `--${long}${takesValue ? '=-1 --clean' : ''}`;
        return [argument, await said(program, [argument, ...end])];
      }),
    );
    for (const [argument, answer] of answers)
      expect(`${argument}: ${answer}`).not.toMatch(/unrecognized option|ambiguous|an argument|too many/);
  });

  const client = {
    major,
    version: `${major}.1`,
    psql: '',
    pgDump: program,
    pgRestore: program,
  } satisfies Client;
  const read = (...lines: string[]) => readOptions(client, tool, lines, AbortSignal.timeout(30_000));

  test('one option a line becomes one argument each', async () => {
    expect(
      await read('--schema my schema', '-n public', '-npublic', '--schema=a=b c', '--superu= x'),
    ).toEqual([
      ...['--schema=my schema', '--schema=public', '--schema=public', '--schema=a=b c', '--superuser= x'],
    ]);
    expect(await read('-t"Odd Name"', `-t a b'c $HOME \`id\``, '-n=x', '-sa')).toEqual([
      ...['--table="Odd Name"', `--table=a b'c $HOME \`id\``, '--schema==x', '--schema-only', '--data-only'],
    ]);
    expect(await read('--schema=-x', '--schema --x', '--table="a --data-only"')).toEqual([
      ...['--schema=-x', '--schema=--x', '--table="a --data-only"'],
    ]);
    expect(await read()).toEqual([]);
  });

  test.each([
    [
      '--no-comments public',
      '"--no-comments public" has something after --no-comments, which takes no value',
    ],
    ['--no-comments=', '"--no-comments=" has something after --no-comments, which takes no value'],
    ['-s public', '"-s public" has something after --schema-only, which takes no value'],
    ['--schema', '"--schema" lacks the value of --schema'],
    ['-n', '"-n" lacks the value of --schema'],
    ['--no-nonsense', '"--no-nonsense" is not an option of it'],
    ['-sQ', '"-sQ" is not an option of it ("-Q")'],
    ['--schema a --table b', '"--schema a --table b" has a second option on the line, "--table"'],
    ['--schema=a -t b', '"--schema=a -t b" has a second option on the line, "-t"'],
    ['--no-comments --no-tablespaces', /has something after --no-comments/],
    ['--no-s', /^"--no-s" may be --no-s\w/],
  ])('%j is told with its line, and with the version', async (line, cause) => {
    const failure = await read('--no-tablespaces', line).catch((error: unknown) => error);
    if (!(failure instanceof Failure)) throw new Error(`not a failure: ${String(failure)}`);
    expect(failure.explanation.cause).toEqual(cause instanceof RegExp ? expect.stringMatching(cause) : cause);
    expect(failure.explanation.tried).toContain(`${tool} ${major}.1`);
  });

  test('all lines that are wrong are told', async () => {
    await expect(read('--x', '--no-comments', '--y')).rejects.toThrow(
      /\n- "--x" is not an option of it\n- "--y" is not an option of it\n/,
    );
  });

  if (tool === 'pg_dump')
    test('names of the documentation are known that --help does not list', async () => {
      expect(await read('--no-acl', '--attribute-inserts', '--no-ac')).toEqual([
        ...['--no-privileges', '--column-inserts', '--no-privileges'],
      ]);
    });
});
