import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { writeBlocks } from '../../../../../src/azure/storage/upload/block-writer.ts';
import type { Committed } from '../../../../../src/azure/storage/upload/commit.ts';
import type { AccessTier } from '../../../../../src/azure/storage/upload/tiers.ts';
import { patienceOf } from '../../../../../src/base/patience.ts';
import { type BlobService, startBlobService } from '../../../support/blob-service.ts';
import { accessTo } from '../../../support/container-access.ts';

let service: BlobService;
beforeAll(async () => {
  service = await startBlobService();
});
afterAll(() => service.stop());
beforeEach(() => service.reset());

async function commit(tier?: AccessTier): Promise<Committed> {
  const access = { ...accessTo(service.url, { ...patienceOf(10), pause: 1, total: 1_500 }), proven: true };
  const writer = writeBlocks(access, 'x.dump', new AbortController().signal, { ...(tier && { tier }) });
  await writer.write(Buffer.from('content'));
  await writer.flush();
  return writer.commit({});
}

/** In which tier each commit was to be. */
const asked = () =>
  service.asked.flatMap(({ kind, headers }) => (kind === 'commit' ? [headers['x-ms-access-tier']] : []));

describe('a blob is committed', () => {
  test.each([
    [undefined, undefined],
    ['hot', 'Hot'],
    ['cool', 'Cool'],
    ['cold', 'Cold'],
  ] as const)('in the tier %s', async (tier, name) => {
    expect(await commit(tier)).toEqual({});
    expect(asked()).toEqual([name]);
  });

  test.each([
    [400, 'BlobAccessTierNotSupportedForAccountType'],
    [400, 'InvalidHeaderValue'],
    [409, 'AccessTierNotSupportedForBlobType'],
  ])('without a tier that the account refuses: %i %s', async (status, code) => {
    service.decide = ({ headers }) => (headers['x-ms-access-tier'] ? { status, code } : 'pass');
    expect(await commit('cool')).toEqual({
      refusedTier: { tier: 'cool', cause: expect.stringContaining(`(${code}, HTTP ${status})`) },
    });
    expect(asked()).toEqual(['Cool', undefined]);
    expect(service.blobs.get('x.dump')?.content.toString()).toBe('content');
  });

  test('in its tier where the first attempt was changed on the way', async () => {
    let times = 0;
    service.decide = ({ kind }) =>
      kind === 'commit' && times++ === 0 ? { status: 400, code: 'Md5Mismatch' } : 'pass';
    expect(await commit('cool')).toEqual({});
    expect(asked()).toEqual(['Cool', 'Cool']);
  });

  test('without a refused tier also if the answer to that gets lost', async () => {
    service.decide = ({ kind, headers }) => {
      if (headers['x-ms-access-tier']) return { status: 400, code: 'InvalidHeaderValue' };
      return kind === 'commit' ? 'lose' : 'pass';
    };
    expect(await commit('cold')).toMatchObject({ refusedTier: { tier: 'cold' } });
    expect(asked()).toEqual(['Cold', undefined]);
  });

  test('not at all, if it is not the tier that is refused', async () => {
    service.decide = ({ kind }) => (kind === 'commit' ? { status: 400, code: 'InvalidBlockList' } : 'pass');
    await expect(commit('cool')).rejects.toMatchObject({ statusCode: 400 });
    expect(asked()).toEqual(['Cool', undefined]);
    expect(service.blobs.size).toBe(0);
  });
});
