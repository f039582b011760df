import { describe, expect, test } from 'vitest';
import type { ListedBlob } from '../../../../src/azure/storage/listing.ts';
import {
  belongsTo,
  fromListedBlob,
  fromListing,
  inventoryOf,
  newestWhole,
} from '../../../../src/jobs/archive/recorded-backups.ts';
import { hasWrongTime } from '../../../../src/jobs/archive/recorded-time.ts';
import type { Source } from '../../../../src/jobs/request.ts';

const recorded = {
  host: 'prod.postgres.database.azure.com',
  database: 'app',
  started_at: '2026-11-22T02:00:07.412Z',
  sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  server_version: '17.6',
  compression: 'zstd:1',
};

function blob(name: string, metadata: Record<string, string> = recorded): ListedBlob {
  return {
    name,
    size: 1000,
    etag: '"0x1"',
    metadata,
    tier: 'Hot',
    isRehydrating: false,
    hasLegalHold: false,
  };
}

const name = 'app_backup_20261122020007.dump';

test('a backup is what its blob tells', () => {
  const createdOn = new Date('2026-11-22T02:01:00Z');
  const immutableUntil = new Date('2027-01-01T00:00:00Z');
  const metadata = {
    ...recorded,
    ...{ host: 'PROD.postgres.database.azure.com.', pg_dump_part: '--schema --filter' },
    ...{ verified_at: '2026-11-23T04:00:00.000Z', protect: 'before release 4.2, 50 %25' },
  };
  expect(fromListedBlob({ ...blob(name, metadata), createdOn, immutableUntil }, '')).toEqual({
    ...{ name, size: 1000, etag: '"0x1"', tier: 'Hot', hasLegalHold: false, createdOn, immutableUntil },
    ...{ host: 'prod.postgres.database.azure.com', database: 'app', at: new Date(recorded.started_at) },
    ...{ serverVersion: '17.6', compression: 'zstd:1', part: '--schema, --filter' },
    ...{ verifiedAt: new Date('2026-11-23T04:00:00Z'), protection: 'before release 4.2, 50 %' },
  });
});

test.each<[string, string, string, Record<string, string>]>([
  ['in no folder', '', name, {}],
  ['in its folder', 'prod/app/', `prod/app/${name}`, {}],
  ['with keys in upper case, as HTTP may have them', '', name, { DATABASE: 'app', database: 'app' }],
  ['of a database with a slash', '', 'a%2Fb_backup_20261122020007.dump', { database: 'a/b' }],
  [
    'of a database that is named as a backup of another',
    '',
    'app_backup_20260101000000_backup_20261122020007.dump',
    { database: 'app_backup_20260101000000' },
  ],
])('a backup %s', (_, folder, whole, metadata) => {
  expect(fromListedBlob(blob(whole, { ...recorded, ...metadata }), folder)?.name).toBe(whole);
});

test.each<[string, string, string, Record<string, string>]>([
  ['of another folder', 'prod/', `test/${name}`, {}],
  ['of no folder', 'prod/', name, {}],
  ['of a folder below', 'prod/', `prod/app/${name}`, {}],
  ['of a folder whose name begins alike', 'prod/', `prod-old/${name}`, {}],
  ['that was renamed', '', 'app.dump', {}],
  ['with the name of another database', '', 'app2_backup_20261122020007.dump', {}],
  [
    'with the name of a database that begins alike',
    '',
    'app_backup_20260101000000_backup_20261122020007.dump',
    {},
  ],
  ['with the name of another second', '', 'app_backup_20261122020008.dump', {}],
  ['with a name whose digits are no time', '', 'app_backup_20261322020007.dump', {}],
  ['with a name of a day that there is not', '', 'app_backup_20260230020007.dump', {}],
  ['that tells no host', '', name, { host: '' }],
  ['that tells no database', '', name, { database: '' }],
  ['that tells no time', '', name, { started_at: '' }],
  ['that tells what is no time', '', name, { started_at: '2026-13-22T02:00:07Z' }],
  ['that tells a day alone', '', name, { started_at: '2026-11-22' }],
  ['that tells no SHA-256', '', name, { sha256: '' }],
  ['that tells what is no SHA-256', '', name, { sha256: 'unknown' }],
])('a file %s is no backup of ours', (_, folder, whole, metadata) => {
  expect(fromListedBlob(blob(whole, { ...recorded, ...metadata }), folder)).toBeUndefined();
});

