import { setTimeout as sleep } from 'node:timers/promises';
import type { BlockBlobClient, RestError } from '@azure/storage-blob';
import { isRestError } from './rest-error.ts';

/** Bytes of a blob or a file: from `start` on, as far as before `end`. */
export interface Range {
  start: number;
  end: number;
}

/** How often in a row a connection may fail without a byte having come. */
const fruitlessAttempts = 5;

/** The longest that a refusal may make us wait, in seconds. */
const longestWait = 60;

/** An answer that holds other bytes than were asked for, as that of a proxy that knows no ranges. */
class OtherBytes extends Error {}

/**
 * A range of a blob's content, without its first byte being waited for twice: a connection that breaks is taken up again
 * at the byte where it broke off, as long as the blob is still the one that the ETag names. The SDK's own
 * `maxRetryRequests` does not do it: it takes a connection that was closed in the middle of a body for an abort by its
 * caller, and gives up (seen with 12.34). The SDK also asks again at its own pace when the account is too busy (503), and
 * leaves Retry-After unread; a refusal that carries it is asked again when it says, after the SDK has given up.
 * @throws RestError what the account refused with; with status 412 if the blob is another by now
 * @throws Error if the connection failed several times in a row, or other bytes came than were asked for
 */
export async function* readRange(
  client: BlockBlobClient,
  etag: string,
  { start, end }: Range,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  let offset = start;
  for (let attempt = 1; offset < end; attempt++) {
    try {
      const asked = offset;
      const options = { abortSignal: signal, conditions: { ifMatch: etag } };
      const { contentRange, readableStreamBody } = await client.download(asked, end - asked, options);
      for await (const part of readableStreamBody ?? []) {
        const chunk = part as Buffer; // the stream has no encoding set
        if (startOf(contentRange) !== asked || chunk.length > end - offset) {
          const answered = contentRange ?? 'the whole blob';
          throw new OtherBytes(`bytes ${asked}-${end - 1} were asked for, and the answer was ${answered}`);
        }
        offset += chunk.length;
        attempt = 0;
        yield chunk;
      }
      if (offset < end) throw new Error(`the answer ended at byte ${offset} of bytes ${asked}-${end - 1}`);
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
  return isRestError(error) && error.statusCode !== undefined ? retryAfter(error) : 1_000 * attempt;
}

/** What a refusal says about when to come again, in milliseconds. A date, the other form that HTTP has, counts as none. */
function retryAfter(refusal: RestError): number | undefined {
  const seconds = refusal.response?.headers.get('retry-after') ?? '';
  return /^\d+$/.test(seconds) ? 1_000 * Math.min(Number(seconds), longestWait) : undefined;
}
