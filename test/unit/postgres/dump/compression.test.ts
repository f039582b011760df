import { describe, expect, test } from 'vitest';
import {
  type ChosenCompression,
  type Compression,
  canCompress,
  compressArgument,
  describeCompression,
  parseCompression,
  resolveCompression,
} from '../../../../src/postgres/dump/compression.ts';

const accepted: [string, Compression, string][] = [
  ['auto', { method: 'auto' }, 'auto'],
  ['none', { method: 'none' }, 'none'],
  ['0', { method: 'none' }, 'none'],
  ['6', { method: 'gzip', level: 6 }, 'gzip:6'],
  ['gzip', { method: 'gzip' }, 'gzip'],
  ['gzip:1', { method: 'gzip', level: 1 }, 'gzip:1'],
  ['gzip:9', { method: 'gzip', level: 9 }, 'gzip:9'],
  ['gzip:level=3', { method: 'gzip', level: 3 }, 'gzip:3'],
  ['lz4', { method: 'lz4' }, 'lz4'],
  ['lz4:12', { method: 'lz4', level: 12 }, 'lz4:12'],
  ['zstd', { method: 'zstd' }, 'zstd'],
  ['zstd:3', { method: 'zstd', level: 3 }, 'zstd:3'],
  ['zstd:22', { method: 'zstd', level: 22 }, 'zstd:22'],
  ['zstd:-5', { method: 'zstd', level: -5 }, 'zstd:level=-5'],
  ['zstd:long', { method: 'zstd', long: true }, 'zstd:long'],
  ['zstd:level=9,long', { method: 'zstd', level: 9, long: true }, 'zstd:level=9,long'],
  ['zstd:long,level=9', { method: 'zstd', level: 9, long: true }, 'zstd:level=9,long'],
];

describe('a compression', () => {
  test.each(accepted)('%s is read', (text, compression) => {
    expect(parseCompression(text)).toEqual(compression);
  });

  test.each(accepted)('%s is written so that it reads the same', (_, compression, text) => {
    expect(describeCompression(compression)).toBe(text);
    expect(parseCompression(text)).toEqual(compression);
  });

  test.each([
    '',
    ' ',
    'AUTO',
    'Zstd:3',
    'bzip2',
    'xz:6',
    '10',
    '-1',
    '6.5',
    'none:1',
    'auto:1',
    'gzip:',
    'gzip:0',
    'gzip:10',
    'gzip:-1',
    'gzip:6.5',
    'gzip:long',
    'gzip:6,5',
    'gzip:06x',
    'gzip 6',
    'lz4:13',
    'lz4:long',
    'zstd:23',
    'zstd:-131073',
    'zstd:level=',
    'zstd:level=3,level=3',
    'zstd:long,long',
    'zstd:3,',
    'zstd:,3',
    'zstd:wide=1',
    'zstd:3 --schema-only',
    'zstd:3\n',
    '\nnone',
    'zstd:3\nauto',
  ])('%j is refused', (text) => {
    expect(parseCompression(text)).toBeUndefined();
  });
});

test.each([
  ['zstd where the client has it', true, 'zstd'],
  ['gzip elsewhere', false, 'gzip'],
])('auto is %s', (_, hasZstd, method) => {
  expect(resolveCompression({ method: 'auto' }, hasZstd)).toEqual({ method, level: 1 });
});

test.each([true, false])('what was asked for is never resolved to something else, zstd %s', (hasZstd) => {
  const compression: Compression = { method: 'gzip', level: 9 };
  expect(resolveCompression(compression, hasZstd)).toBe(compression);
});

test.each([
  ['auto', 15, true],
  ['none', 15, true],
  ['gzip', 15, true],
  ['lz4', 15, false],
  ['zstd', 15, false],
  ['lz4', 16, true],
  ['zstd', 16, true],
] as const)('%s with a client %i: %s', (method, major, can) => {
  expect(canCompress({ method }, major)).toBe(can);
});

const argumentsOf: [ChosenCompression, number, string][] = [
  [{ method: 'none' }, 15, '0'],
  [{ method: 'gzip' }, 15, '6'],
  [{ method: 'gzip', level: 1 }, 15, '1'],
  [{ method: 'none' }, 16, 'none'],
  [{ method: 'gzip' }, 16, 'gzip'],
  [{ method: 'gzip', level: 1 }, 17, 'gzip:1'],
  [{ method: 'lz4' }, 17, 'lz4'],
  [{ method: 'zstd', level: 9, long: true }, 17, 'zstd:level=9,long'],
  [{ method: 'zstd', long: true }, 18, 'zstd:long'],
];
test.each(argumentsOf)('%o of a client %i is --compress=%s', (compression, major, argument) => {
  expect(compressArgument(compression, major)).toBe(argument);
});
