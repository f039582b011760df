import { createHash, randomBytes } from 'node:crypto';
import { type BlockBlobClient, RestError } from '@azure/storage-blob';

/** A block blob that is being written, and that nobody sees before it is committed. */
export interface BlockWriter {
  /** Takes bytes, in order. Resolves when there is room for more; throws when a block could not be staged. */
  write(chunk: Buffer): Promise<void>;
  /** Resolves when all bytes so far are staged; no more may follow. */
  flush(): Promise<void>;
  /**
   * Makes the blob appear, whole and with its metadata, unless one of that name exists.
   * @throws RestError with status 409 or 412 if a blob of that name exists that is not this one
   */
  commit(metadata: Record<string, string>): Promise<void>;
  /** Ends all requests. What was staged stays invisible, and Azure removes it within a week. */
  abandon(): void;
}

const mebibyte = 1024 * 1024;

/**
 * From which block on blocks have which size, in MiB. A blob has at most 50,000 blocks, each of up to 4,000 MiB, and its final size is
 * not known while it is written. Up to 511 GiB blocks have at most 16 MiB, so that two of them are no more memory
 * than the small ones at the beginning; all 50,000 reach 5.2 TiB.
 * https://learn.microsoft.com/rest/api/storageservices/understanding-block-blobs--append-blobs--and-page-blobs
 */
const schedule: readonly (readonly [first: number, size: number])[] = [
  [0, 4],
  [5_000, 8],
  [10_000, 16],
  [39_000, 64],
  [41_000, 128],
  [43_000, 256],
  [45_000, 512],
  [47_000, 1_024],
];

/** Bytes in memory at once, those of the block that is being filled included, and how many blocks may be on their way. */
const bytesInMemory = 32 * mebibyte;
const mostInFlight = 5;

/** The key of the metadata that tells this run's blob from any other. */
const uploadIdKey = 'upload_id';

/** The size of a blob's n-th block, counted from 0, in bytes. */
export function blockSize(index: number): number {
  const [, size] = schedule.findLast(([first]) => index >= first) ?? [0, 4];
  return size * mebibyte;
}

/**
 * Writes a block blob out of a stream: fixed buffers are filled in place and staged side by side, each with its MD5,
 * which the service compares. The SDK retries single requests; a block that fails for good fails the next `write`.
 *
 * The ids of the blocks begin with a random value of this writer, so that two writers of one name cannot commit each
 * other's blocks, and the same value in the metadata tells whose blob was committed when the answer got lost.
 */
export function writeBlocks(client: BlockBlobClient, signal: AbortSignal): BlockWriter {
  const uploadId = randomBytes(12).toString('hex');
  const ownEnd = new AbortController();
  const abortSignal = AbortSignal.any([signal, ownEnd.signal]);
  const ids: string[] = [];
  const inFlight = new Set<Promise<void>>();
  let failure: { error: unknown } | undefined;
  let spare: Buffer[] = [];
  let block: Buffer = Buffer.allocUnsafeSlow(blockSize(0));
  let filled = 0;
  let md5 = createHash('md5');

  const stage = (buffer: Buffer, length: number): void => {
    const id = Buffer.from(`${uploadId}-${String(ids.length).padStart(5, '0')}`).toString('base64');
    ids.push(id);
    const body = buffer.subarray(0, length);
    const request = client
      .stageBlock(id, body, length, { abortSignal, transactionalContentMD5: md5.digest() })
      .then(() => void spare.push(buffer))
      .catch((error: unknown) => {
        failure ??= { error };
        ownEnd.abort();
      })
      .finally(() => inFlight.delete(request));
    inFlight.add(request);
  };

  const throwIfFailed = (): void => {
    signal.throwIfAborted();
    if (failure) throw failure.error;
  };

  const nextBlock = async (): Promise<void> => {
    const size = blockSize(ids.length);
    const most = Math.max(1, Math.min(mostInFlight, Math.floor(bytesInMemory / size) - 1));
    while (inFlight.size >= most) await Promise.race(inFlight);
    spare = spare.filter((buffer) => buffer.length === size);
    block = spare.pop() ?? Buffer.allocUnsafeSlow(size);
    filled = 0;
    md5 = createHash('md5');
  };

  return {
    async write(chunk) {
      for (let taken = 0; taken < chunk.length; ) {
        throwIfFailed();
        const copied = chunk.copy(block, filled, taken);
        // Piece by piece: that of a whole block at once would keep pg_dump waiting for some 15 ms.
        md5.update(block.subarray(filled, filled + copied));
        taken += copied;
        filled += copied;
        if (filled === block.length) {
          stage(block, filled);
          await nextBlock();
        }
      }
    },
    async flush() {
      if (filled > 0) stage(block, filled);
      filled = 0;
      await Promise.all(inFlight);
      throwIfFailed();
    },
    async commit(metadata) {
      try {
        await client.commitBlockList(ids, {
          abortSignal: signal,
          conditions: { ifNoneMatch: '*' },
          blobHTTPHeaders: { blobContentType: 'application/octet-stream' },
          metadata: { ...metadata, [uploadIdKey]: uploadId },
        });
      } catch (error) {
        if (!(await isOurUpload(client, uploadId, error))) throw error;
      }
    },
    abandon: () => ownEnd.abort(),
  };
}

/**
 * Whether a failed commit has in truth succeeded: its answer was lost, and the retry met the blob that the first
 * attempt had made, or no retry got through.
 */
async function isOurUpload(client: BlockBlobClient, uploadId: string, error: unknown): Promise<boolean> {
  if (!(error instanceof RestError)) return false;
  const { statusCode = 500 } = error; // none if no answer came
  if (statusCode !== 409 && statusCode !== 412 && statusCode < 500) return false;
  const properties = await client
    .getProperties({ abortSignal: AbortSignal.timeout(30_000) })
    .catch(() => undefined);
  return properties?.metadata?.[uploadIdKey] === uploadId;
}
