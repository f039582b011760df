import { createHash } from 'node:crypto';
import type { ContainerClient } from '@azure/storage-blob';
import { readRange } from './blob-reader.ts';
import { storageFailure } from './errors.ts';
import { type DownloadListener, downloadRanges } from './range-download.ts';
import { describeBlob, type StoredBackup } from './stored-backup.ts';

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
    throw storageFailure(`Reading the start of ${describeBlob(container, backup.name)}`, error);
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
    throw storageFailure(`Downloading ${describeBlob(container, backup.name)}`, error);
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
      throw storageFailure(`Downloading ${describeBlob(container, backup.name)}`, error);
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
