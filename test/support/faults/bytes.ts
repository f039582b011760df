import { setTimeout as sleep } from 'node:timers/promises';

type Chunks = AsyncIterable<Buffer>;

/** The first so many bytes of a stream, of which no more is read than the chunk in which they end. */
export async function* first(count: number, chunks: Chunks): AsyncGenerator<Buffer, void> {
  let left = count;
  if (left <= 0) return;
  for await (const chunk of chunks) {
    yield chunk.subarray(0, left);
    left -= chunk.length;
    if (left <= 0) return;
  }
}

/** How many parts of a second's bytes come one by one. */
const parts = 10;

/** A stream at so many bytes a second. */
export async function* slowly(rate: number, chunks: Chunks): AsyncGenerator<Buffer, void> {
  const size = Math.max(1, Math.floor(rate / parts));
  for await (const chunk of chunks) {
    for (let from = 0; from < chunk.length; from += size) {
      const part = chunk.subarray(from, from + size);
      await sleep((part.length / rate) * 1000);
      yield part;
    }
  }
}