test.each<[Record<string, string>, string | undefined]>([
  [{}, undefined],
  [{ pg_dump_options: '--inserts', pg_dump_part: 'none' }, undefined],
  [{ pg_dump_options: '--inserts' }, undefined],
  [{ pg_dump_options: '-n office' }, '-n office'],
  [{ pg_dump_options: '-'.repeat(100), pg_dump_part: 'none' }, undefined],
  [{ pg_dump_options: '--no-comments '.repeat(9).slice(0, 100) }, '--no-comments '.repeat(9).slice(0, 100)],
  [{ pg_dump_options: '--schema=office', pg_dump_part: '--schema' }, '--schema'],
])('a part is known by its options: %j', (metadata, part) => {
  expect(fromListedBlob(blob(name, { ...recorded, ...metadata }), '')?.part).toBe(part);
});

test('a folder is listed newest first, and what is not ours is counted', async () => {
  const now = new Date('2026-11-23T00:00:00Z');
  const older = { ...recorded, started_at: '2026-11-21T02:00:07.000Z' };
  const blobs = [
    blob('p/app_backup_20261121020007.dump', older),
    blob(`p/${name}`),
    blob('p/readme.txt', {}),
    blob(`p/deeper/${name}`),
  ];
  const inventory = await inventoryOf(
    { folder: 'p/', inventory: async () => ({ blobs, now }) },
    AbortSignal.any([]),
  );
  expect(inventory).toEqual(fromListing({ blobs, now }, 'p/'));
  expect(inventory.backups.map((one) => one.name)).toEqual([`p/${name}`, 'p/app_backup_20261121020007.dump']);
  expect(inventory).toMatchObject({ foreign: 2, now });
});

function backup(metadata: Record<string, string>) {
  const all = { ...recorded, ...metadata };
  const digits = all.started_at.slice(0, 19).replace(/\D/g, '');
  const found = fromListedBlob(blob(`app_backup_${digits}.dump`, all), '');
  if (!found) throw new Error('no backup');
  return found;
}

test.each<[Source, boolean]>([
  [{ hosts: undefined, database: '' }, true],
  [{ hosts: undefined, database: 'app' }, true],
  [{ hosts: undefined, database: 'App' }, false],
  [{ hosts: ['prod.postgres.database.azure.com'], database: '' }, true],
  [{ hosts: ['old', 'Prod.postgres.database.azure.com.'], database: 'app' }, true],
  [{ hosts: ['old'], database: 'app' }, false],
  [{ hosts: [], database: 'app' }, false],
])('whose a backup is: %j', (source, expected) => {
  expect(belongsTo(source)(backup({}))).toBe(expected);
});

describe('the newest', () => {
  const now = new Date('2026-11-22T12:00:00Z');
  const [old, new_, part, later] = [
    backup({ started_at: '2026-11-20T12:00:00.000Z' }),
    backup({ started_at: '2026-11-21T12:00:00.000Z' }),
    backup({ started_at: '2026-11-22T11:00:00.000Z', pg_dump_part: '--table' }),
    backup({ started_at: '2026-11-22T12:06:00.000Z' }),
  ];

  test('is whole, and not from the future', () => {
    expect(newestWhole([old, new_, part, later], now)).toBe(new_);
    expect(newestWhole([new_, old], now)).toBe(new_);
    expect(newestWhole([part, later], now)).toBeUndefined();
    expect(newestWhole([], now)).toBeUndefined();
  });

  test('may come from a clock that is a little ahead', () => {
    expect(hasWrongTime(later, now)).toBe(true);
    expect(hasWrongTime(later, new Date('2026-11-22T12:01:00Z'))).toBe(false);
  });
});
