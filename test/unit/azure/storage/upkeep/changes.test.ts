import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { recordMetadata } from '../../../../../src/azure/storage/upkeep/record.ts';
import { type LookedAt, removeBlob } from '../../../../../src/azure/storage/upkeep/remove.ts';
import { Failure } from '../../../../../src/base/failure.ts';
import { patienceOf } from '../../../../../src/base/patience.ts';
import { type BlobService, type Fate, startBlobService } from '../../../support/blob-service.ts';
import { accessTo } from '../../../support/container-access.ts';

let service: BlobService;
beforeAll(async () => {
  service = await startBlobService();
});
afterAll(() => service.stop());
beforeEach(() => service.reset());

const never = new AbortController().signal;
const quick = { ...patienceOf(10), pause: 1, total: 1_500, answer: 1_000 };

/** How an account is asked that has let a request through already. */
const access = () => ({ ...accessTo(service.url, quick), proven: true, reached: true });
const remove = (blob: LookedAt, signal = never) => removeBlob(access(), blob, signal);
const record = (blob: LookedAt, metadata: Record<string, string>, signal = never) =>
  recordMetadata(access(), blob, metadata, signal);

/** What the first requests of a kind meet; all others pass. */
function meet(kind: string, ...fates: Fate[]): void {
  service.decide = (request) => (request.kind === kind ? (fates[request.earlier] ?? 'pass') : 'pass');
}

const failureOf = (work: Promise<unknown>): Promise<Failure['explanation']> =>
  work.then(
    () => expect.unreachable('it passed'),
    (error: unknown) => (error instanceof Failure ? error.explanation : Promise.reject(error)),
  );

const busy = { status: 503, code: 'ServerBusy' };
const refusal = (status: number, code: string): Fate => ({ status, code });

