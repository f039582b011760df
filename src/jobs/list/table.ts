import { formatAge, formatBytes, formatTime, plain, quoted } from '../../base/format.ts';
import { hasWrongTime } from '../archive/recorded-time.ts';
import type { RecordedBackup } from '../recorded-backup.ts';

/** More lines help nobody who reads the log; the output `backups` has more. */
const mostRows = 300;

/** The backups as lines of the log, the newest first, in columns; names, which may be long, come last. */
export function tableOfListed(backups: readonly RecordedBackup[], now: Date): string[] {
  if (backups.length === 0) return [];
  const head = ['DATE', 'AGE', 'SIZE', 'SERVER', 'COMPRESSION', 'TIER', 'VERIFIED', 'FILE'];
  const hasOneHost = new Set(backups.map(({ host }) => host)).size === 1;
  const rows = [head, ...backups.slice(0, mostRows).map((backup) => cellsOf(backup, now, hasOneHost))];
  const widths = head.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const lines = rows.map((cells) =>
    cells
      .map((cell, column) => (column < head.length - 1 ? cell.padEnd(widths[column] ?? 0) : cell))
      .join('  '),
  );
  const left = backups.length - mostRows;
  return left > 0 ? [...lines, `… and ${left} older ones`] : lines;
}

function cellsOf(backup: RecordedBackup, now: Date, hasOneHost: boolean): string[] {
  const { at, size, serverVersion, compression, tier, verifiedAt, name, part, protection } = backup;
  const age = hasWrongTime(backup, now)
    ? 'wrong clock'
    : formatAge(Math.max(0, now.getTime() - at.getTime()));
  const remarks = [
    ...(hasOneHost ? [] : [`on ${quoted(backup.host)}`]),
    ...(protection === undefined ? [] : [`protected: ${quoted(protection)}`]),
    ...(backup.hasLegalHold ? ['legal hold'] : []),
    ...(backup.immutableUntil && backup.immutableUntil > now
      ? [`immutable until ${formatTime(backup.immutableUntil)}`]
      : []),
    ...(part === undefined ? [] : [`leaves a part out: ${quoted(part)}`]),
  ];
  return [
    formatTime(at),
    age,
    formatBytes(size),
    orDash(serverVersion),
    orDash(compression),
    orDash(tier),
    verifiedAt ? formatTime(verifiedAt) : 'no',
    [quoted(name), ...remarks].join(', '),
  ];
}

function orDash(text: string): string {
  return text === '' ? '-' : plain(text);
}
