import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type LoginSecrets,
  readLogin,
  readPassword,
  type VaultAccess,
} from '../../../../src/azure/vault/key-vault.ts';
import { Failure } from '../../../../src/base/failure.ts';
import { patienceOf } from '../../../../src/base/patience.ts';
import { type Certificate, localNames, makeAuthority, trust } from '../../../support/machine/certificates.ts';

/** What the vault does with one request for a secret. */
type Fate =
  | 'answer'
  | 'silence'
  | 'reset'
  | { status: number; inner?: string; headers?: Record<string, string> };

/** A number of the times below is small: one attempt is given 400 ms, all of them 6 s, a new role 2.4 s, the first pause is 20 ms. */
const patience = patienceOf(6);

let certificate: Certificate;
let distrust: () => void;
let vault: Server;
/** By the name of the secret: what becomes of its requests, in turn; the last one counts for all that follow. */
let fates: Record<string, Fate[]>;
let asked: string[];
let lines: string[];
let masked: string[];
beforeAll(async () => {
  const authority = await makeAuthority();
  certificate = await authority.issue(localNames);
  distrust = trust(authority.caPem);
  vault = createServer({ cert: certificate.certPem, key: certificate.keyPem }, (request, response) => {
    const [, name = ''] = /^\/secrets\/([^/?]+)/.exec(request.url ?? '') ?? [];
    if (request.headers.authorization === undefined) {
      const challenge = 'Bearer authorization="https://localhost/x", resource="https://vault.azure.net"';
      return void response
        .writeHead(401, { 'www-authenticate': challenge, 'x-ms-request-id': '1' })
        .end('{}');
    }
    asked.push(name);
    const all = fates[name] ?? [];
    const fate = (all.length > 1 ? all.shift() : all[0]) ?? 'answer';
    if (fate === 'silence') return;
    if (fate === 'reset') return void request.socket.destroy();
    const headers = { 'content-type': 'application/json', 'x-ms-request-id': '1' };
    if (fate === 'answer') {
      const body = { value: `value of ${name}`, id: `https://localhost/secrets/${name}/1`, attributes: {} };
      return void response.writeHead(200, headers).end(JSON.stringify(body));
    }
    const { status, inner } = fate;
    const message = inner === 'ForbiddenByRbac' ? 'Caller is not authorized to perform action.' : 'Not now.';
    const error = { code: 'Code', message, ...(inner && { innererror: { code: inner } }) };
    response.writeHead(status, { ...headers, ...fate.headers }).end(JSON.stringify({ error }));
  });
  await new Promise<void>((resolve) => vault.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  distrust();
  vault.closeAllConnections();
  vault.close();
});

function secrets(): LoginSecrets {
  const vaultUrl = `https://localhost:${(vault.address() as AddressInfo).port}`;
  return { vaultUrl, vaultName: 'kv', userSecretName: 'user', passwordSecretName: 'password' };
}

function access(): VaultAccess {
  return {
    credential: { getToken: async () => ({ token: 'x', expiresOnTimestamp: Date.now() + 3_600_000 }) },
    ...{ scope: 'https://vault.azure.net/.default', tenantId: 't', clientId: 'c', shown: [], patience },
    mask: (values) => masked.push(...Object.values(values)),
    signal: new AbortController().signal,
    info: (line) => lines.push(line),
  };
}

async function read(
  given: Record<string, Fate[]>,
  work: (secrets: LoginSecrets, access: VaultAccess) => Promise<unknown> = readLogin,
): Promise<unknown> {
  [fates, asked, lines, masked] = [given, [], [], []];
  return work(secrets(), access()).catch((error: unknown) => error);
}

const login = { user: 'value of user', password: 'value of password' };
const throttled: Fate = { status: 429 };

describe('what passes is tried again, and said', () => {
  test.each<[string, Fate[], RegExp[]]>([
    [
      '429 without Retry-After, with pauses that double',
      [throttled, throttled, throttled, 'answer'],
      [
        /^Reading secret "password": Not now\. \(Code, HTTP 429\)\. Trying again in 0\.0 s$/,
        /in 0\.0 s$/,
        /in 0\.1 s$/,
      ],
    ],
    [
      '429 with Retry-After',
      [{ status: 429, headers: { 'retry-after': '1' } }, 'answer'],
      [/Trying again in 1\.0 s$/],
    ],
    ['500', [{ status: 500 }, 'answer'], [/HTTP 500/]],
    ['503', [{ status: 503 }, { status: 503 }, 'answer'], [/HTTP 503/, /HTTP 503/]],
    ['a reset', ['reset', 'answer'], [/localhost ended the connection/]],
    ['silence', ['silence', 'answer'], [/localhost did not answer in time/]],
  ])('%s', async (_, given, told) => {
    expect(await read({ password: [...given] })).toEqual(login);
    expect(lines).toEqual(told.map((line) => expect.stringMatching(line)));
    expect(asked.filter((name) => name === 'password')).toHaveLength(given.length);
    expect(asked.filter((name) => name === 'user')).toHaveLength(1);
    expect(masked).toEqual(expect.arrayContaining(['value of user', 'value of password']));
  });
});

describe('what does not pass ends at once, or when there is no more time', () => {
  test('a Retry-After that is longer than the time there is', async () => {
    const given: Fate = { status: 429, headers: { 'retry-after': '300' } };
    const begun = performance.now();
    const error = await read({ user: [given], password: [given] });
    expect(performance.now() - begun).toBeLessThan(1_500);
    expect(error).toBeInstanceOf(Failure);
    expect(error).toHaveProperty(
      'message',
      expect.stringContaining(
        'Key Vault is throttling requests. Run the job again in 5 min 00 s, as it asks.',
      ),
    );
    expect(lines).toEqual([]);
  });

  test.each<[string, Fate, number]>([
    ['429', throttled, 6_000],
    ['silence', 'silence', 7_000],
  ])('%s without end', async (_, fate, most) => {
    const begun = performance.now();
    expect(await read({ user: [fate], password: [fate] })).toBeInstanceOf(Failure);
    expect(performance.now() - begun).toBeLessThan(most);
    expect(asked.length).toBeGreaterThan(4);
  });

  test.each<[string, Fate]>([
    ['404', { status: 404 }],
    ['a policy', { status: 403, inner: 'ForbiddenByPolicy' }],
    ['a firewall', { status: 403, inner: 'ForbiddenByFirewall' }],
    ['a private network', { status: 403, inner: 'ForbiddenByConnection' }],
    ['a disabled secret', { status: 403, inner: 'SecretDisabled' }],
  ])('%s', async (_, fate) => {
    expect(await read({ user: [fate], password: [fate] })).toBeInstanceOf(Failure);
    expect([...asked].sort()).toEqual(['password', 'user']);
    expect(lines).toEqual([]);
  });
});

describe('a role that was assigned a moment ago', () => {
  const refused: Fate = { status: 403, inner: 'ForbiddenByRbac' };

  test('is waited for', async () => {
    const late: Fate[] = [refused, refused, refused, 'answer'];
    expect(await read({ user: [...late], password: [...late] })).toEqual(login);
    expect(lines).toHaveLength(6);
    expect(lines[0]).toMatch(
      /\(Code, HTTP 403\)\. A role that was just assigned takes some minutes\. Trying again in /,
    );
  });

  test('is waited for no longer than that may take, and then told as ever', async () => {
    const begun = performance.now();
    const error = await read({ user: [refused], password: [refused] });
    expect(performance.now() - begun).toBeGreaterThan(1_000);
    expect(performance.now() - begun).toBeLessThan(3_000);
    expect(error).toHaveProperty(
      'message',
      expect.stringContaining('Assign the role "Key Vault Secrets User"'),
    );
  });

  test('is not waited for where the vault has handed a secret out', async () => {
    expect(await read({ password: [refused] })).toBeInstanceOf(Failure);
    expect(asked.filter((name) => name === 'password').length).toBeLessThan(4);
    expect(await read({ password: [refused] }, readPassword)).toBeInstanceOf(Failure);
    expect(asked).toEqual(['password']);
  });
});

test('the password alone is read without the user, and hidden', async () => {
  expect(await read({}, readPassword)).toBe('value of password');
  expect(asked).toEqual(['password']);
  expect(masked).toEqual(['value of password']);
});
