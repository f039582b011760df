import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { dataOffsets } from '../../src/postgres/archive/data-offsets.ts';
import { ArchiveFollower, type DataPlace } from '../../src/postgres/archive/follower.ts';
import { explainForeignFormat } from '../../src/postgres/archive/foreign-format.ts';
import { ArchiveError, oldestReader, readHeader } from '../../src/postgres/archive/header.ts';
import { adviceForArchive } from '../../src/postgres/archive/read.ts';
import { parseContents } from '../../src/postgres/archive/table-of-contents.ts';
import { byteChanges, changed, inPieces, pieceLengths } from '../support/fuzz/changed-bytes.ts';
import { almost, hostileText } from '../support/fuzz/hostile-text.ts';
import { makeRealArchives, type RealArchive } from '../support/fuzz/real-archives.ts';
import { outcome, property } from '../support/fuzz/rounds.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/machine/temporary-folder.ts';

let archives: RealArchive[];
let folder: TemporaryFolder;
beforeAll(async () => {
  archives = await makeRealArchives();
  folder = await makeTemporaryFolder('fuzz-archives');
});
afterAll(() => folder?.remove());

/** One of the archives, by any number. */
const which = fc.nat();
const archiveOf = (number: number): RealArchive => {
  const found = archives[number % archives.length];
  if (!found) throw new Error('There is no client on this machine that makes archives');
  return found;
};

/** What came of following an archive: where its data is, whether its version is known, or what is wrong with it. */
interface Followed {
  places: DataPlace[];
  known?: boolean;
  wrong?: string;
}

function follow(pieces: Iterable<Buffer>): Followed {
  const places: DataPlace[] = [];
  const result = outcome([ArchiveError], () => {
    const follower = new ArchiveFollower((place) => places.push(place));
    for (const piece of pieces) follower.push(piece);
    return follower.end();
  });
  return 'error' in result ? { places, wrong: result.error.message } : { places, known: result.value };
}

/** A cause is shown to people: a sentence on one line. */
function isOneLine(text: string): void {
  expect(text).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u);
}

describe('a real archive', () => {
  property(
    'is followed to its end, in whatever pieces it comes',
    [which, pieceLengths],
    (number, lengths) => {
      const { bytes } = archiveOf(number);
      const whole = follow([bytes]);
      expect(whole.known).toBe(true);
      expect(follow(inPieces(bytes, lengths))).toEqual(whole);
    },
  );

  property(
    'is known to be cut, or to have something behind it',
    [
      which,
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      fc.uint8Array({ minLength: 1, maxLength: 9 }),
      pieceLengths,
    ],
    (number, part, more, lengths) => {
      const { bytes } = archiveOf(number);
      expect(follow(inPieces(bytes.subarray(0, Math.floor(part * bytes.length)), lengths)).wrong).toMatch(
        /too early/,
      );
      expect(follow(inPieces(Buffer.concat([bytes, more]), lengths)).wrong).toMatch(/bytes follow/);
    },
  );

  property(
    'that was changed has the same outcome in whatever pieces it comes',
    [which, byteChanges, pieceLengths],
    (number, changes, lengths) => {
      const bytes = changed(archiveOf(number).bytes, changes);
      const whole = follow([bytes]);
      expect(follow(inPieces(bytes, lengths))).toEqual(whole);
      if (whole.wrong !== undefined) isOneLine(whole.wrong);
      for (const { field, size, data } of whole.places) {
        expect(field + 1 + size).toBeLessThanOrEqual(bytes.length);
        expect(data).toBeLessThan(bytes.length);
      }
    },
  );
});

