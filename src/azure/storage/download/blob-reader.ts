import type { Readable } from 'node:stream';
import type { BlockBlobClient } from '@azure/storage-blob';
import { batchesOf, lengthOf } from '../../../base/chunks.ts';
import { Failure } from '../../../base/failure.ts';
import { NoAnswer, type Retry } from '../../../base/patience.ts';
import { isRestError } from '../../rest-error.ts';
import { type Access, askAccount, passingOf, withHost } from '../access.ts';
import { NotAzure } from '../wire/http-client.ts';

/** Bytes of a blob or a file: from `start` on, as far as before `end`. */
export interface Range {
  start: number;
  end: number;
}

/** What is read. */
export interface BlobSource {
  client: BlockBlobClient;
  /** Names the content that is meant. */
  etag: string;
  /** What the log says before it says what is waited for: `Downloading "x.dump"`. */
  what: string;
  /** Writes a line to the log. */
  info(line: string): void;
}

/** An answer that holds other bytes than were asked for, as that of a proxy that knows no ranges. */
class OtherBytes extends Error {}

/** How many bytes a connection has to bring, in the time that it may be silent, to be one that works. */
const leastProgress = 64 * 1024;

/**
 * A range of a blob's content, in batches of chunks. A connection that breaks or falls silent is taken up again at the byte where it
 * broke off, as long as the blob is still the one that the ETag names. The SDK's own `maxRetryRequests` does not do it: it
 * takes a connection that was closed in the middle of a body for an abort by its caller, and gives up (seen with 12.34).
 * Patience begins anew when a connection has brought a little: bytes that trickle are not waited for without end.
 * @throws RestError what the account refused with; with status 412 if the blob is another by now
 * @throws Error if the connection failed for too long, or other bytes came than were asked for
 */
export async function* readRange(
  access: Access,
  source: BlobSource,
  { start, end }: Range,
  signal: AbortSignal,
): AsyncGenerator<Buffer[]> {
  const judge = (error: unknown): Retry | undefined => passingOf(access, error) ?? brokenOff(error);
  let offset = start;
  while (offset < end) {
    let held: Buffer[] = [];
    const connect = async (own: AbortSignal): Promise<Body> => {
      const body = await openBody(access, source, { start: offset, end }, own);
      try {
        while (offset < end && lengthOf(held) < leastProgress) {
          const batch = await body.next();
          offset += lengthOf(batch);
          held.push(...batch);
        }
        return body;
      } catch (error) {
        body.close();
        throw error;
      }
    };
    const body = await askAccount(access, source.what, connect, { signal, judge, info: source.info });
    try {
      yield held;
      held = [];
      while (offset < end) {
        const batch = await body.next();
        offset += lengthOf(batch);
        yield batch;
      }
      await body.end();
    } catch (error) {
      signal.throwIfAborted();
      const retry = judge(withHost(access, error));
      if (!retry) throw error;
      source.info(`${source.what}: ${retry.why}. Connecting again`);
    } finally {
      body.close();
    }
  }
}

/** A connection that ended in the middle of a body fails with an error of the stream, which may be any. */
function brokenOff(error: unknown): Retry | undefined {
  const isTold = [OtherBytes, NotAzure, Failure].some((kind) => error instanceof kind);
  if (isTold || isRestError(error) || !(error instanceof Error)) return undefined;
  return { why: error.message };
}

/** An answer whose bytes are coming. */
interface Body {
  /**
   * The next of them: at least one.
   * @throws NoAnswer if too few came for too long while they were waited for; the time in which nobody wants them does not count
   */
  next(): Promise<Buffer[]>;
  /** To be called when all have come: the connection may then be used again. */
  end(): Promise<void>;
  /** Ends the connection, if it is still needed for this answer. */
  close(): void;
}

async function openBody(
  { patience }: Access,
  { client, etag }: BlobSource,
  { start, end }: Range,
  signal: AbortSignal,
): Promise<Body> {
  const own = new AbortController();
  let stream: Readable | undefined;
  let [waited, came, offset, ended] = [0, 0, start, false];

  const close = (reason?: Error): void => {
    signal.removeEventListener('abort', cancel);
    if (ended) return;
    own.abort(reason);
    stream?.destroy();
  };
  const cancel = (): void => close(signal.reason);
  signal.addEventListener('abort', cancel);

  /** Waits for something of the other side, for as long as it has left. */
  const waitFor = async <T>(work: Promise<T>): Promise<T> => {
    const began = performance.now();
    const timer = setTimeout(() => close(new NoAnswer(patience.idle)), patience.idle - waited);
    try {
      const answer = await work;
      if (own.signal.aborted) throw own.signal.reason;
      return answer;
    } catch (error) {
      if (own.signal.reason instanceof NoAnswer) throw own.signal.reason;
      // Of a connection that was closed in the middle of a body, the SDK tells no more than that its stream was aborted.
      const isClosed = !own.signal.aborted && error instanceof Error && error.name === 'AbortError';
      throw isClosed ? closedBy(new URL(client.url).hostname, error) : error;
    } finally {
      clearTimeout(timer);
      waited += performance.now() - began;
    }
  };

  const otherBytes = (answered = 'the whole blob'): OtherBytes =>
    new OtherBytes(`bytes ${start}-${end - 1} were requested, and the response was ${answered}`);

  const options = { abortSignal: own.signal, conditions: { ifMatch: etag } };
  const { contentRange, readableStreamBody } = await waitFor(
    client.download(start, end - start, options),
  ).catch((error: unknown) => {
    close();
    throw error;
  });
  stream = readableStreamBody as Readable;
  const batches = batchesOf(stream);
  return {
    async next() {
      const { value: batch, done } = await waitFor(batches.next());
      if (done) throw new Error(`the response ended at byte ${offset} of bytes ${start}-${end - 1}`);
      const bytes = lengthOf(batch);
      if (startOf(contentRange) !== start || bytes > end - offset) throw otherBytes(contentRange);
      offset += bytes;
      came += bytes;
      if (came >= leastProgress) [waited, came] = [0, 0];
      return batch;
    },
    async end() {
      const { done } = await waitFor(batches.next()).catch(() => ({ done: true }));
      if (!done) throw otherBytes(contentRange);
      ended = !own.signal.aborted;
    },
    close: () => close(),
  };
}

function closedBy(hostname: string, cause: Error): Error {
  const error = new Error('the connection was closed in the middle of the response', { cause });
  return Object.assign(error, { code: 'ECONNRESET', hostname });
}

/** Where the bytes of an answer begin: those of one that names no range are the whole blob. */
function startOf(contentRange: string | undefined): number {
  return contentRange === undefined ? 0 : Number(/^bytes (\d+)-/.exec(contentRange)?.[1]);
}