describe('a blob is deleted', () => {
  const put = (): LookedAt => ({ name: 'a/x.dump', etag: service.put('a/x.dump').etag });
  const isThere = () => service.blobs.has('a/x.dump');

  test('if it is the one that was looked at', async () => {
    expect(await remove(put())).toBe('removed');
    expect(isThere()).toBe(false);
    expect(service.asked.map(({ headers }) => headers['x-ms-delete-snapshots'])).toEqual([undefined]);
  });

  test('and not if it is another by now', async () => {
    const before = put();
    service.put('a/x.dump');
    expect(await failureOf(remove(before))).toEqual({
      tried: expect.stringMatching(/^Deleting "a\/x\.dump" in container "backups" on 127\.0\.0\.1:\d+$/),
      cause:
        'The condition specified using HTTP conditional header(s) is not met. (ConditionNotMet, HTTP 412)',
      advice: 'It was changed after it was looked at, and was not deleted. Run the job again.',
    });
    expect(isThere()).toBe(true);
  });

  test('by somebody else', async () => {
    const blob = put();
    service.blobs.clear();
    expect(await remove(blob)).toBe('gone');
    service.decide = ({ kind }) => (kind === 'delete' ? refusal(404, 'BlobNotFound') : 'pass');
    expect(await remove(blob)).toBe('gone');
  });

  test('by somebody else while the account was busy', async () => {
    const blob = put();
    service.blobs.clear();
    meet('delete', busy, busy);
    expect(await remove(blob)).toBe('gone');
  });

  test.each<[string, Fate[], number]>([
    ['the account is busy at first', [busy, busy], 3],
    ['the connection ends before', ['reset'], 2],
    ['the answer gets lost', ['lose'], 2],
    ['no answer comes', ['silence'], 2],
    ['the answer gets lost, and the account is busy then', ['lose', busy], 3],
  ])('also if %s', async (_, fates, requests) => {
    const blob = put();
    meet('delete', ...fates);
    expect(await remove(blob)).toBe('removed');
    expect(isThere()).toBe(false);
    expect(service.asked.filter(({ kind }) => kind === 'delete')).toHaveLength(requests);
  });

  test('or it is not known, if no answer ever comes', async () => {
    const blob = put();
    service.decide = () => 'reset';
    const { state } = await failureOf(remove(blob));
    expect(state).toBe('It is not known whether "a/x.dump" was deleted.');
  });

  test('or not, if the account stays busy', async () => {
    const blob = put();
    service.decide = () => busy;
    expect(await failureOf(remove(blob))).toMatchObject({
      cause: expect.stringContaining('(ServerBusy, HTTP 503)'),
    });
    expect(await failureOf(remove(blob))).not.toHaveProperty('state');
  });

  test('not after a cancel', async () => {
    const reason = new Error('cancelled');
    await expect(remove(put(), AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(isThere()).toBe(true);
  });
});

describe('what keeps a blob from being deleted is told, with what to do', () => {
  test.each<[number, string, RegExp]>([
    [409, 'BlobImmutableDueToPolicy', /^An immutability policy keeps it as it is\. Wait until/],
    [409, 'BlobImmutableDueToLegalHold', /^A legal hold keeps it as it is\. Have the hold removed/],
    [412, 'LeaseIdMissing', /^Somebody has leased it\. Wait until/],
    [409, 'SnapshotsPresent', /^It has snapshots, which this action did not make/],
    [403, 'AuthorizationPermissionMismatch', /a custom role with the data action \S+delete,/],
    [404, 'ContainerNotFound', /^Check storage_container_name/],
  ])('%i %s', async (status, code, advice) => {
    const { etag } = service.put('x.dump');
    service.decide = () => refusal(status, code);
    const { cause: said, advice: told, state } = await failureOf(remove({ name: 'x.dump', etag }));
    expect(said).toContain(`(${code}, HTTP ${status})`);
    expect(told).toMatch(advice);
    expect(state).toBeUndefined();
    expect(service.asked).toHaveLength(1);
  });
});

test('nothing is asked of an account that told no ETag: no condition would stand in the way', async () => {
  service.put('x.dump', { old: '1' });
  const blob = { name: 'x.dump', etag: '' };
  for (const work of [remove(blob), record(blob, { old: '2' })])
    expect(await failureOf(work)).toMatchObject({
      cause: expect.stringMatching(/^the account told no ETag/),
    });
  expect(service.asked).toEqual([]);
  expect(service.blobs.get('x.dump')?.metadata).toEqual({ old: '1' });
});

describe('what is written down with a blob is replaced', () => {
  const put = (): LookedAt => ({ name: 'x.dump', etag: service.put('x.dump', { old: '1' }).etag });
  const now = () => service.blobs.get('x.dump')?.metadata;
  const wanted = { kept: 'yes', Other: '2' };
  const written = { kept: 'yes', other: '2' };

  test('as a whole, and the new ETag is told', async () => {
    expect(await record(put(), wanted)).toBe(service.blobs.get('x.dump')?.etag);
    expect(now()).toEqual(written);
  });

  test('but not of another blob', async () => {
    const before = put();
    service.put('x.dump', { of: 'another' });
    expect(await failureOf(record(before, wanted))).toMatchObject({
      tried: expect.stringMatching(/^Writing the metadata of "x\.dump"/),
      advice: 'It was changed after it was looked at, and was left as it is. Run the job again.',
    });
    expect(now()).toEqual({ of: 'another' });
  });

  test.each<[string, Fate[]]>([
    ['the account is busy at first', [busy]],
    ['the connection ends before', ['reset']],
    ['the answer gets lost', ['lose']],
    ['no answer comes, though it was carried out', ['lose', busy, 'reset']],
  ])('also if %s', async (_, fates) => {
    const blob = put();
    meet('metadata', ...fates);
    expect(await record(blob, wanted)).toBe(service.blobs.get('x.dump')?.etag);
    expect(now()).toEqual(written);
  });

  test('but what another one has written in between stays', async () => {
    const blob = put();
    service.decide = ({ kind, earlier }) => {
      if (kind !== 'metadata') return 'pass';
      if (earlier === 0) return 'reset';
      if (earlier === 1) service.put('x.dump', { of: 'another' });
      return 'pass';
    };
    expect(await failureOf(record(blob, wanted))).not.toHaveProperty('state');
    expect(now()).toEqual({ of: 'another' });
  });

  test('or it is not known, if no answer ever comes', async () => {
    const blob = put();
    service.decide = () => 'reset';
    const { state } = await failureOf(record(blob, wanted));
    expect(state).toBe('It is not known whether "x.dump" has the new metadata.');
  });

  test('but not of one that is not there any more', async () => {
    const blob = put();
    service.blobs.clear();
    const { tried, advice, state } = await failureOf(record(blob, wanted));
    expect([tried, advice, state]).toEqual([
      expect.stringMatching(/^Writing the metadata of "x\.dump"/),
      'It was deleted after it was looked at.',
      undefined,
    ]);
  });

  test('not after a cancel', async () => {
    const reason = new Error('cancelled');
    await expect(record(put(), wanted, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(now()).toEqual({ old: '1' });
  });

  test.each<[number, string, RegExp]>([
    [409, 'BlobImmutableDueToPolicy', /^An immutability policy keeps it as it is/],
    [409, 'BlobImmutableDueToLegalHold', /^A legal hold keeps it as it is/],
    [409, 'BlobArchived', /^Metadata of a blob in the archive tier cannot be changed/],
    [409, 'BlobBeingRehydrated', /^Metadata of a blob cannot be changed while/],
    [404, 'BlobNotFound', /^It was deleted after it was looked at/],
    [412, 'LeaseIdMissing', /^Somebody has leased it/],
    [403, 'AuthorizationPermissionMismatch', /lets it read blobs and not write them/],
  ])('unless the account refuses it: %i %s', async (status, code, advice) => {
    const blob = put();
    service.decide = () => refusal(status, code);
    expect((await failureOf(record(blob, wanted))).advice).toMatch(advice);
  });
});
