import { describe, expect, test } from 'vitest';
import { problemOfAge } from '../../../../src/jobs/list/age.ts';
import { warningsOfShrinking } from '../../../../src/jobs/list/shrunk.ts';
import { tableOfListed } from '../../../../src/jobs/list/table.ts';
import type { RecordedBackup } from '../../../../src/jobs/recorded-backup.ts';
import type { ListResult } from '../../../../src/jobs/result.ts';
import { listedAsJson } from '../../../../src/runner/listed-output.ts';
import { conclusion } from '../../../../src/runner/results.ts';
import { recorded } from '../../../support/retention/recorded.ts';

const now = new Date('2026-11-28T12:00:00Z');
const source = { hosts: ['db.example.com', 'old.example.com'], database: 'app' };
const every = { hosts: undefined, database: '' };

/** A backup of so many hours ago, with what is to differ. */
function backupOf(hoursAgo: number, other: Partial<RecordedBackup> = {}): RecordedBackup {
  const whose = { name: `app_${hoursAgo}.dump`, size: 1_000_000, host: 'db.example.com', database: 'app' };
  return recorded(new Date(now.getTime() - hoursAgo * 3_600_000), { ...whose, ...other });
}

const listed: ListResult = {
  ...{ job: 'list', source, backups: [], others: 0, foreign: 0, now, duration: 1_000 },
  place: { container: 'backups', host: 'x.blob.core.windows.net', folder: '' },
};

const inventory = (backups: RecordedBackup[]) => ({ backups, foreign: 0, now });

describe('a watch', () => {
  test.each([
    ['just in time', [backupOf(26)], undefined],
    ['too old', [backupOf(26.01)], 'No recent backup'],
    ['none', [], 'No backup'],
    ['of another server', [backupOf(1, { host: 'x' })], 'No backup'],
    ['in the future', [backupOf(-1)], 'No backup'],
    ['older than its time says', [backupOf(1, { createdOn: backupOf(480).at })], 'No backup'],
    ['of a clock that is a little ahead', [backupOf(-0.05)], undefined],
    ['in the future and too old', [backupOf(-1), backupOf(50)], 'No recent backup'],
    ['of a part, as all of them are', [backupOf(1, { part: '--schema' })], 'No backup'],
    [
      'of a part, while the whole is too old',
      [backupOf(1, { part: '--schema' }), backupOf(50)],
      'No recent backup',
    ],
    [
      'of the same server under its old name',
      [backupOf(1, { host: 'old.example.com' }), backupOf(50)],
      undefined,
    ],
  ])('of a backup that is %s', (_, backups, title) => {
    expect(problemOfAge(inventory(backups), source, 26)?.title).toBe(title);
  });

  test('says how old the newest one is, and what does not count', () => {
    const backups = [
      backupOf(-9),
      backupOf(1, { part: '--schema' }),
      backupOf(2, { part: '-n x' }),
      backupOf(50),
    ];
    expect(problemOfAge(inventory(backups), source, 26)).toMatchObject({
      state:
        'The newest complete backup of "app" on "db.example.com" or "old.example.com" is from 2026-11-26 10:00:00 UTC (2 days ago).',
      cause:
        'max_age_hours is 26, and the newest complete backup is "app_50.dump"; 2 newer ones with only a part of the database and 1 with a recorded time that cannot be right not counted',
    });
  });

  test('of every database looks at each by itself', () => {
    const fresh = backupOf(1);
    expect(problemOfAge(inventory([fresh, backupOf(9, { database: 'b' })]), every, 26)).toBeUndefined();
    expect(problemOfAge(inventory([fresh, backupOf(50, { database: 'b' })]), every, 26)).toMatchObject({
      title: 'No recent backup',
      state:
        'The newest complete backup of "b" on "db.example.com" is from 2026-11-26 10:00:00 UTC (2 days ago).',
      advice: expect.stringContaining('If a database is not backed up any more'),
    });
    const elsewhere = problemOfAge(inventory([fresh, backupOf(50, { host: 'x' })]), every, 26);
    expect(elsewhere?.state).toContain('of "app" on "x"');
    const many = Array.from({ length: 14 }, (_, i) => backupOf(50 + i, { database: `db${i}\n` }));
    const problem = problemOfAge(inventory([fresh, ...many]), every, 26);
    expect(problem?.state).toBe('Of 15 databases, 14 have no recent backup.');
    expect(problem?.cause.split('\n')).toHaveLength(12);
    expect(problem?.cause).toContain(String.raw`- The newest complete backup of "db3\n" on`);
    expect(problem?.cause).toMatch(/- and 4 more$/);
  });
});

