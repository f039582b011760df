import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dataOffsets } from '../../../../src/postgres/archive/data-offsets.ts';
import { readHeader } from '../../../../src/postgres/archive/header.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../../../support/machine/temporary-folder.ts';
import {
  type ArchiveParts,
  type Entry,
  type Layout,
  makeArchive,
  noData,
  notSet,
  positionSet,
  Writer,
} from '../../support/synthetic-archive.ts';

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await makeTemporaryFolder('data-offsets');
});
afterAll(() => folder.remove());

/** Fills an archive in that came in pieces of a size. */
async function filled(archive: Buffer, size = archive.length): Promise<{ count: number; bytes: Buffer }> {
  const file = join(folder.path, 'archive.dump');
  await writeFile(file, archive);
  const offsets = dataOffsets();
  for (let at = 0; at < archive.length; at += size) offsets.follow(archive.subarray(at, at + size));
  const count = await offsets.fillIn(file);
  return { count, bytes: await readFile(file) };
}

const layouts: [string, Partial<Layout>][] = [
  ['1.14', { minor: 14 }],
  ['1.15', { minor: 15 }],
  ['1.16', { minor: 16 }],
  ['1.16 with integers of 8 bytes and offsets of 4', { minor: 16, intSize: 8, offsetSize: 4 }],
];

describe.each(layouts)('an archive in format %s', (_, layout) => {
  const blocks = (write: Writer) => [
    write.data(7, ['a row', 'another']),
    write.largeObjects(5, [{ oid: 17, chunks: ['bytes'] }]),
    write.data(2, []),
  ];
  const entries: Entry[] = [
    { id: 1, state: noData },
    { id: 2, state: notSet },
    { id: 5, state: notSet },
    { id: 7, state: notSet, tag: 'a longer name' },
  ];
  const archive = makeArchive({ layout, entries, blocks });
  const write = new Writer(layout);
  /** Where the blocks begin, in the order of the entries. */
  const [first = 0, second = 0] = blocks(write).map(({ length }) => length);
  const begin = archive.length - Buffer.concat(blocks(write)).length;
  const places = new Map([
    [7, begin],
    [5, begin + first],
    [2, begin + first + second],
  ]);

  test.each([1, 7, archive.length])('gets the places of its data, in pieces of %i bytes', async (size) => {
    const { count, bytes } = await filled(archive, size);
    expect(count).toBe(3);
    const expected = makeArchive({
      layout,
      blocks,
      entries: entries.map((entry) => {
        const offset = places.get(entry.id);
        return offset === undefined ? entry : { ...entry, state: positionSet, offset };
      }),
    });
    expect(bytes.equals(expected)).toBe(true);
    expect(readHeader(bytes)).toEqual(readHeader(archive));
  });

  test.each([
    ['a pipe', entries],
    [
      'a file, with its offsets',
      entries.map((entry) => (entry.state === notSet ? { ...entry, state: positionSet } : entry)),
    ],
  ])('tells how long the data of each entry is, written to %s', (_, written) => {
    const offsets = dataOffsets();
    const bytes = makeArchive({ layout, entries: written, blocks });
    for (let at = 0; at < bytes.length; at += 7) offsets.follow(bytes.subarray(at, at + 7));
    const [seven = 0, five = 0, two = 0] = blocks(write).map(({ length }) => length);
    expect([...offsets.sizes]).toEqual([
      [7, seven],
      [5, five],
      [2, two],
    ]);
  });
});

test('thousands of entries lie in more than one piece', async () => {
  const ids = Array.from({ length: 20_000 }, (_, id) => id + 1);
  const parts = (entries: Entry[]): ArchiveParts => ({
    entries,
    blocks: (write) => ids.map((id) => write.data(id, ['x'])),
  });
  const archive = makeArchive(parts(ids.map((id) => ({ id, state: notSet }))));
  const size = new Writer().data(1, ['x']).length;
  const begin = archive.length - ids.length * size;
  const { count, bytes } = await filled(archive, 65_536);
  expect(count).toBe(20_000);
  const expected = ids.map((id) => ({ id, state: positionSet, offset: begin + (id - 1) * size }));
  expect(bytes.equals(makeArchive(parts(expected)))).toBe(true);
});

describe('an archive is left alone', () => {
  const blocks = (write: Writer) => [write.data(1, ['a row'])];
  const entries: Entry[] = [{ id: 1, state: notSet }];
  const usual = makeArchive({ entries, blocks });

  test.each<[string, Buffer]>([
    ['that has its offsets', makeArchive({ entries: [{ id: 1, state: positionSet }], blocks })],
    ['that has no data', makeArchive({ entries: [{ id: 1, state: noData }], blocks: () => [] })],
    ['that is cut short', usual.subarray(0, -1)],
    ['with a byte too many', Buffer.concat([usual, Buffer.from('x')])],
    ['of a newer format', makeArchive({ entries, blocks, layout: { minor: 17 } })],
    [
      'whose table of contents is too large',
      makeArchive({ blocks, entries: [{ id: 2, state: noData, tag: 'x'.repeat(33 * 2 ** 20) }, ...entries] }),
    ],
    ['that is none', Buffer.from('SET search_path = public;')],
    ['that is empty', Buffer.alloc(0)],
  ])('%s', async (_, archive) => {
    const { count, bytes } = await filled(archive);
    expect(count).toBe(0);
    expect(bytes.equals(archive)).toBe(true);
  });
});
