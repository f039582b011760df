import { AnonymousCredential, BlobServiceClient } from '@azure/storage-blob';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Probe, probeFolder } from '../../../../../src/azure/storage/upkeep/probe.ts';
import { safetyOf } from '../../../../../src/azure/storage/upkeep/safety.ts';
import type { AccessTier } from '../../../../../src/azure/storage/upload/tiers.ts';
import { Failure } from '../../../../../src/base/failure.ts';
import { patienceOf } from '../../../../../src/base/patience.ts';
import { type BlobService, startBlobService } from '../../../support/blob-service.ts';
import { accessTo } from '../../../support/container-access.ts';

let service: BlobService;
beforeAll(async () => {
  service = await startBlobService();
});
afterAll(() => service.stop());
beforeEach(() => service.reset());

const never = new AbortController().signal;
const quick = { ...patienceOf(10), pause: 1, total: 1_500, answer: 1_000, newRight: 10 };
const access = (folder = '') => ({
  ...accessTo(service.url, quick, folder),
  account: new BlobServiceClient(service.url.replace('/backups', ''), new AnonymousCredential(), {
    retryOptions: { maxTries: 1 },
  }),
});
const probe = (folder = '', tier?: AccessTier, signal = never): Promise<Probe> =>
  probeFolder(access(folder), signal, tier);

/** What is left in the container. */
const left = (): string[] => [...service.blobs.keys()];
const refused = (code: string, status = 403) => ({ status, code });

describe('a probe of the folder', () => {
  test('is written, read and deleted, under a name that is no backup', async () => {
    expect(await probe('prod/app/')).toEqual({
      name: expect.stringMatching(/^prod\/app\/\.postgres-azure-backup-probe-[0-9a-f]{16}$/),
      ...{ write: 'passed', read: 'passed', remove: 'passed', isVersioned: false },
    });
    expect(left()).toEqual([]);
    expect(service.asked.filter(({ kind }) => kind === 'commit')[0]?.headers['if-none-match']).toBe('*');
  });

  test('in the tier that is wanted', async () => {
    expect(await probe('', 'cool')).not.toHaveProperty('refusedTier');
    expect(service.asked.find(({ kind }) => kind === 'commit')?.headers['x-ms-access-tier']).toBe('Cool');
  });

  test('in another where the account refuses that, and this is told', async () => {
    service.decide = ({ kind, headers }) =>
      kind === 'commit' && headers['x-ms-access-tier'] !== undefined
        ? refused('BlobAccessTierNotSupportedForAccountType', 400)
        : 'pass';
    expect(await probe('', 'cold')).toMatchObject({
      ...{ write: 'passed', read: 'passed', remove: 'passed' },
      refusedTier: {
        tier: 'cold',
        cause: expect.stringContaining('BlobAccessTierNotSupportedForAccountType'),
      },
    });
    expect(left()).toEqual([]);
  });

  test('tells what the account says besides', async () => {
    service.more = {
      look: { 'x-ms-version-id': '2026', 'x-ms-resource-type': 'file' },
      delete: { 'x-ms-delete-type-permanent': 'false' },
    };
    expect(await probe()).toMatchObject({ isVersioned: true, isHierarchical: true, isKept: true });
  });

  test.each(['block', 'commit'] as const)('may not be written: %s', async (what) => {
    service.decide = ({ kind }) => (kind === what ? refused('AuthorizationPermissionMismatch') : 'pass');
    expect(await probe()).toMatchObject({
      write: expect.any(Failure),
      read: { skipped: 'nothing was written' },
      remove: { skipped: 'nothing was written' },
    });
    expect(left()).toEqual([]);
  });

  test('is deleted also where it cannot be read', async () => {
    service.decide = ({ kind }) => (kind === 'read' ? refused('AuthorizationPermissionMismatch') : 'pass');
    const { write, read, remove } = await probe();
    expect([write, remove]).toEqual(['passed', 'passed']);
    expect((read as Failure).explanation).toMatchObject({
      tried: expect.stringContaining('.postgres-azure-backup-probe-'),
      cause: expect.stringContaining('(AuthorizationPermissionMismatch, HTTP 403)'),
    });
    expect(left()).toEqual([]);
  });

  test('is not read as what was written', async () => {
    service.decide = ({ kind, name }) => {
      const blob = service.blobs.get(name);
      if (kind === 'look' && blob) blob.content = Buffer.from('something else');
      return 'pass';
    };
    expect((await probe()).read).toMatchObject({
      explanation: { cause: 'what was read is not what was written' },
    });
    expect(left()).toEqual([]);
  });

  test('stays where it may not be deleted, and this is told', async () => {
    service.decide = ({ kind }) => (kind === 'delete' ? refused('AuthorizationPermissionMismatch') : 'pass');
    const { write, read, remove } = await probe();
    expect([write, read]).toEqual(['passed', 'passed']);
    expect((remove as Failure).explanation.advice).toContain('a custom role with the data action');
    expect(left()).toHaveLength(1);
  });

  test.each([
    [{ 'x-ms-has-legal-hold': 'true' }, 'the container has a legal hold'],
    [{ 'x-ms-has-immutability-policy': 'true' }, 'the container has an immutability policy'],
  ])('is staged only where nothing could delete it: %o', async (told, why) => {
    service.more = { container: told };
    const { write, read, remove } = await probe();
    const skipped = `nothing was published to try it: ${why}, and the blob could not be deleted`;
    expect([write, read, remove]).toEqual(['passed', { skipped }, { skipped }]);
    const kinds = service.asked.map(({ kind }) => kind);
    expect(kinds).toContain('block');
    expect(kinds).not.toContain('commit');
    expect(left()).toEqual([]);
    service.decide = ({ kind }) => (kind === 'block' ? refused('AuthorizationPermissionMismatch') : 'pass');
    expect((await probe()).write).toBeInstanceOf(Failure);
  });

  test('is deleted though the job is cancelled', async () => {
    const own = new AbortController();
    service.decide = ({ kind }) => {
      if (kind === 'read') own.abort(new Error('cancelled'));
      return 'pass';
    };
    await expect(probe('', undefined, own.signal)).rejects.toThrow('cancelled');
    expect(left()).toEqual([]);
  });

  test('takes away what one has left that was killed, and nothing else', async () => {
    const created = (time: string) => `<Creation-Time>Sun, 22 Nov 2026 ${time} GMT</Creation-Time>`;
    const of = (what: string) => `prod/.postgres-azure-backup-probe-${what}`;
    service.put(of('old'), { purpose: 'probe' }, created('14:42:09'));
    service.put(of('of-now'), { purpose: 'probe' }, created('14:42:11'));
    service.put(of('of-another'), {}, created('14:00:00'));
    service.put(of('without-a-time'), { purpose: 'probe' });
    service.put('.postgres-azure-backup-probe-elsewhere', { purpose: 'probe' }, created('14:00:00'));
    await probe('prod/');
    expect(left().toSorted()).toEqual([
      '.postgres-azure-backup-probe-elsewhere',
      ...['of-another', 'of-now', 'without-a-time'].map(of),
    ]);
  });
});

