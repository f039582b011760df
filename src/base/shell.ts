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
