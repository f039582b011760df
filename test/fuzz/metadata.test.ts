import fc from 'fast-check';
import { describe, expect } from 'vitest';
import {
  type BackupMetadata,
  formatVersions,
  fromMetadata,
  longestOptions,
  parseVersions,
  toMetadata,
} from '../../src/jobs/archive/metadata.ts';
import { databaseRights } from '../../src/postgres/properties/read.ts';
import { readRestoreMark, restoreMark } from '../../src/postgres/properties/restore-mark.ts';
import { parseGrants, parseProperties, recordedGrants } from '../../src/postgres/properties/serialize.ts';
import { propertyStatements } from '../../src/postgres/properties/statements.ts';
import { restoreMarkBeginning } from '../../src/postgres/server/database-names.ts';
import { createOptions, lostLocale } from '../../src/postgres/server/locale.ts';
import { almost, hostileName, hostileText } from '../support/fuzz/hostile-text.ts';
import { anyJson } from '../support/fuzz/rest-errors.ts';
import { property } from '../support/fuzz/rounds.ts';

const keys = [
  ...[
    'host',
    'port',
    'database',
    'server_version',
    'pg_dump_version',
    'compression',
    'pg_dump_options',
    'sha256',
  ],
  ...['encoding', 'collation', 'character_type', 'locale_provider', 'locale', 'icu_rules', 'extensions'],
  ...[
    'database_rights',
    'database_size',
    'started_at',
    'duration_seconds',
    'run_id',
    '__proto__',
    'constructor',
  ],
];

/** What HTTP can carry: https://www.rfc-editor.org/rfc/rfc9110#name-field-values */
const fieldValue = hostileText().map((text) =>
  text.replace(/[^\x20-\x7e]/g, (other) => encodeURIComponent(other.toWellFormed())).trim(),
);

const grants = fc.array(
  fc.record({
    grantee: fc.option(hostileName()),
    privileges: fc.subarray([...databaseRights]),
    grantable: fc.boolean(),
  }),
  { maxLength: 8 },
);

