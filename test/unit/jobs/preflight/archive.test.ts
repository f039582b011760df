import { describe, expect, test } from 'vitest';
import { Failure } from '../../../../src/base/failure.ts';
import { type ArchiveNeeds, archiveFindings } from '../../../../src/jobs/preflight/archive.ts';
import {
  type Finding,
  firstFew,
  notesOfWarnings,
  reportFindings,
  sortedByLevel,
} from '../../../../src/jobs/preflight/finding.ts';
import { type RestorePlan, targetFindings } from '../../../../src/jobs/preflight/target.ts';
import type { Restorable } from '../../../../src/postgres/restore/entries/restorable.ts';
import type { PreflightFacts } from '../../../../src/postgres/restore/server-offers.ts';
import type { RestoreFacts } from '../../../../src/postgres/server/server.ts';

const nothing = { owners: new Set<string>(), grantees: new Set<string>(), grantors: new Set<string>() };
const noRoles = { ...nothing, makers: new Set<string>(), subjects: new Set<string>() };
const facts: PreflightFacts = {
  superuser: false,
  allowedExtensions: null,
  privileged: false,
  mayCreateSubscriptions: false,
  extensions: {
    hstore: { trusted: true, version: '1.0', versions: ['1.0'] },
    postgis: { trusted: false, version: '1.0', versions: ['1.0'] },
    plpgsql: { trusted: true, version: '1.0', versions: ['1.0'] },
  },
  roles: { friend: { assumable: true, has: [] }, stranger: { assumable: false, has: [] } },
  tablespaces: ['fast'],
  target: { size: 5e9, slots: [], subscriptions: [] },
  unendable: [],
};
const server: RestoreFacts = {
  ...{
    version: '17.6',
    major: 17,
    direct: true,
    elasticCluster: false,
    inRecovery: false,
    readOnly: false,
    role: 'admin',
    mayCreateDatabases: true,
  },
  target: null,
};
const header = { format: '1.16', database: 'moodle', serverVersion: '17.2', dumpVersion: '17.2' };
const whole: Restorable = { kept: [], leftOut: [], impossible: [], unneeded: [] };

/** The levels of what is found, what is wrong, and what to do. */
const brief = (findings: readonly Finding[]): string[] =>
  findings.map((one) => `${one.level}: ${one.text}${one.level === 'error' ? ` | ${one.remedy}` : ''}`);

