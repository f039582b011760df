import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ArchiveFollower } from '../../../../src/postgres/archive/follower.ts';
import { ArchiveError, oldestReader, readHeader } from '../../../../src/postgres/archive/header.ts';
import {
  type ArchiveParts,
  makeArchive,
  noData,
  notSet,
  positionSet,
  usualBlocks,
  usualEntries,
  Writer,
} from '../../support/synthetic-archive.ts';

/** Follows an archive in pieces of a size to its end. */
function follow(archive: Buffer, size = archive.length): boolean {
  const follower = new ArchiveFollower();
  for (let at = 0; at < archive.length; at += size) follower.push(archive.subarray(at, at + size));
  return follower.end();
}

const layouts = [
  ['1.14, of pg_dump 12 to 15', { minor: 14 }],
  ['1.15, of pg_dump 16', { minor: 15 }],
  ['1.16, of pg_dump 17 and 18', { minor: 16 }],
  ['1.16 with integers of 8 bytes and offsets of 4', { minor: 16, intSize: 8, offsetSize: 4 }],
  ['1.14 with integers of 2 bytes', { minor: 14, intSize: 2 }],
] as const;

describe.each(layouts)('an archive in format %s', (_, layout) => {
  // An OID above 2 bytes does not fit the smallest integers.
  const fits = (write: Writer) => [
    ...usualBlocks(write).slice(0, 2),
    write.largeObjects(3602, [
      { oid: 17, chunks: ['some bytes', 'PGDMP'] },
      { oid: 18, chunks: [] },
    ]),
  ];
  const archive = makeArchive({ layout, blocks: fits });

  test.each([1, 3, 7, 64, archive.length])('is followed to its end in pieces of %i bytes', (size) => {
    expect(follow(archive, size)).toBe(true);
  });

  test.each([
    ['another layout', Buffer.from(`PGDMP\x01\x11\0\x04\x08\x01\0${'\xff'.repeat(60)}`, 'latin1'), '1.17'],
    ['next to nothing behind its version', Buffer.from('PGDMP\x01\x12\0', 'latin1'), '1.18'],
    ['a new major version', Buffer.from('PGDMP\x02\0whatever', 'latin1'), '2.0'],
  ])('of a newer format with %s is unknown but for its version', (_, start, format) => {
    expect(readHeader(start)).toEqual({ format, database: '', serverVersion: '', dumpVersion: '' });
  });

  test('is known to be cut, wherever the cut is', () => {
    const missed = Array.from(archive.keys()).filter((length) => {
      try {
        follow(archive.subarray(0, length));
        return true;
      } catch (error) {
        if (!(error instanceof ArchiveError) || !/too early/.test(error.message)) throw error;
        return false;
      }
    });
    expect(missed).toEqual([]);
  });

  test('is known to be cut, when it came byte by byte', () => {
    const follower = new ArchiveFollower();
    const wholeAt = Array.from(archive, (_byte, at) => {
      follower.push(archive.subarray(at, at + 1));
      try {
        follower.end();
        return [at + 1];
      } catch {
        return [];
      }
    }).flat();
    expect(wholeAt).toEqual([archive.length]);
  });

  test.each([1, 3, archive.length + 1])('is known to have a byte too many, in pieces of %i bytes', (size) => {
    expect(() => follow(Buffer.concat([archive, Buffer.from([0])]), size)).toThrow(ArchiveError);
  });

  test('is known to have a byte too many that comes in a push of its own', () => {
    const follower = new ArchiveFollower();
    follower.push(archive);
    expect(() => follower.push(Buffer.from('\n'))).toThrow('bytes follow after the end');
  });

  test('is followed when empty pieces come between, before and after', () => {
    const follower = new ArchiveFollower();
    const nothing = Buffer.alloc(0);
    for (const part of [nothing, archive.subarray(0, 30), nothing, archive.subarray(30), nothing]) {
      follower.push(part);
    }
    expect(follower.end()).toBe(true);
  });
});

