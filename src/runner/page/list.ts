import { count, formatBytes, formatTime } from '../../base/format.ts';
import { byDatabase, newestWhole } from '../../jobs/archive/recorded-backups.ts';
import type { RecordedBackup } from '../../jobs/recorded-backup.ts';
import type { ListResult } from '../../jobs/result.ts';
import { listedAsJson } from '../listed-output.ts';
import { ageCell, ageOf, isComparable, reasonsOf, timeCell } from './list/cells.ts';
import { chartOfSizes } from './list/chart.ts';
import { sharedFacts, tableOfNewest, withinRoom } from './list/table.ts';
import { code } from './markdown.ts';
import { markdownTable, nameCell, nameSpan } from './names.ts';
import type { Page } from './page.ts';
import { whereabouts } from './prune.ts';
import { unbroken } from './retention.ts';
import { notesOf, withWarnings } from './summary-notes.ts';

/** Charts of more databases or servers would be a page of their own. */
const mostCharts = 3;

/** The backups that there are, as Markdown, with a chart of their sizes. Below a problem, its headline is not the first one. */
export function summaryOfList(result: ListResult, page: Page): string {
  const { backups, problem, notes = [] } = result;
  const groups = groupsOf(result);
  const sign = problem ? '####' : backups.length === 0 ? '### ⚠️' : '###';
  return `${[
    `${sign} ${headlineOfList(result)}`,
    factsOf(result),
    notesOf(withWarnings(notes, page.warnings ?? [])).trimEnd(),
    chartsOf(result, groups),
    groups.length > 1 ? tableOfGroups(result, groups) : '',
    groups.length > 1 ? '**The newest ones**' : '',
    tableOfNewest(result, groups, page),
    besides(result),
    leftOutOfJson(result),
    whereabouts(result, page),
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}

/** The backups of each database on each server, in the order of these names. */
function groupsOf({ backups, source }: ListResult): (readonly RecordedBackup[])[] {
  return [...byDatabase(backups, source)].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

function headlineOfList({ source, backups, now }: ListResult): string {
  const databases = new Set(
    source.database === '' ? backups.map(({ database }) => database) : [source.database],
  );
  const hosts = hostNamesOf(backups).length;
  const where = source.hosts ? `under ${hosts} names of the server` : `on ${count(hosts, 'server')}`;
  const [one = ''] = databases;
  const whose = databases.size > 1 ? count(databases.size, 'database') : one && nameSpan(one);
  if (backups.length === 0) return `No backup${whose && ` of ${whose}`} is there`;
  const newest = newestWhole(backups, now);
  return [
    `${count(backups.length, 'backup')} of ${whose}${hosts > 1 ? ` ${where}` : ''}`,
    newest ? `the newest ${ageOf(newest, now)} (${formatBytes(newest.size)})` : 'none of them complete',
  ].join(', ');
}

/** What one wants to know first: the newest, how much all of them take, and which of them are verified or stay. */
function factsOf({ backups, now }: ListResult): string {
  if (backups.length === 0) return '';
  const newest = newestWhole(backups, now);
  const verified = backups.filter(({ verifiedAt }) => verifiedAt).length;
  const kept = backups.filter((backup) => reasonsOf(backup, now).length > 0).length;
  return [
    ...(newest ? [`Newest from **${formatTime(newest.at)}**`] : []),
    ...(backups.length > 1 ? [`all: ${formatBytes(sizeOf(backups))}`] : []),
    ...sharedFacts(backups),
    `${verified === 0 ? 'none' : verified} verified`,
    ...(kept > 0 ? [`${kept} protected`] : []),
  ].join(' · ');
}

/** A chart for each database on each server, unless they are many. */
function chartsOf({ now }: ListResult, groups: readonly (readonly RecordedBackup[])[]): string {
  if (groups.length > mostCharts) return '';
  return groups
    .flatMap((group) => {
      const chart = chartOfSizes(group.filter((backup) => isComparable(backup, now)));
      const [one] = group;
      if (chart === '' || !one) return [];
      return groups.length === 1
        ? [chart]
        : [
            `**Sizes** of ${nameSpan(one.database)} on ${hostNamesOf(group).map(nameSpan).join(' and ')}`,
            chart,
          ];
    })
    .join('\n\n');
}

/** How many backups there are of each database on each server, and from when the newest is. */
function tableOfGroups({ now }: ListResult, groups: readonly (readonly RecordedBackup[])[]): string {
  const rows = groups.map((group) => {
    const newest = newestWhole(group, now);
    return [
      nameCell(group[0]?.database ?? ''),
      hostNamesOf(group).map(nameCell).join(', '),
      String(group.length),
      ...(newest ? [timeCell(newest.at), ageCell(newest, now)] : ['no complete one', '']),
      unbroken(formatBytes(sizeOf(group))),
    ];
  });
  const shown = withinRoom(rows);
  const table = markdownTable(
    ['Database', 'Server', 'Backups', 'Newest (UTC)', 'Age', 'Total'],
    ['---', '---', '--:', '---', '---', '--:'],
    shown,
  );
  const more = rows.length - shown.length;
  return more > 0 ? `${table}\n\n${more} more have no room here.` : table;
}

/** What lies there besides, which is never touched; empty for nothing. */
function besides({ others, foreign, source }: ListResult): string {
  const what = [
    ...(others > 0
      ? [`${count(others, 'backup')} of other ${source.database === '' ? 'servers' : 'databases or servers'}`]
      : []),
    ...(foreign > 0 ? [count(foreign, 'other file')] : []),
  ];
  return what.length > 0 ? `Besides, in the same place: ${what.join(', ')}.` : '';
}

/** What the output does not have; empty for nothing. */
function leftOutOfJson(result: ListResult): string {
  const { left } = listedAsJson(result);
  return left === 0 ? '' : `The output ${code('backups')} has no room for the ${left} oldest of them.`;
}

/** The names under which backups were made, the newest first. */
function hostNamesOf(group: readonly RecordedBackup[]): string[] {
  return [...new Set(group.map(({ host }) => host))];
}

function sizeOf(backups: readonly RecordedBackup[]): number {
  return backups.reduce((sum, { size }) => sum + size, 0);
}
