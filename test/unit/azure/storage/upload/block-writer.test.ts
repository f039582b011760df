import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { blockSize } from '../../../../../src/azure/storage/upload/block-sizes.ts';
import {
  type BlockWriter,
  TooLarge,
  writeBlocks,
} from '../../../../../src/azure/storage/upload/block-writer.ts';
import { patienceOf } from '../../../../../src/base/patience.ts';
import { accessTo } from '../../../support/container-access.ts';

/*
 * Blob Storage, as far as it takes to write one blob. A test says what becomes of each request: it is carried out and answered, carried
 * out without an answer, never answered, refused, or its connection ends.
 */
type Fate =
  | 'pass'
  | 'lose'
  | 'silence'
  | 'reset'
  | { status: number; code: string; more?: Record<string, string> };

interface Asked {
  kind: 'block' | 'commit' | 'look';
  /** How many of this kind came before. */
  earlier: number;
  /** How many of this kind have no answer yet, with this one. */
  atOnce: number;
  time: number;
  id: string;
}

let server: Server;
let url: string;
let decide: (asked: Asked) => Fate;
let asked: Asked[];
let under: Record<string, number>;
let staged: Map<string, Buffer>;
let blob: { content: Buffer; uploadId: string | undefined } | undefined;

beforeAll(async () => {
  server = createServer(
    (request, response) => void answer(request, response).catch(() => response.destroy()),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/account/backups`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  decide = () => 'pass';
  asked = [];
  under = {};
  staged = new Map();
  blob = undefined;
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { searchParams } = new URL(request.url ?? '', 'http://x');
  const comp = searchParams.get('comp');
  const kind = comp === 'block' ? 'block' : comp === 'blocklist' ? 'commit' : 'look';
  const earlier = asked.filter((one) => one.kind === kind).length;
  under[kind] = (under[kind] ?? 0) + 1;
  response.on('close', () => {
    under[kind] = (under[kind] ?? 0) - 1;
  });
  const one = {
    kind,
    earlier,
    atOnce: under[kind],
    time: performance.now(),
    id: searchParams.get('blockid') ?? '',
  } as const;
  asked.push(one);
  const fate = decide(one);
  if (fate === 'reset') return void response.destroy();
  const body = await buffer(request);
  if (typeof fate === 'object')
    return void response.writeHead(fate.status, { 'x-ms-error-code': fate.code, ...fate.more }).end();
  if (fate === 'silence') return;
  const [status, headers] = carryOut(kind, one.id, body, request);
  if (fate === 'lose') return void response.destroy();
  response.writeHead(status, headers).end();
}

function carryOut(
  kind: Asked['kind'],
  id: string,
  body: Buffer,
  { headers }: IncomingMessage,
): [number, Record<string, string>] {
  if (kind === 'look')
    return blob
      ? [200, { 'x-ms-meta-upload_id': blob.uploadId ?? '' }]
      : [404, { 'x-ms-error-code': 'BlobNotFound' }];
  if (kind === 'block') {
    if (createHash('md5').update(body).digest('base64') !== headers['content-md5'])
      return [400, { 'x-ms-error-code': 'Md5Mismatch' }];
    staged.set(id, body);
    return [201, {}];
  }
  if (blob) return [409, { 'x-ms-error-code': 'BlobAlreadyExists' }];
  const ids = [...body.toString().matchAll(/<Latest>([^<]+)<\/Latest>/g)].map(([, one = '']) => one);
  blob = {
    content: Buffer.concat(ids.map((one) => staged.get(one) ?? Buffer.from('missing'))),
    uploadId: headers['x-ms-meta-upload_id']?.toString(),
  };
  return [201, {}];
}

/** Differs from place to place. */
const content = Buffer.alloc(7 * blockSize(0) + 12_345);
for (let place = 0; place + 4 <= content.length; place += 4) content.writeUInt32LE(place + 1, place);

let access: ReturnType<typeof accessTo>;
async function upload(
  seconds = 10,
  signal = new AbortController().signal,
  whole = content,
): Promise<BlockWriter> {
  access = accessTo(url, patienceOf(seconds));
  access.proven = true; // by the look for its name
  const writer = writeBlocks(access, 'x.dump', signal);
  for (let at = 0; at < whole.length; at += 1_000_000) await writer.write(whole.subarray(at, at + 1_000_000));
  await writer.flush();
  return writer;
}

const few = Buffer.from('a few bytes');

/** Patience for what does not pass, in seconds. */
const short = 3;

async function committed(seconds = 10, signal?: AbortSignal): Promise<void> {
  const writer = await upload(seconds, signal, few);
  await writer.commit({ database: 'shop' });
}

const countOf = (kind: Asked['kind']): number => asked.filter((one) => one.kind === kind).length;
const busy: Fate = { status: 503, code: 'ServerBusy' };

describe('a blob is whole, and each block is sent as often as it takes,', () => {
  test.each<[string, (one: Asked) => Fate]>([
    ['if nothing goes wrong', () => 'pass'],
    ['if connections end', ({ earlier }) => (earlier < 3 ? 'reset' : 'pass')],
    ['if answers get lost', ({ earlier }) => (earlier % 2 === 0 && earlier < 9 ? 'lose' : 'pass')],
    ['if the account is too busy', ({ earlier }) => (earlier < 12 ? busy : 'pass')],
    [
      'if it is asked too often',
      ({ earlier }) => (earlier === 2 ? { status: 429, code: 'TooManyRequests' } : 'pass'),
    ],
    [
      'if a token is rejected for a while',
      ({ earlier }) => (earlier === 3 ? { status: 401, code: 'InvalidAuthenticationInfo' } : 'pass'),
    ],
    [
      'if bytes change on the way',
      ({ earlier }) => (earlier === 4 ? { status: 400, code: 'Md5Mismatch' } : 'pass'),
    ],
    [
      'if it has a problem',
      ({ earlier }) => (earlier === 1 ? { status: 500, code: 'InternalError' } : 'pass'),
    ],
    ['if it is slow', ({ earlier }) => (earlier === 1 ? { status: 408, code: 'RequestTimeout' } : 'pass')],
  ])('%s', async (_, fate) => {
    decide = (one) => (one.kind === 'block' ? fate(one) : 'pass');
    const writer = await upload();
    await writer.commit({});
    expect(blob?.content.equals(content)).toBe(true);
    expect(new Set(asked.filter(({ kind }) => kind === 'block').map(({ id }) => id)).size).toBe(8);
  });

  test('if the other side falls silent, twice for the same block', async () => {
    const silenced = new Map<string, number>();
    decide = ({ kind, id }) => {
      const times = (silenced.get(id) ?? 0) + 1;
      silenced.set(id, times);
      return kind === 'block' && Buffer.from(id, 'base64').toString().endsWith('-00003') && times < 3
        ? 'silence'
        : 'pass';
    };
    const began = performance.now();
    const writer = await upload(15);
    await writer.commit({});
    expect(blob?.content.equals(content)).toBe(true);
    // Three seconds of silence, and what 4 MiB need at 1 MiB/s: 7 s; the second attempt has twice as long.
    expect(performance.now() - began).toBeGreaterThan(20_500);
    expect(performance.now() - began).toBeLessThan(28_000);
    expect(access.lines).toEqual([
      'Uploading "x.dump": 127.0.0.1 did not answer in time (ETIMEDOUT). Trying again in 0.1 s',
    ]);
  }, 40_000);
});

test('of a busy account the log says it once for all blocks', async () => {
  decide = ({ kind, earlier }) => (kind === 'block' && earlier < 12 ? busy : 'pass');
  await upload();
  expect(access.lines).toEqual([
    'Uploading "x.dump": The server is currently unable to receive requests. Please retry your request. (ServerBusy, HTTP 503). Trying again in 0.0 s',
  ]);
});

test('a pause that the account asks for is kept to', async () => {
  decide = ({ kind, earlier }) =>
    kind === 'block' && earlier === 0
      ? { status: 503, code: 'ServerBusy', more: { 'retry-after': '1' } }
      : 'pass';
  await upload(10, undefined, few);
  const [first, again] = asked;
  expect((again?.time ?? 0) - (first?.time ?? 0)).toBeGreaterThan(990);
});

test.each<[string, Fate]>([
  ['refused for good', { status: 403, code: 'AuthorizationFailure' }],
  [
    'of a role that may only read, when the account has let another request through',
    { status: 403, code: 'AuthorizationPermissionMismatch' },
  ],
])('a block that is %s fails the upload at once', async (_, fate) => {
  decide = () => fate;
  await expect(upload()).rejects.toMatchObject({ statusCode: 403 });
  expect(countOf('block')).toBeLessThanOrEqual(5);
});

test('a block that nobody takes fails the upload when there is no patience left', async () => {
  decide = () => busy;
  const began = performance.now();
  await expect(upload(short, undefined, few)).rejects.toMatchObject({ statusCode: 503 });
  expect(performance.now() - began).toBeGreaterThan(2_700);
  expect(performance.now() - began).toBeLessThan(5_000);
});

describe('a commit', () => {
  const onCommit = (
    fate: (earlier: number) => Fate,
    look: (earlier: number) => Fate = () => 'pass',
  ): void => {
    decide = ({ kind, earlier }) => {
      if (kind === 'block') return 'pass';
      return kind === 'commit' ? fate(earlier) : look(earlier);
    };
  };
  const once = (fate: Fate) => (earlier: number) => (earlier === 0 ? fate : 'pass');

  test.each<[string, Fate]>([['whose answer is lost', 'lose']])(
    '%s is looked up, and sent once',
    async (_, fate) => {
      onCommit(once(fate));
      await committed();
      expect([countOf('commit'), countOf('look')]).toEqual([1, 1]);
      expect(blob?.content.equals(few)).toBe(true);
    },
  );

  test.each<[string, Fate]>([
    ['that is met with silence', 'silence'],
    ['whose connection ends', 'reset'],
    ['that may have failed or not', { status: 500, code: 'OperationTimedOut' }],
  ])('%s is looked up, and sent again since it is not there', async (_, fate) => {
    onCommit(once(fate));
    await committed();
    expect([countOf('commit'), countOf('look')]).toEqual([2, 1]);
    expect(blob?.content.equals(few)).toBe(true);
  });

  test('whose answer is lost, and whose look-up is refused for a while, is a success', async () => {
    onCommit(once('lose'), (earlier) => (earlier < 5 ? busy : 'pass'));
    await committed();
    expect([countOf('commit'), countOf('look')]).toEqual([1, 6]);
  });

  test('whose answer is lost, and that nobody can look up any more, is not known', async () => {
    onCommit(once('lose'), () => busy);
    await expect(committed(short)).rejects.toMatchObject({
      message: 'the outcome is unknown',
      cause: { statusCode: 503 },
    });
    expect(blob).toBeDefined();
  });

  test('that is refused for now is sent again', async () => {
    onCommit(once(busy));
    await committed();
    expect([countOf('commit'), countOf('look')]).toEqual([2, 0]);
  });

  test.each<[string, Fate[], number | string]>([
    [
      'was met with silence and then refused',
      ['silence', { status: 403, code: 'AuthorizationFailure' }],
      403,
    ],
    ['was met with silence and then refused for now', ['silence', busy], 503],
    ['may have failed or not, to the end', [{ status: 500, code: 'OperationTimedOut' }], 500],
    ['broke off and was then refused', ['reset', { status: 401, code: 'InvalidAuthenticationInfo' }], 401],
  ])(
    'that %s is not known',
    async (_, fates, statusCode) => {
      onCommit((earlier) => fates[Math.min(earlier, fates.length - 1)] ?? 'pass');
      await expect(committed(short)).rejects.toMatchObject({
        message: 'the outcome is unknown',
        cause: { statusCode },
      });
    },
    30_000,
  );

  test('that nothing is known of, while another has taken the name, is told as that', async () => {
    onCommit(
      () => 'reset',
      (earlier) => {
        if (earlier === 0) blob = { content: few, uploadId: 'of another' };
        return earlier < 8 ? busy : 'pass';
      },
    );
    await expect(committed(short)).rejects.toThrow('a blob of that name exists');
  });

  test('that is refused to the end is known not to have happened', async () => {
    onCommit(() => busy);
    await expect(committed(short)).rejects.toMatchObject({ statusCode: 503 });
  });

  test('that is met with silence to the end is not known, though the blob is not there', async () => {
    onCommit(() => 'silence');
    await expect(committed(short)).rejects.toMatchObject({
      message: 'the outcome is unknown',
      cause: { code: 'ETIMEDOUT' },
    });
  });

  test('never takes the blob of another for its own', async () => {
    onCommit((earlier) => {
      if (earlier === 0) blob = { content: few, uploadId: 'of another' };
      return earlier === 0 ? 'reset' : 'pass';
    });
    await expect(committed()).rejects.toThrow('a blob of that name exists');
    onCommit(() => 'pass');
    await expect(committed()).rejects.toThrow('a blob of that name exists');
  });

  test.each<[string, Fate, string]>([
    ['and was carried out', 'lose', 'it was committed'],
    ['and was not', 'silence', 'the outcome is unknown'],
  ])('that is cancelled %s is looked for once more', async (_, fate, message) => {
    const controller = new AbortController();
    const reason = new Error('cancelled');
    onCommit(
      (earlier) => {
        if (fate === 'silence' && earlier === 0) setTimeout(() => controller.abort(reason), 50);
        return fate;
      },
      (earlier) => {
        if (fate === 'lose' && earlier === 0) setTimeout(() => controller.abort(reason), 50);
        return fate === 'lose' && earlier === 0 ? 'silence' : 'pass';
      },
    );
    await expect(committed(60, controller.signal)).rejects.toMatchObject({ message, cause: reason });
  });

  test('that is cancelled before it was sent is just cancelled', async () => {
    const controller = new AbortController();
    const writer = await upload(10, controller.signal, few);
    controller.abort(new Error('cancelled'));
    await expect(writer.commit({})).rejects.toThrow('cancelled');
    expect(countOf('look')).toBe(0);
  });
});

describe('a blob of so many blocks as there may be', () => {
  const most = 3;
  const full = content.subarray(0, most * blockSize(0));

  test('is whole, to the last byte', async () => {
    const writer = writeBlocks(accessTo(url), 'x.dump', new AbortController().signal, { most });
    await writer.write(full);
    await writer.write(Buffer.alloc(0));
    await writer.flush();
    await writer.commit({});
    expect(blob?.content.equals(full)).toBe(true);
  });

  test.each([1, blockSize(0), 2 * blockSize(0) + 7])(
    'fails with the first of %i bytes more, and is not committed',
    async (more) => {
      const writer = writeBlocks(accessTo(url), 'x.dump', new AbortController().signal, { most });
      await writer.write(full);
      await expect(writer.write(content.subarray(0, more))).rejects.toThrow(TooLarge);
      writer.abandon();
      expect(countOf('block')).toBeLessThanOrEqual(most);
      expect(countOf('commit')).toBe(0);
    },
  );
});
