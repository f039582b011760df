import { chmod, rm, stat, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { getHeapStatistics } from 'node:v8';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BackupStore } from '../../../../src/azure/storage/backup-store.ts';
import type { StoredBackup } from '../../../../src/azure/storage/stored-backup.ts';
import { firstPortion, mostContents, readHead } from '../../../../src/jobs/archive/head.ts';
import type { Client } from '../../../../src/postgres/client/find.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../../../support/machine/temporary-folder.ts';

/* A backup of which a table of contents takes so many bytes, as a stand-in for pg_restore says that reads its file's size alone. */

const mebibyte = 2 ** 20;

/** What is looked through on this machine. */
const most = mostContents(getHeapStatistics().heap_size_limit);

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await makeTemporaryFolder('head');
});
afterAll(() => folder.remove());

async function read(size: number, contents: number): Promise<{ ranges: [number, number][]; error: string }> {
  const pgRestore = path.join(folder.path, 'pg_restore');
  const script = `#!/bin/sh
for file; do :; done
[ "$(stat --format=%s "$file")" -ge ${contents} ] && echo '1; 2 3 TABLE public t owner' && exit
echo 'pg_restore: error: could not read from input file: end of file' >&2
exit 1
`;
  await writeFile(pgRestore, script);
  await chmod(pgRestore, 0o755);
  const ranges: [number, number][] = [];
  const store: Pick<BackupStore, 'appendStart'> = {
    appendStart: async (_, { start, end }, file) => {
      expect((await stat(file)).size).toBe(start);
      ranges.push([start / mebibyte, Math.min(end, size) / mebibyte]);
      // Sparse: only its size counts.
      await truncate(file, Math.min(end, size));
    },
  };
  const step = { info: () => {}, scratch: folder.path, signal: new AbortController().signal };
  const stored = { name: 'x "y".dump', size } as StoredBackup;
  const start = Buffer.alloc(Math.min(size, firstPortion));
  const client = { pgRestore, version: '15.1' } as Client;
  const error = await readHead(store as BackupStore, { stored, start }, client, [], step).then(
    ({ entries }) => `${entries.length} entry`,
    (reason: Error) => reason.message,
  );
  await rm(path.join(folder.path, 'head.dump'));
  return { ranges, error };
}

test.each([
  ['within the first portion', 10 * mebibyte, 1_000, []],
  ['of a small backup', 1_000, 1_000, []],
  ['in the second', 10 * mebibyte, 3 * mebibyte, [[1, 8]]],
  [
    'in the third, with the end of the backup',
    10 * mebibyte,
    9 * mebibyte,
    [
      [1, 8],
      [8, 10],
    ],
  ],
  [
    'in the last',
    1_000 * mebibyte,
    most - 100,
    [
      [1, 8],
      [8, 64],
      [64, most / mebibyte],
    ],
  ],
])(
  'a table of contents that ends %s is read as far as that, no byte twice',
  async (_, size, contents, ranges) => {
    expect(await read(size, contents)).toEqual({ ranges, error: '1 entry' });
  },
);

test('one that is larger than what is looked through is told as that, and not as damage', async () => {
  const { error } = await read(1_000 * mebibyte, most + 100);
  expect(error).toContain(
    'Reading the table of contents of "x \\"y\\".dump" failed: it does not end within the first ',
  );
  expect(error).toContain('restore it with pg_restore by hand');
  expect(error).not.toContain('damaged');
});

test('one that is larger than the backup is damage', async () => {
  const { error } = await read(5 * mebibyte, 7 * mebibyte);
  expect(error).toContain('The blob is damaged or incomplete.');
});

test.each([
  [4_288, 512],
  [8_000, 512],
  [2_096, 262],
  [512, 64],
  [100, 64],
])('with %d MiB of memory for Node, %d MiB are looked through', (heap, contents) => {
  expect(mostContents(heap * mebibyte)).toBe(contents * mebibyte);
});
