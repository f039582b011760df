import { execFileSync, spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { afterAll, describe, expect, vi } from 'vitest';
import { type KnownOption, parseHelp, parseOptionLine } from '../../src/postgres/client/known-options.ts';
import {
  isKnownSelection,
  mayBePartial,
  selectionOptions,
} from '../../src/postgres/client/selection-options.ts';
import {
  optionLines,
  problemWithToolOptions,
  refusalOf,
  type Tool,
} from '../../src/postgres/client/tool-options.ts';
import { compressArgument, parseCompression } from '../../src/postgres/dump/compression.ts';
import { InputError } from '../../src/runner/inputs/error.ts';
import { readRequest } from '../../src/runner/inputs/read-request.ts';
import { getoptLong } from '../support/fuzz/getopt.ts';
import { almost, hostileText } from '../support/fuzz/hostile-text.ts';
import { outcome, property } from '../support/fuzz/rounds.ts';
import { installedClients } from '../support/postgres/clients.ts';
import { backupInputs, give, restoreInputs } from '../unit/support/inputs.ts';

const tools = ['pg_dump', 'pg_restore'] as const;
const programs = await Promise.all(
  (await installedClients()).flatMap((client) =>
    tools.map((tool) => ({
      ...{ tool, major: client.major, program: client[tool] },
      known: parseHelp(execFileSync(client[tool], ['--help'], { env: { LC_ALL: 'C' }, encoding: 'utf8' })),
    })),
  ),
);
const anyProgram = fc.constantFrom(...programs);

afterAll(() => vi.unstubAllEnvs());

/** An option in one of its spellings: cut, whole, short, in a cluster, with its value joined to it, behind white space, or missing. */
function spelling(known: readonly KnownOption[]): fc.Arbitrary<string> {
  const value = fc.oneof(
    fc.constantFrom('x', 'public', 'a b', '-t', '--clean', '"a --clean b"'),
    hostileText(2),
  );
  const long = fc
    .tuple(
      fc.constantFrom(...known),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.constantFrom('=', ' ', '\t', ''),
      value,
    )
    .map(([option, part, between, given]) => {
      const name = option.long.slice(0, Math.max(1, Math.ceil(part * option.long.length)));
      return `--${name}${between === '' ? '' : between + given}`;
    });
  const letters = known.flatMap(({ short }) => (short === undefined ? [] : [short]));
  const short = fc
    .tuple(
      fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 4 }),
      fc.constantFrom('', ' ', '='),
      value,
    )
    .map(([cluster, between, given]) => `-${cluster.join('')}${between}${between === '' ? '' : given}`);
  return fc.oneof(
    { arbitrary: long, weight: 4 },
    { arbitrary: short, weight: 3 },
    { arbitrary: almost(long), weight: 1 },
  );
}

const spelled = anyProgram.chain((program) =>
  fc.record({
    program: fc.constant(program),
    lines: fc.array(
      fc.oneof({ arbitrary: spelling(program.known), weight: 6 }, { arbitrary: hostileText(4), weight: 1 }),
      { minLength: 1, maxLength: 3 },
    ),
  }),
);

/** The arguments that are given to a program for a text of an input; undefined if it is refused on the way. */
function argumentsFor(tool: Tool, known: readonly KnownOption[], text: string): string[] | undefined {
  if (problemWithToolOptions(tool, text) !== undefined) return undefined;
  const read = optionLines(text).map((line) => parseOptionLine(known, tool, line));
  return read.every((one) => Array.isArray(one)) ? read.flat() : undefined;
}

