import type { TokenCredential } from '@azure/identity';
import { BlobServiceClient, type ContainerClient } from '@azure/storage-blob';
import { restrictedTo, storageScope } from '../audience.ts';
import type { Access } from './access.ts';
import { metadataOf } from './blob-properties.ts';
import type { DownloadListener } from './download/range-download.ts';
import { findBackup } from './find-backup.ts';
import { type ListedBackup, newestBackups } from './list-backups.ts';
import { inventoryOfBlobs, type Listing } from './listing.ts';
import { beginBackup, type NewBackup } from './new-backup.ts';
import { appendStart, type BackupStream, downloadBackup, readStart, streamBackup } from './read-backup.ts';
import type { StoredBackup } from './stored-backup.ts';
import { type Probe, probeFolder } from './upkeep/probe.ts';
import { recordMetadata } from './upkeep/record.ts';
import { type LookedAt, removeBlob } from './upkeep/remove.ts';
import { type Safety, safetyOf } from './upkeep/safety.ts';
import { keptContainer } from './upkeep/settings.ts';
import type { TakenName } from './upload/claim.ts';
import type { AccessTier } from './upload/tiers.ts';
import { blobHttpClient } from './wire/http-client.ts';
import { tokenKeeper } from './wire/token-keeper.ts';

/** The container that backups are kept in. */
export interface BackupContainer {
  /** `https://<account>.blob.core.windows.net`, or another address of the account. */
  accountUrl: string;
  container: string;
  /** The folder that all backups are kept in: empty, or with a slash at its end. */
  folder: string;
}

/**
 * What can be done with the backups of a container. Names are those of blobs, with their folders. Every method throws a `Failure` where
 * it does not say otherwise.
 */
export interface BackupStore {
  /** The folder that all backups are kept in: empty, or with a slash at its end. It is a part of every name. */
  readonly folder: string;
  /** By how much the clock of this machine is ahead of the account's, in milliseconds, by its last answer; undefined before one. */
  clockError(): number | undefined;
  /**
   * Begins a new backup, unless the name is taken. Nothing is visible under it before it is committed.
   * @param tier that of the account if undefined
   */
  begin(name: string, signal: AbortSignal, tier?: AccessTier): Promise<NewBackup | TakenName>;
  /**
   * Looks a backup up.
   * @param database whose backups are named if there is none of this name, besides those that are named alike
   */
  find(name: string, database: string, signal: AbortSignal): Promise<StoredBackup>;
  /** The newest backups whose names begin with `prefix`; undefined, and no error, if they cannot be listed in a few seconds. */
  list(prefix: string, most: number, signal: AbortSignal): Promise<ListedBackup[] | undefined>;
  /** Every blob of the folder, with what is written down with it. */
  inventory(signal: AbortSignal): Promise<Listing>;
  /**
   * Deletes a blob if it is still the one that was looked at.
   * @returns `gone` if somebody else has deleted it
   */
  remove(blob: LookedAt, signal: AbortSignal): Promise<'removed' | 'gone'>;
  /**
   * Replaces what is written down with a blob, if it is still the one that was looked at.
   * @returns its new ETag
   */
  record(blob: LookedAt, metadata: Record<string, string>, signal: AbortSignal): Promise<string>;
  /**
   * Writes a small blob into the folder in the way of a backup, reads it and deletes it. Throws only if the signal is aborted.
   * @param tier that of the account if undefined
   */
  probe(signal: AbortSignal, tier?: AccessTier): Promise<Probe>;
  /**
   * What can be seen of how the account keeps what is deleted or replaced. Throws only if the signal is aborted.
   * @param probe what was seen when one was written
   */
  safety(signal: AbortSignal, probe?: Probe): Promise<Safety>;
  /**
   * Why the container lets nothing be deleted, by what can be seen of it: `the container has a legal hold`; undefined if nothing is. Throws
   * only if the signal is aborted.
   */
  whyKept(signal: AbortSignal): Promise<string | undefined>;
  /** What is written down with a backup, wherever it lies, if it can be had in a few seconds. */
  metadata(name: string, signal: AbortSignal): Promise<Record<string, string>>;
  /** The first bytes of a backup, or all of it if it has fewer. */
  readStart(backup: StoredBackup, bytes: number, signal: AbortSignal): Promise<Buffer>;
  /** Appends more of a backup to a file that has its beginning: the bytes from `start` on, as far as before `end`, or all. */
  appendStart(
    backup: StoredBackup,
    range: { start: number; end: number },
    file: string,
    signal: AbortSignal,
  ): Promise<void>;
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

/** How patiently the account is asked. */
export type Manner = Pick<Access, 'patience' | 'info'>;

/** Signs every request with a token for Blob Storage. The SDK tries nothing again: `askAccount` does, and nothing is tried on two levels. */
export function openBackupStore(
  place: BackupContainer,
  credential: TokenCredential,
  manner: Manner,
): BackupStore {
  const restricted = restrictedTo(storageScope, credential);
  let clockError: number | undefined;
  const onDate = (date: Date): void => {
    clockError = Date.now() - date.getTime();
  };
  const account = new BlobServiceClient(place.accountUrl, restricted, {
    retryOptions: { maxTries: 1 },
    httpClient: blobHttpClient(onDate),
  });
  const container = account.getContainerClient(place.container);
  const { folder } = place;
  return backupStore(
    container,
    { ...manner, folder, account, clockError: () => clockError },
    tokenKeeper(restricted),
  );
}

/**
 * @param container its client, however it signs its requests
 * @param signIn see `Access`
 */
export function backupStore(
  container: ContainerClient,
  {
    patience,
    info,
    folder,
    account,
    clockError = () => undefined,
  }: Manner & Pick<Access, 'folder' | 'account'> & Partial<Pick<BackupStore, 'clockError'>>,
  signIn: Access['signIn'] = async () => {},
): BackupStore {
  const access: Access = {
    ...{ container, folder, patience, info, signIn, proven: false, reached: false },
    ...(account && { account }),
  };
  return {
    ...{ folder, clockError },
    begin: (name, signal, tier) => beginBackup(access, name, signal, tier),
    find: (name, database, signal) => findBackup(access, name, database, signal),
    list: (prefix, most, signal) => newestBackups(access, prefix, most, signal),
    inventory: (signal) => inventoryOfBlobs(access, signal),
    remove: (blob, signal) => removeBlob(access, blob, signal),
    record: (blob, metadata, signal) => recordMetadata(access, blob, metadata, signal),
    probe: (signal, tier) => probeFolder(access, signal, tier),
    safety: (signal, probe) => safetyOf(access, signal, probe),
    whyKept: (signal) => keptContainer(access, signal),
    metadata: (name, signal) => metadataOf(access, name, signal),
    readStart: (backup, bytes, signal) => readStart(access, backup, bytes, signal),
    appendStart: (backup, range, file, signal) => appendStart(access, backup, range, file, signal),
    download: (backup, file, listener, signal) => downloadBackup(access, backup, file, listener, signal),
    stream: (backup, signal) => streamBackup(access, backup, signal),
  };
}
