import { describe, expect, test } from 'vitest';
import { problemWithBlobName } from '../../../../src/azure/name-rules.ts';
import { backupName, backupPrefix, partsOfBackupName } from '../../../../src/azure/storage/backup-names.ts';
import { problemWithDatabaseName } from '../../../../src/postgres/server/database-names.ts';
import { awkwardStrings } from '../../support/pseudo-random.ts';

describe('the name of a new backup', () => {
  const time = '20261122154210';
  test.each([
    ['moodle_d01', 'moodle_d01_backup_20261122154210.dump'],
    ['Prüfung 考试', 'Prüfung 考试_backup_20261122154210.dump'],
    [`it's "it"`, `it's "it"_backup_20261122154210.dump`],
    ['a/b', 'a%2Fb_backup_20261122154210.dump'],
    ['../etc', '..%2Fetc_backup_20261122154210.dump'],
    ['a\\b', 'a%5Cb_backup_20261122154210.dump'],
    ['https://x/y', 'https:%2F%2Fx%2Fy_backup_20261122154210.dump'],
    ['..', '.._backup_20261122154210.dump'],
    [' ', ' _backup_20261122154210.dump'],
  ])('of database %j is %j', (database, name) => {
    expect(backupName(database, time)).toBe(name);
  });

  test('is one that a restore takes, whatever the database is called', () => {
    const databases = [...awkwardStrings(2_000, 8, 2), '/'.repeat(63), '\\'.repeat(63), '😀'.repeat(15), '.'];
    // An input, which is an environment variable, cannot hold half a character.
    const accepted = databases.filter(
      (name) => name.isWellFormed() && problemWithDatabaseName(name) === undefined,
    );
    expect(accepted.length).toBeGreaterThan(200);
    const refused = accepted.filter((name) => problemWithBlobName(backupName(name, time)) !== undefined);
    expect(refused).toEqual([]);
  });

  test('is another one for each database', () => {
    const databases = ['a/b', 'a%2Fb', 'a%2fb', 'a\\b', 'a%5Cb', 'a b', 'a%20b'];
    const names = databases.map((database) => backupName(database, time));
    expect(new Set(names).size).toBe(databases.length);
  });
});

describe('the parts of a name', () => {
  test.each([
    ['moodle_d01_backup_20261122154210.dump', 'moodle_d01_backup_'],
    ['x_backup_y_backup_20261122154210.dump', 'x_backup_y_backup_'],
    ['a\nb_backup_20261122154210.dump', 'a\nb_backup_'],
  ])('%j', (name, prefix) => {
    expect(partsOfBackupName(name)).toEqual({ prefix, timestamp: '20261122154210' });
  });

  test.each([
    '_backup_20261122154210.dump',
    'x_backup_2026112215421.dump',
    'x_backup_20261122154210.dump.gz',
    'x',
  ])('%j has none', (name) => {
    expect(partsOfBackupName(name)).toBeUndefined();
  });

  test.each(['moodle', 'a/b', '%2f'])('of a backup of %j are those it was made of', (database) => {
    const parts = { prefix: backupPrefix(database), timestamp: '20261122154210' };
    expect(partsOfBackupName(backupName(database, parts.timestamp))).toEqual(parts);
  });
});
