import type { TokenCredential } from '@azure/identity';
import { BlobServiceClient, type ContainerClient } from '@azure/storage-blob';
import { restrictedTo, storageScope } from '../audience.ts';
import { metadataOf } from './blob-properties.ts';
import { findBackup } from './find-backup.ts';
import { type ListedBackup, newestBackups } from './list-backups.ts';
import { beginBackup, isTaken, type NewBackup } from './new-backup.ts';
import type { DownloadListener } from './range-download.ts';
import { type BackupStream, downloadBackup, readStart, streamBackup } from './read-backup.ts';
import type { StoredBackup } from './stored-backup.ts';

/** The container that backups are kept in. */
export interface BackupContainer {
  /** `https://<account>.blob.core.windows.net`, or another address of the account. */
  accountUrl: string;
  container: string;
}

/** What can be done with the backups of a container. Every method throws a `Failure` where it does not say otherwise. */
export interface BackupStore {
  /** Whether there is a blob of this name already. */
  isTaken(name: string, signal: AbortSignal): Promise<boolean>;
  /**
   * Begins a new backup. Nothing is visible under its name before it is committed, and nothing is asked of the account before the
   * first block is full.
   */
  begin(name: string, signal: AbortSignal): NewBackup;
  /**
   * Looks a backup up.
   * @param database whose backups are named if there is none of this name, besides those that are named alike
   */
  find(name: string, database: string, signal: AbortSignal): Promise<StoredBackup>;
  /** The newest backups whose names begin with `prefix`; undefined, and no error, if they cannot be listed in a few seconds. */
  list(prefix: string, most: number, signal: AbortSignal): Promise<ListedBackup[] | undefined>;
  /** What is written down with a backup, wherever it lies. */
  metadata(name: string, signal: AbortSignal): Promise<Record<string, string>>;
  /** The first bytes of a backup, or all of it if it has fewer. */
  readStart(backup: StoredBackup, bytes: number, signal: AbortSignal): Promise<Buffer>;
  /** Downloads a backup into a new file (mode 0600), and returns the SHA-256 of what was received, in hex. */
  download(
    backup: StoredBackup,
    file: string,
    listener: DownloadListener,
    signal: AbortSignal,
  ): Promise<string>;
  /** Reads a backup from its first byte to its last. Nothing is asked before the first chunk is wanted. */
  stream(backup: StoredBackup, signal: AbortSignal): BackupStream;
}

/** Signs every request with a token for Blob Storage; the SDK retries what can be retried, five times in all. */
export function openBackupStore(place: BackupContainer, credential: TokenCredential): BackupStore {
  const account = new BlobServiceClient(place.accountUrl, restrictedTo(storageScope, credential), {
    retryOptions: { maxTries: 5, retryDelayInMs: 1_000, maxRetryDelayInMs: 30_000 },
  });
  return backupStore(account.getContainerClient(place.container));
}

/** @param container its client, however it signs its requests */
export function backupStore(container: ContainerClient): BackupStore {
  return {
    isTaken: (name, signal) => isTaken(container, name, signal),
    begin: (name, signal) => beginBackup(container, name, signal),
    find: (name, database, signal) => findBackup(container, name, database, signal),
    list: (prefix, most, signal) => newestBackups(container, prefix, most, signal),
    metadata: (name, signal) => metadataOf(container.getBlockBlobClient(name), signal),
    readStart: (backup, bytes, signal) => readStart(container, backup, bytes, signal),
    download: (backup, file, listener, signal) => downloadBackup(container, backup, file, listener, signal),
    stream: (backup, signal) => streamBackup(container, backup, signal),
  };
}
