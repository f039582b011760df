import { backupPrefix } from '../../azure/storage/backup-names.ts';
import type { BackupStore } from '../../azure/storage/backup-store.ts';
import { parseTimestamp } from '../../base/format.ts';
import { fromMetadata } from '../archive/metadata.ts';
import { makingRun } from '../archive/origin.ts';
import { comparableHost } from '../archive/recorded-backups.ts';
import type { Source } from '../request.ts';
import type { BackupResult, EarlierBackup } from '../result.ts';

const mostEarlier = 3;

/** How many are looked at: another server's database of the same name may have its backups in the same folder. */
const mostLookedAt = 24;

/**
 * The last backups of a database for the page of the run, the newest first, with the runs that made them, by the host and the database
 * that are recorded with each: none, and no error, where they cannot be listed.
 */
export async function earlierBackups(
  store: Pick<BackupStore, 'folder' | 'list' | 'metadata'>,
  { database, hosts = [] }: Source,
  signal: AbortSignal,
): Promise<EarlierBackup[]> {
  const names = new Set(hosts.map(comparableHost));
  const found = await store
    .list(`${store.folder}${backupPrefix(database)}`, mostLookedAt, signal)
    .catch(() => undefined);
  const backups = (found ?? [])
    .map(({ name, size, timestamp }) => ({ name, size, at: parseTimestamp(timestamp) }))
    .filter(({ at }) => !Number.isNaN(at.getTime())); // digits that are no time: not one of ours
  const own: EarlierBackup[] = [];
  while (own.length < mostEarlier && backups.length > 0) {
    const next = backups.splice(0, mostEarlier);
    const records = await Promise.all(
      next.map(async ({ name }) => fromMetadata(await store.metadata(name, signal).catch(() => ({})))),
    );
    for (const [place, one] of next.entries()) {
      const record = records[place] ?? {};
      if (record.database !== database || !names.has(comparableHost(record.host ?? ''))) continue;
      const madeBy = makingRun(record);
      own.push({ ...one, ...(madeBy && { madeBy }) });
    }
  }
  return own.slice(0, mostEarlier);
}

/** Those of them that a retention has left: a page leads to no backup that is gone. */
export function leftBy(
  retention: BackupResult['retention'],
  earlier: readonly EarlierBackup[],
): readonly EarlierBackup[] {
  if (!retention || retention.isDryRun) return earlier;
  const gone = new Set([...retention.deleted, ...retention.gone].map(({ name }) => name));
  return earlier.filter(({ name }) => !gone.has(name));
}
