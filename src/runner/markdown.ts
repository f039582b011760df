import { visible } from '../base/format.ts';
import { redactMasked } from './masking.ts';

/** Any text as a code span inside a Markdown table, in which a bar or a newline would end the cell. */
export function code(text: string): string {
  return codeSpan(visible(text).replaceAll('\r', '\\r').replaceAll('\n', '\\n')).replaceAll('|', '\\|');
}

/**
 * Any text as a paragraph in which each line is a code span: nothing in it is Markdown, HTML, a link or a mention, and a command
 * in it stays on its one line, to be copied as it stands. The page wraps what is too long, without a break in what is
 * copied; a block of code it would not wrap.
 */
export function asLines(text: string): string {
  const lines = redactMasked(text, (value) => /[\r\n]/.test(value))
    .trim()
    .split(/\r\n?|\n/);
  // A backslash at the end of a line is a line break. https://spec.commonmark.org/0.31.2/#hard-line-breaks
  return `${lines.map((line) => (line.trim() === '' ? '' : codeSpan(visible(line)))).join('\\\n')}\n`;
}

/** SQL as a block of code, so that nothing in it is Markdown or HTML. */
export function sqlBlock(sql: string): string {
  const fence = fenceAround(sql, 3);
  return `${fence}sql\n${visible(sql)}\n${fence}\n`;
}

/** A line of text as a code span, in which only backticks mean something. */
function codeSpan(text: string): string {
  if (text === '') return '` `'; // two backticks would open one that what comes later closes
  const fence = fenceAround(text, 1);
  // Markdown takes one space away at each end of a span that has one at both, unless it is nothing but spaces.
  const space = /^`|`$/.test(text) || (/^ .* $/.test(text) && text.trim() !== '') ? ' ' : '';
  return `${fence}${space}${text}${space}${fence}`;
}

/** Backticks that close only where they should: more in a row than the text has anywhere. */
function fenceAround(text: string, least: number): string {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return '`'.repeat(Math.max(least, longest + 1));
}