describe('a backup that shrank', () => {
  const everywhere = { hosts: undefined };

  test('is compared with those of the names that the server had before, where they are given', () => {
    const moved = [backupOf(1, { size: 1 }), backupOf(25, { host: 'old.example.com' })];
    expect(warningsOfShrinking(moved, now, { hosts: ['db.example.com', 'old.example.com'] })).toHaveLength(1);
    expect(warningsOfShrinking(moved, now, everywhere)).toEqual([]);
  });

  test.each([
    ['by half', 500_000, 0],
    ['by more than half', 499_999, 1],
    ['to nothing', 0, 1],
    ['not at all', 1_000_000, 0],
  ])('%s', (_, size, warnings) => {
    expect(warningsOfShrinking([backupOf(1, { size }), backupOf(25)], now, everywhere)).toHaveLength(
      warnings,
    );
  });

  test('is compared with whole ones of the same database and server, and not with what is in the future', () => {
    const small = backupOf(1, { size: 1 });
    expect(
      warningsOfShrinking(
        [small, backupOf(25, { host: 'x' }), backupOf(26, { database: 'y' })],
        now,
        everywhere,
      ),
    ).toEqual([]);
    expect(
      warningsOfShrinking([backupOf(1, { size: 1, part: '--schema' }), backupOf(25)], now, everywhere),
    ).toEqual([]);
    expect(
      warningsOfShrinking([backupOf(-9, { size: 1 }), backupOf(25), backupOf(49)], now, everywhere),
    ).toEqual([]);
    expect(
      warningsOfShrinking([small, backupOf(2, { part: '--schema', size: 1 }), backupOf(25)], now, everywhere),
    ).toHaveLength(1);
  });

  test('is told of a few databases by name, and of the others by number', () => {
    const many = Array.from({ length: 9 }, (_, i) => [
      backupOf(1, { database: `db${i}`, size: 1 }),
      backupOf(25, { database: `db${i}` }),
    ]).flat();
    expect(warningsOfShrinking(many, now, everywhere).at(-1)).toContain('of 4 more databases');
  });
});

describe('a list', () => {
  test('has columns, and what is hostile stands in quotes', () => {
    const lines = tableOfListed(
      [backupOf(1), backupOf(25, { serverVersion: '\u001b[31m', protection: 'x\n::error::y', name: 'a\nb' })],
      now,
    );
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line).not.toMatch(/\p{Cc}/u);
    expect(lines[1]).toMatch(
      /^2026-11-28 11:00:00 UTC +1 h ago +1\.00 MB +17\.6 +zstd:1 +Hot +no +"app_1\.dump"$/,
    );
    expect(lines[2]).toContain(String.raw`protected: "x\n::error::y"`);
  });

  test('names the servers where there are several', () => {
    const lines = tableOfListed([backupOf(1), backupOf(2, { host: 'b' })], now);
    expect(lines.slice(1).map((line) => line.replace(/^.* (?=")/, ''))).toEqual(['"db.example.com"', '"b"']);
    expect(lines[2]).toMatch(/ "app_2\.dump", on "b"$/);
  });

  test('is bounded', () => {
    const many = Array.from({ length: 1_000 }, (_, i) => backupOf(i));
    expect(tableOfListed(many, now)).toHaveLength(302);
    expect(tableOfListed(many, now).at(-1)).toBe('… and 700 older ones');
  });

  test('as JSON has what each backup tells, and has room in an output', () => {
    const everywhere = { hosts: undefined, database: 'app' };
    const result = { backups: [backupOf(1, { protection: 'before 4.2' })], source: everywhere, now };
    const [item] = JSON.parse(listedAsJson(result).json) as unknown[];
    expect(item).toEqual({
      ...{
        backup_file_name: 'app_1.dump',
        db_host: 'db.example.com',
        db_name: 'app',
        size_bytes: 1_000_000,
      },
      ...{ started_at: '2026-11-28T11:00:00.000Z', server_version: '17.6', compression: 'zstd:1' },
      ...{ access_tier: 'hot', verified_at: null, protect: 'before 4.2', immutable_until: null },
      ...{ legal_hold: false, leaves_out: null, wrong_time: null },
    });
    const ahead = { ...result, backups: [backupOf(-1)] };
    expect(JSON.parse(listedAsJson(ahead).json)).toMatchObject([{ wrong_time: 'recorded in the future' }]);
    // A host that one asked for may be a secret, and GitHub blanks an output that contains one.
    const { db_host: _, ...others } = item as Record<string, unknown>;
    const asked = { ...result, source: { hosts: ['db.example.com'], database: 'app' } };
    expect(JSON.parse(listedAsJson(asked).json)).toEqual([others]);
    const moved = { ...result, source: { hosts: ['new.example.com', 'db.example.com'], database: 'app' } };
    expect(JSON.parse(listedAsJson(moved).json)).toEqual([item]);
    const many = { ...result, backups: Array.from({ length: 9_000 }, (_, i) => backupOf(i)) };
    const { json, left } = listedAsJson(many);
    expect(json.length).toBeLessThan(400_001);
    const shown = (JSON.parse(json) as unknown[]).length;
    expect(shown).toBeGreaterThan(1_000);
    expect(left).toBe(9_000 - shown);
    expect(conclusion({ ...listed, ...many })).toMatch(
      new RegExp(
        `^Listed 9000 backups in 1\\.0 s; the output backups has no room for the ${left} oldest of them$`,
      ),
    );
    expect(conclusion({ ...listed, ...result })).toBe('Listed 1 backup in 1.0 s');
  });
});
