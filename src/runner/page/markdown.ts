import { visible } from '../../base/format.ts';
import { redactMasked, withVariables } from '../masking.ts';

/** Any text as a code span, in which a newline would end what it is in. */
export function code(text: string): string {
  return codeSpan(visible(text).replaceAll('\r', '\\r').replaceAll('\n', '\\n'));
}

/** The same inside a table, where a bar would end its cell, in a code span too. */
export function codeCell(text: string): string {
  return code(text).replaceAll('|', '\\|');
}

/**
 * Any text as prose with the line breaks that it has. Whatever could be Markdown, HTML, a link, a mention or an emoji, in Markdown or to
 * GitHub, is a code span: what stands in quotes, a word with a sign that prose does not need, and a command at the end of a line. Lines
 * that are commands or statements are blocks of code, to be copied. Spaces at the ends of lines are left out.
 */
export function inProse(text: string): string {
  // A value that is no single word would be broken by what stands around its words, and GitHub would not find it any more.
  const lines = redactMasked(withStatementVariables(text), (value) => !/^\w([\w.-]*\w)?$/.test(value))
    .trim()
    .split(/\r\n?|\n/)
    .map((line) => visible(line).trim());
  const runs: { language: string; lines: string[] }[] = [];
  for (const line of lines) {
    const language = languageOf(line);
    const last = runs.at(-1);
    if (last?.language === language) last.lines.push(line);
    else runs.push({ language, lines: [line] });
  }
  // A backslash at the end of a line is a line break. https://spec.commonmark.org/0.31.2/#hard-line-breaks
  return runs
    .map((run) =>
      run.language === ''
        ? `${run.lines.map(proseLine).join('\\\n')}\n`
        : block(run.lines.join('\n'), run.language),
    )
    .join('\n');
}

/** The first line of a text as prose in a table. */
export function proseCell(text: string): string {
  const [line = ''] = redactMasked(text, (value) => !/^\w([\w.-]*\w)?$/.test(value)).split(/\r\n?|\n/);
  return prose(visible(line).trim()).replaceAll('|', '\\|');
}

/** A text in which statements can be pasted although GitHub hides a name in them: a line before those that follow each other says what to put in. */
export function withStatementVariables(text: string): string {
  const runs: { isSql: boolean; lines: string[] }[] = [];
  const add = (isSql: boolean, line: string): void => {
    const last = runs.at(-1);
    if (last?.isSql === isSql) last.lines.push(line);
    else runs.push({ isSql, lines: [line] });
  };
  for (const line of text.split('\n')) {
    const [statement = ''] = (line.length <= longestCommandLine && statementAtEnd.exec(line)) || [];
    if (statement === '' || withVariables([statement]).length === 1)
      add(languageOf(line.trim()) === 'sql', line);
    else {
      const words = line.slice(0, line.length - statement.length).trimEnd();
      if (words !== '') add(false, words);
      add(true, statement);
    }
  }
  return runs.flatMap(({ isSql, lines }) => (isSql ? withVariables(lines) : lines)).join('\n');
}

/** What a line is written in as a whole: `sh`, `sql`, or, if it is words, nothing. */
function languageOf(line: string): string {
  if (line.length > longestCommandLine) return '';
  if (shellLine.test(line)) return 'sh';
  return statementLine.test(line) ? 'sql' : '';
}

/** SQL as a block of code, so that nothing in it is Markdown or HTML. */
export function sqlBlock(sql: string): string {
  return block(sql, 'sql');
}

/** Any text as a block of code, in a language if one is named. */
export function block(text: string, language = ''): string {
  const fence = fenceAround(text, 3);
  return `${fence}${language}\n${visible(text)}\n${fence}\n`;
}

/** A word as `bashWord` writes it, quotes and all, or a value that is masked. */
const bashValue = String.raw`(?:\$'(?:[^'\\]|\\.)*'|'[^']*'|\\.|[^\s'\\$])+`;
const commandStart = String.raw`(?:(?:az|gh|sudo) [a-z/]|printf \S|IFS=|(?:psql|pg_dump|pg_restore) -|[a-z_]+=${bashValue} # )`;
const oneStatement = String.raw`(?:ALTER|ANALYZE|BEGIN|COMMENT|COMMIT|CREATE|DROP|GRANT|REVOKE|SELECT|SET|UPDATE)\b.*;`;

/** A line that is a command, or sets a variable that commands use: `vault=kv-prod # KEY_VAULT_NAME`. */
const shellLine = new RegExp(`^${commandStart}`);
const statementLine = new RegExp(String.raw`^(?:${oneStatement}|\\set hidden '.*')$`);

/** A command or a statement at the end of a line, which has one line. */
const commandAtEnd = new RegExp(`(?<=: )(?:${commandStart}.*|${oneStatement})$`);

/** A statement that is a line, or the end of one. */
const statementAtEnd = new RegExp(String.raw`(?:(?<=^\s*)|(?<=: ))${oneStatement}$`);

/** Longer lines, in characters, are no commands of ours, and would take long to look through. */
const longestCommandLine = 10_000;

function proseLine(line: string): string {
  const found = line.length > longestCommandLine ? null : commandAtEnd.exec(line);
  if (found) return `${prose(line.slice(0, found.index))}${codeSpan(found[0])}`;
  return prose(line);
}

/** A text in quotes, with what touches it, or a word. */
const wordsOrQuoted = /(?:"(?:[^"\\]|\\.){0,1100}"|[^\s"]|")+/gu;

function prose(text: string): string {
  const marked = text.replace(wordsOrQuoted, (word) => (isProse(word) ? word : around(word)));
  // What makes a list, a heading, a rule or a table of a line.
  return marked.replace(/^([-+=:]|\d+(?=[.)]))/, (start) => (/\d/.test(start) ? `${start}\\` : `\\${start}`));
}

/** Letters, digits, and signs of prose that mean nothing in Markdown inside a line. */
const proseWord = /^[\p{L}\p{M}\p{N}.,;:!?'()/%+=…–—“”‘’-]+$/u;

/**
 * What GitHub makes something of besides Markdown: addresses, emoji (`:tada:`), commits, other numbers of issues, and options of
 * programs, which are code.
 * https://docs.github.com/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
 */
const special =
  /:\/\/|www\.|:[^:]+:|\b[0-9a-f]{7,40}\b|\b(?:gh|cve|ghsa)-\w|^\(?--?\p{L}|^(?:mailto|xmpp):/iu;
const time = /^\(?\d\d:\d\d:\d\d[.,;)]*$/;

function isProse(word: string): boolean {
  return proseWord.test(word) && (time.test(word) || !special.test(word));
}

/** A word as code, but for the punctuation around it. */
function around(word: string): string {
  const start = word.startsWith('(') ? 1 : 0;
  let end = word.length;
  while (end > start + 1 && '.,;:)'.includes(word.charAt(end - 1))) end--;
  return `${word.slice(0, start)}${codeSpan(word.slice(start, end))}${word.slice(end)}`;
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