describe('options for pg_dump and pg_restore', () => {
  property(
    'are refused, or are read by the program as they are meant, without a refused one',
    [spelled],
    ({ program, lines }) => {
      const { tool, known } = program;
      const args = argumentsFor(tool, known, lines.join('\n'));
      if (args === undefined) return;
      const understood = getoptLong(known, args);
      if ('refused' in understood)
        throw new Error(`${tool} refuses ${JSON.stringify(args)}: ${understood.refused}`);
      expect(understood.options).toHaveLength(args.length);
      for (const { long, value } of understood.options) {
        expect(refusalOf(tool, long)).toBeUndefined();
        expect(args).toContain(value === undefined ? `--${long}` : `--${long}=${value}`);
        expect(value ?? '').not.toMatch(/[\r\n]/);
      }
    },
  );

  property(
    'that the program would take for a refused one are refused before it is known',
    [spelled],
    ({ program, lines }) => {
      const { tool, known } = program;
      for (const line of lines.flatMap(optionLines)) {
        const understood = getoptLong(
          known,
          line
            .split(/[ \t]+/)
            .slice(0, 1)
            .concat('x'),
        );
        if (!('options' in understood)) continue;
        if (understood.options.some(({ long }) => refusalOf(tool, long) !== undefined))
          expect(problemWithToolOptions(tool, line)).toMatch(/^must/);
      }
    },
  );

  property('that choose a part are known to, as they are written down', [spelled], ({ program, lines }) => {
    const { tool, known } = program;
    const args = argumentsFor(tool, known, lines.join('\n'));
    if (args === undefined) return;
    const chosen = args.filter((arg) => isKnownSelection(tool, arg.replace(/^--|=.*$/gs, '')) === true);
    const sections = args.filter((arg) => arg.startsWith('--section='));
    if (chosen.length > sections.length) expect(selectionOptions(tool, args)).not.toEqual([]);
    if (tool === 'pg_dump' && chosen.length > 0)
      expect(mayBePartial(lines.flatMap(optionLines).join(' '))).toBe(true);
  });

  property(
    'are understood in this test as the programs themselves understand them',
    [spelled],
    ({ program, lines }) => {
      const [word = ''] = (lines[0] ?? '').split(/[\s\0]/);
      if (!/^--(?!help$|version$)[a-z-]+$/.test(word)) return;
      const { stderr } = spawnSync(program.program, [word, '--no-such-option'], {
        env: { LC_ALL: 'C' },
        encoding: 'utf8',
      });
      // Help and version are looked for before, as the first argument and in full.
      const table = program.known.filter(({ long }) => long !== 'help' && long !== 'version');
      const understood = getoptLong(table, [word]);
      const isRefused = 'refused' in understood && understood.refused !== 'lacks its value';
      // What --help does not list only makes more of them ambiguous.
      if (isRefused)
        expect(stderr).toMatch(understood.refused === 'ambiguous' ? /ambiguous/ : /unrecognized|ambiguous/);
    },
    { weight: 5 },
  );
});

describe('inputs', () => {
  const names = [
    ...Object.keys(restoreInputs),
    'ssl_mode',
    'db_port',
    'jobs',
    'compression',
    'no_owner',
    'keep_previous',
    'key_vault_url',
    'storage_account_url',
    'azure_authority_host',
    'pg_dump_options',
    'pg_restore_options',
    'restore_strategy',
    'ssl_root_cert',
    'postgres_version',
    'postgres_apt_repository',
    'retry_timeout_seconds',
  ];
  const value = fc.oneof(
    hostileText(5).map((text) => text.replaceAll('\0', '')),
    fc.constantFrom('true', 'https://x.y', '5432', '/dev/null', 'auto', '2001:db8::1'),
    // Almost right.
    fc.constantFrom(
      '0',
      '65536',
      '99999',
      '-1',
      'https://[',
      'https://x:99999',
      'https://%',
      'True ',
      'auto:1',
      '::',
    ),
  );
  const given = fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 4 });
  property('make a request, or are told to be wrong', [given, fc.boolean()], (odd, restores) => {
    const inputs = { ...(restores ? restoreInputs : backupInputs), ...odd };
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    try {
      give(
        Object.fromEntries(Object.entries(inputs).map(([name, text]) => [name, String(text).toWellFormed()])),
      );
      const result = outcome([InputError], readRequest);
      if ('value' in result) expect(['backup', 'restore']).toContain(result.value.job);
      else expect(result.error.message).toMatch(/^\d+ invalid inputs?; nothing was changed\.\n/);
    } finally {
      write.mockRestore();
    }
  });
  property(
    'for the compression are understood, or not',
    [
      fc.oneof(
        hostileText(3),
        almost(fc.constantFrom('zstd:level=9,long', 'gzip:1', 'lz4:0')),
        fc.constantFrom('zstd:9', 'zstd:long,', 'zstd:xlong', 'zstd:long,long', 'gzip:long'),
      ),
    ],
    (text) => {
      const compression = parseCompression(text);
      if (!compression) return;
      const [level, long] = ['level=-?\\d{1,6}', 'long'];
      const details = `(level=)?-?\\d{1,6}|(${level}|${long})(,(${level}|${long}))?`;
      expect(text).toMatch(new RegExp(`^(auto|none|\\d|(gzip|lz4|zstd)(:(${details}))?)$`));
      if (compression.method === 'auto') return;
      const given = compressArgument(compression, 17);
      expect(given).toMatch(/^(none|0|gzip|lz4|zstd)(:(level=)?-?\d+)?([:,]long)?$/);
      expect(parseCompression(given)).toEqual(compression);
      if (compression.method !== 'none' && compression.level !== undefined)
        expect(text).toContain(String(compression.level));
      expect(text.includes('long')).toBe('long' in compression);
    },
  );
});
