import { expect, test } from 'vitest';
import type { BackupStore } from '../../../../src/azure/storage/backup-store.ts';
import { earlierBackups, leftBy } from '../../../../src/jobs/backup/earlier-backups.ts';
import type { RecordedBackup } from '../../../../src/jobs/recorded-backup.ts';
import { noRules, recorded } from '../../../support/retention/recorded.ts';

const { signal } = new AbortController();
const shop = { hosts: ['db.example.com', 'old.example.com'], database: 'shop' };
const own = { host: 'DB.example.com', database: 'shop' };

/** A store that can only be listed, and asked for the metadata of what it has. */
const listing = (list: BackupStore['list'], metadata: BackupStore['metadata'] = async () => own) =>
  ({ folder: '', list, metadata }) as Pick<BackupStore, 'folder' | 'list' | 'metadata'>;

test('the backups of the same name, with their times; what has no time in its name is none of ours', async () => {
  const asked: unknown[] = [];
  const store = listing(async (prefix, most) => {
    asked.push(prefix, most);
    return ['20261122154210', '99999999999999'].map((timestamp) => ({ name: timestamp, timestamp, size: 5 }));
  });
  expect(await earlierBackups(store, shop, signal)).toEqual([
    { name: '20261122154210', size: 5, at: new Date('2026-11-22T15:42:10Z') },
  ]);
  expect(asked).toEqual(['shop_backup_', 24]);
});

test('of this database on this server, by any of its names', async () => {
  const others: Record<number, Record<string, string>> = {
    1: { host: 'staging.example.com', database: 'shop' },
    2: { host: 'db.example.com', database: 'shop_backup_2026' },
    4: { host: 'old.example.com', database: 'shop' },
    6: {},
  };
  const names = Array.from({ length: 9 }, (_, i) => `2026112215420${9 - i}`);
  const store = listing(
    async () => names.map((timestamp) => ({ name: timestamp, timestamp, size: 5 })),
    async (name) => others[names.indexOf(name)] ?? own,
  );
  const found = await earlierBackups(store, shop, signal);
  expect(found.map(({ name }) => names.indexOf(name))).toEqual([0, 3, 4]);
});

test('with the run that made each, as far as that is recorded and can be read', async () => {
  const names = ['20261122154213', '20261122154212', '20261122154211', '20261122154210'];
  const metadata: Record<string, Record<string, string>> = {
    '20261122154213': { ...own, repository: 'a/b', run_id: '7', run_number: '3' },
    '20261122154212': { ...own, Repository: 'a/b', run_id: '6' },
    '20261122154211': { ...own, run_id: '5' },
  };
  const store = listing(
    async () => names.map((timestamp) => ({ name: timestamp, timestamp, size: 5 })),
    async (name) => metadata[name] ?? Promise.reject(new Error('gone')),
  );
  expect((await earlierBackups(store, shop, signal)).map(({ madeBy }) => madeBy)).toEqual([
    { repository: 'a/b', run: '7', number: '3' },
    { repository: 'a/b', run: '6' },
    undefined,
  ]);
});

test.each([
  ['may not be listed', async () => undefined],
  ['fail to be listed', () => Promise.reject(new Error('cancelled'))],
])('are none where they %s, and no error', async (_, list) => {
  expect(await earlierBackups(listing(list), shop, signal)).toEqual([]);
});

test('without those that a retention has deleted, or found gone, but for a dry run', () => {
  const [left, deleted, gone] = ['20', '21', '22'].map((day) => recorded(`2026-11-${day}T02:00:00Z`)) as [
    RecordedBackup,
    RecordedBackup,
    RecordedBackup,
  ];
  const earlier = [left, deleted, gone];
  const outcome = { rules: noRules, kept: [], deleted: [deleted], gone: [gone], failed: [], isDryRun: false };
  expect(leftBy(outcome, earlier)).toEqual([left]);
  expect(leftBy({ ...outcome, isDryRun: true }, earlier)).toEqual(earlier);
  expect(leftBy(undefined, earlier)).toEqual(earlier);
});
