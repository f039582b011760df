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

/** How many blocks a blob has at most. */
export const mostBlocks = 50_000;

/** Bytes in memory at once, those of the block that is being filled included. */
const bytesInMemory = 32 * mebibyte;

/** How many blocks may be on their way at most. */
export const mostInFlight = 5;

/** The size of a blob's n-th block, counted from 0, in bytes. */
export function blockSize(index: number): number {
  const [, size] = schedule.findLast(([first]) => index >= first) ?? [0, 4];
  return size * mebibyte;
}

/** How many bytes a blob has at most that is made of so many blocks. */
export function bytesInBlocks(count: number): number {
  return schedule.reduce((sum, [first, size], place) => {
    const [end] = schedule[place + 1] ?? [count];
    return sum + Math.max(0, Math.min(end, count) - first) * size * mebibyte;
  }, 0);
}

/** How many blocks of this size may be on their way, besides the one that is being filled. */
export function mostOfSize(size: number): number {
  return Math.max(1, Math.min(mostInFlight, Math.floor(bytesInMemory / size) - 1));
}

/** How slow a connection may be on which something still is done, in bytes per millisecond: 1 MiB/s. */
const slowest = mebibyte / 1000;

/**
 * How long one attempt to send a block may take, in milliseconds: as long as a connection may be silent, and what its bytes need. It is
 * twice as long after each attempt that was too slow, for a connection that is slower than that; eight times at most.
 */
export function timeForBlock(bytes: number, idle: number, tooSlow: number): number {
  return (idle + bytes / slowest) * Math.min(8, 2 ** tooSlow);
}
