import { Failure } from '../../base/failure.ts';
import { quoted } from '../../base/format.ts';
import { run } from '../../base/process.ts';
import type { Client } from './find.ts';
import { extraWords, refusalOf, splitOption, type Tool } from './tool-options.ts';

/** An option that a program says it has. */
export interface KnownOption {
  /** Without its dashes. */
  long: string;
  /** The letter, if there is one. */
  short?: string;
  takesValue: boolean;
}

/** Names that the documentation has and `--help` has not, each for the same as another one. */
const furtherNames: Record<string, string> = {
  'no-acl': 'no-privileges',
  'attribute-inserts': 'column-inserts',
};

/** The options in what a program prints for `--help`: `  -n, --schema=PATTERN  dump …`. */
export function parseHelp(help: string): KnownOption[] {
  const lines = help.matchAll(/^ {2,}(?:-(\S), )?--([\w-]+)(=\S)?/gm);
  return Array.from(lines, ([, short, long = '', value]) => ({
    long,
    ...(short !== undefined && { short }),
    takesValue: value !== undefined,
  }));
}

/**
 * Reads the lines of an input with the options that the client in use has. What is given to the program then is one
 * argument for each option, with its whole name and with its value behind `=`, so that it cannot be read in another way.
 * @param lines as `optionLines` gives them
 * @returns such as `--schema=my schema`, `--no-comments`
 * @throws Failure that names each line that is no option of this program, or not one alone
 */
export async function readOptions(
  client: Client,
  tool: Tool,
  lines: readonly string[],
  signal: AbortSignal,
): Promise<string[]> {
  if (lines.length === 0) return [];
  const program = tool === 'pg_dump' ? client.pgDump : client.pgRestore;
  const env = { LC_ALL: 'C', PATH: process.env['PATH'] };
  const known = parseHelp(await run({ program, args: ['--help'], env, signal }));
  const problems: string[] = [];
  const read = lines.flatMap((line) => {
    const found = parseOptionLine(known, tool, line);
    if (Array.isArray(found)) return found;
    problems.push(`${quoted(line)} ${found.problem}`);
    return [];
  });
  if (problems.length === 0) return read;
  throw new Failure({
    tried: `Reading ${tool}_options with the options of ${tool} ${client.version}`,
    cause:
      problems.length === 1
        ? String(problems[0])
        : `${problems.length} lines are wrong:\n${problems.map((text) => `- ${text}`).join('\n')}`,
    advice: `Give one option per line, as ${tool} --help of this version lists it.`,
  });
}

interface Problem {
  problem: string;
}

/** What one line is, as arguments; or what is wrong with it, in words that follow the line. */
export function parseOptionLine(known: readonly KnownOption[], tool: Tool, line: string): string[] | Problem {
  const written = splitOption(line);
  if (!written) return { problem: 'does not begin with an option' };
  const found =
    'name' in written
      ? [{ ...findLong(known, written.name), value: written.value }]
      : findShort(known, written.letters);
  for (const each of found) {
    const problem = problemWith(tool, each);
    if (problem !== undefined) return { problem };
  }
  const second = extraWords(line).find((word) => isOption(known, word));
  if (second !== undefined) return { problem: `has a second option on the line, ${quoted(second)}` };
  return found.map(({ option, value = '' }) => `--${option?.long}${option?.takesValue ? `=${value}` : ''}`);
}

/** What is meant by a part of a line: an option, or words that say why it is none. */
interface Found {
  option?: KnownOption;
  problem?: string;
  value?: string | undefined;
}

function problemWith(tool: Tool, { option, problem, value }: Found): string | undefined {
  if (!option) return problem;
  const { long, takesValue } = option;
  const why = refusalOf(tool, long);
  if (why !== undefined) return `is --${long}, which must not be given, since ${why}`;
  if (takesValue && value === undefined) return `lacks the value of --${long}`;
  if (!takesValue && value !== undefined) return `has something after --${long}, which takes no value`;
  return undefined;
}

/** As the programs do, takes a whole name, or any beginning that fits only one. */
function findLong(known: readonly KnownOption[], name: string): Found {
  const names = [
    ...known.map((option) => ({ name: option.long, option })),
    ...Object.entries(furtherNames).flatMap(([further, long]) =>
      known.filter((option) => option.long === long).map((option) => ({ name: further, option })),
    ),
  ];
  const exact = names.find((one) => one.name === name);
  if (exact) return exact;
  const fitting = names.filter((one) => one.name.startsWith(name));
  const [first] = fitting;
  if (!first) return { problem: 'is not an option of it' };
  if (fitting.every(({ option }) => option === first.option)) return first;
  return { problem: `may be ${fitting.map((one) => `--${one.name}`).join(' or ')}` };
}

/** Short options, several in one word: the first that takes a value takes all that follows, with white space before it or not. */
function findShort(known: readonly KnownOption[], letters: string): Found[] {
  const [letter = '', rest] = [letters.charAt(0), letters.slice(1)];
  const option = known.find(({ short }) => short === letter);
  if (!option) return [{ problem: `is not an option of it (${quoted(`-${letter}`)})` }];
  if (rest === '') return [{ option }];
  if (option.takesValue || /^\s/.test(rest)) return [{ option, value: rest.trimStart() }];
  return [{ option }, ...findShort(known, rest)];
}

/** Whether a word is an option as it is. */
function isOption(known: readonly KnownOption[], word: string): boolean {
  if (!word.startsWith('--')) return known.some(({ short }) => word === `-${short}`);
  const [name = ''] = word.slice(2).split('=');
  return findLong(known, name).option !== undefined;
}
