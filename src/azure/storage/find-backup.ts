import type { ContainerClient } from '@azure/storage-blob';
import { Failure } from '../../base/failure.ts';
import { formatBytes, plain, quoted } from '../../base/format.ts';
import { detailOf, isRestError } from '../rest-error.ts';
import { backupPrefix, partsOfBackupName } from './backup-names.ts';
import { propertiesOf } from './blob-properties.ts';
import { explainStorageError, rehydrateAdvice, rehydrationPending, storageFailure } from './errors.ts';
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
  container: ContainerClient,
  name: string,
  database: string,
  signal: AbortSignal,
): Promise<StoredBackup> {
  const client = container.getBlockBlobClient(name);
  const tried = `Looking up backup ${describeBlob(container, name)}`;
  const properties = await propertiesOf(client, signal).catch(async (error: unknown) => {
    signal.throwIfAborted();
    if (!isRestError(error) || detailOf(error).code !== 'BlobNotFound') throw storageFailure(tried, error);
    const { cause, advice } = explainStorageError(error);
    const others = await otherBackups(container, name, database, signal);
    throw new Failure({ tried, cause, advice: `${advice}${others}` }, { cause: error });
  });
  if (properties.accessTier === 'Archive') {
    const { accountName: account, containerName } = container;
    throw new Failure(
      properties.archiveStatus === undefined
        ? {
            tried,
            cause: 'the blob is in the archive tier, where it cannot be read',
            advice: rehydrateAdvice({ account, container: containerName, name }),
          }
        : {
            tried,
            cause: `the blob is still on its way out of the archive tier (${plain(String(properties.archiveStatus))})`,
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

/** The newest backups of the database, and of the one that the name is of, in words that follow a sentence. */
async function otherBackups(
  container: ContainerClient,
  name: string,
  database: string,
  signal: AbortSignal,
): Promise<string> {
  const prefixes = [...new Set([partsOfBackupName(name)?.prefix, backupPrefix(database)])].filter(
    (prefix) => prefix !== undefined,
  );
  const listed = await Promise.all(
    prefixes.map((prefix) => newestBackups(container, prefix, mostOthersListed, signal)),
  );
  const known = listed.filter((list) => list !== undefined);
  return known.length < prefixes.length ? '' : describeOthers(prefixes, known.flat());
}

/** What other backups there are, in words that follow a sentence. */
export function describeOthers(prefixes: readonly string[], backups: readonly ListedBackup[]): string {
  const kinds = prefixes.map((prefix) => quoted(`${prefix}…`)).join(' or ');
  if (backups.length === 0)
    return ` Check storage_container_name, too: this container has no backup that is called ${kinds}.`;
  const lines = backups
    .toSorted((a, b) => b.timestamp.localeCompare(a.timestamp))
    .slice(0, mostOthersListed)
    .map((backup) => `- ${backup.name} (${timeOf(backup)}, ${formatBytes(backup.size)})`);
  return ` The newest in this container that are called ${kinds}:\n${lines.join('\n')}`;
}

/** `2026-11-22 15:42:10 UTC` */
function timeOf({ timestamp }: ListedBackup): string {
  return timestamp.replace(/^(\d{4})(..)(..)(..)(..)(..)$/, '$1-$2-$3 $4:$5:$6 UTC');
}
