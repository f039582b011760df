import { visible } from './format.ts';

/** As a POSIX shell takes it for one word. */
export function shellWord(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/**
 * As bash takes it for one word, on one line, with nothing in it that is not seen.
 * https://www.gnu.org/software/bash/manual/html_node/ANSI_002dC-Quoting.html
 */
export function bashWord(text: string): string {
  if (visible(text) === text && !/[\n\r\t]/.test(text)) return shellWord(text);
  const escaped = text
    .replace(/[\\']/g, '\\$&')
    .replace(/[\n\r\t]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `$'${visible(escaped)}'`;
}

/** Something that a command is about and that may be a secret, which GitHub masks wherever it is shown. */
export interface ShellVariable {
  /** `vault` */
  variable: string;
  value: string;
  /** What has to be put in where the value is masked: `KEY_VAULT_NAME`. */
  is: string;
}

/**
 * A command for bash, as lines to be copied together: first one for each variable, `vault=kv-prod # KEY_VAULT_NAME`, which still says
 * what to put in when GitHub has made `***` of the value; then the command, which has it as `"$vault"`.
 */
export function commandLines(variables: readonly ShellVariable[], command: string): string {
  return [
    ...variables.map(({ variable, value, is }) => `${variable}=${bashWord(value)} # ${is}`),
    command,
  ].join('\n');
}
