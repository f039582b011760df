import { backupPrefix } from '../../azure/storage/backup-names.ts';
import type { BackupStore } from '../../azure/storage/backup-store.ts';
import { parseTimestamp } from '../../base/format.ts';
import { fromMetadata } from '../archive/metadata.ts';
import { makingRun } from '../archive/origin.ts';
import type { EarlierBackup } from '../result.ts';

const mostEarlier = 3;

/**
 * The last backups of a database for the page of the run, the newest first, with the runs that made them: none, and no error, where they
 * cannot be listed.
 */
export async function earlierBackups(
  store: Pick<BackupStore, 'folder' | 'list' | 'metadata'>,
  database: string,
  signal: AbortSignal,
): Promise<EarlierBackup[]> {
  const found = await store
    .list(`${store.folder}${backupPrefix(database)}`, mostEarlier, signal)
    .catch(() => undefined);
  const backups = (found ?? [])
    .map(({ name, size, timestamp }) => ({ name, size, at: parseTimestamp(timestamp) }))
    .filter(({ at }) => !Number.isNaN(at.getTime())); // digits that are no time: not one of ours
  return Promise.all(
    backups.map(async (one) => {
      const metadata = await store.metadata(one.name, signal).catch(() => ({}));
      const madeBy = makingRun(fromMetadata(metadata));
      return { ...one, ...(madeBy && { madeBy }) };
    }),
  );
}
