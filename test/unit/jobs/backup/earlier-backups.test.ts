import { expect, test } from 'vitest';
import type { BackupStore } from '../../../../src/azure/storage/backup-store.ts';
import { earlierBackups } from '../../../../src/jobs/backup/earlier-backups.ts';

const { signal } = new AbortController();

/** A store that can only be listed. */
const listing = (list: BackupStore['list']) => ({ list }) as Pick<BackupStore, 'list'>;

test('the backups of the same name, with their times; what has no time in its name is none of ours', async () => {
  const asked: unknown[] = [];
  const store = listing(async (prefix, most) => {
    asked.push(prefix, most);
    return ['20261122154210', '99999999999999'].map((timestamp) => ({ name: timestamp, timestamp, size: 5 }));
  });
  expect(await earlierBackups(store, 'shop', signal)).toEqual([
    { name: '20261122154210', size: 5, at: new Date('2026-11-22T15:42:10Z') },
  ]);
  expect(asked).toEqual(['shop_backup_', 3]);
});

test.each([
  ['may not be listed', async () => undefined],
  ['fail to be listed', () => Promise.reject(new Error('cancelled'))],
])('are none where they %s, and no error', async (_, list) => {
  expect(await earlierBackups(listing(list), 'shop', signal)).toEqual([]);
});
