import type { NameRule } from '../../azure/name-rules.ts';
import { quoted } from '../../base/format.ts';
import { optionLines, problemWithToolOptions, type Tool } from '../../postgres/client/tool-options.ts';
import { getInput } from '../commands.ts';

/** How an input is read. */
export interface Rules {
  /** Says what is wrong with a value, as "must …". */
  check?: (value: string) => string | undefined;
  /** The value that an empty input stands for. */
  fallback?: string;
  /** May be left empty. */
  optional?: boolean;
  /** Spaces at the ends are part of the value, as they may be of a database's name. */
  exact?: boolean;
  /** Makes what is shown of a wrong value, if that is not all of it. */
  show?: (value: string) => string;
}

/** Reads single inputs, and notes the problems that it finds. */
export interface Reader {
  (name: string, rules?: Rules): string;
  named(name: string, rule: NameRule, rules?: Rules): string;
  url(name: string): string | undefined;
  flag(name: string, fallback: boolean): boolean;
}

/** The problem of an input that has to be given, and is not. */
export function missingInput(name: string): string {
  return `${name} is missing`;
}

/** @param problems is added to, a line for each input that is wrong */
export function reader(problems: string[]): Reader {
  const read = (
    name: string,
    { check, fallback = '', optional = false, exact = false, show = (value) => value }: Rules = {},
  ): string => {
    const given = getInput(name);
    const value = (exact ? given : given.trim()) || fallback;
    const problem = value === '' ? undefined : check?.(value);
    if (problem !== undefined) problems.push(`${name} ${problem}; it is ${quoted(show(value))}`);
    else if (value === '' && !optional) problems.push(missingInput(name));
    return value;
  };
  const named = (name: string, { pattern, words }: NameRule, rules: Rules = {}): string =>
    read(name, { ...rules, check: (value) => (pattern.test(value) ? undefined : `must be ${words}`) });
  const url = (name: string): string | undefined => {
    const value = read(name, { check: problemWithUrl, optional: true });
    return value === '' ? undefined : withoutSlashes(value);
  };
  const flag = (name: string, fallback: boolean): boolean =>
    read(name, { check: problemWithFlag, fallback: String(fallback) }).toLowerCase() === 'true';
  return Object.assign(read, { named, url, flag });
}

/** As YAML 1.2 has them, and the toolkit's `getBooleanInput`. */
function problemWithFlag(value: string): string | undefined {
  return /^(true|True|TRUE|false|False|FALSE)$/.test(value) ? undefined : 'must be true or false';
}

function problemWithUrl(value: string): string | undefined {
  return /^https:\/\/[^\s\\@?#]+$/i.test(value) && URL.canParse(value)
    ? undefined
    : 'must be a full URL that begins with https:// and has no query';
}

function withoutSlashes(url: string): string {
  let end = url.length;
  while (url[end - 1] === '/') end--;
  return url.slice(0, end);
}

/** Reads the further options of a tool, a line each. */
export function readToolOptions(read: Reader, tool: Tool): string[] {
  const check = (value: string) => problemWithToolOptions(tool, value);
  return optionLines(read(`${tool}_options`, { check, optional: true }));
}
