import { formatBytes } from '../../../base/format.ts';
import type { RecordedBackup } from '../../../jobs/recorded-backup.ts';

/** So many of the newest backups are drawn: more bars are too thin. */
const mostBars = 60;

/** So many of them have their date below: more would overlap. */
const mostDates = 10;

/**
 * The sizes of backups over time as a bar chart, which GitHub draws; empty for fewer than two.
 * https://mermaid.js.org/syntax/xyChart.html
 * @param backups of one database on one server, the newest first, each of them whole
 */
export function chartOfSizes(backups: readonly Pick<RecordedBackup, 'at' | 'size'>[]): string {
  const shown = backups.slice(0, mostBars);
  const [last, first] = [shown[0], shown.at(-1)];
  if (shown.length < 2 || !first || !last) return '';
  const { unit, bytes } = unitFor(Math.max(...shown.map(({ size }) => size)));
  const values = shown.map(({ size }) => size / bytes);
  const labels = labelsOf(shown.map(({ at }) => at)).map((label) => `"${label}"`);
  return [
    '```mermaid',
    ...['---', 'config:', '  xyChart:', '    width: 900', '    height: 300'],
    // The palest ones are the default.
    ...['  themeVariables:', '    xyChart:', '      plotColorPalette: "#4a86e8"', '---'],
    'xychart-beta',
    `x-axis "${dayOf(first.at)} to ${dayOf(last.at)} (UTC)" [${labels.toReversed().join(', ')}]`,
    `y-axis "${unit}" 0 --> ${decimal(Math.max(...values) * 1.05 || 1)}`,
    `bar [${values.map(decimal).toReversed().join(', ')}]`,
    '```',
  ].join('\n');
}

/** The unit in which people are told so many bytes, and how many bytes it has. */
function unitFor(size: number): { unit: string; bytes: number } {
  const [, unit = ''] = formatBytes(size).split(' ');
  return { unit, bytes: 1000 ** ['B', 'kB', 'MB', 'GB', 'TB'].indexOf(unit) };
}

/** A number without an exponent, which Mermaid does not know. */
function decimal(value: number): string {
  return value.toFixed(3).replace(/\.?0+$/, '');
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/**
 * A label for each bar, the newest first. Mermaid draws bars with the same label in the same place, so no two may be the same: those
 * without a date are made of characters that have no width.
 */
function labelsOf(times: readonly Date[]): string[] {
  const each = Math.ceil(times.length / mostDates);
  const told = new Set<string>();
  return times.map((at, place) => {
    const date = dateIn(times, at);
    const isTold = place % each === 0 && !told.has(date);
    if (isTold) told.add(date);
    return isTold ? date : place.toString(2).replaceAll('0', '\u200b').replaceAll('1', '\u200c');
  });
}

/** As much of a time as is wanted beside the first and the last day. */
function dateIn(times: readonly Date[], at: Date): string {
  const days = (Number(times[0]) - Number(times.at(-1))) / 86_400_000;
  if (days > 365) return at.toISOString().slice(0, 7);
  return at.toISOString().slice(...(days < 1 ? [11, 16] : [5, 10]));
}