describe('of an archive is said', () => {
  const cases: [string, Partial<ArchiveNeeds>, Partial<PreflightFacts>, RegExp[]][] = [
    ['nothing', {}, {}, []],
    ['nothing of what is there', { extensions: ['hstore', 'plpgsql'], tablespaces: ['fast'] }, {}, []],
    [
      'a missing extension',
      { extensions: ['citus'] },
      {},
      [/^error: .* extension "citus", which this server does not have/],
    ],
    [
      'one with an odd name',
      { extensions: ['toString'] },
      {},
      [/^error: .* "toString", which this server does not have/],
    ],
    ['an untrusted one', { extensions: ['postgis'] }, {}, [/^error: .* "postgis", which only a superuser/]],
    ['no untrusted one to a superuser', { extensions: ['postgis'] }, { superuser: true }, []],
    ["nor to a provider's administrator", { extensions: ['postgis'] }, { privileged: true }, []],
    [
      'one that Azure does not allow, in any case of letters',
      { extensions: ['hstore', 'postgis', 'plpgsql'] },
      { allowedExtensions: ['hstore'], privileged: true, extensions: { ...facts.extensions } },
      [
        /^error: .* the extension "postgis", which this server does not allow\. \| Add the extension "postgis" to .* azure\.extensions/,
      ],
    ],
    [
      'that the role may not create extensions on Azure',
      { extensions: ['hstore'] },
      { allowedExtensions: ['hstore'] },
      [/^warning: .* "hstore", .* azure_pg_admin/],
    ],
    [
      'nothing to a superuser on Azure',
      { extensions: ['hstore'] },
      { allowedExtensions: ['hstore'], superuser: true },
      [],
    ],
    [
      'a missing tablespace',
      { tablespaces: ['fast', 'slow'] },
      {},
      [/^error: .* tablespace "slow".* \| Add --no-tablespaces/],
    ],
    [
      'a missing owner',
      { roles: { ...noRoles, owners: new Set(['gone', 'friend']) } },
      {},
      [
        /^error: The backup needs the role "gone", .*\. \| Restore .*\(no_owner: true.*, or create the role "gone"\.$/,
      ],
    ],
    [
      'default privileges of a role that the role is no member of',
      { roles: { ...noRoles, makers: new Set(['stranger', 'friend']) } },
      {},
      [
        /^error: The backup has default privileges of the role "stranger", .* \| .* no_privileges: true\. Or, .*:\nGRANT "stranger" TO "admin";$/s,
      ],
    ],
    [
      'an owner that the role is no member of',
      { roles: { ...noRoles, owners: new Set(['stranger', 'friend']) } },
      {},
      [/^error: .* has objects owned by the role "stranger", .* \| .*:\nGRANT "stranger" TO "admin";$/s],
    ],
    [
      'no such owner to a superuser',
      { roles: { ...noRoles, owners: new Set(['stranger']) } },
      { superuser: true },
      [],
    ],
    [
      'nothing of a grantee that is there',
      { roles: { ...noRoles, grantees: new Set(['stranger']) } },
      {},
      [],
    ],
    [
      'a grantee with an odd name',
      { roles: { ...noRoles, grantees: new Set(['constructor']) } },
      {},
      [/^error: .* "constructor"/],
    ],
    [
      'the missing role of a policy, which no input leaves out',
      { roles: { ...noRoles, subjects: new Set(['gone']) } },
      {},
      [
        /^error: The backup needs the role "gone", which this server does not have\. \| Create the role "gone"\.$/,
      ],
    ],
    [
      'rights that others gave',
      { roles: { ...noRoles, grantors: new Set(['friend']) } },
      {},
      [/^error: .* "friend", .* \| Restore with no_privileges: true/],
    ],
  ];
  test.each(cases)('%s', (_, needs, others, expected) => {
    const all = { extensions: [], tablespaces: [], roles: noRoles, wanted: [], ...needs };
    const found = archiveFindings('moodle', header, server, all, { ...facts, ...others }, whole);
    expect(brief(found)).toEqual(expected.map((pattern) => expect.stringMatching(pattern)));
  });

  test('that it is of another database, and of a newer server', () => {
    const other = { ...header, database: 'other', serverVersion: '18.1' };
    const needs = { extensions: [], tablespaces: [], roles: noRoles, wanted: [] };
    expect(brief(archiveFindings('moodle', other, server, needs, facts, whole))).toEqual([
      expect.stringMatching(
        /^warning: The backup was made of database "other"; this restore is of "moodle"\.$/,
      ),
      expect.stringMatching(/^warning: The backup is from PostgreSQL 18\.1; .* older 17\.6/),
    ]);
  });

  test('what cannot be restored, by its reasons', () => {
    const refused = (type: string, schema: string, name: string, why: string) => ({
      entry: { id: 1, type, schema, name, owner: '', text: '' },
      why,
    });
    const needs = { extensions: [], tablespaces: [], roles: noRoles, wanted: [] };
    const leftOut = [
      refused('EVENT TRIGGER', '', 'a\n::error::b', 'one'),
      refused('COMMENT', '', 'EXTENSION x', 'two'),
      refused('EVENT TRIGGER', '', 'c', 'one'),
    ];
    const impossible = [refused('FUNCTION', 'public', 'f()', 'three')];
    const restorable = { ...whole, leftOut, impossible };
    expect(brief(archiveFindings('moodle', header, server, needs, facts, restorable))).toEqual([
      expect.stringMatching(
        /^error: The role "admin" cannot restore FUNCTION "public\.f\(\)" \(three\)\. \| Restore as a superuser/,
      ),
      'warning: Will not be restored: EVENT TRIGGER "a\\n::error::b", EVENT TRIGGER "c" (one); COMMENT "EXTENSION x" (two).',
    ]);
  });
});

describe('of a server and its database is said', () => {
  const replacement: RestorePlan = {
    ...{ database: 'moodle', strategy: 'swap', backupSize: 1e9, recordedSize: undefined },
  };
  const slot = (active: boolean) => ({ size: null, slots: [{ name: 's', active }], subscriptions: [] });
  const subscription = (enabled: boolean) => ({
    ...{ size: null, slots: [], subscriptions: [{ name: 's', enabled }] },
  });
  const cases: [string, Partial<RestorePlan>, Partial<PreflightFacts>, RegExp[]][] = [
    ['nothing', {}, {}, []],
    ['a slot', {}, { target: slot(false) }, [/^warning: .* slot "s"\. It stays/]],
    [
      'a slot that is lost',
      { strategy: 'drop' },
      { target: slot(false) },
      [/^error: .* slot "s"\. It would be lost .* \| Once nobody needs the slot/],
    ],
    ['a slot that is used', {}, { target: slot(true) }, [/^error: .* through the slot "s"/]],
    [
      'a slot that is used, before a drop',
      { strategy: 'drop' },
      { target: slot(true) },
      [/^error: Logical replication is reading/],
    ],
    ['a subscription', {}, { target: subscription(false) }, [/^warning: .* cannot be dropped\. The old/]],
    [
      'an enabled one',
      {},
      { target: subscription(true) },
      [/^error: .* neither renamed nor dropped\. \| Drop/],
    ],
    [
      'one before a drop',
      { strategy: 'drop' },
      { target: subscription(false) },
      [/^error: .* cannot be dropped\. \| Drop/],
    ],
    [
      'a session that stays',
      {},
      { unendable: [{ application: '', user: 'root', pid: 1 }] },
      [/^warning: .* \("unnamed" of "root"\)/],
    ],
  ];
  test.each(cases)('%s', (_, order, others, expected) => {
    const found = targetFindings({ ...replacement, ...order }, server, { ...facts, ...others });
    expect(brief(found).filter((text) => !text.startsWith('info'))).toEqual(
      expected.map((pattern) => expect.stringMatching(pattern)),
    );
  });

  test.each<[string, Partial<RestorePlan>, number | null, string]>([
    [
      'all sizes',
      { recordedSize: 4e9 },
      5e9,
      'Backup 1.00 GB, source 4.00 GB, current 5.00 GB; needs about 4 GB free on the server',
    ],
    [
      'a size that is not round',
      { recordedSize: 37_812_345 },
      1_234,
      'Backup 1.00 GB, source 37.8 MB, current 1.23 kB; needs about 38 MB free on the server',
    ],
    [
      'the need of a backup that does not tell its source',
      {},
      1_234_567_890,
      'Backup 1.00 GB, current 1.23 GB; needs about 1.3 GB free on the server',
    ],
    [
      'the need of a database that is new',
      { recordedSize: 1e11 },
      null,
      'Backup 1.00 GB, source 100 GB; needs about 100 GB free on the server',
    ],
    ['no need where nothing tells it', {}, null, 'Backup 1.00 GB'],
    ['no need of a drop', { strategy: 'drop' }, 5e9, 'Backup 1.00 GB, current 5.00 GB'],
  ])('%s', (_, order, size, text) => {
    const target = size === null ? null : { size, slots: [], subscriptions: [] };
    const [info] = targetFindings({ ...replacement, ...order }, server, { ...facts, target });
    expect(info).toEqual({ level: 'info', text });
  });
});

describe('findings', () => {
  const findings: Finding[] = [
    { level: 'info', text: 'i' },
    { level: 'warning', text: 'w1 will be', afterwards: 'w1 is', about: 'not restored' },
    { level: 'error', text: 'e1', remedy: 'Do 1.' },
    { level: 'warning', text: 'w2' },
    { level: 'error', text: 'e2', remedy: 'Do 2:\nSELECT 2;' },
  ];
  const told = (some: readonly Finding[]) => {
    const [log, warnings]: [string[], (string | undefined)[][]] = [[], []];
    let failure: unknown;
    try {
      reportFindings(some, {
        info: (line) => log.push(line),
        warn: (text, _, afterwards) => warnings.push([text, afterwards]),
      });
    } catch (error) {
      failure = error;
    }
    return { log, warnings, failure };
  };

  test('are sorted, errors first', () => {
    expect(sortedByLevel(findings).map(({ text }) => text)).toEqual(['e1', 'e2', 'w1 will be', 'w2', 'i']);
  });

  test('are told: each warning as one, all errors as one failure, the others in the log', () => {
    const { log, warnings, failure } = told(findings);
    expect(log).toEqual(['i']);
    expect(warnings).toEqual([
      ['w1 will be', 'w1 is'],
      ['w2', undefined],
    ]);
    expect(failure).toBeInstanceOf(Failure);
    expect((failure as Failure).explanation).toEqual({
      cause: '2 problems block the restore.\n1. e1\n2. e2',
      advice: '1. Do 1.\n2. Do 2:\nSELECT 2;',
    });
  });

  test('are a failure that says what is wrong, and nothing of a check that failed, if there is one error', () => {
    const { failure } = told([{ level: 'error', text: 'It is a template.', remedy: 'Take another.' }]);
    expect((failure as Failure).explanation).toEqual({ cause: 'It is a template.', advice: 'Take another.' });
    expect((failure as Failure).message).toBe('It is a template.\nTake another.');
  });

  test('are told in the end in the words for that, each on its own', () => {
    expect(notesOfWarnings(findings)).toEqual([{ text: 'w1 is', about: 'not restored' }, { text: 'w2' }]);
  });

  test('without errors are no failure, and without warnings no annotation', () => {
    expect(told(findings.slice(0, 2))).toMatchObject({
      warnings: [['w1 will be', 'w1 is']],
      failure: undefined,
    });
    expect(told(findings.slice(0, 1))).toMatchObject({ log: ['i'], warnings: [], failure: undefined });
    expect(told([])).toEqual({ log: [], warnings: [], failure: undefined });
  });

  test.each([
    [['a'], 'a'],
    [Array.from('abcdefghij'), 'a, b, c, d, e, f, g, h, i, j'],
    [Array.from('abcdefghijkl'), 'a, b, c, d, e, f, g, h, i, j and 2 more'],
  ])('some of %j', (things, expected) => {
    expect(firstFew(things)).toBe(expected);
  });
});
