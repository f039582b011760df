import { quoted } from '../base/format.ts';
import { setSecret } from './commands.ts';

/** A mask of one or two characters would blot out half of the log. */
const shortestMask = 3;

/**
 * Has GitHub replace values by *** in the log and on the page of the run, as they are and in each form that an escape
 * gives them on the way there.
 */
export function maskEverywhere(values: readonly string[]): void {
  for (const form of new Set(values.flatMap(escapedForms))) {
    if (!isMaskable(form)) continue;
    setSecret(form);
    masked.add(form);
  }
}

const masked = new Set<string>();

/**
 * Replaces what is masked by *** in a text that is to be cut or broken: GitHub would not know again what is then only a
 * part of a value.
 * @param which values; all of them without it
 */
export function redactMasked(text: string, which: (value: string) => boolean = () => true): string {
  const longestFirst = [...masked].filter(which).sort((a, b) => b.length - a.length);
  return longestFirst.reduce((hidden, value) => hidden.replaceAll(value, '***'), text);
}

/** Sets the variable of psql that stands for what GitHub hides in the statements after it, and says so. */
const settingOfHidden = "\\set hidden 'put in the name that GitHub hides'";

/** Statements that can be pasted although GitHub hides a name in some of them: before these, a line says what to put in. */
export function withVariables(statements: readonly string[]): string[] {
  const shown = statements.map(withVariable);
  return shown.every((one, place) => one === statements[place]) ? shown : [settingOfHidden, ...shown];
}

/**
 * A statement with a variable of psql in the place of a name that GitHub would hide, so that it can be pasted once the variable is set. It
 * stays as it is if there is no such name in it, or more than one, in a comment, and between dollar signs, where psql has no variables.
 */
function withVariable(statement: string): string {
  if (statement.startsWith('--')) return statement;
  const found = new Set<string>();
  const shown = statement.replace(nameOrString, (part) => {
    const value = meaningOf(part);
    if (value === undefined || !masked.has(value)) return part;
    found.add(value);
    return part.startsWith("'") ? ":'hidden'" : ':"hidden"';
  });
  return found.size === 1 ? shown : statement;
}

/** What stays as it is: a body between dollar signs, and what has escapes; then a name or a string in quotes, or a word. */
const nameOrString =
  /\$(\w*)\$.*?\$\1\$|\b(?:E|U&)'(?:[^'\\]|\\.|'')*'|\bU&"(?:[^"]|"")*"|"(?:[^"]|"")*"|'(?:[^']|'')*'|(?<![\w$:])[a-z_][a-z0-9_$]*(?![\w$])/gs;

/** What a name or a string means; undefined for anything else. */
function meaningOf(part: string): string | undefined {
  if (part.startsWith('"')) return part.slice(1, -1).replaceAll('""', '"');
  if (part.startsWith("'")) return part.slice(1, -1).replaceAll("''", "'");
  return /^\w+$/.test(part) ? part : undefined;
}

/** Whether a value is long enough to be masked. */
export function isMaskable(value: string): boolean {
  return value.length >= shortestMask;
}

/** A value as it is, in JSON, in quoted names, in a connection string, in SQL, and in a URL. */
export function escapedForms(value: string): string[] {
  return [
    value,
    JSON.stringify(value).slice(1, -1),
    quoted(value).slice(1, -1),
    value.replace(/[\\']/g, '\\$&'),
    value.replaceAll("'", "''"),
    value.replaceAll('"', '""'),
    encodeURIComponent(value.toWellFormed()),
  ];
}
