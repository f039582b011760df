import { describe, expect, test } from 'vitest';
import { blockSize, bytesInBlocks, mostBlocks } from '../../../../../src/azure/storage/upload/block-sizes.ts';

const mebibyte = 1024 ** 2;
const tebibyte = 1024 ** 4;
const sizes = Array.from({ length: mostBlocks }, (_, index) => blockSize(index));

describe('the blocks of a blob', () => {
  test.each([
    [0, 4],
    [4_999, 4],
    [5_000, 8],
    [10_000, 16],
    [38_999, 16],
    [39_000, 64],
    [49_999, 1_024],
  ])('number %i has %i MiB', (index, size) => {
    expect(blockSize(index)).toBe(size * mebibyte);
  });

  test('reach 5 TiB with the 50,000 that a blob may have', () => {
    expect(sizes.reduce((sum, size) => sum + size)).toBeGreaterThan(5 * tebibyte);
  });

  test.each([0, 1, 5_000, 5_001, 39_000, 46_999, mostBlocks])(
    '%i of them have the bytes of each',
    (count) => {
      expect(bytesInBlocks(count)).toBe(sizes.slice(0, count).reduce((sum, size) => sum + size, 0));
    },
  );

  test('have at most 16 MiB as long as they hold 500 GiB together', () => {
    let held = 0;
    let largest = 0;
    for (const size of sizes) {
      if (held >= 500 * 1024 ** 3) break;
      held += size;
      largest = size;
    }
    expect(largest).toBe(16 * mebibyte);
  });

  test('are all smaller than the largest that Azure takes', () => {
    expect(Math.max(...sizes)).toBeLessThanOrEqual(4_000 * mebibyte);
  });

  test('never shrink, and have whole bytes', () => {
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
    expect(sizes.every(Number.isSafeInteger)).toBe(true);
  });
});
