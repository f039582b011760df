import { describe, expect, test } from 'vitest';
import { chooseLocale, obstacles } from '../../../../src/jobs/preflight/obstacles.ts';
import { type Locale, lostLocale } from '../../../../src/postgres/server/locale.ts';
import type { RestoreFacts, TargetFacts } from '../../../../src/postgres/server/server.ts';

const locale: Locale = {
  encoding: 'UTF8',
  collation: 'C.UTF-8',
  characterType: 'C.UTF-8',
  provider: 'c',
  locale: '',
  icuRules: '',
};
const target: TargetFacts = {
  oid: 16384,
  owner: 'moodle_owner',
  owned: true,
  isTemplate: false,
  unfinished: false,
  preparedTransactions: 0,
  sessions: {},
  locale,
};
const fine: RestoreFacts = {
  version: '17.6',
  major: 17,
  direct: true,
  elasticCluster: false,
  inRecovery: false,
  readOnly: false,
  role: 'backup_admin',
  mayCreateDatabases: true,
  target,
};
const gigabyte = 1e9;

describe('nothing stands in the way', () => {
  test.each([
    ['of replacing a database that the role owns', fine],
    ['of making a database that is not there', { ...fine, target: null }],
    ['of ending sessions', { ...fine, target: { ...target, sessions: { php: 20 } } }],
  ])('%s', (_, facts) => {
    expect(obstacles('moodle', facts, gigabyte, gigabyte)).toEqual([]);
  });
});

describe('it stands in the way', () => {
  const cases: [string, RestoreFacts, RegExp][] = [
    [
      'that the server is a replica',
      { ...fine, inRecovery: true, readOnly: true },
      /^The server is a replica/,
    ],
    [
      'that the server is read-only',
      { ...fine, readOnly: true },
      /^Sessions of this role are read-only.*storage is nearly full\. \| .*:\nSET default_transaction_read_only = off;\nALTER ROLE "backup_admin" RESET default_transaction_read_only;\nALTER DATABASE postgres RESET default_transaction_read_only;$/,
    ],
    [
      'that the role may not create databases',
      { ...fine, mayCreateDatabases: false },
      /^The role "backup_admin" may not create databases\. \| .*:\nALTER ROLE "backup_admin" CREATEDB;$/,
    ],
    [
      'that it may not, even if there is none to be replaced',
      { ...fine, mayCreateDatabases: false, target: null },
      /may not create databases/,
    ],
    [
      'that the database belongs to another role',
      { ...fine, target: { ...target, owned: false } },
      /^The role "backup_admin" does not own database "moodle"\. \| Restore as its owner "moodle_owner"\. .*:\nALTER DATABASE "moodle" OWNER TO "backup_admin";\n.* no administrator, .*:\nGRANT "moodle_owner" TO "backup_admin";$/,
    ],
    [
      'that the database is a template',
      { ...fine, target: { ...target, isTemplate: true } },
      /^Database "moodle" is a template.* \| .*:\nALTER DATABASE "moodle" IS_TEMPLATE false;$/,
    ],
    [
      'that transactions are prepared in it',
      { ...fine, target: { ...target, preparedTransactions: 2 } },
      /^Database "moodle" is blocked by 2 prepared transactions\. \| .*:\nSELECT gid, owner, database FROM pg_prepared_xacts WHERE database IN \('moodle'\);\n.* COMMIT PREPARED .* ROLLBACK PREPARED /,
    ],
  ];
  test.each(cases)('%s', (_, facts, sentence) => {
    const found = obstacles('moodle', facts, 0, 0);
    expect(found).toHaveLength(1);
    expect(`${found[0]?.text} | ${found[0]?.remedy}`).toMatch(sentence);
  });

  test('that the disk has a byte too little', () => {
    expect(obstacles('moodle', fine, 2 * gigabyte + 1, undefined)).toEqual([]);
    expect(obstacles('moodle', fine, 2 * gigabyte + 1, 2 * gigabyte)).toEqual([
      {
        level: 'error',
        text: "The backup has 2.00 GB, and the runner's disk has only 2.00 GB free.",
        remedy: expect.stringMatching(/^Use restore_strategy: swap/),
      },
    ]);
  });

  test('in several ways at once, all of which are told', () => {
    const all = {
      ...fine,
      readOnly: true,
      mayCreateDatabases: false,
      target: { ...target, owned: false, isTemplate: true, preparedTransactions: 1 },
    };
    expect(obstacles('moodle', all, 2, 1)).toHaveLength(6);
  });
});

describe('the locale of the new database', () => {
  const recorded = { encoding: 'LATIN1', collation: 'de_DE', character_type: 'de_AT' };
  const own = { encoding: 'LATIN1', collation: 'de_DE', characterType: 'de_AT' };
  test.each([
    [
      'is the recorded one',
      { ...recorded, locale_provider: 'i', locale: 'de-u-co-phonebk', icu_rules: '& V << w' },
      { ...own, provider: 'i', locale: 'de-u-co-phonebk', icuRules: '& V << w' },
    ],
    [
      'is the recorded one of before version 15',
      recorded,
      { ...own, provider: '', locale: '', icuRules: '' },
    ],
    ['is that of the old database, if none is recorded', {}, locale],
    ['is that of the old database, if only a part is recorded', { encoding: 'LATIN1' }, locale],
    [
      'is that of the old database, if the character type is missing',
      { ...recorded, character_type: '' },
      locale,
    ],
  ])('%s', (_, record, chosen) => {
    expect(chooseLocale(record, fine)).toEqual(chosen);
  });

  test("is the server's own, if there is no old database and nothing is recorded", () => {
    expect(chooseLocale({}, { ...fine, target: null })).toBeUndefined();
  });

  test('is the recorded one, if there is no old database', () => {
    expect(chooseLocale(recorded, { ...fine, target: null })).toMatchObject(own);
  });
});

describe('a locale on an older server', () => {
  test.each([
    ['libc on 12', 'c', 12, undefined],
    ['that of a server before 15, on 12', '', 12, undefined],
    ['ICU on 14', 'i', 14, /"de-x" of ICU, which needs version 15 or newer/],
    ['ICU on 15', 'i', 15, undefined],
    ['the built-in one on 16', 'b', 16, /"de-x" of the built-in provider, .* version 17 or newer/],
    ['the built-in one on 17', 'b', 17, undefined],
    ['one that does not exist', 'constructor', 17, undefined],
  ])('%s', (_, provider, major, warning) => {
    const lost = lostLocale({ ...locale, provider, locale: 'de-x' }, major);
    if (warning === undefined) expect(lost).toBeUndefined();
    else expect(lost).toMatch(warning);
  });
});
