import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { Range } from './blob-reader.ts';

/** The SHA-256 of a file whose ranges are written in any order. */
export interface PrefixHash {
  /**
   * Takes note of a range that is in the file, and resolves when the front has passed over what it can.
   * @throws Error if the file can't be read, or `signal` was aborted
   */
  written(range: Range): Promise<void>;
  /** Of the bytes up to the front, in hex. */
  digest(): string;
}

/** How much is read from the file at once, in bytes. */
const pieceSize = 1024 * 1024;

/**
 * Hashes a file from its first byte on while it is being written: the front, up to which everything is hashed, moves
 * over every range that adjoins it. The bytes are read back from the file, which is to say from memory that the system
 * holds as its cache: no range needs memory of ours while it waits, and what is hashed is what is in the file.
 * @param handle open for reading
 * @param onContent is given the bytes that the front passes over, in their order, and must not keep them
 */
export function hashPrefix(
  handle: FileHandle,
  onContent: (bytes: Buffer) => void,
  signal: AbortSignal,
): PrefixHash {
  const sha256 = createHash('sha256');
  const piece = Buffer.allocUnsafeSlow(pieceSize);
  /** The ends of the ranges that lie ahead of the front, by their starts. */
  const ahead = new Map<number, number>();
  let front = 0;
  let moves: Promise<void> = Promise.resolve();

  const hashTo = async (end: number): Promise<void> => {
    while (front < end) {
      signal.throwIfAborted();
      const { bytesRead } = await handle.read(piece, 0, Math.min(pieceSize, end - front), front);
      if (bytesRead === 0) throw new Error(`the file ends at byte ${front}, and ${end} were written`);
      const content = piece.subarray(0, bytesRead);
      sha256.update(content);
      onContent(content);
      front += bytesRead;
    }
  };

  const move = async (): Promise<void> => {
    for (let end = ahead.get(front); end !== undefined; end = ahead.get(front)) {
      ahead.delete(front);
      await hashTo(end);
    }
  };

  return {
    written({ start, end }) {
      ahead.set(start, end);
      moves = moves.then(move); // one after the other, since all use the same piece
      return moves;
    },
    digest: () => sha256.digest('hex'),
  };
}
