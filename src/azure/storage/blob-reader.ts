import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BlockBlobClient } from '@azure/storage-blob';
import { batchesOf, lengthOf } from '../../base/chunks.ts';
import { retryAfter } from '../passing.ts';
import { isRestError } from '../rest-error.ts';

/** Bytes of a blob or a file: from `start` on, as far as before `end`. */
export interface Range {
  start: number;
  end: number;
}

/** How often in a row a connection may fail without a byte having come. */
const fruitlessAttempts = 5;

/** The longest that a refusal may make us wait, in seconds. */
const idleTimeout = 60;

/** An answer that holds other bytes than were asked for, as that of a proxy that knows no ranges. */
class OtherBytes extends Error {}

/**
 * A range of a blob's content, in batches of chunks. A connection that breaks is taken up again at the byte where it
 * broke off, as long as the blob is still the one that the ETag names. The SDK's own `maxRetryRequests` does not do it: it
 * takes a connection that was closed in the middle of a body for an abort by its caller, and gives up (seen with 12.34).
 * Nor does the SDK read Retry-After: it repeats a request that the account is too busy for (503) at its own pace, and
 * gives up after some seconds. If the last refusal says when to come again, that time is waited for.
 * @throws RestError what the account refused with; with status 412 if the blob is another by now
 * @throws Error if the connection failed several times in a row, or other bytes came than were asked for
 */
export async function* readRange(
  client: BlockBlobClient,
  etag: string,
  { start, end }: Range,
  signal: AbortSignal,
): AsyncGenerator<Buffer[]> {
  let offset = start;
  for (let attempt = 1; offset < end; attempt++) {
    try {
      const asked = offset;
      const options = { abortSignal: signal, conditions: { ifMatch: etag } };
      const { contentRange, readableStreamBody } = await client.download(asked, end - asked, options);
      for await (const batch of batchesOf(readableStreamBody as Readable)) {
        const bytes = lengthOf(batch);
        if (startOf(contentRange) !== asked || bytes > end - offset) {
          const answered = contentRange ?? 'the whole blob';
          throw new OtherBytes(`bytes ${asked}-${end - 1} were requested, and the response was ${answered}`);
        }
        offset += bytes;
        attempt = 0;
        yield batch;
      }
      if (offset < end) throw new Error(`the response ended at byte ${offset} of bytes ${asked}-${end - 1}`);
    } catch (error) {
      signal.throwIfAborted();
      const wait = pauseAfter(error, attempt);
      if (wait === undefined || attempt >= fruitlessAttempts) throw error;
      await sleep(wait, undefined, { signal });
    }
  }
}

/** Where the bytes of an answer begin: those of one that names no range are the whole blob. */
function startOf(contentRange: string | undefined): number {
  return contentRange === undefined ? 0 : Number(/^bytes (\d+)-/.exec(contentRange)?.[1]);
}

/** How long to wait before the next attempt, in milliseconds; undefined if there should be none. */
function pauseAfter(error: unknown, attempt: number): number | undefined {
  if (error instanceof OtherBytes) return undefined;
  if (!isRestError(error) || error.statusCode === undefined) return 1_000 * attempt;
  const after = retryAfter(error);
  return after === undefined ? undefined : Math.min(after, 1_000 * idleTimeout);
}
