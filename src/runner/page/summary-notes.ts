import type { Outcome } from '../../base/failure.ts';
import { count, shortened, visible } from '../../base/format.ts';
import type { Note } from '../../jobs/result.ts';
import { toPaste } from '../../postgres/session/sql-text.ts';
import { redactMasked, withVariables } from '../masking.ts';
import { inProse, sqlBlock } from './markdown.ts';

/**
 * How many bytes of the summary its parts take at most, each kind in all: GitHub takes 1 MiB a step, and shows nothing if it is more. A
 * block of SQL may be fenced by as many backticks as there are in it, twice.
 */
export const longestParts = { message: 100_000, texts: 200_000, sql: 200_000 };

/** More notes than this stand in the log only. */
const mostNotes = 200;

/** How many things there are to do. */
export function toDo(notes: readonly Note[]): number {
  return notes.filter(isToDo).length;
}

function isToDo({ about, sql = [] }: Note): boolean {
  return about === undefined && sql.length > 0;
}

/** Notes of a job that has done its work, and what was warned of besides. */
export function withWarnings(notes: readonly Note[], warnings: readonly Note[]): Note[] {
  const told = new Set(notes.map(inTheEnd).map(({ text }) => text));
  return [...notes.map(inTheEnd), ...warnings.map(inTheEnd).filter(({ text }) => !told.has(text))];
}

/** What was warned of in a job that failed, without what is true only where the database was restored. */
export function stillTrue(warnings: readonly Note[], outcome?: Outcome): Note[] {
  return outcome === 'restored'
    ? warnings.map(inTheEnd)
    : warnings.filter(({ afterwards }) => afterwards === undefined);
}

function inTheEnd(note: Note): Note {
  return { ...note, text: note.afterwards ?? note.text };
}

/** What to do, numbered, each with its statements to open and copy; then what is only to be known; empty if it is nothing. */
export function notesOf(all: readonly Note[]): string {
  if (all.length === 0) return '';
  const notes = all.slice(0, mostNotes);
  const room = { text: longestParts.texts / notes.length, sql: longestParts.sql / notes.length };
  const tell = (label: string, { text, sql = [] }: Note): string =>
    `${labelled(label, text, room.text)}${sql.length === 0 ? '' : `\n${folded(sql, room.sql)}`}`;
  const tasks = notes.filter(isToDo).map((note, place) => tell(`${place + 1}.`, note));
  const labels = { 'not restored': 'Not restored.', undo: 'Undo.', 'clean up': 'Clean up.' };
  const others = notes
    .filter((note) => !isToDo(note))
    .toSorted((a, b) => rank(a) - rank(b))
    .map((note) => tell(note.about ? labels[note.about] : 'Note.', note));
  const more = all.length - notes.length;
  return [
    ...(tasks.length > 0 ? ['#### ⚠️ To do\n', ...tasks] : []),
    ...others,
    ...(more > 0 ? [`${more} more are in the log.\n`] : []),
  ].join('\n');
}

/** A text after a label in bold, together with the words that lead to the rest, if there are a few: `**1. Set it back:** …`. */
function labelled(label: string, text: string, room: number): string {
  const [lead = ''] = /^[^\n:.!?"'`]{3,80}:(?=\s|$)/.exec(text) ?? [];
  if (inProse(lead).trimEnd() !== lead || lead === '') return `**${label}** ${paragraph(text, room)}`;
  const head = `**${lead.replace(/:$/, '.') === label ? lead : `${label} ${lead}`}**`;
  const rest = paragraph(text.slice(lead.length), room);
  if (rest.trim() === '') return `${head}\n`;
  if (rest.startsWith('```')) return `${head}\n\n${rest}`;
  return `${head}${text.charAt(lead.length) === '\n' ? '\\\n' : ' '}${rest}`;
}

function rank({ about }: Note): number {
  return ['not restored', 'undo', 'clean up', undefined].indexOf(about);
}

/** Statements to open and copy. @param room in bytes */
export function folded(sql: readonly string[], room: number): string {
  const shown = firstStatements(sql, room);
  const more = sql.length - shown.length;
  const rest = more > 0 ? `\nOf ${sql.length} statements, the last ${more} have no room here.\n` : '';
  const number = sql.filter((line) => !line.startsWith('--') && /(;|\\gexec)\s*$/.test(line)).length;
  const title = number === 0 ? 'SQL' : count(number, 'statement');
  return `<details><summary>${title}</summary>\n\n${sqlBlock(withVariables(shown).join('\n'))}${rest}\n</details>\n`;
}

/** A text as prose, its middle left out if it would take more bytes than there is room for. */
export function paragraph(text: string, room: number): string {
  const start = text.slice(0, room);
  const bytesEach = start === '' ? 1 : Math.max(1, Buffer.byteLength(visible(start)) / start.length);
  for (let length = Math.floor(room / bytesEach); ; length = Math.floor(length / 2)) {
    const lines = inProse(shortened(text, length, 'log', redactMasked));
    if (Buffer.byteLength(lines) <= room || length < 100) return lines;
  }
}

/** As many of the first statements as have room, in bytes, each as it is to be pasted. */
function firstStatements(sql: readonly string[], room: number): string[] {
  const shown: string[] = [];
  let left = room;
  for (const statement of sql) {
    if (statement.length > left) break;
    const one = visible(toPaste(statement));
    left -= Buffer.byteLength(one) + 1;
    if (left < 0) break;
    shown.push(one);
  }
  return shown;
}