describe('a whole archive', () => {
  const whole: [string, ArchiveParts][] = [
    ['of an empty database, without entries', { entries: [], blocks: () => [] }],
    ['of a schema, without data', { entries: [{ id: 1, state: noData }], blocks: () => [] }],
    ['with its data in another order', { blocks: (write) => usualBlocks(write).reverse() }],
    [
      'whose offsets are filled in',
      {
        entries: usualEntries.map((entry) =>
          entry.state === notSet ? { ...entry, state: positionSet } : entry,
        ),
      },
    ],
    [
      'with a large-object entry that has none',
      { entries: [{ id: 7, state: notSet }], blocks: (write) => [write.largeObjects(7, [])] },
    ],
    [
      'with names of 63 bytes, no name, and many dependencies',
      {
        entries: [
          { id: 1, state: noData, tag: 'é'.repeat(31) },
          { id: 2, state: noData, tag: '', dependencies: Array.from({ length: 300 }, (_, i) => i) },
        ],
        blocks: () => [],
      },
    ],
    [
      'whose data looks like the end of an archive',
      {
        entries: [{ id: 1, state: notSet }],
        blocks: (write) => [write.data(1, ['\0\0\0\0\0', '\0', 'PGDMP\x01\x10'])],
      },
    ],
  ];
  test.each(whole)('%s', (_, parts) => {
    const archive = makeArchive(parts);
    for (const size of [1, 3, 7, archive.length]) expect(follow(archive, size)).toBe(true);
  });

  test('with a chunk of 2 GB', () => {
    const write = new Writer();
    const follower = new ArchiveFollower();
    const length = 2_000_000_000;
    const piece = Buffer.alloc(1_000_000);
    follower.push(Buffer.concat([write.header(), write.tableOfContents([{ id: 9, state: notSet }])]));
    follower.push(Buffer.concat([Buffer.from([1]), write.int(9), write.int(length)]));
    for (let sent = 0; sent < length; sent += piece.length) follower.push(piece);
    expect(() => follower.end()).toThrow('in the data of entry 9');
    follower.push(write.int(0));
    expect(follower.end()).toBe(true);
  });
});

describe('a header whose names promise more than a header has', () => {
  const database = Buffer.byteLength('moodle — d01');
  const at = new Writer().header().indexOf(new Writer().int(database), 40);
  test.each([1_025, 1_000_000_000, 2 ** 32 - 1])('is refused at once, without keeping %i bytes', (length) => {
    const header = new Writer().header();
    const follower = new ArchiveFollower();
    const damaged = Buffer.concat([header.subarray(0, at), new Writer().int(length)]);
    expect(() => {
      follower.push(damaged);
      follower.push(Buffer.alloc(2_000));
    }).toThrow('its header makes no sense');
    expect(() => readHeader(Buffer.concat([damaged, Buffer.alloc(2_000)]))).toThrow(ArchiveError);
  });
});

describe('an archive is refused', () => {
  const entries = [
    { id: 1, state: notSet },
    { id: 2, state: notSet },
    { id: 3, state: noData },
  ];
  const wrong: [string, ArchiveParts, string][] = [
    [
      'with data of an entry that is not in its table of contents',
      { entries, blocks: (write) => [write.data(1, ['x']), write.data(4, ['x'])] },
      'data of an entry 4 that its table of contents does not promise',
    ],
    [
      'with data of an entry that has none',
      { entries, blocks: (write) => [write.data(3, ['x'])] },
      'data of an entry 3 that',
    ],
    [
      'with data of the same entry twice, in the place of another',
      { entries, blocks: (write) => [write.data(1, ['x']), write.data(1, ['x'])] },
      'data of an entry 1 that',
    ],
    [
      'with data of the last entry twice',
      { entries, blocks: (write) => [1, 2, 2].map((id) => write.data(id, ['x'])) },
      'bytes follow after the end',
    ],
    [
      'with a block of type 0',
      { entries, blocks: (write) => [write.data(1, ['x'], 0)] },
      'a block of unknown type 0 for entry 1',
    ],
    [
      'with a block of type 4',
      { entries, blocks: (write) => [write.data(1, ['x']), write.data(2, ['x'], 4)] },
      'a block of unknown type 4 for entry 2',
    ],
    [
      'with a chunk of negative length',
      { entries, blocks: (write) => [Buffer.from([1]), write.int(1), write.int(-5), Buffer.alloc(9)] },
      'a chunk of impossible length, in the data of entry 1',
    ],
    [
      'with one entry left out',
      { entries, blocks: (write) => [write.data(2, ['x'])] },
      'it ends too early, after the data of 1 of 2 entries',
    ],
    [
      'without any data',
      { entries, blocks: () => [] },
      'it ends too early, after the data of 0 of 2 entries',
    ],
    [
      'with the terminator of its last chunk missing',
      { entries, blocks: (write) => [write.data(2, []), write.data(1, ['x']).subarray(0, -5)] },
      'it ends too early, in the data of entry 1',
    ],
    [
      'with the terminator of its large objects missing',
      {
        entries: [{ id: 1, state: notSet }],
        blocks: (write) => [write.largeObjects(1, [{ oid: 5, chunks: ['x'] }]).subarray(0, -5)],
      },
      'it ends too early, in the data of entry 1',
    ],
    [
      'in tar format',
      { header: new Writer().header(3), blocks: () => [] },
      'it is the table of contents (toc.dat) of an archive in directory or tar format',
    ],
    ['of a format 0', { header: new Writer().header(1, 0), blocks: () => [] }, 'its header makes no sense'],
    [
      'with integers of 9 bytes',
      { header: new Writer({ intSize: 9 }).header(), blocks: () => [] },
      'its header makes no sense',
    ],
    [
      'that is a message of pg_dump',
      { header: Buffer.from('pg_dump: error: …'), blocks: () => [] },
      'it begins with "pg_du" instead of "PGDMP"',
    ],
  ];
  test.each(wrong)('%s', (_, parts, message) => {
    const archive = makeArchive(parts);
    for (const size of [1, 3, 7, archive.length]) {
      expect(() => follow(archive, size)).toThrow(ArchiveError);
      expect(() => follow(archive, size)).toThrow(message);
    }
  });

  test('that never began', () => {
    expect(() => new ArchiveFollower().end()).toThrow('it ends too early, in its header');
  });
});

