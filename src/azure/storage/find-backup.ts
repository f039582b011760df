import { Failure } from '../../base/failure.ts';
import { formatBytes, plain, quoted } from '../../base/format.ts';
import { detailOf, isRestError } from '../rest-error.ts';
import type { Access } from './access.ts';
import { backupPrefix, partsOfBackupName } from './backup-names.ts';
import { placeOfBlob, rehydrateAdvice, rehydrationPending, undeleteAdvice } from './blob-commands.ts';
import { isFolder, propertiesOf } from './blob-properties.ts';
import { explainStorageError, storageFailure } from './errors.ts';
import { type ListedBackup, newestBackups } from './list-backups.ts';
import { describeBlob, type StoredBackup } from './stored-backup.ts';

/** How many other backups are named where one is missing. */
const mostOthersListed = 5;

/**
 * Looks a backup up.
 * @param database whose backups are named if there is none of this name, besides those that are named alike
 * @throws Failure if there is none of this name, or it can't be read as it is (archive tier)
 */
export async function findBackup(
  access: Access,
  name: string,
  database: string,
  signal: AbortSignal,
): Promise<StoredBackup> {
  const { container } = access;
  const client = container.getBlockBlobClient(name);
  const tried = `Looking up backup ${describeBlob(container, name)}`;
  const place = placeOfBlob(container, name);
  const properties = await propertiesOf(access, name, signal).catch(async (error: unknown) => {
    signal.throwIfAborted();
    if (!isRestError(error) || detailOf(error).code !== 'BlobNotFound') throw storageFailure(tried, error);
    const { cause, advice: otherwise } = explainStorageError(error);
    const others = (await otherBackups(access, name, database, signal)) ?? otherwise;
    throw new Failure(
      { tried, cause, advice: `${others}\n${undeleteAdvice(place, client.url)}` },
      { cause: error },
    );
  });
  if (isFolder(properties.metadata)) {
    throw new Failure({
      tried,
      cause: 'this is a folder, not a blob',
      advice: 'Check backup_file_name: it has to be the whole name of a backup, with its folders.',
    });
  }
  if (properties.accessTier === 'Archive') {
    throw new Failure(
      properties.archiveStatus === undefined
        ? {
            tried,
            cause: 'the blob is in the archive tier, where it can be neither read nor changed',
            advice: rehydrateAdvice(place),
          }
        : {
            tried,
            cause: `the blob is still being moved out of the archive tier (${plain(String(properties.archiveStatus))})`,
            advice: rehydrationPending,
          },
    );
  }
  return {
    name,
    url: client.url,
    size: properties.contentLength ?? 0,
    etag: String(properties.etag),
    metadata: properties.metadata ?? {},
  };
}

/** What to do instead, with the newest backups of the database, and of the one that the name is of; undefined if they are not known. */
async function otherBackups(
  access: Access,
  name: string,
  database: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const ofDatabase = database === '' ? undefined : `${access.folder}${backupPrefix(database)}`;
  const prefixes = [...new Set([partsOfBackupName(name)?.prefix, ofDatabase])].filter(
    (prefix) => prefix !== undefined,
  );
  if (prefixes.length === 0) return undefined;
  const listed = await Promise.all(
    prefixes.map((prefix) => newestBackups(access, prefix, mostOthersListed, signal)),
  );
  const known = listed.filter((list) => list !== undefined);
  return known.length < prefixes.length ? undefined : describeOthers(prefixes, known.flat());
}

/** What to do where a backup is missing: the newest of the others, or where to look if there are none. */
export function describeOthers(prefixes: readonly string[], backups: readonly ListedBackup[]): string {
  const kinds = prefixes.map((prefix) => quoted(`${prefix}…`)).join(' or ');
  if (backups.length === 0)
    return `No such backup, and none named ${kinds} in this container. Check backup_file_name (names are case-sensitive), blob_prefix and storage_container_name.`;
  const lines = backups
    .toSorted((a, b) => b.timestamp.localeCompare(a.timestamp))
    .slice(0, mostOthersListed)
    .map((backup) => `- ${backup.name} (${timeOf(backup)}, ${formatBytes(backup.size)})`);
  return `No such backup (names are case-sensitive). The newest named ${kinds} in this container:\n${lines.join('\n')}`;
}

/** `2026-11-22 15:42:10 UTC` */
function timeOf({ timestamp }: ListedBackup): string {
  return timestamp.replace(/^(\d{4})(..)(..)(..)(..)(..)$/, '$1-$2-$3 $4:$5:$6 UTC');
}
