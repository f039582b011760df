import { causeOf } from './failure.ts';
import { formatBytes, formatDuration, quoted } from './format.ts';
import type { Note, Result } from './jobs/result.ts';
import { hide } from './masking.ts';
import * as runner from './runner.ts';

/**
 * Writes a line to the log. What a server or a tool said may hold what the runner would take for a command of ours, such
 * as `::add-mask::` at the beginning of a line; a space of no width makes it words again.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function info(text: string): void {
  runner.write(text.replace(/^(\s*):(?=:)/gm, '$1:\u200b').replaceAll('##[', '##\u200b['));
}

/** GitHub cuts annotations at 4,096 characters. */
const longestAnnotation = 4_000;

/** Warns in an annotation; a text that is too long for one stands in the log as a whole. */
export function warn(text: string): void {
  if (text.length > longestAnnotation) info(text);
  runner.warning(shortened(text, 'log'));
}

function shortened(text: string, elsewhere: string): string {
  return text.length > longestAnnotation
    ? `${hide(text).slice(0, longestAnnotation)}… (the rest is in the ${elsewhere})`
    : text;
}

/** Writes the outputs of the action. */
export async function setOutputs(result: Result): Promise<Record<string, string>> {
  const outputs = {
    backup_file_name: result.backup.name,
    backup_url: result.backup.url,
    backup_size_bytes: String(result.backup.size),
    backup_sha256: result.backup.sha256,
    duration_seconds: (result.duration / 1000).toFixed(1),
    postgres_version: result.server.version,
    ...(result.previousDatabase !== undefined && { previous_database: result.previousDatabase }),
  };
  const { setOutput } = await import('@actions/core');
  for (const [name, value] of Object.entries(outputs)) setOutput(name, value);
  return outputs;
}

/**
 * Warns of outputs that GitHub will empty on their way to another job, because a masked value stands in them.
 * The URL always holds the names of account and container, which the reusable workflow keeps as secrets; that is told
 * in the log and is no reason for a warning with every run.
 * @param masked values that are masked, or usually are, by the input that they belong to
 */
export function warnOfMaskedOutputs(outputs: Record<string, string>, masked: Record<string, string>): void {
  for (const [output, inputs] of maskedOutputs(outputs, masked)) {
    const found = `The output ${output} contains the value of ${inputs.join(', ')}`;
    const effect = 'where GitHub masks that value, other jobs get an empty output';
    if (output === 'backup_url') runner.write(`${found}; ${effect}.`);
    else {
      runner.warning(
        `${found}: ${effect}. Use the output in this job only, or choose a value that is not part of ` +
          `${quoted(outputs[output] ?? '')}, or keep it in a variable if it is a secret without need.`,
      );
    }
  }
}

/** The outputs in which a masked value stands, each with the inputs that the values belong to. */
export function maskedOutputs(
  outputs: Record<string, string>,
  masked: Record<string, string>,
): [string, string[]][] {
  return Object.entries(outputs)
    .map(([output, value]): [string, string[]] => [
      output,
      Object.keys(masked).filter((input) => masked[input] !== '' && value.includes(masked[input] ?? '')),
    ])
    .filter(([, inputs]) => inputs.length > 0);
}

/** Adds the result to the page of the run, as a table. */
export async function writeSummary(result: Result): Promise<void> {
  await addToSummary(summaryOf(result));
}

/** The job has done what it has done: a summary that cannot be written (a full disk) does not change that. */
async function addToSummary(markdown: string): Promise<void> {
  try {
    await runner.appendToSummary(markdown);
  } catch (error) {
    runner.warning(`The summary could not be written: ${causeOf(error)}`);
  }
}

