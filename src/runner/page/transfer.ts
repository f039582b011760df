import {
  count,
  formatAge,
  formatBytes,
  formatDuration,
  formatNumber,
  formatTime,
  shortened,
} from '../../base/format.ts';
import type { BackupResult, MakingRun, RestoreResult } from '../../jobs/result.ts';
import { code } from './markdown.ts';
import { linkedName, markdownTable, nameSpan } from './names.ts';
import { linkTo, type Page, type Phase, restoreCommand } from './page.ts';
import { protectedWith } from './protection.ts';
import { sectionOfRetention } from './retention.ts';
import { notesOf, toDo, withWarnings } from './summary-notes.ts';

type Transfer = BackupResult | RestoreResult;

/**
 * What came of a backup or a restore as Markdown: how much there is to do, what a person wants to know first, what to do, and the rest.
 * @param now for the age of the data
 */
export function summaryOfTransfer(result: Transfer, page: Page, now: Date): string {
  const { database, backup } = result;
  const isBackup = result.job === 'backup';
  const notes = withWarnings(result.notes ?? [], page.warnings ?? []);
  const tasks = toDo(notes);
  const left = tasks === 0 ? '' : `, ${count(tasks, 'thing')} left to do`;
  const again = `**To restore it** into ${nameSpan(database)} (replaces the database), or into another by changing ${code('db_name')}`;
  return `${[
    `### ✅ ${nameSpan(database)} ${isBackup ? 'backed up' : 'restored'}${left}`,
    isBackup ? factsOfBackup(result) : factsOfRestore(result, now),
    isBackup && result.protection !== undefined ? protectedWith(result.protection) : '',
    ...(isBackup ? [tableOfBackups(result, page, now), sectionOfRetention(result, page)] : []),
    tableOfPhases(page.phases ?? []),
    notesOf(notes).trimEnd(),
    isBackup ? restoreCommand(again, database, backup.name, page).trimEnd() : '',
    origin(result, page),
    isBackup ? detailsOf(result) : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}

function factsOfBackup({
  backup,
  databaseSize,
  duration,
  server,
  dataFrom,
  tier,
  ...content
}: BackupResult): string {
  const database = [
    ...(databaseSize ? [`database ${formatBytes(databaseSize)}`] : []),
    ...contentOf(content, 'about '),
  ];
  return [
    `**${formatBytes(backup.size)}** in **${formatDuration(duration)}**`,
    ...(database.length > 0 ? [database.join(', ')] : []),
    `PostgreSQL ${serverVersion(server.version)}`,
    ...(dataFrom ? [`data as of **${formatTime(dataFrom)}**`] : []),
    ...(tier ? [`${tier} tier`] : []),
  ].join(' · ');
}

function factsOfRestore(result: RestoreResult, now: Date): string {
  const { dataFrom, databaseSize, verified, duration, blocked } = result;
  const size = [...(databaseSize ? [`**${formatBytes(databaseSize)}**`] : []), ...contentOf(result, '')];
  const wait =
    blocked === undefined ? '' : `, connections blocked for at most **${formatDuration(blocked)}**`;
  return [
    ...(dataFrom
      ? [`Data as of **${formatTime(dataFrom)}** (${formatAge(now.getTime() - dataFrom.getTime())})`]
      : []),
    ...(size.length > 0 ? [size.join(', ')] : []),
    ...(verified === undefined ? [] : [verified ? 'SHA-256 verified' : 'no SHA-256 recorded']),
    `**${formatDuration(duration)}**${wait}`,
  ].join(' · ');
}

/** Tables and rows, as far as they are known. */
function contentOf({ tables, rows }: Pick<Transfer, 'tables' | 'rows'>, nearly: string): string[] {
  return [
    ...(tables === undefined ? [] : [count(tables, 'table')]),
    ...(rows === undefined ? [] : [`${nearly}${formatNumber(rows)} ${rows === 1 ? 'row' : 'rows'}`]),
  ];
}

