import type { Writable } from 'node:stream';
import { unlessAborted } from '../../base/patience.ts';
import type { RunningProcess } from '../../base/process.ts';

/**
 * Gives a program bytes to read, as fast as it takes them. If it ends before it has read all, the rest is taken from the
 * source nonetheless: whoever made that may be counting.
 * @param enough ends it at once, whatever the source is waiting for
 * @param onRead is told how many bytes the program has been given so far
 * @throws what the source throws, after the program has been ended
 */
export async function pipeArchive(
  source: AsyncIterable<Buffer>,
  { stdin, stop }: RunningProcess,
  enough: AbortSignal,
  onRead: (bytes: number) => void = () => {},
): Promise<void> {
  const chunks = source[Symbol.asyncIterator]();
  let given = 0;
  try {
    for (;;) {
      const next = await unlessAborted(chunks.next(), enough);
      if (next.done) break;
      if (stdin.writable && !stdin.write(next.value)) await drained(stdin);
      given += next.value.length;
      onRead(given);
    }
  } catch (error) {
    if (!enough.aborted) {
      await stop();
      throw error;
    }
    chunks.return?.().catch(() => {}); // nobody waits for it: a source that is silent ends when it is heard again
  }
  stdin.end();
}

/** Resolves when there is room for more, or nobody reads any more. */
function drained(stdin: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      stdin.off('drain', done).off('close', done);
      resolve();
    };
    stdin.on('drain', done).on('close', done);
  });
}
