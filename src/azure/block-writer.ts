import { hash, randomBytes } from 'node:crypto';
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
const smallestBlock = 8 * mebibyte;
/** Bytes that may be on their way at once, and how many blocks at most. */
const inFlightBytes = 32 * mebibyte;
const inFlightBlocks = 3;

/** The key of the metadata that tells this run's blob from any other. */
const uploadIdKey = 'upload_id';

/**
 * The size of a blob's n-th block. A blob has at most 50,000 blocks, and its final size is not known while it is
 * written: 8 MiB blocks alone would end at 390 GiB. The size doubles every 8,000 blocks, which reaches 4.8 TiB.
 * https://learn.microsoft.com/rest/api/storageservices/understanding-block-blobs--append-blobs--and-page-blobs
 */
export function blockSize(index: number): number {
  return smallestBlock * 2 ** Math.floor(index / 8_000);
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
  let block: Buffer = Buffer.allocUnsafeSlow(smallestBlock);
  let filled = 0;

  const stage = (buffer: Buffer, length: number): void => {
    const id = Buffer.from(`${uploadId}-${String(ids.length).padStart(5, '0')}`).toString('base64');
    ids.push(id);
    const body = buffer.subarray(0, length);
    const request = client
      .stageBlock(id, body, length, { abortSignal, transactionalContentMD5: hash('md5', body, 'buffer') })
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
    const most = Math.max(1, Math.min(inFlightBlocks, Math.floor(inFlightBytes / size)));
    while (inFlight.size >= most) await Promise.race(inFlight);
    spare = spare.filter((buffer) => buffer.length === size);
    block = spare.pop() ?? Buffer.allocUnsafeSlow(size);
    filled = 0;
  };

  return {
    async write(chunk) {
      for (let taken = 0; taken < chunk.length; ) {
        throwIfFailed();
        const copied = chunk.copy(block, filled, taken);
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
        if (!(await isOurs(client, uploadId, error))) throw error;
      }
    },
    abandon: () => ownEnd.abort(),
  };
}

/**
 * Whether a failed commit has in truth succeeded: its answer was lost, and the retry met the blob that the first
 * attempt had made, or no retry got through.
 */
async function isOurs(client: BlockBlobClient, uploadId: string, error: unknown): Promise<boolean> {
  if (!(error instanceof RestError)) return false;
  const { statusCode = 500 } = error; // none if no answer came
  if (statusCode !== 409 && statusCode !== 412 && statusCode < 500) return false;
  const properties = await client
    .getProperties({ abortSignal: AbortSignal.timeout(30_000) })
    .catch(() => undefined);
  return properties?.metadata?.[uploadIdKey] === uploadId;
}
