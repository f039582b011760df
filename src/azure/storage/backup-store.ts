import { createHash } from 'node:crypto';
import type { TokenCredential } from '@azure/identity';
import { BlobServiceClient, type ContainerClient } from '@azure/storage-blob';
import { Failure } from '../../base/failure.ts';
import { quoted } from '../../base/format.ts';
import { onlyFor, storageScope } from '../audience.ts';
import { detailOf, isRestError } from '../rest-error.ts';
import { propertiesOf } from './blob-properties.ts';
import { readRange } from './blob-reader.ts';
import { type BlockWriter, writeBlocks } from './block-writer.ts';
import { storageFailure } from './errors.ts';
import { type DownloadListener, downloadRanges } from './range-download.ts';

/** The container that backups are kept in. */
export interface BackupContainer {
  /** `https://<account>.blob.core.windows.net`, or another address of the account. */
  accountUrl: string;
  container: string;
}

/** A backup as it lies in the container. */
export interface StoredBackup {
  name: string;
  url: string;
  /** In bytes. */
  size: number;
  /** Names this very content: later reads are bound to it. */
  etag: string;
  metadata: Record<string, string>;
}

/** A new backup while it is being written. */
export interface NewBackup extends BlockWriter {
  name: string;
  url: string;
}

/** What writing meets if there is a blob of that name by now: only one that exists can have a lease. */
const meansTaken = new Set(['BlobAlreadyExists', 'ConditionNotMet', 'LeaseIdMissing']);

/** Signs every request with a token for Blob Storage; the SDK retries what can be retried, five times in all. */
export function openContainer(place: BackupContainer, credential: TokenCredential): ContainerClient {
  const account = new BlobServiceClient(place.accountUrl, onlyFor(storageScope, credential), {
    retryOptions: { maxTries: 5, retryDelayInMs: 1_000, maxRetryDelayInMs: 30_000 },
  });
  return account.getContainerClient(place.container);
}

/**
 * Whether there is a blob of this name already.
 * @throws Failure if the container can't be reached with these rights
 */
export async function isTaken(
  container: ContainerClient,
  name: string,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await propertiesOf(container.getBlockBlobClient(name), signal);
    return true;
  } catch (error) {
    signal.throwIfAborted();
    if (isRestError(error) && detailOf(error).code === 'BlobNotFound') return false;
    throw storageFailure(`Looking for a blob named ${describe(container, name)}`, error);
  }
}

/**
 * Begins a new backup. Nothing is visible under its name before it is committed, and nothing is asked of the account
 * before the first block is full. What it does throws a `Failure`, also if by then a blob of this name exists.
 */
export function beginBackup(container: ContainerClient, name: string, signal: AbortSignal): NewBackup {
  const client = container.getBlockBlobClient(name);
  const target = describe(container, name);
  const writer = writeBlocks(client, signal);
  const explained = async <T>(tried: string, work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      signal.throwIfAborted();
      if (isRestError(error) && meansTaken.has(detailOf(error).code)) throw taken(target);
      throw storageFailure(tried, error);
    }
  };
  return {
    name,
    url: client.url,
    write: (chunk) => explained(`Writing ${target}`, writer.write(chunk)),
    flush: () => explained(`Writing ${target}`, writer.flush()),
    commit: (metadata) => explained(`Publishing ${target}`, writer.commit(metadata)),
    abandon: writer.abandon,
  };
}

/** The first bytes of a backup, enough to see what it is. */
export async function readStart(
  container: ContainerClient,
  backup: StoredBackup,
  bytes: number,
  signal: AbortSignal,
): Promise<Buffer> {
  const client = container.getBlockBlobClient(backup.name);
  const length = Math.min(bytes, backup.size);
  if (length === 0) return Buffer.alloc(0);
  try {
    return await client.downloadToBuffer(0, length, {
      abortSignal: signal,
      conditions: { ifMatch: backup.etag },
    });
  } catch (error) {
    signal.throwIfAborted();
    throw storageFailure(`Reading the start of ${describe(container, backup.name)}`, error);
  }
}

/**
 * Downloads a backup into a new file (mode 0600).
 * @returns the SHA-256 of what was received, in hex
 */
export async function downloadBackup(
  container: ContainerClient,
  backup: StoredBackup,
  file: string,
  listener: DownloadListener,
  signal: AbortSignal,
): Promise<string> {
  const client = container.getBlockBlobClient(backup.name);
  try {
    return await downloadRanges(client, backup, file, listener, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw storageFailure(`Downloading ${describe(container, backup.name)}`, error);
  }
}

/** A backup's content as it comes. */
export interface BackupStream {
  /** To be iterated over once; throws a Failure if the backup can't be read to its end. */
  chunks: AsyncIterable<Buffer>;
  /** Of all the content, in hex, once the last chunk has come; throws before that. */
  sha256(): string;
}

/** Reads a backup from its first byte to its last, by one connection. Nothing is asked before the first chunk is wanted. */
export function streamBackup(
  container: ContainerClient,
  backup: StoredBackup,
  signal: AbortSignal,
): BackupStream {
  const client = container.getBlockBlobClient(backup.name);
  const hash = createHash('sha256');
  let received = 0;
  async function* read(): AsyncGenerator<Buffer> {
    try {
      for await (const chunks of readRange(client, backup.etag, { start: 0, end: backup.size }, signal)) {
        for (const chunk of chunks) {
          hash.update(chunk);
          received += chunk.length;
          yield chunk;
        }
      }
    } catch (error) {
      signal.throwIfAborted();
      throw storageFailure(`Downloading ${describe(container, backup.name)}`, error);
    }
  }
  return {
    chunks: read(),
    sha256() {
      if (received !== backup.size) throw new Error(`${received} of ${backup.size} bytes were read`);
      return hash.digest('hex');
    },
  };
}

/** A blob and where it is: `"x.dump" in container "backups" on account.blob.core.windows.net`. */
export function describe(container: ContainerClient, name: string): string {
  return `${quoted(name)} in container ${quoted(container.containerName)} on ${new URL(container.url).host}`;
}

function taken(target: string): Failure {
  return new Failure({
    tried: `Writing ${target}`,
    cause: 'a blob of that name exists, and a backup never replaces another',
    advice: 'Run the backup again; its name carries the time to the second.',
  });
}
