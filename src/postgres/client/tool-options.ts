import { quoted } from '../../base/format.ts';
/** The programs that take further options. */
export type Tool = 'pg_dump' | 'pg_restore';

/** An option that is refused: its names, and why. */
interface RefusedOption {
  long: string;
  short?: string;
  why: string;
}

const connection = 'the action connects by its own inputs';
const ofBoth: readonly RefusedOption[] = [
  { long: 'dbname', short: 'd', why: connection },
  { long: 'host', short: 'h', why: connection },
  { long: 'port', short: 'p', why: connection },
  { long: 'username', short: 'U', why: connection },
  { long: 'no-password', short: 'w', why: connection },
  { long: 'password', short: 'W', why: connection },
  { long: 'file', short: 'f', why: 'the action says where the archive goes' },
  { long: 'format', short: 'F', why: 'a backup is always in custom format' },
  { long: 'create', short: 'C', why: 'the action creates the database itself' },
  { long: 'clean', short: 'c', why: 'a restore goes into an empty database' },
  { long: 'if-exists', why: 'a restore goes into an empty database' },
  { long: 'jobs', short: 'j', why: 'the action decides how many work at once' },
  { long: 'verbose', short: 'v', why: 'the action reports what happens itself' },
  { long: 'version', short: 'V', why: 'it does no work' },
  { long: 'help', short: '?', why: 'it does no work' },
];
const refusedOf: Record<Tool, readonly RefusedOption[]> = {
  pg_dump: [
    ...ofBoth,
    { long: 'compress', short: 'Z', why: 'use the input compression' },
    { long: 'binary-upgrade', why: 'it is for pg_upgrade only' },
  ],
  pg_restore: [
    ...ofBoth,
    { long: 'list', short: 'l', why: 'it restores nothing' },
    { long: 'use-list', short: 'L', why: 'the action makes the list' },
    { long: 'exit-on-error', short: 'e', why: 'the action ends a restore at its first error' },
    { long: 'no-owner', short: 'O', why: 'use the input no_owner' },
    { long: 'no-privileges', short: 'x', why: 'use the input no_privileges' },
    { long: 'no-acl', why: 'use the input no_privileges' },
  ],
};

/** Short options that take a value, in some version: what is joined to them is no further option. */
const withValue: Record<Tool, string> = { pg_dump: 'dhpUfFjZeEnNStT', pg_restore: 'dhpUfFjLInNPStT' };

/**
 * Splits the text of an input into its options: one a line, without the spaces around it and without empty lines. What a line
 * says is known only with the client that is to take it, see `readOptions`.
 */
export function optionLines(text: string): string[] {
  return text
    .split(/\r\n?|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/**
 * The name of the option that a line begins with, as it is written, `--schema` or `--sch`, or what follows the dash of a
 * short one; and the value behind its `=`, or behind white space. Undefined if it begins with no option.
 */
export function splitOption(
  line: string,
): { name: string; value: string | undefined } | { letters: string } | undefined {
  const [, letters] = /^-([^-\s].*)$/s.exec(line) ?? [];
  if (letters !== undefined) return { letters };
  const [, name, rest = ''] = /^--([^\s=]+)(.*)$/s.exec(line) ?? [];
  if (name === undefined) return undefined;
  return { name, value: rest === '' ? undefined : rest.replace(/^(=|\s+)/, '') };
}

/**
 * The words of a line after the first that might be meant as options. What is in double quotes is not: patterns have names in
 * them.
 */
export function extraWords(line: string): string[] {
  const [, ...words] = line.replace(/"[^"]*"/g, '""').split(/\s+/);
  return words.filter((word) => /^-[^-]|^--[^=]/.test(word));
}

/**
 * What is wrong with the options of an input, as "must not …", before it is known which client is to take them; undefined if
 * nothing is. Refused is what the action sets itself or what would break a promise, in every form that the programs
 * understand: long, shortened (`--form=p`), short, several short ones together (`-ac`), with the value joined or not, and as
 * a further word of a line.
 */
export function problemWithToolOptions(tool: Tool, text: string): string | undefined {
  for (const line of optionLines(text)) {
    if (!splitOption(line)) return `must have one option a line, each beginning with a dash: ${quoted(line)}`;
    const [first = ''] = line.split(/\s/);
    const refused = refusedIn(tool, first);
    if (refused) return `must not contain --${refused.long}, since ${refused.why}`;
    for (const word of extraWords(line)) {
      // A name may go on with a dash and letters, so that only the first one counts here.
      const second = refusedIn(tool, word.startsWith('--') ? word : word.slice(0, 2));
      if (second) {
        return `must have one option a line, and not contain --${second.long}, since ${second.why}: ${quoted(line)}`;
      }
    }
  }
  return undefined;
}

/** The refused option that a word is, or that is one of its letters, in any spelling. */
function refusedIn(tool: Tool, word: string): RefusedOption | undefined {
  return word.startsWith('--') ? refusedLong(tool, word) : refusedShort(tool, word);
}

/** The programs take any beginning of a long option that fits only one; here it is refused if it fits a refused one. */
function refusedLong(tool: Tool, word: string): RefusedOption | undefined {
  const [name = ''] = word.slice(2).split('=');
  return refusedOf[tool].find(({ long }) => long.startsWith(name));
}

function refusedShort(tool: Tool, word: string): RefusedOption | undefined {
  for (const letter of word.slice(1)) {
    const refused = refusedOf[tool].find(({ short }) => short === letter);
    if (refused) return refused;
    if (withValue[tool].includes(letter)) return undefined; // the rest is its value
  }
  return undefined;
}

/** Why an option is refused, by its whole name; undefined if it is not. */
export function refusalOf(tool: Tool, long: string): string | undefined {
  return refusedOf[tool].find((refused) => refused.long === long)?.why;
}

/**
 * The arguments of `pg_dump` without how long it waits for locks, which changes nothing of what is in the archive.
 * @param options as `readOptions` gives them
 */
export function withoutLockWait(options: readonly string[]): string[] {
  return options.filter((option) => !option.startsWith('--lock-wait-timeout='));
}

/**
 * Whether several sessions can work at once with these options of `pg_restore`: it does all in one transaction otherwise, or
 * in a few. https://www.postgresql.org/docs/current/app-pgrestore.html
 * @param options as `readOptions` gives them
 */
export function allowsSeveralJobs(options: readonly string[]): boolean {
  return !options.some((option) => /^--(single-transaction$|transaction-size=)/.test(option));
}
