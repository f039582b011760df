import { describe, expect, test } from 'vitest';
import {
  type BackupMetadata,
  formatVersions,
  fromMetadata,
  hasRoom,
  longest,
  longestOptions,
  parseVersions,
  toMetadata,
  withProtection,
} from '../../../../src/jobs/archive/metadata.ts';
import { awkwardStrings } from '../../support/pseudo-random.ts';

const record: BackupMetadata = {
  host: 'moodle.postgres.database.azure.com',
  port: '5432',
  database: 'moodle_d01',
  server_version: '17.6',
  pg_dump_version: '17.11',
  compression: 'zstd:1',
  pg_dump_options: '--schema=public --no-comments',
  pg_dump_part: '--schema',
  sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  encoding: 'UTF8',
  collation: 'en_US.utf8',
  character_type: 'en_US.utf8',
  locale_provider: 'i',
  locale: 'de-u-co-phonebk',
  icu_rules: '& V << w <<< W',
  extensions: 'hstore=1.8',
  database_rights: '[{"grantee":null,"privileges":["CONNECT"],"grantable":false}]',
  database_size: '1073741824',
  started_at: '2026-11-22T15:42:10.123Z',
  duration_seconds: '61.3',
  repository: 'owner/repository',
  run_id: '123456789',
  run_number: '42',
  run_attempt: '1',
  protect: 'before release 4.2',
  verified_at: '2026-11-23T03:00:00.000Z',
};

describe('a value in the metadata', () => {
  test.each([
    ['plain', 'moodle_d01', 'moodle_d01'],
    ['with a space', 'my db', 'my db'],
    ['with a space in front', ' db', '%20db'],
    ['with a space behind', 'db ', 'db%20'],
    ['with spaces at both ends', '  db  ', '%20 db %20'],
    ['that is a space', ' ', '%20'],
    ['that is two spaces', '  ', '%20%20'],
    ['with a percent sign', '100%', '100%25'],
    ['that looks encoded', '%41', '%2541'],
    ['with quotes and backslashes', `"a"'b'\\`, `"a"'b'\\`],
    ['with a newline', 'a\r\nX-Evil: b', 'a%0D%0AX-Evil: b'],
    ['with control characters', '\u0001\t\u007f', '%01%09%7F'],
    ['in another script', 'Prüfung', 'Pr%C3%BCfung'],
    ['with characters of 4 bytes', '😀👩', '%F0%9F%98%80%F0%9F%91%A9'],
    ['with half a character, which is lost', 'a\ud83db', 'a%EF%BF%BDb'],
    ['with a byte-order mark in front', '\ufeffdb', '%EF%BB%BFdb'],
  ])('%s', (_, database, encoded) => {
    expect(toMetadata({ ...record, database })).toEqual({ ...toMetadata(record), database: encoded });
    expect(fromMetadata({ database: encoded })).toEqual({ database: database.toWellFormed() });
  });

  test('comes back as it was, and travels as printable ASCII, whatever it is', () => {
    for (const text of awkwardStrings(1_000, 12, 5)) {
      const database = text.replaceAll('\0', ''); // which no text of PostgreSQL has
      if (database === '') continue;
      const metadata = toMetadata({ ...record, database });
      expect(metadata['database']).toMatch(/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/);
      expect(fromMetadata(metadata)).toEqual({ ...record, database: database.toWellFormed() });
    }
  });
});