describe('the beginning of anything', () => {
  const beginnings = fc.oneof(
    // One byte of the header alone, which hardly any change of a whole archive would meet.
    fc.tuple(which, fc.nat(90), fc.nat(255)).map(([number, at, byte]) => {
      const bytes = Buffer.from(archiveOf(number).bytes.subarray(0, 1_024));
      bytes[at] = byte;
      return bytes;
    }),
    fc.tuple(which, byteChanges, fc.integer({ min: 0, max: 1_100 })),
    fc.uint8Array({ maxLength: 300 }),
    hostileText().map((text) => Buffer.from(text)),
  );
  property('is read as a header, or explained', [beginnings], (beginning) => {
    const bytes = Array.isArray(beginning)
      ? changed(archiveOf(beginning[0]).bytes, beginning[1]).subarray(0, beginning[2])
      : Buffer.from(beginning);
    const result = outcome([ArchiveError], () => readHeader(bytes));
    if ('value' in result) {
      const { format, database, serverVersion, dumpVersion } = result.value;
      expect(oldestReader(result.value)).toBeGreaterThanOrEqual(0);
      expect(format).toMatch(/^\d{1,3}\.\d{1,3}$/);
      expect(bytes.subarray(0, 5).toString()).toBe('PGDMP');
      for (const text of [database, serverVersion, dumpVersion].filter((text) => !text.includes('\ufffd')))
        expect(bytes.includes(text)).toBe(true);
      return;
    }
    if (!(result.error instanceof ArchiveError)) throw result.error;
    const { cause, advice } = explainForeignFormat(bytes, result.error);
    isOneLine(cause);
    expect(advice).toContain('Choose a backup');
  });
});

describe('data offsets', () => {
  property(
    'are filled into an archive that is followed to its end, and nothing else is changed',
    [which, fc.option(byteChanges, { freq: 2 }), pieceLengths],
    async (number, changes, lengths) => {
      const original = archiveOf(number).bytes;
      const bytes = changes === null ? original : changed(original, changes);
      const before = follow([bytes]);
      const file = join(folder.path, 'archive');
      await writeFile(file, bytes);
      const offsets = dataOffsets();
      for (const piece of inPieces(bytes, lengths)) offsets.follow(piece);
      const count = await offsets.fillIn(file);
      const after = await readFile(file);
      expect(count).toBe(before.known ? before.places.length : 0);
      for (const { field, size, data } of before.known ? before.places : []) {
        expect(after[field]).toBe(2);
        const written = Array.from(after.subarray(field + 1, field + 1 + size)).reverse();
        expect(written.reduce((sum, byte) => 256 * sum + byte, 0)).toBe(data);
        bytes.copy(after, field, field, field + 1 + size);
      }
      expect(after.equals(bytes)).toBe(true);
    },
    { weight: 3 },
  );
});

describe('memory', () => {
  /** Where the length of the header's first string stands in one version or another, anywhere in the header, or anywhere at all. */
  const places = fc.oneof(
    fc.constantFrom(47, 51),
    fc.integer({ min: 0, max: 200 }),
    fc.integer({ min: 0, max: 20_000 }),
  );
  property(
    'does not grow with what lengths in an archive promise',
    [which, places, fc.constantFrom('00ffffff7f', '0000ca9a3b')],
    (number, at, length) => {
      const { bytes } = archiveOf(number);
      const piece = Buffer.alloc(2 ** 20, 'x');
      const follower = new ArchiveFollower();
      const before = process.memoryUsage();
      outcome([ArchiveError], () => {
        follower.push(Buffer.concat([bytes.subarray(0, at), Buffer.from(length, 'hex')]));
        for (let i = 0; i < 24; i++) follower.push(piece);
      });
      const after = process.memoryUsage();
      expect(after.heapUsed - before.heapUsed).toBeLessThan(24 * 2 ** 20);
      expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(24 * 2 ** 20);
    },
    { weight: 5 },
  );
});

describe('what pg_restore says of an archive', () => {
  const list = almost(
    fc
      .array(
        fc.tuple(
          fc.nat(99_999),
          fc.constantFrom('TABLE', 'TABLE DATA', 'SCHEMA', 'ACL', 'X Y'),
          hostileText(4),
        ),
      )
      .map((entries) => entries.map(([id, type, text]) => `${id}; 1259 16385 ${type} ${text}\n`).join('')),
  );
  property('is read as entries, whose parts stand in the list as they are', [list], (text) => {
    for (const { id, type, schema, name, owner, text: rest } of parseContents(text)) {
      expect(text).toContain(`${type} ${rest}`.trimEnd());
      expect(Number.isSafeInteger(id) || id > 2 ** 53).toBe(true);
      for (const part of [schema, name, owner]) expect(rest).toContain(part);
    }
  });
  property('has advice, whatever it is', [hostileText()], (cause) => {
    expect(adviceForArchive(cause).length).toBeGreaterThan(10);
  });
});
