import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { blockId, claimName, rivalsIn } from '../../../../../src/azure/storage/upload/claim.ts';
import { accessTo } from '../../../support/container-access.ts';

const [first, second, third] = ['0a', '5b', 'f0'].map((start) => start.padEnd(24, '7')) as [
  string,
  string,
  string,
];

test.each([
  ['nothing', [], undefined],
  ['its own claim', [blockId(second, 'claim')], undefined],
  ['its own claim and a block', [blockId(second, 'claim'), blockId(second, '00000')], undefined],
  ['the claim of another that comes first', [blockId(first, 'claim'), blockId(second, 'claim')], 1],
  ['the claim of another that comes later', [blockId(second, 'claim'), blockId(third, 'claim')], 0],
  ['blocks of another without a claim', [blockId(third, '00000'), blockId(third, '00001')], 0],
  [
    'many blocks of two others',
    [first, third].flatMap((id) => ['00000', '00001'].map((n) => blockId(id, n))),
    1,
  ],
  ['what another tool has staged', ['MDAwMDA='], 1],
  ['what nobody can read', ['%%%'], 1],
])('a writer that finds %s', (_, ids, ahead) => {
  expect(rivalsIn(ids, second)).toEqual(ahead === undefined ? undefined : { by: 'writer', ahead });
});

test('all ids of a writer have one length', () => {
  const lengths = ['claim', '00000', '49999'].map((part) => blockId(first, part).length);
  expect(new Set(lengths).size).toBe(1);
});

/** What becomes of a claim if staging its block, and then the look at the list of blocks, is answered like this. */
async function claimed(staging: Answer, list: Answer): Promise<{ taken: unknown; told: string[] }> {
  const answers = [staging, list];
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const [status, body] = answers.shift() ?? [500, ''];
      const more = typeof body === 'string' ? { 'x-ms-error-code': body } : {};
      response.writeHead(status, { 'x-ms-request-id': 'x', 'content-type': 'application/xml', ...more });
      response.end(typeof body === 'string' ? '' : body.xml);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/account/backups`;
    const access = accessTo(url);
    const client = access.container.getBlockBlobClient('x');
    const taken = await claimName(access, client, 'x', first, new AbortController().signal);
    return { taken, told: access.lines };
  } finally {
    server.close();
  }
}

/** A status with the code of an error, or with a body. */
type Answer = [status: number, what: string | { xml: string }];

const staged: Answer = [201, { xml: '' }];
const blocks = (committed: string, uncommitted: string): Answer => {
  const block = (id: string): string => (id === '' ? '' : `<Block><Name>${id}</Name><Size>1</Size></Block>`);
  const xml = `<BlockList><CommittedBlocks>${block(committed)}</CommittedBlocks><UncommittedBlocks>${block(uncommitted)}</UncommittedBlocks></BlockList>`;
  return [200, { xml: `<?xml version="1.0" encoding="utf-8"?>${xml}` }];
};

describe('a name is', () => {
  test.each<[string, Answer, Answer, unknown]>([
    ['free with its own block alone', staged, blocks('', blockId(first, 'claim')), undefined],
    ['being written by another', staged, blocks('', blockId(second, 'claim')), { by: 'writer', ahead: 0 }],
    ['taken by a blob that came meanwhile', staged, blocks('x', ''), { by: 'blob', ahead: 0 }],
    ['taken by a blob with a lease', [412, 'LeaseIdMissing'], staged, { by: 'blob', ahead: 0 }],
  ])('%s', async (_, staging, list, taken) => {
    expect(await claimed(staging, list)).toEqual({ taken, told: [] });
  });

  test('not known to be free where the account shows no blocks, which is told', async () => {
    expect(await claimed(staged, [404, 'BlobNotFound'])).toEqual({
      taken: undefined,
      told: ['"x" could not be claimed: the account does not show blocks before their commit'],
    });
  });
});
