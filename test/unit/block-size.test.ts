import { describe, expect, test } from 'vitest';
import { blockSize } from '../../src/azure/block-writer.ts';

const mebibyte = 1024 ** 2;
const tebibyte = 1024 ** 4;
const sizes = Array.from({ length: 50_000 }, (_, index) => blockSize(index));

describe('the blocks of a blob', () => {
  test.each([
    [0, 8],
    [7_999, 8],
    [8_000, 16],
    [23_999, 32],
    [24_000, 64],
    [49_999, 512],
  ])('number %i has %i MiB', (index, size) => {
    expect(blockSize(index)).toBe(size * mebibyte);
  });

  test('reach 4.7 TiB with the 50,000 that a blob may have', () => {
    expect(sizes.reduce((sum, size) => sum + size)).toBeGreaterThan(4.7 * tebibyte);
  });

  test('are all smaller than the largest that Azure takes', () => {
    expect(Math.max(...sizes)).toBeLessThanOrEqual(4_000 * mebibyte);
  });

  test('never shrink, and have whole bytes', () => {
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
    expect(sizes.every(Number.isSafeInteger)).toBe(true);
  });

  test('hold 60 GB in the smallest size, of which several fit into memory', () => {
    expect(sizes.slice(0, 7_500).every((size) => size === 8 * mebibyte)).toBe(true);
  });
});
