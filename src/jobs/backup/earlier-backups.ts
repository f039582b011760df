import { backupPrefix } from '../../azure/storage/backup-names.ts';
import type { BackupStore } from '../../azure/storage/backup-store.ts';
import { parseTimestamp } from '../../base/format.ts';
import type { EarlierBackup } from '../result.ts';

const mostEarlier = 3;

/** The last backups of a database for the page of the run, the newest first: none, and no error, where they cannot be listed. */
export async function earlierBackups(
  store: Pick<BackupStore, 'list'>,
  database: string,
  signal: AbortSignal,
): Promise<EarlierBackup[]> {
  const found = await store.list(backupPrefix(database), mostEarlier, signal).catch(() => undefined);
  return (found ?? [])
    .map(({ name, size, timestamp }) => ({ name, size, at: parseTimestamp(timestamp) }))
    .filter(({ at }) => !Number.isNaN(at.getTime())); // digits that are no time: not one of ours
}
