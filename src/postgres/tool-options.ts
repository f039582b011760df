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
  { long: 'verbose', short: 'v', why: 'the action shows what happens in its own way' },
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

/** The short options that take a value, which may be joined to them: https://www.postgresql.org/docs/current/app-pgdump.html */
const withValue: Record<Tool, string> = { pg_dump: 'dhpUfFjZeEnNStT', pg_restore: 'dhpUfFjLInNPStT' };

/**
 * Splits the text of an input, one option a line and written as on a command line but without quotes of a shell, into
 * arguments: `--exclude-table-data=log_*`, `--schema my schema` and `-n public` each are a line.
 */
export function parseToolOptions(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .flatMap((line) => {
      const [, option, value] = /^(--[^\s=]+|-[^-\s])\s+(.*)$/.exec(line) ?? [];
      return option === undefined || value === undefined ? [line] : [option, value];
    });
}

/**
 * What is wrong with the options of an input, as "must not …"; undefined if nothing is. Refused is what the action sets
 * itself or what would break a promise, in every form that the programs understand: long, shortened (`--form=p`),
 * short, several short ones together (`-ac`), with the value joined or not.
 */
export function problemWithToolOptions(tool: Tool, text: string): string | undefined {
  for (const line of text.split(/\r?\n/).map((part) => part.trim())) {
    if (line === '') continue;
    if (!line.startsWith('-') || line === '-' || line === '--')
      return `must have one option a line, each beginning with a dash: ${line}`;
    const refused = line.startsWith('--') ? refusedLong(tool, line) : refusedShort(tool, line);
    if (refused) return `must not contain --${refused.long}, since ${refused.why}`;
  }
  return undefined;
}

/** The programs take any beginning of a long option that fits only one; here it is refused if it fits a refused one. */
function refusedLong(tool: Tool, line: string): RefusedOption | undefined {
  const [name = ''] = line.slice(2).split(/[=\s]/);
  return refusedOf[tool].find(({ long }) => long.startsWith(name));
}

function refusedShort(tool: Tool, line: string): RefusedOption | undefined {
  const [letters = ''] = line.slice(1).split(/\s/);
  for (const letter of letters) {
    const refused = refusedOf[tool].find(({ short }) => short === letter);
    if (refused) return refused;
    if (withValue[tool].includes(letter)) return undefined; // the rest is its value
  }
  return undefined;
}

/** The arguments of `pg_dump` without how long it waits for locks, which changes nothing of what is in the archive. */
export function withoutPatience(options: readonly string[]): string[] {
  const isPatience = (option: string | undefined): boolean => option?.startsWith('--lock') ?? false;
  return options.filter((option, index) => {
    const before = options[index - 1];
    return !isPatience(option) && !(isPatience(before) && !before?.includes('='));
  });
}

/**
 * Whether several sessions can work at once with these options of `pg_restore`: it does all in one transaction otherwise, or
 * in a few. https://www.postgresql.org/docs/current/app-pgrestore.html
 */
export function allowsSeveralJobs(options: readonly string[]): boolean {
  return !options.some((option) => /^(--si|--transaction-s|-[^-dhpUfFjLInNPStT]*1)/.test(option));
}
