import { open } from 'node:fs/promises';
import { createServer } from 'node:net';
import { createPipelineRequest, RestError } from '@azure/core-rest-pipeline';
import { describe, expect, test } from 'vitest';
import { explainSystemError } from '../../../src/base/system-errors.ts';

/** An error as Node makes it. */
const nodes = (message: string, traits: object): Error => Object.assign(new Error(message), traits);

/** As the Azure SDKs pass it on: with the code, the message and the request, and nothing else. */
const sdks = (message: string, code: string): RestError =>
  new RestError(message, {
    code,
    request: createPipelineRequest({ url: 'https://kv.vault.azure.net/secrets/x?api-version=7.6' }),
  });

const reach = "Allow this connection in the runner's network, firewall and proxy";

describe('an error of the system is a sentence with the host or the file in it', () => {
  test.each([
    [
      'a name that does not exist',
      nodes('getaddrinfo ENOTFOUND db.invalid', { code: 'ENOTFOUND', hostname: 'db.invalid' }),
      'db.invalid was not found in DNS (ENOTFOUND)',
      undefined,
    ],
    [
      'a name server that does not answer',
      sdks('getaddrinfo EAI_AGAIN kv.vault.azure.net', 'EAI_AGAIN'),
      'kv.vault.azure.net was not found in DNS, which does not answer (EAI_AGAIN)',
      undefined,
    ],
    [
      'the name of a proxy, which is not the one of the request',
      sdks('getaddrinfo ENOTFOUND proxy.local', 'ENOTFOUND'),
      'proxy.local was not found in DNS (ENOTFOUND)',
      undefined,
    ],
    [
      'a closed port',
      sdks('connect ECONNREFUSED 10.0.0.4:443', 'ECONNREFUSED'),
      'kv.vault.azure.net (10.0.0.4:443) refused the connection (ECONNREFUSED)',
      reach,
    ],
    [
      'a closed port of a host with several addresses, of which the SDK keeps no message',
      sdks('', 'ECONNREFUSED'),
      'kv.vault.azure.net refused the connection (ECONNREFUSED)',
      reach,
    ],
    [
      'the same as fetch throws it',
      new TypeError('fetch failed', {
        cause: Object.assign(
          new AggregateError([
            nodes('connect ECONNREFUSED ::1:443', { code: 'ECONNREFUSED', address: '::1', port: 443 }),
            nodes('connect ECONNREFUSED 127.0.0.1:443', {
              code: 'ECONNREFUSED',
              address: '127.0.0.1',
              port: 443,
            }),
          ]),
          { code: 'ECONNREFUSED' },
        ),
      }),
      '::1:443 refused the connection (ECONNREFUSED)',
      reach,
    ],
    [
      'a connection that was ended',
      sdks('read ECONNRESET', 'ECONNRESET'),
      'kv.vault.azure.net ended the connection (ECONNRESET)',
      'Run the job again',
    ],
    [
      'no answer',
      nodes('connect ETIMEDOUT 10.0.0.4:443', { code: 'ETIMEDOUT', address: '10.0.0.4', port: 443 }),
      '10.0.0.4:443 did not answer in time (ETIMEDOUT)',
      reach,
    ],
    [
      'no way there',
      sdks('connect ENETUNREACH 10.0.0.4:443 - Local (0.0.0.0:0)', 'ENETUNREACH'),
      'kv.vault.azure.net (10.0.0.4:443) is unreachable from this network (ENETUNREACH)',
      reach,
    ],
    [
      'an answer that is no TLS',
      sdks('write EPROTO 40E7:error:0A00010B:SSL routines:ssl3_get_record:wrong version number', 'EPROTO'),
      'kv.vault.azure.net failed the TLS handshake (EPROTO)',
      reach,
    ],
    [
      'the certificate of a proxy that opens connections',
      sdks('self-signed certificate in certificate chain', 'SELF_SIGNED_CERT_IN_CHAIN'),
      'kv.vault.azure.net has a certificate from an untrusted authority (SELF_SIGNED_CERT_IN_CHAIN)',
      'NODE_EXTRA_CA_CERTS',
    ],
    [
      'a certificate of an unknown authority',
      sdks('unable to get local issuer certificate', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'),
      'kv.vault.azure.net has a certificate from an unknown authority (UNABLE_TO_GET_ISSUER_CERT_LOCALLY)',
      'NODE_EXTRA_CA_CERTS',
    ],
    [
      'a certificate that has expired',
      sdks('certificate has expired', 'CERT_HAS_EXPIRED'),
      'kv.vault.azure.net has an expired certificate (CERT_HAS_EXPIRED)',
      "runner's clock",
    ],
    [
      'the certificate of another host, with its names',
      sdks(
        "Hostname/IP does not match certificate's altnames: Host: kv.vault.azure.net. is not in the cert's altnames: DNS:*.example.org",
        'ERR_TLS_CERT_ALTNAME_INVALID',
      ),
      'kv.vault.azure.net has a certificate for other names: DNS:*.example.org (ERR_TLS_CERT_ALTNAME_INVALID)',
      'name from the certificate',
    ],
    [
      'a full disk',
      nodes('ENOSPC: no space left on device, write', { code: 'ENOSPC', syscall: 'write' }),
      'no space left on the disk (ENOSPC)',
      'Free space',
    ],
    [
      'a quota, with the file',
      nodes("EDQUOT: disk quota exceeded, open '/tmp/x'", { code: 'EDQUOT', path: '/tmp/x' }),
      "the disk quota of the runner's user is exceeded: /tmp/x (EDQUOT)",
      'quota',
    ],
    [
      'a file that is too large',
      nodes('EFBIG: file too large, write', { code: 'EFBIG' }),
      'the file would exceed the file size limit (EFBIG)',
      'ulimit -f',
    ],
    [
      'a file that may not be opened',
      nodes("EACCES: permission denied, open '/tmp/x'", { code: 'EACCES', path: '/tmp/x' }),
      'permission denied: /tmp/x (EACCES)',
      'access',
    ],
    [
      'too many open files',
      nodes("EMFILE: too many open files, open '/tmp/x'", { code: 'EMFILE', path: '/tmp/x' }),
      'too many open files: /tmp/x (EMFILE)',
      'ulimit -n',
    ],
    [
      'a folder that is not there',
      nodes("ENOENT: no such file or directory, mkdtemp '/tmp/x/y-XXXXXX'", {
        code: 'ENOENT',
        path: '/tmp/x/y-XXXXXX',
      }),
      'no such file or folder: /tmp/x/y-XXXXXX (ENOENT)',
      undefined,
    ],
    [
      'a file in the place of a folder',
      nodes("ENOTDIR: not a directory, open '/tmp/x/y'", { code: 'ENOTDIR', path: '/tmp/x/y' }),
      'part of the path is not a folder: /tmp/x/y (ENOTDIR)',
      undefined,
    ],
    [
      'one that lies in another',
      new Error('Reading failed', { cause: nodes('x', { code: 'EIO', path: '/dev/sda' }) }),
      'the disk failed: /dev/sda (EIO)',
      'another runner',
    ],
  ])('%s', (_, error, cause, advice) => {
    expect(explainSystemError(error)).toEqual({
      cause,
      ...(advice !== undefined && { advice: expect.stringContaining(advice) }),
    });
  });
});

test.each([
  ['a text', 'ECONNREFUSED'],
  ['nothing', undefined],
  ['an error without a code', new Error('ENOSPC')],
  ['an error of ours', nodes('x', { code: 'ERR_INVALID_ARG_TYPE' })],
  ['an answer of Azure', new RestError('No', { code: 'BlobNotFound', statusCode: 404 })],
  ['what every object has', nodes('x', { code: 'constructor' })],
])('%s is none', (_, error) => {
  expect(explainSystemError(error)).toBeUndefined();
});

test('an error that is its own cause comes to an end', () => {
  const error = nodes('x', { code: 'none' });
  error.cause = error;
  expect(explainSystemError(error)).toBeUndefined();
});

describe('an error that somebody else has made', () => {
  test.each([
    ['with a code that is an object', { code: { toString: 1, valueOf: 1 } }],
    ['with a code that has no prototype', { code: Object.create(null) }],
    ['with a request that is null', { code: 'none', request: null }],
    ['with an address of objects', { errors: [{ address: {}, port: [] }, null, 3], cause: 'ENOENT' }],
  ])('%s is none of the system', (_, fields) => {
    expect(explainSystemError(fields)).toBeUndefined();
  });

  test('may have a message that is no text', () => {
    const odd = { code: 'ECONNREFUSED', message: Object.create(null), address: {}, request: { url: {} } };
    expect(explainSystemError(odd)?.cause).toBe('the host refused the connection (ECONNREFUSED)');
  });

  test('may be caused by another, and that by another, without an end', () => {
    let error: unknown = nodes('x', { code: 'ENOSPC' });
    for (let i = 0; i < 50_000; i++) error = { cause: error };
    expect(explainSystemError(error)?.cause).toContain('no space left on the disk');
  });
});

describe('as Node really throws them', () => {
  test('a closed port', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve(Number((server.address() as { port: number }).port)));
    });
    await new Promise((resolve) => server.close(resolve));
    const error: unknown = await fetch(`https://127.0.0.1:${port}`).catch((reason: unknown) => reason);
    expect(explainSystemError(error)?.cause).toBe(`127.0.0.1:${port} refused the connection (ECONNREFUSED)`);
  });

  test('a name that does not exist', async () => {
    const error: unknown = await fetch('https://no-such-host.invalid').catch((reason: unknown) => reason);
    expect(explainSystemError(error)?.cause).toMatch(
      /^no-such-host\.invalid was not found in DNS.* \(E\w+\)$/,
    );
  });

  test.runIf(process.platform === 'linux')('a full disk', async () => {
    await using file = await open('/dev/full', 'w');
    const error: unknown = await file.write('x').catch((reason: unknown) => reason);
    expect(explainSystemError(error)?.cause).toBe('no space left on the disk (ENOSPC)');
  });
});