describe('a version of the format that is not known', () => {
  test.each([
    ['newer', 17],
    ['much newer', 99],
    ['older', 13],
  ])('%s is reported as not followed', (_, minor) => {
    const archive = Buffer.concat([
      makeArchive({ layout: { minor } }),
      Buffer.from('whatever comes with it'),
    ]);
    for (const size of [1, 7, archive.length]) expect(follow(archive, size)).toBe(false);
  });

  test.each([
    ['with a header of another layout', Buffer.from('PGDMP\x01\x11\xff\xff\xff', 'latin1')],
    ['and a new major version', Buffer.from('PGDMP\x02\x00', 'latin1')],
  ])('%s is not followed either', (_, archive) => {
    for (const size of [1, archive.length]) expect(follow(archive, size)).toBe(false);
  });

  test('is still known to be cut in its version, and an old one in its header', () => {
    expect(() => follow(Buffer.from('PGDMP\x01'))).toThrow('in its header');
    const header = new Writer({ minor: 13 }).header();
    expect(() => follow(header.subarray(0, -1))).toThrow('in its header');
  });

  test('is told as soon as it is known', () => {
    const follower = new ArchiveFollower();
    follower.push(Buffer.from('PGDMP\x01'));
    expect(follower.known).toBe(true);
    follower.push(Buffer.from('\x11'));
    expect(follower.known).toBe(false);
  });
});

describe('the header', () => {
  test.each(layouts)('of format %s is read', (_, layout) => {
    expect(readHeader(makeArchive({ layout }).subarray(0, 1024))).toEqual({
      format: `1.${layout.minor}`,
      database: 'moodle — d01',
      serverVersion: '15.18',
      dumpVersion: '17.11 (Debian 17.11-0+deb13u1)',
    });
  });

  test('of a newer format is read', () => {
    expect(readHeader(new Writer({ minor: 17 }).header())).toMatchObject({ format: '1.17' });
  });

  test('is known to be cut, wherever the cut is', () => {
    const header = new Writer().header();
    for (let length = 0; length < header.length; length++) {
      expect(() => readHeader(header.subarray(0, length))).toThrow(
        'it ends within the first bytes of its header',
      );
    }
    expect(() => readHeader(header)).not.toThrow();
  });

  const tar = Buffer.alloc(1024);
  tar.write('toc.dat');
  tar.write('ustar', 257);
  test.each([
    ['nothing', Buffer.alloc(0), 'it ends within the first bytes'],
    ['one byte', Buffer.from('P'), 'it ends within the first bytes'],
    [
      'plain SQL',
      Buffer.from('--\n-- PostgreSQL database dump\n--\n'),
      'begins with "--\\n--" instead of "PGDMP"',
    ],
    ['a tar file', tar, 'begins with "toc.d" instead of "PGDMP"'],
    ['gzip', gzipSync(makeArchive()), 'begins with "\\u001f'],
    ['the toc.dat of an archive', new Writer().header(3), 'an archive in directory or tar format'],
    ['lower case', Buffer.from('pgdmp\x01\x10\0'), 'begins with "pgdmp"'],
  ])('is not read out of %s', (_, start, message) => {
    expect(() => readHeader(start)).toThrow(ArchiveError);
    expect(() => readHeader(start)).toThrow(message);
  });
});

test.each([
  ['1.13', '11.22', 12],
  ['1.14', '15.18 (Debian 15.18-0+deb12u1)', 12],
  ['1.15', '16.9', 16],
  ['1.16', '17.6', 17],
  ['1.16', '18.6', 17],
  ['1.17', '19.1 (Debian 19.1-1)', 19],
  ['1.17', '19beta1', 19],
  ['1.17', 'unknown', 0],
  ['1.17', '', 0],
  ['1.17', '4711.1', 0],
  ['2.0', '21.3', 21],
])('format %s of pg_dump %s needs a pg_restore of major %i at least', (format, dumpVersion, major) => {
  expect(oldestReader({ format, dumpVersion, database: 'x', serverVersion: '12.1' })).toBe(major);
});