/** The result as Markdown. */
export function summaryOf(result: Result): string {
  const { backup, databaseSize, duration, server } = result;
  const ratio = databaseSize ? `, ${((100 * backup.size) / databaseSize).toFixed(0)} % of the database` : '';
  const rows: [string, string][] = [
    ['Database', code(result.database)],
    ['Server', `${code(server.host)}, PostgreSQL ${server.version}`],
    [result.job === 'backup' ? 'Backup' : 'Restored from', code(backup.name)],
    ['Size of the backup', `${formatBytes(backup.size)}${ratio}`],
    ['Size of the database', databaseSize ? formatBytes(databaseSize) : 'unknown'],
    ['Duration', formatDuration(duration)],
    ['SHA-256', code(backup.sha256)],
  ];
  if (result.job === 'backup') {
    rows.push([
      'To bring it back',
      `job_to_run ${code('restore')}, db_name ${code(result.database)}, backup_file_name ${code(backup.name)}`,
    ]);
  }
  if (result.previousDatabase !== undefined) rows.push(['Old database', code(result.previousDatabase)]);
  const title = result.job === 'backup' ? 'Backup made' : 'Database restored';
  const table = rows.map(([name, value]) => `| ${name} | ${value} |`).join('\n');
  return `### ✅ ${title}\n\n| | |\n|---|---|\n${table}\n${notesOf(result.notes ?? [])}`;
}

/** How much SQL the summary shows, in characters of all its notes: GitHub takes 1 MiB a step. */
const longestSql = 200_000;

/** What people should know, each with its statements to open and copy. */
function notesOf(notes: readonly Note[]): string {
  if (notes.length === 0) return '';
  const longest = longestSql / notes.length;
  const parts = notes.map(({ text, sql = [] }) => {
    const words = inLines(text);
    if (sql.length === 0) return words;
    const shown = firstOf(sql, longest);
    const more = sql.length - shown.length;
    const rest = more > 0 ? `\nOf ${sql.length} statements, the last ${more} have no room here.\n` : '';
    return `${words}\n<details><summary>SQL</summary>\n\n${sqlBlock(shown.join('\n'))}${rest}\n</details>\n`;
  });
  return `\n### ⚠️ To know\n\n${parts.join('\n')}`;
}

/** As many of the first statements as have room, in characters. */
function firstOf(sql: readonly string[], room: number): readonly string[] {
  let length = 0;
  const end = sql.findIndex((statement) => {
    length += statement.length + 1;
    return length > room;
  });
  return end < 0 ? sql : sql.slice(0, end);
}

/**
 * Any text as a paragraph in which each line is a code span: nothing in it is Markdown, HTML, a link or a mention, and a command
 * in it stays on its one line, to be copied as it stands. The page wraps what is too long, without a break in what is
 * copied; a block of code it would not wrap.
 */
function inLines(text: string): string {
  const lines = hide(text, (value) => /[\r\n]/.test(value))
    .trim()
    .split(/\r\n?|\n/);
  // A backslash at the end of a line is a line break. https://spec.commonmark.org/0.31.2/#hard-line-breaks
  return `${lines.map((line) => (line.trim() === '' ? '' : codeSpan(line))).join('\\\n')}\n`;
}

/** SQL as a block of code, so that nothing in it is Markdown or HTML. */
function sqlBlock(sql: string): string {
  const fence = fenceAround(sql, 3);
  return `${fence}sql\n${sql}\n${fence}\n`;
}

/**
 * Ends the step as failed: one annotation, the same on the page of the run, and the stack in debug logs only.
 * @param warnings that came before, for the page of the run
 */
export async function fail(title: string, error: unknown, warnings: readonly string[]): Promise<void> {
  const message = error instanceof Error ? error.message : String(error);
  runner.error(shortened(message, 'summary'), title);
  process.exitCode = 1;
  if (error instanceof Error) runner.debug(stackOf(error));
  const notes = notesOf(warnings.map((text) => ({ text })));
  await addToSummary(`### ❌ ${title}\n\n${inLines(message)}${notes}`);
}

/** Any text as a code span inside a Markdown table, in which a bar would end the cell. */
function code(text: string): string {
  return codeSpan(text).replaceAll('|', '\\|');
}

/** A line of text as a code span, in which only backticks mean something. */
function codeSpan(text: string): string {
  const fence = fenceAround(text, 1);
  // Markdown takes one space away at each end of a span that has one at both.
  const space = /^`|`$|^ .* $/.test(text) ? ' ' : '';
  return `${fence}${space}${text}${space}${fence}`;
}

/** Backticks that close only where they should: more in a row than the text has anywhere. */
function fenceAround(text: string, least: number): string {
  const longest = Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  return '`'.repeat(Math.max(least, longest + 1));
}

function stackOf(error: Error): string {
  const own = error.stack ?? error.message;
  return error.cause instanceof Error ? `${own}\ncaused by ${stackOf(error.cause)}` : own;
}
