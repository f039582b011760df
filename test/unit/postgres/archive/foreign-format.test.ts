import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { explainForeignFormat } from '../../../../src/postgres/archive/foreign-format.ts';
import { ArchiveError } from '../../../../src/postgres/archive/header.ts';
import { adviceForArchive } from '../../../../src/postgres/archive/read.ts';
import { makeArchive, Writer } from '../../support/synthetic-archive.ts';

/** The first block of a tar file whose first file has this name. */
function tar(name: string): Buffer {
  const block = Buffer.alloc(512);
  block.write(name);
  block.write('ustar', 257);
  return block;
}

const choose = 'Choose a backup made by this action or by pg_dump --format=custom.';

describe('what is no archive in custom format is called by its name', () => {
  test.each([
    ['nothing', Buffer.alloc(0), 'it is empty', ''],
    ['gzip', gzipSync(makeArchive()), 'it is compressed with gzip', ' If it contains an archive'],
    ['zstd', zstdCompressSync(makeArchive()), 'it is compressed with zstd', ' If it contains'],
    ['zip', Buffer.from('PK\x03\x04'), 'it is a zip file', ' If it contains'],
    [
      'an archive in tar format',
      tar('toc.dat'),
      'it is an archive in tar format',
      ' Restore an archive in tar format with pg_restore by hand.',
    ],
    ['another tar file', tar('toc.dat.old'), 'it is a tar file', ' If it contains'],
    [
      'the head of an archive in directory format',
      new Writer().header(3),
      'it is the table of contents (toc.dat) of an archive in directory or tar format, whose data is in other files',
      ' Restore the whole archive (a folder or a tar file) with pg_restore by hand.',
    ],
    [
      'plain SQL',
      Buffer.from('--\n-- PostgreSQL database dump\n'),
      'it looks like a plain SQL script',
      ' Restore an SQL script with psql by hand.',
    ],
    [
      'plain SQL of a new pg_dump',
      Buffer.from('\\restrict x\n\nSET y = 0;\n'),
      'it looks like a plain',
      ' Restore an SQL script with psql by hand.',
    ],
    ['a cut archive', makeArchive().subarray(0, 9), 'what was found', ''],
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), 'what was found', ''],
  ])('%s', (_, start, is, use) => {
    const { cause, advice } = explainForeignFormat(start, new ArchiveError('what was found'));
    expect(cause).toContain(`it is not an archive in PostgreSQL's custom format: ${is}`);
    if (use === '') expect(advice).toBe(choose);
    else expect(advice).toContain(`${choose}${use}`);
  });
});

/** Its own words, as pg_restore 15 to 18 write them. */
test.each([
  [
    'pg_restore: error: unsupported version (1.16) in file header',
    /^The backup is fine, but was made by a newer/,
  ],
  [
    'warning: archive is compressed, but this installation does not support compression (this build does not support compression with zstd)',
    /does not support its compression/,
  ],
  [
    'could not read from input file: end of file',
    /^The blob is damaged or incomplete\. Choose another backup\.$/,
  ],
  ['found unexpected block ID (0) when reading data -- expected 3333', /^The blob is damaged/],
  ['could not uncompress data: incorrect data check', /^The blob is damaged/],
])('pg_restore: %s', (cause, advice) => {
  expect(adviceForArchive(cause)).toMatch(advice);
});