describe('a record', () => {
  test('has nothing of a value with a NUL in it', () => {
    const metadata = { ...toMetadata(record), locale: 'de%00', collation: '%00' };
    expect(Object.keys(fromMetadata(metadata))).not.toEqual(expect.arrayContaining(['locale']));
    expect(fromMetadata(metadata)).not.toHaveProperty('collation');
  });

  test('comes back as it was', () => {
    expect(fromMetadata(toMetadata(record))).toEqual(record);
  });

  test('leaves empty values out, since a header cannot carry them', () => {
    const before15 = { ...record, locale_provider: '', locale: '', icu_rules: '', repository: '' };
    const { locale_provider: _1, locale: _2, icu_rules: _3, repository: _4, ...rest } = record;
    expect(toMetadata(before15)).toEqual(rest);
  });

  test('has keys that Azure takes', () => {
    for (const key of Object.keys(toMetadata(record))) expect(key).toMatch(/^[a-z_][a-z0-9_]*$/);
  });

  /** As much of a character as a record may have of it. */
  const asMuch = (character: string, fits: (text: string) => boolean): string => {
    let text = '';
    while (fits(text + character)) text += character;
    return text;
  };

  test.each(['€', '😀', 'ä', '%', 'a'])(
    'has room in the 8 KiB of metadata with all that there may be of %s',
    (one) => {
      const name = asMuch(one, (text) => Buffer.byteLength(text) <= 63);
      const versions = Object.fromEntries(
        Array.from({ length: 99 }, (_, i) => [`${i}${name.slice(0, 40)}`, one]),
      );
      const largest: BackupMetadata = {
        host: 'a'.repeat(253),
        port: '65535',
        database: name,
        server_version: '18.10',
        pg_dump_version: '18.10',
        compression: 'zstd:level=22,long',
        pg_dump_options: asMuch(one, (text) => text.length <= longestOptions),
        pg_dump_part: '-'.repeat(200),
        sha256: 'f'.repeat(64),
        encoding: 'EUC_JIS_2004',
        collation: name,
        character_type: name,
        locale_provider: 'i',
        locale: 'a'.repeat(157), // ULOC_FULLNAME_CAPACITY of ICU
        icu_rules: asMuch(one, (text) => hasRoom(text, longest.rules)),
        extensions: formatVersions(versions),
        database_rights: asMuch(one, (text) => hasRoom(text, longest.rights)),
        database_size: '9'.repeat(16),
        started_at: record.started_at,
        duration_seconds: '999999.9',
        repository: 'a'.repeat(140),
        run_id: '9'.repeat(20),
        run_number: '9'.repeat(10),
        run_attempt: '9'.repeat(6),
        protect: asMuch(one, (text) => hasRoom(text, longest.protection)),
        verified_at: record.verified_at,
      };
      const metadata = { ...toMetadata(largest), upload_id: '0'.repeat(24) };
      // Azure may count how a header's name begins.
      const bytes = Object.entries(metadata)
        .flatMap(([key, value]) => ['x-ms-meta-', key, value])
        .join('').length;
      expect(bytes).toBeLessThan(8 * 1024);
      expect(fromMetadata(toMetadata(largest))).toEqual(largest);
    },
  );

  test('has room for rules of ICU as long as they usually are', () => {
    expect(hasRoom('& V << w <<< W '.repeat(60), longest.rules)).toBe(true);
    expect(hasRoom('& ä << æ <<< Æ '.repeat(60), longest.rules)).toBe(true);
    expect(hasRoom('€'.repeat(400), longest.rules)).toBe(false);
  });
});

describe('metadata of somebody else', () => {
  test.each([
    ['nothing', {}, {}],
    [
      'keys in capitals, as some tools write them',
      { SHA256: 'ab', Database: 'x' },
      { sha256: 'ab', database: 'x' },
    ],
    ['what is not encoded', { database: '100% ä' }, { database: '100% ä' }],
    ['what is encoded wrongly', { database: '%E0%A4' }, { database: '%E0%A4' }],
    ['keys that we do not know', { made_by: 'me' }, { made_by: 'me' }],
  ])('may be %s', (_, metadata, known) => {
    expect(fromMetadata(metadata)).toEqual(known);
  });
});

describe('versions of extensions', () => {
  const written = (versions: Record<string, string>): Record<string, string> =>
    Object.fromEntries(
      parseVersions(fromMetadata(toMetadata({ ...record, extensions: formatVersions(versions) }))),
    );

  test('come back as they were', () => {
    const versions = { hstore: '1.8', 'uuid-ossp': '1.1', 'a=b, c%': '2,0=x', ärger: '§ 1' };
    expect(written(versions)).toEqual(versions);
    expect(written({})).toEqual({});
    expect(parseVersions({}).size).toBe(0);
    expect(parseVersions({ extensions: 'a,=b,c=' }).size).toBe(0);
  });

  test('that are too many are recorded as far as there is room', () => {
    const versions = Object.fromEntries(
      Array.from({ length: 300 }, (_, i) => [`extension_${i + 100}`, '1.0']),
    );
    const found = Object.entries(written(versions));
    expect(found.length).toBeGreaterThan(60);
    expect(found).toEqual(Object.entries(versions).slice(0, found.length));
    const odd = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`ü€${i}`, '%']));
    expect(
      toMetadata({ ...record, extensions: formatVersions(odd) })['extensions']?.length,
    ).toBeLessThanOrEqual(1_500);
  });
});

describe('another protection', () => {
  const written: Record<string, string> = {
    ...toMetadata(record),
    ...{ upload_id: 'x', Owner: 'Team-A', odd: '100%, %zz and %41', 'other.key': ' ' },
  };
  const { protect: _, ...others } = written;

  test('leaves all else as it is, to the letter', () => {
    expect(withProtection(written, '')).toEqual(others);
    expect(withProtection(others, '')).toEqual(others);
    for (const text of awkwardStrings(100, 8, 0x18)) {
      const { protect, ...rest } = withProtection(written, `x${text}`);
      expect(rest).toEqual(others);
      expect(fromMetadata({ protect: protect ?? '' })).toEqual(
        text.includes('\0') ? {} : { protect: `x${text.toWellFormed()}` },
      );
    }
  });

  test('takes the place of the one before, however its key is written', () => {
    expect(withProtection({ Protect: 'old', PROTECT: 'older', a: 'b' }, 'new')).toEqual({
      ...{ a: 'b', protect: 'new' },
    });
  });
});
