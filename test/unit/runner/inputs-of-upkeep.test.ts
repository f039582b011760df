import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { BackupRequest, ListRequest, ProtectRequest, PruneRequest } from '../../../src/jobs/request.ts';
import { readLog } from '../../support/runner/workflow-commands.ts';
import { backupInputs, listInputs, problemsOf, requestOf, restoreInputs } from '../support/inputs.ts';

/* The inputs by which backups are found, kept and watched, and which job needs what. */

let printed: string[];
beforeEach(() => {
  printed = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed.push(String(text));
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const warnings = (): string[] =>
  readLog(printed.join('')).flatMap((event) =>
    event.kind === 'annotation' ? [event.annotation.message] : [],
  );

type Inputs = Record<string, string>;
const checkInputs: Inputs = { ...backupInputs, job_to_run: 'check' };
const pruneInputs: Inputs = { ...listInputs, job_to_run: 'prune', db_name: 'moodle', retention_last: '7' };
const protectInputs: Inputs = {
  ...listInputs,
  ...{ job_to_run: 'protect', backup_file_name: 'moodle.dump', protect: 'before release 4.2' },
  azure_db_host: '',
};
const unprotectInputs: Inputs = { ...protectInputs, job_to_run: 'unprotect', protect: '' };
const jobs: Record<string, Inputs> = {
  ...{ backup: backupInputs, restore: restoreInputs, list: listInputs, prune: pruneInputs },
  ...{ protect: protectInputs, unprotect: unprotectInputs, check: checkInputs },
};

describe('what a job needs', () => {
  const ofStorage = ['azure_client_id', 'azure_tenant_id', 'storage_account_name', 'storage_container_name'];
  const ofServer = [
    ...['azure_db_host', 'db_name', 'db_password_secret_name', 'db_user_secret_name', 'key_vault_name'],
  ];
  test.each<[string, string[]]>([
    ['backup', ofServer],
    ['restore', [...ofServer, 'backup_file_name']],
    ['check', ofServer],
    ['list', ['azure_db_host']],
    ['prune', ['azure_db_host', 'db_name', 'retention_last']],
    ['protect', ['backup_file_name', 'protect']],
    ['unprotect', ['backup_file_name']],
  ])('%s', (job, own) => {
    const missing = problemsOf({ job_to_run: job }).map((problem) => problem.split(/,| is missing/)[0]);
    expect(missing.toSorted()).toEqual([...ofStorage, ...own].toSorted());
    expect(problemsOf(jobs[job] ?? {})).toEqual([]);
    expect(warnings()).toEqual([]);
  });

  test('what it does not need may be there, and has to be right all the same', () => {
    for (const inputs of [listInputs, pruneInputs, protectInputs, unprotectInputs]) {
      expect(problemsOf({ ...inputs, key_vault_name: 'kv-prod', db_user_secret_name: 'u' })).toEqual([]);
      expect(problemsOf({ ...inputs, db_port: 'x' })).toEqual([
        'db_port must be a number from 1 to 65535; it is "x"',
      ]);
    }
  });

  test('the name of the server or those that it had, for whatever goes by it', () => {
    for (const inputs of [listInputs, pruneInputs])
      expect(problemsOf({ ...inputs, azure_db_host: '', source_db_host: 'old.example.com' })).toEqual([]);
    expect(problemsOf({ ...listInputs, azure_db_host: '', source_db_host: '*' })).toEqual([]);
    expect(problemsOf({ ...pruneInputs, db_name: '', source_db_name: 'shop' })).toEqual([]);
  });
});

describe('whose backups are meant', () => {
  const list = { ...listInputs, db_name: 'moodle' };
  test.each<[string, Inputs, object]>([
    ['those of the server', {}, { hosts: ['db.example.com'], database: 'moodle' }],
    ['in lower case', { azure_db_host: 'DB.Example.com.' }, { hosts: ['db.example.com'] }],
    ['of all databases', { db_name: '' }, { hosts: ['db.example.com'], database: '' }],
    [
      'of another database on another server',
      { source_db_name: 'Shop ', source_db_host: 'prod.example.com' },
      { hosts: ['prod.example.com'], database: 'Shop ' },
    ],
    [
      'under several names, each once, however they are written',
      { source_db_host: ' Old.example.com.,new.example.com\n10.0.0.1, OLD.example.com ,, ::1 ' },
      { hosts: ['old.example.com', 'new.example.com', '10.0.0.1', '::1'] },
    ],
    ['of every server', { source_db_host: ' * ' }, { hosts: undefined, database: 'moodle' }],
  ])('%s', (_, inputs, source) => {
    expect(requestOf<ListRequest>({ ...list, ...inputs }).source).toMatchObject(source);
    const { source: pruned } = requestOf<PruneRequest>({ ...pruneInputs, retention_last: '1' });
    expect(pruned).toEqual({ hosts: ['db.example.com'], database: 'moodle' });
  });

  test('after a backup: its own, and those under the names that its server had; never those of another database', () => {
    const inputs = { source_db_host: 'OLD.example.com, db.example.com', retention_last: '3' };
    expect(requestOf({ ...backupInputs, ...inputs }).source).toEqual({
      hosts: ['db.example.com', 'old.example.com'],
      database: 'moodle',
    });
    expect(requestOf({ ...backupInputs, source_db_name: 'shop' }).source.database).toBe('moodle');
    expect(warnings()).toEqual([
      'source_db_name is ignored: the retention after a backup counts those of db_name "moodle"',
    ]);
    requestOf({ ...backupInputs, source_db_name: 'moodle' });
    expect(warnings()).toHaveLength(1);
  });

  test('for latest: of the server that is restored to, or of another', () => {
    const latest = { ...restoreInputs, backup_file_name: 'latest' };
    expect(requestOf(latest)).toMatchObject({
      ...{ backupFileName: 'latest', database: 'moodle' },
      source: { hosts: ['db.example.com'], database: 'moodle' },
    });
    const other = { source_db_name: 'prod', source_db_host: 'prod.example.com' };
    expect(requestOf({ ...latest, ...other })).toMatchObject({
      source: { hosts: ['prod.example.com'], database: 'prod' },
      ...{ database: 'moodle', server: { host: 'db.example.com' } },
    });
  });

  const hosts =
    'must be host names or IP addresses with commas between them, without ports or URLs around them';
  test.each([
    ['https://db.example.com', hosts],
    ['db.example.com:5432', hosts],
    ['a.example.com,/var/run', hosts],
    ['*.example.com', hosts],
    ['a.example.com, *', hosts],
    ['-a', hosts],
    [',', 'must be 1 to 20 host names, with commas between them'],
    [
      Array.from({ length: 21 }, (_, number) => `db${number}`).join(),
      'must be 1 to 20 host names, with commas between them',
    ],
  ])('is not said by source_db_host %j', (given, problem) => {
    expect(problemsOf({ ...list, source_db_host: given })).toEqual([
      `source_db_host ${problem}; it is ${JSON.stringify(given)}`,
    ]);
  });

  test('of every server, only a list tells', () => {
    for (const inputs of [backupInputs, restoreInputs, pruneInputs, checkInputs])
      expect(problemsOf({ ...inputs, source_db_host: '*' })).toEqual([
        'source_db_host must be host names; only a list takes * for every server',
      ]);
    for (const inputs of [protectInputs, unprotectInputs])
      expect(problemsOf({ ...inputs, source_db_host: '*' })).toEqual([]);
  });

  test.each([
    ['a\nb', 'must not contain a NUL, a newline or another control character'],
    ['a'.repeat(64), 'must have at most 63 bytes in UTF-8, this one has 64'],
  ])('is not said by source_db_name %j', (given, problem) => {
    expect(problemsOf({ ...list, source_db_name: given })).toEqual([
      `source_db_name ${problem}; it is ${JSON.stringify(given)}`,
    ]);
  });
});

describe('the folder', () => {
  const long = 'x'.repeat(700);
  test.each([
    ['', ''],
    ['prod', 'prod/'],
    ['prod/', 'prod/'],
    ['prod/app', 'prod/app/'],
    ["it's 100% \u00fc \ud83d\ude00 $(x) #?&", "it's 100% \u00fc \ud83d\ude00 $(x) #?&/"],
    [long, `${long}/`],
    [`${long}/`, `${long}/`],
    ['.git', '.git/'],
  ])('of %j is %j', (given, folder) => {
    expect(requestOf({ ...backupInputs, blob_prefix: given }).store.folder).toBe(folder);
  });

  test.each([
    ['/', 'must not begin with a slash'],
    ['/prod', 'must not begin with a slash'],
    ['//', 'must not begin with a slash'],
    ['prod//', 'must not contain two slashes in a row'],
    ['prod//app', 'must not contain two slashes in a row'],
    ['..', 'must not contain "." or ".." as a part between slashes'],
    ['../', 'must not contain "." or ".." as a part between slashes'],
    ['prod/../dev', 'must not contain "." or ".." as a part between slashes'],
    ['./prod', 'must not contain "." or ".." as a part between slashes'],
    ['prod./app', 'must not have a part that ends with a dot'],
    ['prod\\app', 'must not contain a backslash'],
    ['prod\n', 'must not contain a NUL, a newline or another control character'],
    [`${long}x`, 'must have at most 700 characters, this one has 701'],
    [Array(254).fill('x').join('/'), 'must have at most 254 parts between slashes'],
    ['https://account.blob.core.windows.net/backups/prod', 'must be the folder in the container, not a URL'],
  ])('is never %j, which is the only thing that is told', (given, problem) => {
    expect(problemsOf({ ...restoreInputs, blob_prefix: given })).toEqual([
      `blob_prefix ${problem}; it is ${JSON.stringify(given)}`,
    ]);
  });

  test.each([
    ['moodle.dump', '', 'moodle.dump'],
    ['moodle.dump', 'prod', 'prod/moodle.dump'],
    ['prod/moodle.dump', 'prod', 'prod/moodle.dump'],
    ['prod/moodle.dump', '', 'prod/moodle.dump'],
    ['dev/moodle.dump', 'prod', 'prod/dev/moodle.dump'],
    ['production/moodle.dump', 'prod', 'prod/production/moodle.dump'],
    ['latest', 'prod', 'latest'],
    ['prod/latest', 'prod', 'prod/latest'],
  ])('is a part of the name of a backup: %j in %j is %j', (name, folder, whole) => {
    const inputs = { blob_prefix: folder, backup_file_name: name };
    expect(requestOf({ ...restoreInputs, ...inputs })).toMatchObject({ backupFileName: whole });
    if (name === 'latest') return;
    for (const one of [protectInputs, unprotectInputs])
      expect(requestOf<ProtectRequest>({ ...one, ...inputs }).backupFileName).toBe(whole);
  });

  test('counts for the length of that name', () => {
    const [problem] = problemsOf({ ...restoreInputs, blob_prefix: long, backup_file_name: 'x'.repeat(324) });
    expect(problem).toMatch(/^backup_file_name must have at most 1,024 characters, this one has 1025; /);
  });
});

test.each(['protect', 'unprotect'])('%s is for one backup, which latest does not say', (job) => {
  expect(problemsOf({ ...jobs[job], backup_file_name: 'latest', blob_prefix: 'prod' })).toEqual([
    `backup_file_name must name one backup for ${job}: which one is the latest may have changed by then; it is "latest"`,
  ]);
});

describe('how a backup is kept', () => {
  test.each([
    ['', undefined],
    ['hot', 'hot'],
    [' Cool ', 'cool'],
    ['COLD', 'cold'],
  ])('in the tier of access_tier %j', (given, tier) => {
    expect(requestOf<BackupRequest>({ ...backupInputs, access_tier: given }).tier).toBe(tier);
  });

  test.each(['archive', 'premium', 'hot,cool', '\u017fhot'])('never in the tier %j', (given) => {
    expect(problemsOf({ ...backupInputs, access_tier: given })).toEqual([
      `access_tier must be hot, cool or cold; it is ${JSON.stringify(given)}`,
    ]);
  });

  const tooLong =
    'must have at most 200 characters, of which those that are not ASCII count as 6 to 12 and a per cent sign as 3';
  test.each<[string, string]>([
    ['', ''],
    ['before release 4.2', 'before release 4.2'],
    [' with space around it\n', 'with space around it'],
    [`*_|<b>::error::"'\`$(x)\u202e`, `*_|<b>::error::"'\`$(x)\u202e`],
    ['x'.repeat(200), 'x'.repeat(200)],
    ['%'.repeat(66), '%'.repeat(66)],
    ['\u00e9'.repeat(33), '\u00e9'.repeat(33)],
    ['\u4e2d'.repeat(22), '\u4e2d'.repeat(22)],
    ['\ud83d\ude00'.repeat(16), '\ud83d\ude00'.repeat(16)],
  ])('protected with %j', (given, text) => {
    expect(requestOf<BackupRequest>({ ...backupInputs, protect: given }).protect ?? '').toBe(text);
    if (text !== '')
      expect(requestOf<ProtectRequest>({ ...protectInputs, protect: given }).protect).toBe(text);
  });

  test.each([
    ['two\nlines', 'must be one line, without control characters'],
    ['a\u0085b', 'must be one line, without control characters'],
    ['a\u2028b', 'must be one line, without control characters'],
    ['a\u001b[31mb', 'must be one line, without control characters'],
    ['x'.repeat(201), tooLong],
    ['%'.repeat(67), tooLong],
    ['\u00e9'.repeat(34), tooLong],
    ['\u4e2d'.repeat(23), tooLong],
    ['\ud83d\ude00'.repeat(17), tooLong],
  ])('never with %j', (given, problem) => {
    for (const inputs of [backupInputs, protectInputs])
      expect(problemsOf({ ...inputs, protect: given })).toEqual([
        `protect ${problem}; it is ${JSON.stringify(given).replace('\u0085', '\\u0085').replace('\u2028', '\\u2028')}`,
      ]);
  });

  test('unprotect takes every protection, whatever is given', () => {
    expect(requestOf<ProtectRequest>({ ...unprotectInputs, protect: 'x' }).protect).toBe('');
    expect(warnings()).toEqual([
      'protect is for backup and protect only; unprotect lifts whatever protects the backup',
    ]);
  });
});

describe('the rules of a retention', () => {
  const none = { last: 0, withinDays: 0, daily: 0, weekly: 0, monthly: 0, yearly: 0 };
  const names = ['last', 'within_days', 'daily', 'weekly', 'monthly', 'yearly'];
  const rule = (name: string, value: string): Inputs => ({ [`retention_${name}`]: value });

  test('are all there', () => {
    const inputs = Object.assign({}, ...names.map((name, place) => rule(name, ` ${place + 1} `))) as Inputs;
    const retention = {
      rules: { last: 1, withinDays: 2, daily: 3, weekly: 4, monthly: 5, yearly: 6 },
      isDryRun: false,
    };
    expect(requestOf<PruneRequest>({ ...pruneInputs, ...inputs }).retention).toEqual(retention);
    expect(requestOf<BackupRequest>({ ...backupInputs, ...inputs }).retention).toEqual(retention);
  });

  test('are 0 where they are not given, and only shown in a dry run', () => {
    const inputs = { retention_daily: '30', retention_weekly: '0', retention_dry_run: 'True' };
    expect(requestOf<BackupRequest>({ ...backupInputs, ...inputs }).retention).toEqual({
      rules: { ...none, daily: 30 },
      isDryRun: true,
    });
  });

  test.each([
    [{}],
    [{ retention_last: '0' }],
    [Object.assign({}, ...names.map((name) => rule(name, '0'))) as Inputs],
    [Object.assign({}, ...names.map((name) => rule(name, ''))) as Inputs],
  ])('delete nothing after a backup where all are empty or 0, and make no prune: %j', (inputs) => {
    expect(requestOf<BackupRequest>({ ...backupInputs, ...inputs }).retention).toBeUndefined();
    expect(problemsOf({ ...pruneInputs, retention_last: '', ...inputs })).toEqual([
      'retention_last, or another rule of a retention, must be given, and above 0: without one, nothing would be deleted',
    ]);
    expect(warnings()).toEqual([]);
  });

  test.each(names.flatMap((name) => [[name, '-1'] as const, [name, '1.5'] as const, [name, 'all'] as const]))(
    'are whole numbers: retention_%s is never %j',
    (name, given) => {
      for (const inputs of [backupInputs, { ...pruneInputs, retention_last: '' }]) {
        const problems = problemsOf({ ...inputs, ...rule(name, given) });
        expect(problems).toEqual([
          expect.stringMatching(
            new RegExp(`^retention_${name} must be a whole number from 0 to \\d+; it is "${given}"$`),
          ),
        ]);
      }
    },
  );

  test.each(['1e3', '0x10', '+5', '5 days', '\u0665', '1,000', '0.0', 'NaN', 'Infinity', '1_0', '- 1'])(
    'are written in digits: never %j',
    (given) => {
      expect(problemsOf({ ...pruneInputs, retention_last: given })).toEqual([
        `retention_last must be a whole number from 0 to 10000; it is ${JSON.stringify(given)}`,
      ]);
    },
  );

  test.each([
    ['retention_last', 10_000],
    ['retention_within_days', 36_500],
    ['retention_daily', 10_000],
    ['retention_weekly', 10_000],
    ['retention_monthly', 10_000],
    ['retention_yearly', 1_000],
  ])('have an end: %s is at most %i', (name, most) => {
    expect(problemsOf({ ...pruneInputs, [name]: String(most) })).toEqual([]);
    for (const given of [String(most + 1), '99999999999999999999'])
      expect(problemsOf({ ...pruneInputs, [name]: given })).toEqual([
        `${name} must be a whole number from 0 to ${most}; it is "${given}"`,
      ]);
  });

  test('are missing as well where something else is wrong', () => {
    expect(problemsOf({ ...pruneInputs, retention_last: '', retention_dry_run: 'yes' })).toEqual([
      'retention_dry_run must be true or false; it is "yes"',
      expect.stringMatching(/^retention_last, or another rule/),
    ]);
  });

  test('have to be there for a dry run to show something', () => {
    requestOf({ ...backupInputs, retention_dry_run: 'true' });
    expect(warnings()).toEqual([
      'retention_dry_run is ignored: no rule of a retention is given, so that nothing would be deleted',
    ]);
  });
});

describe('the age of the newest backup', () => {
  test.each([
    ['', undefined],
    ['1', 1],
    [' 26 ', 26],
    ['87600', 87_600],
  ])('is at most what max_age_hours says: %j', (given, hours) => {
    expect(requestOf<ListRequest>({ ...listInputs, max_age_hours: given }).maxAgeHours).toBe(hours);
  });

  test.each(['0', '-1', '1.5', '26h', '87601'])('is never %j', (given) => {
    expect(problemsOf({ ...listInputs, max_age_hours: given })).toEqual([
      `max_age_hours must be a whole number from 1 to 87600; it is ${JSON.stringify(given)}`,
    ]);
  });
});

test.each<[string, Inputs, string[]]>([
  ['check', { max_age_hours: '26' }, ['max_age_hours is for list only; it is ignored']],
  ['backup', { max_age_hours: '26' }, ['max_age_hours is for list only; it is ignored']],
  ['restore', { protect: 'x' }, ['protect is for backup and protect only; it is ignored']],
  ['list', { protect: 'x' }, ['protect is for backup and protect only; it is ignored']],
  [
    'prune',
    { backup_file_name: 'x.dump' },
    ['backup_file_name is for restore, protect and unprotect only; it is ignored'],
  ],
  [
    'backup',
    { backup_file_name: 'latest' },
    [
      'backup_file_name is for restore, protect and unprotect only; this backup gets a name of its own, not "latest"',
    ],
  ],
  ['list', { protect: ' ', max_age_hours: '26' }, []],
  ['backup', { protect: 'x', access_tier: 'cool', retention_last: '3', retention_dry_run: 'true' }, []],
])('%s warns of what does nothing in it: %j', (job, inputs, told) => {
  requestOf({ ...jobs[job], ...inputs });
  expect(warnings()).toEqual(told);
});
