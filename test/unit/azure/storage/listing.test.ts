import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { inventoryOfBlobs, type Listing } from '../../../../src/azure/storage/listing.ts';
import { patienceOf } from '../../../../src/base/patience.ts';
import { type BlobService, serviceTime, startBlobService } from '../../support/blob-service.ts';
import { accessTo } from '../../support/container-access.ts';

let service: BlobService;
beforeAll(async () => {
  service = await startBlobService();
});
afterAll(() => service.stop());
beforeEach(() => service.reset());

const never = new AbortController().signal;

const list = (folder = '', size?: number, signal = never, patience = patienceOf(10)): Promise<Listing> =>
  inventoryOfBlobs(accessTo(service.url, patience, folder), signal, size);

const names = async (folder?: string, size?: number): Promise<string[]> =>
  (await list(folder, size)).blobs.map(({ name }) => name);

describe('every blob of a folder is listed', () => {
  test('with all that is written down with it, and the time of the account', async () => {
    service.put(
      'shop.dump',
      { Database: 'shop', upload_id: 'a&lt;b' },
      '<Creation-Time>Sat, 21 Nov 2026 15:42:10 GMT</Creation-Time><AccessTier>Archive</AccessTier><ArchiveStatus>rehydrate-pending-to-hot</ArchiveStatus>' +
        '<ImmutabilityPolicyUntilDate>Wed, 25 Nov 2026 00:00:00 GMT</ImmutabilityPolicyUntilDate><ImmutabilityPolicyMode>unlocked</ImmutabilityPolicyMode><LegalHold>true</LegalHold>',
    );
    expect(await list()).toEqual({
      blobs: [
        {
          name: 'shop.dump',
          size: 7,
          etag: '"0x1"',
          metadata: { database: 'shop', upload_id: 'a<b' },
          createdOn: new Date('2026-11-21T15:42:10Z'),
          tier: 'Archive',
          isRehydrating: true,
          immutableUntil: new Date('2026-11-25T00:00:00Z'),
          hasLegalHold: true,
        },
      ],
      now: serviceTime,
    });
    expect(service.asked[0]?.query.get('include')).toBe('metadata,immutabilitypolicy,legalhold');
  });

  test('as far as the account tells it', async () => {
    service.put('shop.dump');
    const [blob] = (await list()).blobs;
    expect(blob).toEqual({
      ...{ name: 'shop.dump', size: 7, etag: expect.stringMatching(/^"0x\d+"$/), metadata: {}, tier: '' },
      ...{ isRehydrating: false, hasLegalHold: false },
    });
  });

  test('on all pages, and none of another folder', async () => {
    const all = Array.from({ length: 25 }, (_, index) => `prod/app/${String(index).padStart(2, '0')}.dump`);
    for (const name of [...all, 'prod/app2/x.dump', 'x.dump']) service.put(name);
    expect(await names('prod/app/', 10)).toEqual(all);
    expect(service.asked.map(({ query }) => query.get('prefix'))).toEqual(Array(3).fill('prod/app/'));
    expect(await names('', 10)).toHaveLength(27);
  });

  test('which may be none', async () => {
    expect(await list()).toEqual({ blobs: [], now: serviceTime });
  });

  test('but folders of a hierarchical namespace are none', async () => {
    service.put('prod', { hdi_isfolder: 'true' });
    service.put('prod/x.dump', { hdi_isfolder: 'false' });
    expect(await names()).toEqual(['prod/x.dump']);
  });
});

test('an account that knows nothing of immutability is asked without it, also for further pages', async () => {
  for (const name of ['1', '2', '3']) service.put(name);
  service.decide = ({ query }) =>
    query.get('include') === 'metadata' ? 'pass' : { status: 400, code: 'InvalidQueryParameterValue' };
  expect(await names('', 1)).toEqual(['1', '2', '3']);
  expect(service.asked).toHaveLength(4);
});

describe('the account', () => {
  const quick = { ...patienceOf(10), pause: 1, total: 1_000 };
  const busy = { status: 503, code: 'ServerBusy' };

  test.each([
    ['is busy for a while', busy],
    ['does not answer a page', 'reset'],
    ['loses an answer', 'lose'],
  ] as const)('%s', async (_, fate) => {
    for (const name of ['1', '2', '3']) service.put(name);
    service.decide = ({ earlier }) => (earlier % 2 === 0 ? fate : 'pass');
    const { blobs } = await list('', 1, never, quick);
    expect(blobs.map(({ name }) => name)).toEqual(['1', '2', '3']);
  });

  test('is not waited for longer than for one request, however many pages there are', async () => {
    for (let index = 0; index < 100; index++) service.put(String(index));
    service.decide = ({ earlier }) => (earlier % 12 === 11 ? 'pass' : busy);
    await expect(list('', 1, never, quick)).rejects.toThrow('(ServerBusy, HTTP 503)');
    expect(service.asked.length).toBeLessThan(1_000);
  });

  test('does not let it be listed', async () => {
    service.decide = () => ({ status: 403, code: 'AuthorizationFailure' });
    await expect(list('prod/')).rejects.toMatchObject({
      explanation: {
        tried: expect.stringMatching(
          /^Listing the folder "prod\/" in container "backups" on 127\.0\.0\.1:\d+$/,
        ),
        cause: expect.stringContaining('(AuthorizationFailure, HTTP 403)'),
      },
    });
  });

  test('names the same page again and again', async () => {
    for (const name of ['1', '2', '3']) service.put(name);
    service.decide = ({ query }) => {
      if (query.get('marker') === '2') query.set('marker', '0');
      return 'pass';
    };
    await expect(list('', 1)).rejects.toThrow('the list has no end');
  });

  test('is not asked after a cancel', async () => {
    const reason = new Error('cancelled');
    await expect(list('', 1, AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});
