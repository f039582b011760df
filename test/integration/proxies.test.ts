import { once } from 'node:events';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type Fault,
  type Faults,
  type Passing,
  refusal,
  startFaults,
} from '../support/faults/start-faults.ts';
import { startWorld, type World } from '../support/world.ts';

/*
 * The proxies for faults, asked by plain HTTPS: each fault is what it says.
 */
let world: World;
let faults: Faults;
let decide: (passing: Passing) => Fault;
let agent: Agent;

beforeAll(async () => {
  world = await startWorld({ servers: [] });
  faults = await startFaults(world, (passing) => decide(passing));
  await world.backups.put('content.bin', content);
});
afterAll(async () => {
  await faults?.stop();
  await world?.stop();
});
beforeEach(() => {
  agent?.destroy();
  agent = new Agent({ keepAlive: true, maxSockets: 1, ca: world.authority.caPem });
  faults.seen.length = 0;
  decide = () => 'pass';
});

const content = Buffer.alloc(3_000_000, 'content ');
const configuration = (): string =>
  `${faults.inputs.azure_authority_host}/${world.entra.tenantId}/v2.0/.well-known/openid-configuration`;

interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: Buffer | string;
}

function send(url: string, { method = 'GET', headers = {}, body }: Asked = {}): ClientRequest {
  return request(url, { method, headers, agent })
    .on('error', () => {})
    .end(body);
}

interface Outcome {
  status: number | undefined;
  headers: IncomingMessage['headers'] | undefined;
  body: Buffer;
  /** Node's code. */
  error?: string;
}

/** What comes of a request: its answer, or what ended it, with what had come by then. */
async function ask(url: string, asked?: Asked): Promise<Outcome> {
  const sent = send(url, asked);
  const chunks: Buffer[] = [];
  let answer: IncomingMessage | undefined;
  const got = () => ({ status: answer?.statusCode, headers: answer?.headers, body: Buffer.concat(chunks) });
  try {
    [answer] = (await once(sent, 'response')) as [IncomingMessage];
    for await (const chunk of answer) chunks.push(chunk);
    return got();
  } catch (error) {
    return { ...got(), error: (error as NodeJS.ErrnoException).code ?? String(error) };
  }
}

/** How far a request comes whose connection stays open; ends it. */
async function soFar(url: string, asked?: Asked, milliseconds = 500) {
  const sent = send(url, asked);
  let [status, bytes, ended] = [0, 0, false];
  sent.on('response', (answer) => {
    status = answer.statusCode ?? 0;
    answer
      .on('error', () => {})
      .on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
  });
  sent.on('close', () => {
    ended = true;
  });
  await sleep(milliseconds);
  const seen = { status, bytes, ended };
  sent.destroy();
  return seen;
}

/** A blob of the container by way of the proxy, asked for as the action does it. */
async function blob(name: string): Promise<{ url: string; headers: Record<string, string> }> {
  const token = await world.entra.issueToken('https://storage.azure.com');
  return {
    url: `${faults.inputs.storage_account_url}/${world.backups.container}/${name}`,
    headers: {
      authorization: `Bearer ${token}`,
      'x-ms-version': '2025-11-05',
      'x-ms-blob-type': 'BlockBlob',
    },
  };
}

async function written(name: string): Promise<number | undefined> {
  const names = await world.backups.list();
  return names.includes(name) ? (await world.backups.read(name)).length : undefined;
}

