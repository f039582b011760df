import { formatAge, formatBytes, formatTime, shortened } from '../../../base/format.ts';
import { hasWrongTime } from '../../../jobs/archive/recorded-time.ts';
import type { RecordedBackup } from '../../../jobs/recorded-backup.ts';
import { redactMasked } from '../../masking.ts';
import { codeCell } from '../markdown.ts';
import { unbroken } from '../retention.ts';
import { change } from '../transfer.ts';

/** How much of somebody's text has room in a cell, in characters. */
const longestOfCell = 200;

/** How long ago a backup was made. A time that cannot be right is marked. */
export function ageOf(backup: RecordedBackup, now: Date): string {
  const age = now.getTime() - backup.at.getTime();
  return hasWrongTime(backup, now) ? '⚠️ wrong clock' : formatAge(Math.max(0, age));
}

/** The same in a column whose title says what it is. */
export function ageCell(backup: RecordedBackup, now: Date): string {
  return unbroken(ageOf(backup, now).replace(/ ago$/, ''));
}

/** Whether the size of a backup tells something beside that of another one of the same database. */
export function isComparable(backup: RecordedBackup, now: Date): boolean {
  return backup.part === undefined && !hasWrongTime(backup, now);
}

/** Why no retention deletes a backup, each reason as a part of a cell; nothing where one may. */
export function reasonsOf({ protection, immutableUntil, hasLegalHold }: RecordedBackup, now: Date): string[] {
  return [
    ...(protection === undefined ? [] : [shortCell(protection)]),
    ...(hasLegalHold ? ['legal hold'] : []),
    ...(immutableUntil && immutableUntil > now ? [`immutable until ${dayCell(immutableUntil)}`] : []),
  ];
}

/** What marks a backup that leaves out a part. */
export function partOf({ part }: RecordedBackup): string {
  return part === undefined ? '' : `, **part**: ${shortCell(part)}`;
}

/** The size of a backup, and by how much it is larger or smaller than the one before, marked where it has less than half of that. */
export function sizeCell(before: number | undefined, size: number): string {
  const percent = before === undefined ? '' : change(before, size);
  const marked = before !== undefined && size * 2 < before ? `⚠️ **${percent}**` : percent;
  return unbroken([formatBytes(size), marked].filter((part) => part !== '').join(', '));
}

/** A time, to the minute, in a column whose title names the zone. It stays on one line, which its hyphens would not. */
export function timeCell(time: Date): string {
  return unbroken(formatTime(time).slice(0, 16)).replaceAll('-', '-\u2060');
}

/** The day of it. */
export function dayCell(time: Date): string {
  return timeCell(time).slice(0, -6);
}

/** A version or a tier as it is, and anything else as code. */
export function wordCell(text: string): string {
  return /^(?:[A-Za-z]{1,20}|\d{1,3}(?:\.\d{1,3}){0,2})$/.test(text) ? text : shortCell(text);
}

/** Somebody's text as code, of which not too much; empty for none. */
export function shortCell(text: string): string {
  return text === '' ? '' : codeCell(shortened(text, longestOfCell, 'log', redactMasked));
}