/** This backup and those before it, where there are any: what has shrunk or is missing is seen at once. */
function tableOfBackups({ backup, dataFrom, earlier = [] }: BackupResult, page: Page, now: Date): string {
  const [last] = earlier;
  if (!last || !dataFrom) return '';
  const age = (at: Date): string => formatAge(now.getTime() - at.getTime());
  const rows = [
    [
      `**${linkedName(backup.name, page)}** (this one)`,
      [formatBytes(backup.size), change(last.size, backup.size)].filter((part) => part !== '').join(', '),
      ...[age(dataFrom), linkToMaker(page.run && { ...page.run, run: page.run.id }, page)],
    ],
    ...earlier.map(({ name, size, at, madeBy }) => [
      ...[linkedName(name, page), formatBytes(size), age(at), linkToMaker(madeBy, page)],
    ]),
  ];
  const columns = rows.some((cells) => cells.at(-1) !== '') ? 4 : 3;
  return markdownTable(
    ['Backup', 'Size', 'Taken', 'Run'].slice(0, columns),
    ['---', '--:', '---', '---'].slice(0, columns),
    rows.map((cells) => cells.slice(0, columns)),
  );
}

/** The run that made a backup, by its number, empty where it is not known. */
function linkToMaker(madeBy: MakingRun | undefined, { run }: Page): string {
  const { number = '' } = madeBy ?? {};
  const text = /^\d{1,10}$/.test(number) ? `#${number}` : 'run';
  return run && madeBy ? linkTo(run, madeBy.repository, madeBy.run, text) : '';
}

/** By how much something has grown or shrunk, if it is one per cent or more: `−12 %`. */
export function change(before: number, after: number): string {
  const percent = Math.round((100 * (after - before)) / before);
  return before === 0 || percent === 0 ? '' : `${percent > 0 ? '+' : '−'}${Math.abs(percent)} %`;
}

/** How long the parts of a job took; empty for none. */
export function tableOfPhases(phases: readonly Phase[]): string {
  if (phases.length === 0) return '';
  return markdownTable(
    phases.map((phase) => phase.name),
    phases.map(() => '--:'),
    [phases.map(({ duration }) => formatDuration(duration))],
  );
}

/** Where all of it is, and the SHA-256 at last. */
function origin(result: Transfer, { run, portalPage }: Page): string {
  const { job, backup, server } = result;
  const madeBy = result.job === 'restore' ? result.madeBy : undefined;
  const links = run && [
    linkTo(run, run.repository, run.id, 'this run'),
    ...(madeBy ? [linkTo(run, madeBy.repository, madeBy.run, 'the run that made the backup')] : []),
  ];
  const size = job === 'restore' ? ` (${formatBytes(backup.size)})` : '';
  return [
    `Backup ${nameSpan(backup.name)}${size}`,
    portalPage === undefined ? '' : `[in the portal](${portalPage(backup.name)})`,
    `server ${nameSpan(server.host)}${job === 'restore' ? `, PostgreSQL ${serverVersion(server.version)}` : ''}`,
    ...(links ?? []),
    job === 'restore' ? `SHA-256 ${nameSpan(backup.sha256)}` : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** What one seldom wants to know of a backup, folded. */
function detailsOf({ backup, made }: BackupResult): string {
  const lines = [
    ...(made
      ? [`Compression ${nameSpan(made.compression)}`, `client: pg_dump ${serverVersion(made.client)}`]
      : []),
    `SHA-256 ${nameSpan(backup.sha256)}`,
  ];
  const title = made ? 'Details: compression, client, SHA-256' : 'Details: SHA-256';
  return `<details><summary>${title}</summary>\n\n${lines.join(' · ')}\n\n</details>`;
}

/** A version comes from the server, and may be anything. */
function serverVersion(version: string): string {
  return /^[\w.+~-]{1,40}$/.test(version) ? version : code(shortened(version, 40, 'log'));
}
