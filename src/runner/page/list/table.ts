import type { RecordedBackup } from '../../../jobs/recorded-backup.ts';
import type { ListResult } from '../../../jobs/result.ts';
import { linkedName, markdownTable, nameCell } from '../names.ts';
import type { Page } from '../page.ts';
import {
  ageCell,
  dayCell,
  isComparable,
  partOf,
  reasonsOf,
  shortCell,
  sizeCell,
  timeCell,
  wordCell,
} from './cells.ts';

/** More rows of a table are folded, and more than the second number are left out. */
const [mostOpen, mostShown] = [30, 200];

/** How many bytes the rows of a table take at most: GitHub takes 1 MiB for a whole summary. */
const roomForRows = 200_000;

interface Column {
  title: string;
  isNumber?: boolean;
  cell: (backup: RecordedBackup) => string;
}

/** What is the same for all backups in most places. */
const aboutMaking: (Column & { inWords: (cell: string) => string })[] = [
  {
    title: 'PostgreSQL',
    cell: ({ serverVersion }) => wordCell(serverVersion),
    inWords: (cell) => `PostgreSQL ${cell}`,
  },
  { title: 'Compression', cell: ({ compression }) => shortCell(compression), inWords: (cell) => cell },
  { title: 'Tier', cell: ({ tier }) => wordCell(tier), inWords: (cell) => `${cell} tier` },
];

/** What all backups have in a column; undefined if they differ. */
function sharedBy(backups: readonly RecordedBackup[], { cell }: Column): string | undefined {
  const [first, ...others] = new Set(backups.map(cell));
  return others.length === 0 ? first : undefined;
}

/** What stands once for all backups, in words, and has no column. */
export function sharedFacts(backups: readonly RecordedBackup[]): string[] {
  return aboutMaking.flatMap((column) => {
    const cell = sharedBy(backups, column) ?? '';
    return cell === '' ? [] : [column.inWords(cell.replaceAll('\\|', '|'))];
  });
}

/** The newest backups; what is the same in all of them, or in none, has no column. */
export function tableOfNewest(
  { backups, now }: ListResult,
  groups: readonly (readonly RecordedBackup[])[],
  page: Page,
): string {
  if (backups.length === 0) return '';
  const before = new Map(
    groups.flatMap((group) => {
      const comparable = group.filter((backup) => isComparable(backup, now));
      return comparable.map((backup, place) => [backup, comparable[place + 1]?.size] as const);
    }),
  );
  const hasVerified = backups.some(({ verifiedAt }) => verifiedAt);
  const hasKept = backups.some((backup) => reasonsOf(backup, now).length > 0);
  const differs = (of: (backup: RecordedBackup) => string): boolean => new Set(backups.map(of)).size > 1;
  const columns: Column[] = [
    { title: 'Backup', cell: (backup) => `${linkedName(backup.name, page)}${partOf(backup)}` },
    { title: 'Taken (UTC)', cell: ({ at }) => timeCell(at) },
    { title: 'Age', cell: (backup) => ageCell(backup, now) },
    { title: 'Size', isNumber: true, cell: (backup) => sizeCell(before.get(backup), backup.size) },
    ...(differs(({ host }) => host)
      ? [{ title: 'Server', cell: ({ host }: RecordedBackup) => nameCell(host) }]
      : []),
    ...(hasVerified
      ? [
          {
            title: 'Verified',
            cell: ({ verifiedAt }: RecordedBackup) => (verifiedAt ? dayCell(verifiedAt) : 'no'),
          },
        ]
      : []),
    ...(hasKept
      ? [{ title: 'Protected', cell: (one: RecordedBackup) => reasonsOf(one, now).join(', ') || 'no' }]
      : []),
    ...aboutMaking.filter((column) => sharedBy(backups, column) === undefined),
  ];
  const all = withinRoom(
    backups.slice(0, mostShown).map((backup) => columns.map(({ cell }) => cell(backup))),
  );
  const used = columns.map((_, place) => all.some((cells) => cells[place] !== ''));
  const table = (rows: readonly (readonly string[])[]): string => {
    const those = columns.filter((_, place) => used[place]);
    return markdownTable(
      those.map(({ title }) => title),
      those.map(({ isNumber }) => (isNumber ? '--:' : '---')),
      rows.map((cells) => cells.filter((_, place) => used[place])),
    );
  };
  const [open, folded] = [all.slice(0, mostOpen), all.slice(mostOpen)];
  const left = backups.length - all.length;
  return [
    table(open),
    ...(folded.length > 0
      ? [`<details><summary>${folded.length} older</summary>\n\n${table(folded)}\n\n</details>`]
      : []),
    ...(left > 0 ? [`${left} more, older ones, have no room here.`] : []),
  ].join('\n\n');
}

/** As many of the first rows as have room. */
export function withinRoom(rows: readonly string[][]): string[][] {
  let left = roomForRows;
  const end = rows.slice(0, mostShown).findIndex((cells) => {
    left -= Buffer.byteLength(cells.join(' | '));
    return left < 0;
  });
  return rows.slice(0, end < 0 ? mostShown : end);
}
