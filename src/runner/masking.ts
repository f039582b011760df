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

/**
 * A statement with a variable of psql in the place of a name that GitHub would hide, so that it can be pasted once the variable is set. It
 * stays as it is if there is no such name in it, or more than one.
 */
export function withVariable(statement: string, variable: string): string {
  const names = new Set(Array.from(masked, (value) => `"${value.replaceAll('"', '""')}"`));
  const found = new Set<string>();
  const shown = statement.replace(/"(?:[^"]|"")*"/g, (name) => {
    if (!names.has(name)) return name;
    found.add(name);
    return `:"${variable}"`;
  });
  return found.size === 1 ? shown : statement;
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
