import { formatBytes, formatDuration, shortened, visible } from '../base/format.ts';
import type { Note, Result } from '../jobs/result.ts';
import { asLines, code, sqlBlock } from './markdown.ts';
import { redactMasked } from './masking.ts';

/** The result as Markdown. */
export function summaryOf(result: Result): string {
  const { backup, databaseSize, duration, server } = result;
  const ratio = databaseSize ? `, ${((100 * backup.size) / databaseSize).toFixed(0)} % of the database` : '';
  const rows: [string, string][] = [
    ['Database', code(result.database)],
    ['Server', `${code(server.host)}, PostgreSQL ${serverVersion(server.version)}`],
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

/** A version comes from the server, and may be anything. */
function serverVersion(version: string): string {
  return /^[\w.+~-]{1,40}$/.test(version) ? version : code(shortened(version, 40, 'log'));
}

/** A failure as Markdown, with the warnings that came before it. */
export function summaryOfFailure(title: string, message: string, warnings: readonly string[]): string {
  return `### ❌ ${title}\n\n${paragraph(message, longestParts.message)}${notesOf(warnings.map((text) => ({ text })))}`;
}

/**
 * How many bytes of the summary its parts take at most, each kind in all: GitHub takes 1 MiB a step, and shows nothing if it is more. A
 * block of SQL may be fenced by as many backticks as there are in it, twice.
 */
const longestParts = { message: 100_000, texts: 200_000, sql: 200_000 };

/** More notes than this stand in the log only. */
const mostNotes = 200;

/** What people should know, each with its statements to open and copy. */
function notesOf(all: readonly Note[]): string {
  if (all.length === 0) return '';
  const notes = all.slice(0, mostNotes);
  const room = { text: longestParts.texts / notes.length, sql: longestParts.sql / notes.length };
  const parts = notes.map(({ text, sql = [] }) => {
    const words = paragraph(text, room.text);
    if (sql.length === 0) return words;
    const shown = firstStatements(sql, room.sql);
    const more = sql.length - shown.length;
    const rest = more > 0 ? `\nOf ${sql.length} statements, the last ${more} have no room here.\n` : '';
    return `${words}\n<details><summary>SQL</summary>\n\n${sqlBlock(shown.join('\n'))}${rest}\n</details>\n`;
  });
  const more = all.length - notes.length;
  if (more > 0) parts.push(asLines(`${more} more are in the log.`));
  return `\n### ⚠️ To know\n\n${parts.join('\n')}`;
}

/** A text in its lines, its middle left out if it would take more bytes than there is room for. */
function paragraph(text: string, room: number): string {
  for (let length = Math.floor(room); ; length = Math.floor(length / 2)) {
    const lines = asLines(shortened(text, length, 'log', redactMasked));
    if (Buffer.byteLength(lines) <= room || length < 100) return lines;
  }
}

/** As many of the first statements as have room, in bytes as they are shown. */
function firstStatements(sql: readonly string[], room: number): readonly string[] {
  let length = 0;
  const end = sql.findIndex((statement) => {
    length += Buffer.byteLength(visible(statement)) + 1;
    return length > room;
  });
  return end < 0 ? sql : sql.slice(0, end);
}
