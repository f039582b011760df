import { type FileHandle, open } from 'node:fs/promises';
import { lengthOf, release } from '../../../base/chunks.ts';
import type { Access } from '../access.ts';
import { type BlobSource, type Range, readRange } from './blob-reader.ts';
import { hashPrefix } from './prefix-hash.ts';

/**
 * How many ranges are on their way at once, for one connection may be slower than the network it runs on: 300 MiB over
 * connections of 50 MB/s each took 2 s with four of them, and 6 s with one.
 */
const rangesInFlight = 4;

/** In bytes. Each range is a request whose first byte is waited for, while the other connections go on. */
const rangeSize = 8 * 1024 * 1024;

/** Who is told what happens during a download. */
export interface DownloadListener {
  /** The number of bytes received so far. */
  onProgress(bytes: number): void;
  /** The content, in its order, as far as it is there without a gap. The bytes must not be kept. */
  onContent(bytes: Buffer): void;
}

/**
 * Downloads a blob into a new file (mode 0600): ranges side by side, each written where it belongs as its bytes come,
 * so that memory holds no more than what the connections have buffered. All are bound to the ETag.
 *
 * The first error ends all requests. Either way nothing is written any more and the file is closed when this returns;
 * what it leaves in the file after an error is the caller's to remove.
 * @returns the SHA-256 of the file, in hex
 * @throws RestError or Error if a range can't be had, see `readRange`
 * @throws NodeJS.ErrnoException if the file exists or can't be written (ENOSPC)
 */
export async function downloadRanges(
  access: Access,
  source: BlobSource,
  size: number,
  file: string,
  { onProgress, onContent }: DownloadListener,
  signal: AbortSignal,
): Promise<string> {
  const handle = await open(file, 'wx+', 0o600);
  const ownEnd = new AbortController();
  const abortSignal = AbortSignal.any([signal, ownEnd.signal]);
  const hash = hashPrefix(handle, onContent, abortSignal);
  let hashing: Promise<void> = Promise.resolve();
  let failure: { error: unknown } | undefined;
  let next = 0;
  let received = 0;

  const fail = (error: unknown): void => {
    failure ??= { error };
    ownEnd.abort();
  };

  const fetchRange = async (range: Range): Promise<void> => {
    let position = range.start;
    for await (const chunks of readRange(access, source, range, abortSignal)) {
      const bytes = lengthOf(chunks);
      received += bytes;
      onProgress(received);
      await writeAt(handle, chunks, position);
      release(chunks);
      position += bytes;
    }
  };

  const fetchRanges = async (): Promise<void> => {
    while (next < size) {
      const range = { start: next, end: Math.min(next + rangeSize, size) };
      next = range.end;
      await fetchRange(range);
      hashing = hash.written(range).catch(fail); // not awaited: the connection need not stand idle meanwhile
    }
  };

  try {
    await Promise.all(Array.from({ length: rangesInFlight }, () => fetchRanges().catch(fail)));
    await hashing;
  } finally {
    await handle.close();
  }
  if (failure) throw failure.error;
  return hash.digest();
}

/** Writes chunks one behind the other, all of them: a single write may take less, as the last one on a full disk does. */
async function writeAt(handle: FileHandle, chunks: Buffer[], position: number): Promise<void> {
  const end = position + lengthOf(chunks);
  let rest = chunks;
  for (let at = position; at < end; ) {
    const { bytesWritten } = await handle.writev(rest, at);
    at += bytesWritten;
    if (at < end) rest = [Buffer.concat(rest).subarray(bytesWritten)];
  }
}
