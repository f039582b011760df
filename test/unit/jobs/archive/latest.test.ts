import { describe, expect, test } from 'vitest';
import { chooseLatest } from '../../../../src/jobs/archive/latest.ts';
import type { RecordedBackup } from '../../../../src/jobs/recorded-backup.ts';
import { recorded } from '../../../support/retention/recorded.ts';

const now = new Date('2026-11-28T12:00:00Z');
const source = { hosts: ['db.example.com'], database: 'app' };

/** A backup of so many hours ago, with what is to differ. */
function backupOf(hoursAgo: number, other: Partial<RecordedBackup> = {}): RecordedBackup {
  const whose = { name: `app_${hoursAgo}.dump`, size: 1_000_000, host: 'db.example.com', database: 'app' };
  return recorded(new Date(now.getTime() - hoursAgo * 3_600_000), { ...whose, ...other });
}

function chosen(backups: RecordedBackup[]) {
  const newestFirst = backups.toSorted((a, b) => b.at.getTime() - a.at.getTime());
  return chooseLatest({ backups: newestFirst, foreign: 2, now }, source);
}

describe('the latest backup', () => {
  test('is the newest of this database on this server', () => {
    const other = backupOf(1, { host: 'other.example.com', name: 'x' });
    const { latest, warnings } = chosen([
      backupOf(30),
      backupOf(6),
      other,
      backupOf(2, { database: 'app_backup' }),
    ]);
    expect(latest.name).toBe('app_6.dump');
    expect(warnings).toEqual([]);
  });

  test('is never one that is recorded in the future', () => {
    expect(chosen([backupOf(-24), backupOf(6)]).latest.name).toBe('app_6.dump');
    const older = backupOf(1, { createdOn: backupOf(480).at });
    expect(chosen([older, backupOf(6)]).latest.name).toBe('app_6.dump');
    expect(() => chosen([backupOf(-24)])).toThrow(
      /no complete one, but 1 backup of it with a recorded time that cannot be right\n.*name one of these in backup_file_name: "app_-24.dump"/,
    );
  });

  test('has all of the database, if there is such a one, and a newer part is told', () => {
    const { latest, warnings } = chosen([backupOf(2, { part: '--schema' }), backupOf(26)]);
    expect(latest.name).toBe('app_26.dump');
    expect(warnings).toEqual([expect.stringContaining('"app_2.dump"')]);
    expect(chosen([backupOf(26, { part: '--schema' }), backupOf(2)]).warnings).toEqual([]);
  });

  test('is no part, also where every backup is one', () => {
    expect(() => chosen([backupOf(2, { part: '--schema' }), backupOf(-30)])).toThrow(
      /there is no complete one, but 1 backup of it with only a part of the database and 1 backup of it with a recorded time that cannot be right\nMake a backup of the whole database, or name one of these/,
    );
  });

  test('is the newest whole one however much newer a part is, which is told', () => {
    const { latest, warnings } = chosen([backupOf(2, { part: '--table' }), backupOf(300 * 24)]);
    expect(latest.name).toBe('app_7200.dump');
    expect(warnings).toEqual([expect.stringContaining('"app_2.dump"')]);
  });

  test('that is not there is told with what there is', () => {
    expect(() =>
      chosen([backupOf(1, { host: 'old.example.com' }), backupOf(2, { database: 'a"b\n' })]),
    ).toThrow(
      /there is none\n.*There are:\n- 1 backup of "app" on "old.example.com"\n- 1 backup of "a\\"b\\n" on "db.example.com"/,
    );
    expect(() => chosen([])).toThrow(/no backup of any database there, and 2 other files/);
  });
});
