import { setTimeout as sleep } from 'node:timers/promises';
import type { BlockBlobClient } from '@azure/storage-blob';
import { isRestError } from './rest-error.ts';

/** How often in a row a connection may fail without a byte having come. */
const fruitlessAttempts = 5;

/**
 * A blob's content. A connection that breaks is taken up again at the byte where it broke off, as long as the blob is
 * still the same. The SDK's own `maxRetryRequests` does not do it: it takes a connection that was closed in the middle of
 * a body for an abort by its caller, and gives up (seen with 12.34).
 */
export async function* readBlob(
  client: BlockBlobClient,
  { size, etag }: { size: number; etag: string },
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  let offset = 0;
  for (let attempt = 1; offset < size; attempt++) {
    try {
      const options = { abortSignal: signal, conditions: { ifMatch: etag } };
      const { readableStreamBody } = await client.download(offset, undefined, options);
      for await (const part of readableStreamBody ?? []) {
        const chunk = part as Buffer; // the stream has no encoding set
        offset += chunk.length;
        attempt = 0;
        yield chunk;
      }
      if (offset < size) throw new Error(`the answer ended after ${offset} of ${size} bytes`);
    } catch (error) {
      signal.throwIfAborted();
      const refused = isRestError(error) && error.statusCode !== undefined;
      if (refused || attempt >= fruitlessAttempts) throw error;
      await sleep(1_000 * attempt, undefined, { signal });
    }
  }
}
