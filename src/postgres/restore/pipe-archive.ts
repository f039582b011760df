import type { Writable } from 'node:stream';
import type { RunningProcess } from '../../base/process.ts';

/**
 * Gives a program bytes to read, as fast as it takes them. If it ends before it has read all, the rest is taken from the
 * source nonetheless: whoever made that may be counting.
 * @param enough ends it at once
 * @param onRead is told how many bytes the program has been given so far
 * @throws what the source throws, after the program has been ended
 */
export async function pipeArchive(
  source: AsyncIterable<Buffer>,
  { stdin, stop }: RunningProcess,
  enough: AbortSignal,
  onRead: (bytes: number) => void = () => {},
): Promise<void> {
  let given = 0;
  try {
    for await (const chunk of source) {
      if (enough.aborted) break;
      if (stdin.writable && !stdin.write(chunk)) await drained(stdin);
      given += chunk.length;
      onRead(given);
    }
  } catch (error) {
    await stop();
    throw error;
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
