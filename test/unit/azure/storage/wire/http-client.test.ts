import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { AnonymousCredential, ContainerClient } from '@azure/storage-blob';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { detailOf, isRestError } from '../../../../../src/azure/rest-error.ts';
import {
  blobHttpClient,
  NotAzure,
  serviceVersion,
} from '../../../../../src/azure/storage/wire/http-client.ts';

let server: Server;
let container: ContainerClient;
let answer: (response: ServerResponse) => void;
let asked: { headers: IncomingHttpHeaders; body: Buffer }[] = [];
let open = 0;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    open++;
    response.on('close', () => open--);
    asked.push({ headers: request.headers, body: await buffer(request) });
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/account/backups`;
  container = new ContainerClient(url, new AnonymousCredential(), {
    retryOptions: { maxTries: 1 },
    httpClient: blobHttpClient(),
  });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked = [];
});

const blob = () => container.getBlockBlobClient('x.dump');
const ids = { etag: '"1"', 'x-ms-request-id': '0b0a1c5e-401e-0045-1c2d-5c6a7b000000' };

describe('what is sent and answered is what it is without it:', () => {
  test('a block, for a version that every account knows', async () => {
    answer = (response) => void response.writeHead(201, { ...ids, 'content-md5': 'AQID' }).end();
    const body = Buffer.from('some bytes');
    const { contentMD5, requestId } = await blob().stageBlock('MQ==', body, body.length);
    expect(asked[0]?.body).toEqual(body);
    expect(asked[0]?.headers).toMatchObject({ 'x-ms-version': serviceVersion, 'content-length': '10' });
    expect([requestId, contentMD5]).toEqual([ids['x-ms-request-id'], Buffer.from([1, 2, 3])]);
    expect(Number(serviceVersion.slice(0, 4))).toBeLessThan(2022);
  });

  test('a download, as a stream', async () => {
    answer = (response) =>
      void response
        .writeHead(206, { ...ids, 'content-range': 'bytes 0-3/9', 'content-length': 4, 'x-ms-meta-a': 'b' })
        .end('abcd');
    const { readableStreamBody, contentRange, metadata } = await blob().download(0, 4);
    const chunks: Buffer[] = [];
    for await (const chunk of readableStreamBody ?? []) chunks.push(Buffer.from(chunk));
    expect([Buffer.concat(chunks).toString(), contentRange, metadata]).toEqual([
      'abcd',
      'bytes 0-3/9',
      { a: 'b' },
    ]);
  });

  test("the account's own refusal", async () => {
    answer = (response) => void response.writeHead(404, { ...ids, 'x-ms-error-code': 'BlobNotFound' }).end();
    const error: unknown = await blob()
      .getProperties()
      .catch((thrown: unknown) => thrown);
    expect(isRestError(error) && detailOf(error).message).toBe('no message (BlobNotFound, HTTP 404)');
  });

  test('a request that is ended', async () => {
    answer = () => {};
    await expect(blob().getProperties({ abortSignal: AbortSignal.timeout(50) })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});

test('a request goes through the proxy of the runner', async () => {
  answer = (response) => void response.writeHead(200, ids).end();
  const { port } = server.address() as AddressInfo;
  const far = new ContainerClient('http://account.blob.test/backups', new AnonymousCredential(), {
    retryOptions: { maxTries: 1 },
    proxyOptions: { host: 'http://127.0.0.1', port },
    httpClient: blobHttpClient(),
  });
  await far.getBlockBlobClient('x.dump').getProperties();
  expect(asked[0]?.headers.host).toBe('account.blob.test');
});

describe("an answer that is none of the account's is an error", () => {
  const page = (status: number) => (response: ServerResponse) =>
    void response
      .writeHead(status, { 'content-type': 'text/html', via: '1.1 squid' })
      .end('<html>password123</html>');

  test.each([200, 201, 206, 302, 401, 403, 404, 407, 500, 503])('with status %i', async (status) => {
    answer = page(status);
    const body = Buffer.from('x');
    for (const request of [
      () => blob().getProperties(),
      () => blob().stageBlock('MQ==', body, 1),
      () => blob().download(0, 4),
      () => container.listBlobsFlat().next(),
    ]) {
      const error: unknown = await request().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(NotAzure);
      expect(error).toMatchObject({ status, message: expect.stringContaining(`HTTP ${status}`) });
      expect(String(error)).not.toContain('password123');
    }
  });

  test('and its body is not waited for', async () => {
    answer = (response) => void response.writeHead(200, { 'content-type': 'text/html' }).write('<html>');
    await expect(blob().download(0, 4)).rejects.toThrow(NotAzure);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(open).toBe(0);
  });
});