/** Records that are right, or have something else in one of their fields. */
function oneWrong(fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Record<string, unknown>> {
  return fc
    .tuple(fc.record(fields), fc.option(fc.tuple(fc.constantFrom(...Object.keys(fields)), anyJson())))
    .map(([right, wrong]) => (wrong === null ? right : { ...right, [wrong[0]]: wrong[1] }));
}

describe('metadata of a blob that somebody else has written', () => {
  const metadata = fc.dictionary(
    fc.oneof(fc.constantFrom(...keys), hostileText(2)),
    fc.oneof(
      fieldValue,
      almost(fc.constant('hstore=1.8,pg_trgm=1.6')),
      fc.constantFrom('%', '%00', '%ff', '%C3%28', '[]', 'null'),
    ),
  );
  property(
    'are a record of texts, whatever they are',
    [metadata, fc.integer({ min: 13, max: 20 })],
    (written, major) => {
      const record = fromMetadata(written);
      for (const value of Object.values(record)) expect(typeof value).toBe('string');
      for (const [name, version] of parseVersions(record)) expect([name, version]).not.toContain('');
      parseGrants(record.database_rights);
      const locale = {
        ...{ encoding: record.encoding ?? '', collation: record.collation ?? '', characterType: '' },
        ...{
          provider: record.locale_provider ?? '',
          locale: record.locale ?? '',
          icuRules: record.icu_rules ?? '',
        },
      };
      expect(createOptions(locale, major).sql).toMatch(/^[A-Z_a-z:' ]+$/);
      lostLocale(locale, major);
    },
  );
  const nearlyGrants = fc.array(
    oneWrong({
      grantee: fc.option(hostileName()),
      privileges: fc.array(fc.oneof({ arbitrary: fc.constantFrom(...databaseRights), weight: 9 }, anyJson())),
      grantable: fc.boolean(),
    }),
    { maxLength: 3 },
  );
  property(
    'are rights that there are, or none',
    [fc.oneof(anyJson(), nearlyGrants).map((value) => JSON.stringify(value) ?? '')],
    (text) => {
      for (const { grantee, privileges, grantable } of parseGrants(text) ?? []) {
        for (const right of privileges) expect(databaseRights).toContain(right);
        expect([typeof grantable, grantee === null || typeof grantee === 'string']).toEqual([
          'boolean',
          true,
        ]);
      }
    },
  );
  property('are rights as they were, if they are ours', [grants], (given) => {
    expect(parseGrants(recordedGrants(given, () => true))).toEqual(given);
  });
});

describe('what is written down with a backup', () => {
  const text = hostileText(3).map((value) => value.slice(0, 40));
  const record: fc.Arbitrary<BackupMetadata> = fc.record({
    ...{ host: text, port: text, database: hostileName(), server_version: text, pg_dump_version: text },
    ...{ compression: text, pg_dump_options: hostileText().map((value) => value.slice(0, longestOptions)) },
    ...{ pg_dump_part: text, sha256: text, encoding: text, collation: text, character_type: text },
    ...{ locale_provider: text, locale: text, icu_rules: text, extensions: text, database_rights: text },
    ...{
      database_size: text,
      started_at: text,
      duration_seconds: text,
      repository: text,
      run_id: text,
      run_number: text,
      run_attempt: text,
      protect: text,
      verified_at: text,
    },
  });
  property('is what a header can carry, and is read back as it was', [record], (given) => {
    const metadata = toMetadata(given);
    for (const value of Object.values(metadata)) expect(value).toMatch(/^(?! )[\x20-\x7e]+(?<! )$/);
    const wellFormed = Object.entries(given).map(([key, value]) => [key, value.toWellFormed()]);
    expect(fromMetadata(metadata)).toEqual(
      Object.fromEntries(wellFormed.filter(([, value = '']) => value !== '' && !value.includes('\0'))),
    );
  });
  property(
    'has the versions of extensions, as many as have room',
    [fc.dictionary(hostileName(), hostileName(), { maxKeys: 60 })],
    (given) => {
      const extensions = formatVersions(given);
      const [metadata = ''] = Object.values(toMetadata({ extensions } as BackupMetadata));
      expect(metadata.length).toBeLessThanOrEqual(1_500);
      for (const [name, version] of parseVersions({ extensions })) expect(given[name]).toBe(version);
    },
  );
});

describe('the comment of a database', () => {
  const fields = {
    ...{
      owner: hostileName(),
      tablespace: hostileName(),
      connectionLimit: fc.integer(),
      comment: fc.option(hostileText(3)),
    },
    ...{ allowConnections: fc.boolean(), isTemplate: fc.boolean(), grants: fc.option(grants) },
    settings: fc.array(
      fc.record({ role: fc.option(hostileName()), name: hostileName(), value: hostileText(3) }),
      { maxLength: 4 },
    ),
  };
  const properties = fc.record(fields);
  property(
    'is our mark, as it was written',
    [hostileName(), hostileText(2), properties],
    (database, run, given) => {
      expect(readRestoreMark(restoreMark({ database, run, properties: given }))).toEqual({
        database,
        run,
        properties: given,
      });
    },
  );
  property(
    'is our mark, or none, whatever it is',
    [
      fc.oneof(
        hostileText(),
        fc
          .oneof(
            anyJson(),
            oneWrong({ database: hostileName(), run: hostileText(2), properties: oneWrong(fields) }),
          )
          .map((value) => JSON.stringify(value) ?? ''),
      ),
    ],
    (text) => {
      for (const comment of [text, `${restoreMarkBeginning}${text}`]) {
        const mark = readRestoreMark(comment);
        if (mark) expect([typeof mark.database, typeof mark.run]).toEqual(['string', 'string']);
      }
    },
  );
  property('has properties, or none, whatever they are', [fc.oneof(anyJson(), oneWrong(fields))], (value) => {
    const found = parseProperties(value);
    if (!found) return;
    const texts = [
      found.owner,
      found.tablespace,
      ...found.settings.flatMap(({ name, value }) => [name, value]),
    ];
    for (const text of texts) expect(typeof text).toBe('string');
    for (const is of [found.allowConnections, found.isTemplate]) expect(typeof is).toBe('boolean');
    expect(Number.isInteger(found.connectionLimit)).toBe(true);
    expect(found.comment === null || typeof found.comment === 'string').toBe(true);
    expect(() => propertyStatements(found, 'me').map(({ sql }) => sql('d'))).not.toThrow();
  });
});
