import { backupPrefix, partsOfBackupName } from '../../azure/storage/backup-names.ts';
import type { BackupStore } from '../../azure/storage/backup-store.ts';
import type { ListedBlob, Listing } from '../../azure/storage/listing.ts';
import { formatTimestamp } from '../../base/format.ts';
import type { Inventory, RecordedBackup } from '../recorded-backup.ts';
import type { Source } from '../request.ts';
import { fromMetadata } from './metadata.ts';
import { leftOut } from './part.ts';
import { hasWrongTime } from './recorded-time.ts';

/**
 * Looks at everything in the folder of a store: the backups that this action made there, and how many other files there are.
 * @throws Failure if it cannot be listed
 */
export async function inventoryOf(
  store: Pick<BackupStore, 'folder' | 'inventory'>,
  signal: AbortSignal,
): Promise<Inventory> {
  return fromListing(await store.inventory(signal), store.folder);
}

/** The same of a listing. */
export function fromListing({ blobs, now }: Listing, folder: string): Inventory {
  const backups = blobs
    .map((blob) => fromListedBlob(blob, folder))
    .filter((backup) => backup !== undefined)
    .toSorted((a, b) => b.at.getTime() - a.at.getTime() || (a.name < b.name ? 1 : -1));
  return { backups, foreign: blobs.length - backups.length, now };
}

/**
 * The backup that a blob is, or undefined: it is one only if it lies directly in the folder, has the name that the action gives to a
 * backup of the recorded database and time, and tells what every backup of this action does.
 */
export function fromListedBlob(blob: ListedBlob, folder: string): RecordedBackup | undefined {
  if (!blob.name.startsWith(folder)) return undefined;
  const record = fromMetadata(blob.metadata);
  const { host = '', database = '', started_at: started = '', sha256 = '' } = record;
  const at = timeIn(started);
  if (host === '' || database === '' || at === undefined || !/^[0-9a-f]{64}$/i.test(sha256)) return undefined;
  const parts = partsOfBackupName(blob.name.slice(folder.length));
  if (parts?.prefix !== backupPrefix(database) || parts.timestamp !== formatTimestamp(at)) return undefined;
  const part = leftOut(record);
  const verifiedAt = timeIn(record.verified_at ?? '');
  const { name, size, etag, tier, hasLegalHold, createdOn, immutableUntil } = blob;
  return {
    ...{ name, size, etag, tier, hasLegalHold, database, at },
    host: comparableHost(host),
    serverVersion: record.server_version ?? '',
    compression: record.compression ?? '',
    ...(part && { part: part.options }),
    ...(verifiedAt && { verifiedAt }),
    ...(record.protect && { protection: record.protect }),
    ...(createdOn && { createdOn }),
    ...(immutableUntil && { immutableUntil }),
  };
}

/** A host as it is compared: DNS knows no upper case, and a dot at the end changes nothing. */
export function comparableHost(host: string): string {
  return host.toLowerCase().replace(/\.$/, '');
}

/** Whether a backup is one of those that are meant: the host and the database decide, as they are recorded, and never the name alone. */
export function belongsTo({ hosts, database }: Source): (backup: RecordedBackup) => boolean {
  const wanted = hosts && new Set(hosts.map(comparableHost));
  return (backup) =>
    (wanted === undefined || wanted.has(backup.host)) && (database === '' || backup.database === database);
}

/**
 * The backups of each database on each server, by a key that orders them by these names. Hosts that are named are names of one server,
 * which has moved.
 */
export function byDatabase(
  backups: readonly RecordedBackup[],
  { hosts }: Pick<Source, 'hosts'>,
): Map<string, RecordedBackup[]> {
  return Map.groupBy(backups, ({ database, host }) =>
    JSON.stringify(hosts === undefined ? [database, host] : [database]),
  );
}

/** The newest one with all of its database in it, and a recorded time that can be right; undefined if there is none. @param backups in any order */
export function newestWhole(backups: readonly RecordedBackup[], now: Date): RecordedBackup | undefined {
  const whole = backups.filter((backup) => backup.part === undefined && !hasWrongTime(backup, now));
  return whole.reduce<RecordedBackup | undefined>(
    (newest, backup) => (newest && newest.at >= backup.at ? newest : backup),
    undefined,
  );
}

/** A time as backups record it; undefined for any other text. */
function timeIn(text: string): Date | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(text)) return undefined;
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? undefined : time;
}
