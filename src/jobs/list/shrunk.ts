import { formatBytes, quoted } from '../../base/format.ts';
import { byDatabase } from '../archive/recorded-backups.ts';
import { hasWrongTime } from '../archive/recorded-time.ts';
import type { RecordedBackup } from '../recorded-backup.ts';
import type { Source } from '../request.ts';

/** More warnings of this kind help nobody. */
const mostShrunk = 5;

/**
 * What is to be warned of: the newest backup of a database on a server has less than half of the size of the one before, although both have
 * all of it.
 * @param backups the newest first
 */
export function warningsOfShrinking(
  backups: readonly RecordedBackup[],
  now: Date,
  source: Pick<Source, 'hosts'>,
): string[] {
  const comparable = backups.filter((backup) => backup.part === undefined && !hasWrongTime(backup, now));
  const warnings = [...byDatabase(comparable, source).values()].flatMap(([newest, before]) => {
    if (!newest || !before || newest.size * 2 >= before.size) return [];
    const otherwise =
      newest.compression === before.compression
        ? 'Check whether rows are missing in the database.'
        : `Its compression is ${quoted(newest.compression)}, that of the one before ${quoted(before.compression)}; if that is not the reason, check whether rows are missing in the database.`;
    return [
      `The newest backup of ${quoted(newest.database)} on ${quoted(newest.host)} has shrunk by more than half: ${quoted(newest.name)} has ${formatBytes(newest.size)}, the one before, ${quoted(before.name)}, ${formatBytes(before.size)}.\n${otherwise}`,
    ];
  });
  return warnings.length > mostShrunk
    ? [
        ...warnings.slice(0, mostShrunk),
        `The newest backups of ${warnings.length - mostShrunk} more databases have shrunk by more than half.`,
      ]
    : warnings;
}
