import { expect, test } from 'vitest';
import { sizeWarning } from '../../../../src/jobs/backup/size-warning.ts';

const most = 5_783_945_216_000;

test('a database whose tables are no larger than a backup can be is nothing to tell', () => {
  expect(sizeWarning('shop', most, { method: 'none' }, most)).toBe(undefined);
});

test('one that has to be compressed to fit is told, with the compression', () => {
  expect(sizeWarning('a "b"', most + 1e12, { method: 'zstd', level: 1 }, most)).toBe(
    'The backup of database "a \\"b\\"" may become too large: the tables have 6.78 TB on the server, without indexes, and a backup can have 5.78 TB. Compression (zstd:1) has to make it smaller. If it reaches that size, the job fails at once. Compress more (input compression), or leave out rows that you can do without (--exclude-table-data in pg_dump_options).',
  );
});

test('one that is not compressed is told that it will hardly fit', () => {
  expect(sizeWarning('shop', 2 * most, { method: 'none' }, most)).toContain(
    'the tables have 11.6 TB on the server, without indexes, and a backup can have 5.78 TB. It is not compressed (compression: none), so it may be as large.',
  );
});