describe('what can be seen of how blobs are kept', () => {
  const written = (more: Partial<Probe> = {}): Probe => ({
    ...{ name: 'x', write: 'passed', read: 'passed', remove: 'passed' },
    ...more,
  });

  test('with all rights', async () => {
    service.more = {
      container: {
        ...{ 'x-ms-has-legal-hold': 'true', 'x-ms-has-immutability-policy': 'true' },
        'x-ms-immutable-storage-with-versioning-enabled': 'true',
      },
      account: { 'x-ms-is-hns-enabled': 'false' },
    };
    service.settings = '<DeleteRetentionPolicy><Enabled>true</Enabled><Days>7</Days></DeleteRetentionPolicy>';
    expect(await safetyOf(access(), never)).toEqual({
      softDelete: { state: 'on', detail: 'for 7 days' },
      containerSoftDelete: { state: 'unknown', detail: 'Azure tells it to its administrators only' },
      versioning: { state: 'on', detail: '' },
      immutability: {
        state: 'on',
        detail: 'a policy on the container, a legal hold on the container, policies for single versions',
      },
      hierarchicalNamespace: { state: 'off', detail: '' },
    });
  });

  test('with those to backups alone, by what a probe has seen', async () => {
    service.more = { container: { 'x-ms-has-legal-hold': 'false', 'x-ms-has-immutability-policy': 'false' } };
    service.decide = ({ kind }) =>
      kind === 'service' || kind === 'account' ? refused('AuthorizationPermissionMismatch') : 'pass';
    const hidden = { state: 'unknown', detail: 'azure_client_id may not see it' };
    const off = { state: 'off', detail: '' };
    expect(await safetyOf(access(), never, written({ isVersioned: false, isKept: true }))).toMatchObject({
      softDelete: { state: 'on', detail: '' },
      ...{ versioning: off, immutability: off, hierarchicalNamespace: hidden },
    });
    expect(await safetyOf(access(), never, written({ isVersioned: false, isKept: false }))).toMatchObject({
      softDelete: off,
    });
    expect(
      await safetyOf(access(), never, written({ isVersioned: true, isKept: false, isHierarchical: true })),
    ).toMatchObject({
      ...{ softDelete: hidden, versioning: { state: 'on' }, hierarchicalNamespace: { state: 'on' } },
    });
    expect(await safetyOf(access(), never)).toMatchObject({
      ...{ softDelete: hidden, versioning: { state: 'unknown' } },
    });
  });

  test('is nothing, where the account does not answer', async () => {
    service.decide = () => 'reset';
    for (const { state } of Object.values(await safetyOf(access(), never))) expect(state).toBe('unknown');
  });

  test('is not asked after a cancel', async () => {
    const reason = new Error('cancelled');
    await expect(safetyOf(access(), AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});
