import { count, formatBytes, formatTime } from '../../base/format.ts';
import type { RecordedBackup } from '../../jobs/recorded-backup.ts';
import type { BackupResult, RetentionOutcome } from '../../jobs/result.ts';
import { describeRules } from '../../jobs/retention/describe.ts';
import { codeCell } from './markdown.ts';
import { linkedName, markdownTable, nameCell } from './names.ts';
import type { Page } from './page.ts';

/** How many bytes a table takes at most: GitHub takes 1 MiB for a whole summary. */
const roomForTable = 150_000;

/** `28 deleted, 12 stay`; of a dry run `28 would be deleted, 12 stay`. */
export function countsOfRetention({ isDryRun, deleted, kept, failed, gone }: RetentionOutcome): string {
  return [
    isDryRun ? `${deleted.length} would be deleted` : `${deleted.length} deleted`,
    ...(failed.length > 0 ? [`${failed.length} could not be deleted`] : []),
    ...(gone.length > 0 ? [`${gone.length} deleted by somebody else meanwhile`] : []),
    kept.length === 1 ? '1 stays' : `${kept.length} stay`,
  ].join(', ');
}

/**
 * What was deleted, or would be, and what stays, with the reasons for each; empty where there was nothing.
 * @param mostUnfolded a table with more rows than this is folded
 */
export function tablesOfRetention(outcome: RetentionOutcome, page: Page, mostUnfolded = 10): string {
  const { isDryRun, deleted, kept, failed } = outcome;
  const when = ({ at, size }: RecordedBackup): string[] => [
    unbroken(formatTime(at)),
    unbroken(formatBytes(size)),
  ];
  return [
    tableUnder(
      `${count(failed.length, 'backup')} could not be deleted`,
      ['Backup', 'Taken', 'Size', 'Cause'],
      failed.map(({ backup, cause }) => [linkedName(backup.name, page), ...when(backup), nameCell(cause)]),
      failed.length > mostUnfolded,
    ),
    tableUnder(
      `${count(deleted.length, 'backup')} ${isDryRun ? 'would be deleted' : 'deleted'}`,
      ['Backup', 'Taken', 'Size'],
      deleted.map((backup) => [
        isDryRun ? linkedName(backup.name, page) : nameCell(backup.name),
        ...when(backup),
      ]),
      deleted.length > mostUnfolded,
    ),
    tableUnder(
      `${count(kept.length, 'backup')} ${kept.length === 1 ? 'stays' : 'stay'}`,
      ['Backup', 'Taken', 'Size', 'Kept as'],
      kept.map(({ backup, reasons }) => [
        linkedName(backup.name, page),
        ...when(backup),
        reasons.map(reasonCell).join(', '),
      ]),
      kept.length > mostUnfolded,
    ),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** The retention that was applied after a backup; empty where there was none. */
export function sectionOfRetention({ retention }: BackupResult, page: Page): string {
  if (!retention) return '';
  const title = retention.isDryRun ? 'Retention, a dry run: nothing was deleted' : 'Retention';
  const facts = `**${title}.** ${countsOfRetention(retention)} · rules: ${describeRules(retention.rules)}`;
  return [facts, tablesOfRetention(retention, page, 0)].filter((part) => part !== '').join('\n\n');
}

/** A table below its title, or folded behind it; empty without rows. */
function tableUnder(
  title: string,
  header: readonly string[],
  rows: readonly (readonly string[])[],
  isFolded: boolean,
): string {
  if (rows.length === 0) return '';
  let left = roomForTable;
  const shown = rows.filter((cells) => {
    left -= Buffer.byteLength(cells.join(' | '));
    return left >= 0;
  });
  const more = rows.length - shown.length;
  const alignments = header.map((column) => (column === 'Size' ? '--:' : '---'));
  const table = `${markdownTable(header, alignments, shown)}${more > 0 ? `\n\n${more} more are in the log.` : ''}`;
  return isFolded
    ? `<details><summary>${title}</summary>\n\n${table}\n\n</details>`
    : `**${title}**\n\n${table}`;
}

/** A text that stays on one line. */
export function unbroken(text: string): string {
  return text.replaceAll(' ', '\u00a0');
}

/** A reason as words, or as code where somebody's text is in it. */
function reasonCell(reason: string): string {
  return /^[\w -]+$/.test(reason) ? reason : codeCell(reason);
}
