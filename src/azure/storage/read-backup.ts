import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { release } from '../../base/chunks.ts';
import { quoted } from '../../base/format.ts';
import { type Access, oneForAll } from './access.ts';
import { type BlobSource, readRange } from './download/blob-reader.ts';
import { type DownloadListener, downloadRanges } from './download/range-download.ts';
import { storageFailure } from './errors.ts';
import { describeBlob, type StoredBackup } from './stored-backup.ts';

/** The first bytes of a backup, enough to see what it is. */
export async function readStart(
  access: Access,
  backup: StoredBackup,
  bytes: number,
  signal: AbortSignal,
): Promise<Buffer> {
  const range = { start: 0, end: Math.min(bytes, backup.size) };
  const chunks: Buffer[] = [];
  try {
    for await (const batch of readRange(access, sourceOf(access, backup, 'Reading'), range, signal))
      chunks.push(...batch);
    return Buffer.concat(chunks);
  } catch (error) {
    signal.throwIfAborted();
    throw storageFailure(`Reading the start of ${describeBlob(access.container, backup.name)}`, error);
  }
}

/** Appends more of a backup to a file that has its beginning: as far as before byte `end`, or all. */
export async function appendStart(
  access: Access,
  backup: StoredBackup,
  { start, end }: { start: number; end: number },
  file: string,
  signal: AbortSignal,
): Promise<void> {
  const range = { start, end: Math.min(end, backup.size) };
  await using handle = await open(file, 'a');
  try {
    for await (const batch of readRange(access, sourceOf(access, backup, 'Reading'), range, signal)) {
      for (const chunk of batch) await handle.appendFile(chunk);
      release(batch);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw storageFailure(`Reading the start of ${describeBlob(access.container, backup.name)}`, error);
  }
}

/** @param doing what is done, as the log says it */
function sourceOf(access: Access, { name, etag }: StoredBackup, doing: string): BlobSource {
  const client = access.container.getBlockBlobClient(name);
  return { client, etag, what: `${doing} ${quoted(name)}`, info: oneForAll(access.info) };
}

/**
 * Downloads a backup into a new file (mode 0600).
 * @returns the SHA-256 of what was received, in hex
 */
export async function downloadBackup(
  access: Access,
  backup: StoredBackup,
  file: string,
  listener: DownloadListener,
  signal: AbortSignal,
): Promise<string> {
  try {
    const source = sourceOf(access, backup, 'Downloading');
    return await downloadRanges(access, source, backup.size, file, listener, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw storageFailure(`Downloading ${describeBlob(access.container, backup.name)}`, error);
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
export function streamBackup(access: Access, backup: StoredBackup, signal: AbortSignal): BackupStream {
  const source = sourceOf(access, backup, 'Downloading');
  const hash = createHash('sha256');
  let received = 0;
  async function* read(): AsyncGenerator<Buffer> {
    try {
      for await (const chunks of readRange(access, source, { start: 0, end: backup.size }, signal)) {
        for (const chunk of chunks) {
          hash.update(chunk);
          received += chunk.length;
          yield chunk;
        }
      }
    } catch (error) {
      signal.throwIfAborted();
      throw storageFailure(`Downloading ${describeBlob(access.container, backup.name)}`, error);
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