describe('without a fault', () => {
  test('everything is as it is without the proxy, on connections that are kept', async () => {
    const { url, headers } = await blob('content.bin');
    const { body } = await ask(url, { headers });
    expect(body.equals(content)).toBe(true);
    expect(await ask(url, { method: 'HEAD', headers })).toMatchObject({
      status: 200,
      headers: { 'content-length': String(content.length) },
    });
    const another = await blob('another.bin');
    expect(await ask(another.url, { method: 'PUT', headers: another.headers, body: content })).toMatchObject({
      status: 201,
    });
    expect(await written('another.bin')).toBe(content.length);
    const sockets = Object.values(agent.freeSockets).flat();
    expect(sockets).toHaveLength(1);
    expect(faults.seen.map(({ kind }) => kind)).toEqual(['blob read', 'blob head', 'blob PUT']);
  });

  test('Entra ID names the proxy as the place of its endpoints, and identifies the request', async () => {
    const { body, headers } = await ask(configuration());
    const { token_endpoint } = JSON.parse(String(body)) as { token_endpoint: string };
    expect(token_endpoint).toBe(
      `${faults.inputs.azure_authority_host}/${world.entra.tenantId}/oauth2/v2.0/token`,
    );
    expect(headers).toHaveProperty('x-ms-request-id');
    const refused = await ask(token_endpoint, { method: 'POST', body: 'grant_type=no%27ne' });
    expect(refused).toMatchObject({ status: 400, headers: { 'x-ms-request-id': expect.any(String) } });
    expect(faults.seen.map(({ kind, body }) => [kind, body])).toEqual([
      ['entra configuration', ''],
      ['entra token', 'grant_type=no%27ne'],
    ]);
  });

  test('GitHub and the vault answer as they do', async () => {
    const { ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = world.environment;
    const url = faults.environment.ACTIONS_ID_TOKEN_REQUEST_URL;
    const given = await ask(`${url}&audience=x`, { headers: { authorization: `Bearer ${token}` } });
    expect(JSON.parse(String(given.body))).toHaveProperty('value');
    expect(given.headers).not.toHaveProperty('x-ms-request-id');
    expect(await ask(`${faults.inputs.key_vault_url}/secrets/db-user?api-version=7.6`)).toMatchObject({
      status: 401,
      headers: {
        'www-authenticate': expect.stringMatching(/^Bearer /),
        'x-ms-request-id': expect.any(String),
        'x-ms-keyvault-service-version': expect.any(String),
      },
    });
    expect(faults.seen.map(({ kind }) => kind)).toEqual(['github token', 'vault challenge']);
  });

  test('requests are counted by what they are about', async () => {
    const { url, headers } = await blob('content.bin');
    for (const method of ['HEAD', 'GET', 'HEAD']) await ask(url, { method, headers });
    expect(faults.seen.map(({ kind, earlier }) => `${kind} ${earlier}`)).toEqual([
      'blob head 0',
      'blob read 0',
      'blob head 1',
    ]);
  });
});

describe('a connection is reset', () => {
  test('before the request gets through', async () => {
    decide = () => 'drop';
    const { url, headers } = await blob('dropped.bin');
    expect(await ask(url, { method: 'PUT', headers, body: content })).toMatchObject({
      error: expect.stringMatching(/^(ECONNRESET|EPIPE)$/),
    });
    expect(await written('dropped.bin')).toBeUndefined();
  });

  test('when the request was carried out', async () => {
    decide = () => 'lose answer';
    const { url, headers } = await blob('lost.bin');
    expect(await ask(url, { method: 'PUT', headers, body: content })).toMatchObject({ error: 'ECONNRESET' });
    expect(await written('lost.bin')).toBe(content.length);
  });

  test.each([0, 1, 2_500_000])('after %i bytes of the answer, all of which have come', async (bytes) => {
    decide = () => ({ resetAfter: bytes });
    const { url, headers } = await blob('content.bin');
    const { status, body, error } = await ask(url, { headers });
    expect({ status, length: body.length, error }).toEqual({
      status: 200,
      length: bytes,
      error: 'ECONNRESET',
    });
  });

  test('in the middle of the request, of which the endpoint gets nothing', async () => {
    decide = () => ({ resetRequestAfter: 1_000_000 });
    const { url, headers } = await blob('half.bin');
    const { error } = await ask(url, { method: 'PUT', headers, body: content });
    expect(error).toMatch(/^(ECONNRESET|EPIPE)$/);
    expect(await written('half.bin')).toBeUndefined();
  });
});

describe('a connection falls silent and stays open', () => {
  test('before the answer, with the request carried out or not', async () => {
    for (const carriedOut of [false, true]) {
      decide = () => ({ silent: 'before', carriedOut });
      const { url, headers } = await blob(`silent-${carriedOut}.bin`);
      const seen = await soFar(url, { method: 'PUT', headers, body: 'x' });
      expect(seen).toEqual({ status: 0, bytes: 0, ended: false });
      expect(await written(`silent-${carriedOut}.bin`)).toBe(carriedOut ? 1 : undefined);
    }
  });

  test('in the middle of the request', async () => {
    decide = () => ({ silent: 'request', after: 100_000 });
    const { url, headers } = await blob('silent-request.bin');
    const seen = await soFar(url, { method: 'PUT', headers, body: content });
    expect(seen).toEqual({ status: 0, bytes: 0, ended: false });
    expect(await written('silent-request.bin')).toBeUndefined();
  });

  test.each(['GET', 'HEAD'])('in the head of the answer to %s', async (method) => {
    decide = () => ({ silent: 'headers' });
    const { url, headers } = await blob('content.bin');
    expect(await soFar(url, { method, headers })).toEqual({ status: 0, bytes: 0, ended: false });
  });

  test.each([0, 1, 2_500_000])('after %i bytes of the body', async (bytes) => {
    decide = () => ({ silent: 'body', after: bytes });
    const { url, headers } = await blob('content.bin');
    expect(await soFar(url, { headers })).toEqual({ status: 200, bytes, ended: false });
  });

  test('and one after it is answered', async () => {
    decide = ({ earlier }) => (earlier === 0 ? { silent: 'before' } : 'pass');
    expect(await soFar(configuration())).toMatchObject({ status: 0 });
    expect(await ask(configuration())).toMatchObject({ status: 200 });
  });
});

describe('an answer', () => {
  test('of a stranger has no header of Azure', async () => {
    decide = () => ({ answer: { status: 200, headers: { 'content-type': 'text/html' }, body: '<p>Log in' } });
    const { status, headers, body } = await ask(configuration());
    expect({ status, body: String(body) }).toEqual({ status: 200, body: '<p>Log in' });
    expect(Object.keys(headers ?? {}).filter((name) => name.startsWith('x-ms-'))).toEqual([]);
  });

  test('can be empty', async () => {
    decide = () => ({ answer: { status: 200 } });
    const { status, body } = await ask(configuration());
    expect({ status, length: body.length }).toEqual({ status: 200, length: 0 });
  });

  test.each([
    ['github', 429, 'no code', undefined],
    ['entra', 503, 90033, 'x-ms-request-id'],
    ['vault', 429, 'Throttled', 'x-ms-keyvault-service-version'],
    ['blob', 503, 'ServerBusy', 'x-ms-error-code'],
  ] as const)('of %s refuses as the endpoint does', async (endpoint, status, code, own) => {
    decide = () => refusal(endpoint, status, code, 'Too much', { 'retry-after': '2' });
    const answer = await ask(configuration());
    expect(answer).toMatchObject({ status, headers: { 'retry-after': '2' } });
    expect(String(answer.body)).toContain('Too much');
    if (own === undefined) expect(answer.headers).not.toHaveProperty('x-ms-request-id');
    else
      expect(answer.headers).toMatchObject({
        'x-ms-request-id': expect.any(String),
        [own]: expect.any(String),
      });
  });

  test('can be late, or come when something else has happened, and then be refused', async () => {
    const order: string[] = [];
    decide = () => ({
      delay: 100,
      next: { after: async () => order.push('happened'), next: { answer: { status: 418 } } },
    });
    expect(await ask(configuration())).toMatchObject({ status: 418 });
    expect(order).toEqual(['happened']);
  });

  test.each(['gone.bin', 'gone too'])(
    'comes to nothing where the client has gone while its request was held back: %s',
    async (name) => {
      let release = (): void => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      decide = () => ({ after: () => held });
      const { url, headers } = await blob(encodeURIComponent(name));
      await soFar(url, { method: 'PUT', headers, body: 'content' });
      await sleep(100);
      release();
      await sleep(500);
      expect(await written(name)).toBeUndefined();
    },
  );

  test('is of the whole blob where the range is lost', async () => {
    const { url, headers } = await blob('content.bin');
    const range = { ...headers, 'x-ms-range': 'bytes=0-9' };
    expect((await ask(url, { headers: range })).body).toHaveLength(10);
    decide = () => 'lose range';
    expect(await ask(url, { headers: range })).toMatchObject({ status: 200 });
  });
});

test('a narrow way takes its time in both directions', async () => {
  decide = () => ({ bandwidth: 6_000_000 });
  const { url, headers } = await blob('narrow.bin');
  const start = performance.now();
  expect(await ask(url, { method: 'PUT', headers, body: content })).toMatchObject({ status: 201 });
  const between = performance.now();
  expect((await ask(url, { headers })).body).toHaveLength(content.length);
  expect(between - start).toBeGreaterThan(480);
  expect(performance.now() - between).toBeGreaterThan(480);
});
