import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type BackupStore, backupStore } from '../../src/azure/storage/backup-store.ts';
import { inventoryOfBlobs } from '../../src/azure/storage/listing.ts';
import { Failure } from '../../src/base/failure.ts';
import { patienceOf } from '../../src/base/patience.ts';
import { accountKey, type Backups, createBackups } from '../support/azure/backups.ts';
import { sharedStorage } from '../support/azure/shared-storage.ts';
import { trust } from '../support/machine/certificates.ts';

/*
 * What is done with the blobs of a container besides writing and reading them, on a real service.
 */
const { signal } = new AbortController();
const awkward = `ünï "code" <&amp;> 100%25 #?'+.dump`;
let backups: Backups;
let account: BlobServiceClient;
let stopTrusting: () => void;
let app: BackupStore;

const storeOf = (folder: string): BackupStore =>
  backupStore(backups.client, { patience: patienceOf(10), info: () => {}, folder, account });

beforeAll(() => {
  const shared = sharedStorage();
  if (!shared) throw new Error('there is no storage');
  stopTrusting = trust(shared.authority.caPem);
  const { accountName, accountUrl } = shared.azurite;
  account = new BlobServiceClient(accountUrl, new StorageSharedKeyCredential(accountName, accountKey));
});
afterAll(() => stopTrusting());
beforeEach(async () => {
  const shared = sharedStorage();
  if (!shared) throw new Error('there is no storage');
  backups = await createBackups(shared.azurite);
  app = storeOf('prod/app/');
});

const codeOf = (work: Promise<unknown>): Promise<string | undefined> =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof Failure ? error.explanation.cause : String(error)),
  );

test('a folder is listed on several pages, with awkward names and all that is written down', async () => {
  const names = [awkward, ...Array.from({ length: 11 }, (_, index) => `${index}.dump`)];
  for (const name of names) await backups.put(`prod/app/${name}`, name, { upload_id: 'x', Database: 'shop' });
  await backups.put('prod/app2/x.dump', 'of another folder');
  const access = {
    ...{ container: backups.client, folder: 'prod/app/', patience: patienceOf(10), info: () => {} },
    ...{ signIn: async () => {}, proven: false, reached: false },
  };
  const { blobs, now } = await inventoryOfBlobs(access, signal, 5);
  expect(blobs.map(({ name }) => name).toSorted()).toEqual(
    names.map((name) => `prod/app/${name}`).toSorted(),
  );
  expect(Math.abs(now.getTime() - Date.now())).toBeLessThan(60_000);
  const listed = blobs.find(({ name }) => name.endsWith(awkward));
  expect(listed).toEqual({
    ...{ name: `prod/app/${awkward}`, size: Buffer.byteLength(awkward), tier: 'Hot' },
    etag: (await backups.client.getBlobClient(`prod/app/${awkward}`).getProperties()).etag,
    metadata: { upload_id: 'x', database: 'shop' },
    ...{ createdOn: expect.any(Date), isRehydrating: false, hasLegalHold: false },
  });
  expect((await storeOf('').inventory(signal)).blobs).toHaveLength(13);
});

describe('what was listed', () => {
  const name = `prod/app/${awkward}`;
  const listed = async () => {
    const [blob] = (await app.inventory(signal)).blobs;
    if (!blob) throw new Error('there is none');
    return blob;
  };
  beforeEach(() => backups.put(name, 'content', { database: 'shop' }));

  test('is changed and deleted, each bound to what was seen last', async () => {
    const before = await listed();
    const etag = await app.record(before, { ...before.metadata, protection: 'release' }, signal);
    expect(await backups.metadata(name)).toEqual({ database: 'shop', protection: 'release' });
    expect(await codeOf(app.remove(before, signal))).toContain('(ConditionNotMet, HTTP 412)');
    expect(await codeOf(app.record(before, {}, signal))).toContain('(ConditionNotMet, HTTP 412)');
    const now = await listed();
    expect([now.etag, now.createdOn]).toEqual([etag, before.createdOn]);
    expect(await app.remove(now, signal)).toBe('removed');
    expect(await app.remove(now, signal)).toBe('gone');
    expect(await backups.list()).toEqual([]);
  });

  test('stays if it has snapshots or a lease', async () => {
    const client = backups.client.getBlobClient(name);
    await client.createSnapshot();
    expect(await codeOf(app.remove(await listed(), signal))).toContain('(SnapshotsPresent, HTTP 409)');
    await client.delete({ deleteSnapshots: 'only' });
    const lease = client.getBlobLeaseClient();
    await lease.acquireLease(-1);
    expect(await codeOf(app.remove(await listed(), signal))).toContain('(LeaseIdMissing, HTTP 412)');
    expect(await codeOf(app.record(await listed(), {}, signal))).toContain('(LeaseIdMissing, HTTP 412)');
    await lease.releaseLease();
    expect(await app.remove(await listed(), signal)).toBe('removed');
  });
});

test('a new backup is in the tier that is wanted', async () => {
  const target = await app.begin('prod/app/x.dump', signal, 'cool');
  if ('by' in target) throw new Error('it is taken');
  await target.write(Buffer.from('content'));
  await target.flush();
  expect(await target.commit({ database: 'shop' })).toEqual({});
  expect((await app.inventory(signal)).blobs.map(({ tier }) => tier)).toEqual(['Cool']);
});

test('a missing backup is told with others of its folder alone', async () => {
  const name = 'shop_backup_20261122154210.dump';
  for (const folder of ['', 'prod/app/', 'test/']) await backups.put(`${folder}${name}`, 'content');
  const missing = 'prod/app/shop_backup_20261122154211.dump';
  const error: unknown = await app.find(missing, 'shop', signal).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Failure);
  expect(String(error)).toContain(
    `The newest named "prod/app/shop_backup_…" in this container:\n- prod/app/${name} (2026-11-22 15:42:10 UTC, 7 B)\n`,
  );
});

test('a probe leaves nothing, and what is on is seen as far as the account tells it', async () => {
  const probe = await app.probe(signal, 'cool');
  expect(probe).toMatchObject({ write: 'passed', read: 'passed', remove: 'passed' });
  expect([await backups.list(), await backups.listUncommitted()]).toEqual([[], []]);
  expect(await app.safety(signal, probe)).toMatchObject({
    ...{ softDelete: { state: 'off' }, versioning: { state: 'off' }, immutability: { state: 'off' } },
    hierarchicalNamespace: { state: 'unknown', detail: 'the account does not tell it' },
  });
});
