import { getIDToken } from '@actions/core';
import { ClientAssertionCredential, type TokenCredential } from '@azure/identity';
import { SecretClient } from '@azure/keyvault-secrets';
import { BlobServiceClient } from '@azure/storage-blob';
import { decodeJwt } from 'jose';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { subjectOfMain } from '../support/github/github-oidc.ts';
import { makeSigningKey } from '../support/machine/signing-key.ts';
import { secretNames, startWorld, type World } from '../support/world.ts';

/*
 * The stand-ins, driven by the SDKs that the action uses: what they let pass, and above all what they refuse.
 */
const audience = 'api://AzureADTokenExchange';
let world: World;

beforeAll(async () => {
  world = await startWorld({ servers: [15, 17] });
}, 120_000);

afterAll(() => world?.stop());

beforeEach(() => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true); // the toolkit prints what is to be masked
  for (const [name, value] of Object.entries(world.environment)) vi.stubEnv(name, value);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  Object.assign(world.github, { subject: subjectOfMain, lifetime: 300, signWith: undefined });
  world.vault.readers.add(world.entra.clientId);
});

function credential({
  tenantId = world.entra.tenantId,
  clientId = world.entra.clientId,
  assertion = () => getIDToken(audience),
} = {}) {
  const options = { authorityHost: world.entra.url, disableInstanceDiscovery: true };
  return new ClientAssertionCredential(tenantId, clientId, assertion, options);
}

/** A credential that hands out one token, whatever it is asked for. */
function fixed(token: string): TokenCredential {
  return { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) };
}

function secretClient(from: TokenCredential = credential()) {
  return new SecretClient(world.vault.url, from, { disableChallengeResourceVerification: true });
}

function blobClient(from: TokenCredential = credential()) {
  const service = new BlobServiceClient(world.azurite.accountUrl, from);
  return service.getContainerClient(world.backups.container).getBlockBlobClient('hello.txt');
}

describe('the whole chain', () => {
  test('goes from a GitHub token to a secret and a blob with one credential', async () => {
    const one = credential();
    const secret = await secretClient(one).getSecret(secretNames.password);
    expect(secret.value).toBe(world.login.password);

    await blobClient(one).upload('hello', 5);
    expect(await world.backups.list()).toEqual(['hello.txt']);
    expect(String(await world.backups.read('hello.txt'))).toBe('hello');
    expect(world.entra.issued).toEqual(['https://vault.azure.net', 'https://storage.azure.com']);
    expect(world.vault.requests).toEqual(new Map([[`/secrets/${secretNames.password}`, 1]]));
  });
});

describe('GitHub', () => {
  test('gives tokens a lifetime that the URL says', async () => {
    const { ACTIONS_ID_TOKEN_REQUEST_URL: url } = world.github.environment;
    vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_URL', `${url}&lifetime=77`);
    const { iat = 0, exp = 0 } = decodeJwt(await getIDToken(audience));
    expect(exp - iat).toBe(77);
  });

  test('gives no token to a caller with a wrong request token', async () => {
    vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_TOKEN', 'wrong');
    await expect(getIDToken(audience)).rejects.toThrow('401');
  });
});

describe('Entra ID refuses', () => {
  const scope = 'https://vault.azure.net/.default';

  test('an assertion with another subject', async () => {
    world.github.subject = 'repo:octo-org@123/moodle@456:environment:production';
    await expect(credential().getToken(scope)).rejects.toThrow(
      "AADSTS700213: No matching federated identity record found for presented assertion subject 'repo:octo-org@123/moodle@456:environment:production'.",
    );
  });

  test('an assertion for another audience', async () => {
    const assertion = () => getIDToken('https://github.com/octo-org');
    await expect(credential({ assertion }).getToken(scope)).rejects.toThrow('AADSTS700212');
  });

  test('an assertion of another issuer', async () => {
    const key = await makeSigningKey();
    const assertion = () => key.sign({ iss: 'https://other.test', aud: audience, sub: subjectOfMain });
    await expect(credential({ assertion }).getToken(scope)).rejects.toThrow('AADSTS700211');
  });

  test('an expired assertion', async () => {
    world.github.lifetime = -1;
    await expect(credential().getToken(scope)).rejects.toThrow('AADSTS700024');
  });

  test('an assertion that is signed with a foreign key', async () => {
    world.github.signWith = await makeSigningKey();
    await expect(credential().getToken(scope)).rejects.toThrow('AADSTS7000272');
  });

  test('an assertion that was changed after signing', async () => {
    const assertion = async () => {
      const [header, claims = '', signature] = (await getIDToken(audience)).split('.');
      const changed = { ...JSON.parse(String(Buffer.from(claims, 'base64url'))), run_id: '1' };
      return [header, Buffer.from(JSON.stringify(changed)).toString('base64url'), signature].join('.');
    };
    await expect(credential({ assertion }).getToken(scope)).rejects.toThrow('AADSTS700027');
  });

  test('an unknown tenant', async () => {
    const tenantId = '00000000-0000-0000-0000-000000000001';
    await expect(credential({ tenantId }).getToken(scope)).rejects.toThrow(
      /AADSTS90002|endpoints_resolution/,
    );
  });

  test('an unknown application', async () => {
    const clientId = '00000000-0000-0000-0000-000000000002';
    await expect(credential({ clientId }).getToken(scope)).rejects.toThrow('AADSTS700016');
  });

  test('an application that trusts nobody', async () => {
    const clientId = '00000000-0000-0000-0000-000000000003';
    world.entra.applications.set(clientId, undefined);
    await expect(credential({ clientId }).getToken(scope)).rejects.toThrow('AADSTS70025');
  });

  test('an unknown resource', async () => {
    await expect(credential().getToken('https://other.test/.default')).rejects.toThrow('AADSTS500011');
  });
});

describe('Key Vault', () => {
  test('refuses a token for another audience', async () => {
    const token = await world.entra.issueToken('https://storage.azure.com');
    await expect(secretClient(fixed(token)).getSecret('db-user')).rejects.toMatchObject({
      statusCode: 401,
      message: expect.stringContaining('AKV10022'),
    });
  });

  test('refuses an expired token', async () => {
    const token = await world.entra.issueToken('https://vault.azure.net', -1);
    await expect(secretClient(fixed(token)).getSecret('db-user')).rejects.toMatchObject({
      statusCode: 401,
      message: expect.stringContaining('IDX10223'),
    });
  });

  test('refuses a token that Entra ID did not sign', async () => {
    const key = await makeSigningKey();
    const token = await key.sign({ aud: 'https://vault.azure.net', iss: 'https://sts.windows.net/' });
    await expect(secretClient(fixed(token)).getSecret('db-user')).rejects.toMatchObject({ statusCode: 401 });
  });

  test('refuses a caller without the role', async () => {
    world.vault.readers.clear();
    await expect(secretClient().getSecret('db-user')).rejects.toMatchObject({
      statusCode: 403,
      code: 'Forbidden',
      details: { error: { innerError: { code: 'ForbiddenByRbac' } } },
    });
  });

  test('refuses another application of the tenant, and tells which', async () => {
    const clientId = '00000000-0000-0000-0000-000000000004';
    world.entra.applications.set(clientId, world.entra.federatedCredential);
    await expect(secretClient(credential({ clientId })).getSecret('db-user')).rejects.toMatchObject({
      message: expect.stringContaining(`Caller: appid=${clientId};`),
      details: { error: { innerError: { code: 'ForbiddenByRbac' } } },
    });
  });

  test('refuses a caller from outside its firewall', async () => {
    world.vault.secrets.set('closed', { value: 'x', forbidden: 'firewall' });
    await expect(secretClient().getSecret('closed')).rejects.toMatchObject({
      statusCode: 403,
      details: { error: { innerError: { code: 'ForbiddenByFirewall' } } },
    });
  });

  test('says which secret is missing', async () => {
    await expect(secretClient().getSecret('nothing')).rejects.toMatchObject({
      statusCode: 404,
      code: 'SecretNotFound',
      message: expect.stringContaining('A secret with (name/id) nothing was not found in this key vault.'),
    });
  });

  test('hands out no disabled secret', async () => {
    world.vault.secrets.set('off', { value: 'x', enabled: false });
    await expect(secretClient().getSecret('off')).rejects.toMatchObject({
      statusCode: 403,
      details: { error: { innerError: { code: 'SecretDisabled' } } },
    });
  });

  test('hands out an expired secret, with its date', async () => {
    const expires = new Date('2026-01-01T00:00:00Z');
    world.vault.secrets.set('old', { value: 'x', expires });
    const { value, properties } = await secretClient().getSecret('old');
    expect({ value, expiresOn: properties.expiresOn }).toEqual({ value: 'x', expiresOn: expires });
  });
});

describe('Azurite', () => {
  test('refuses a token for another audience', async () => {
    const token = await world.entra.issueToken('https://vault.azure.net');
    await expect(blobClient(fixed(token)).upload('hello', 5)).rejects.toMatchObject({ statusCode: 403 });
  });

  test('refuses a caller without a token', async () => {
    const response = await fetch(`${world.azurite.accountUrl}/${world.backups.container}/hello.txt`);
    expect(response.ok).toBe(false);
  });

  test('tells blobs that were never committed from published ones', async () => {
    await world.backups.client.getBlockBlobClient('half').stageBlock('AAAA', 'x', 1);
    expect(await world.backups.list()).not.toContain('half');
    expect(await world.backups.listUncommitted()).toEqual(['half']);
  });
});

describe.each([15, 17] as const)('PostgreSQL %i', (major) => {
  test('is of that major and lets the role of the vault create databases', async () => {
    const server = world.server(major);
    const [row] = await server.query<{ server_version_num: string }>('SHOW server_version_num', world.login);
    expect(row?.server_version_num).toMatch(new RegExp(`^${major}\\d{4}$`));

    await server.query(`CREATE DATABASE "o'ne"`, world.login);
    const [session] = await server.query(
      'SELECT current_database() AS name, ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()',
      { ...world.login, database: "o'ne" },
    );
    expect(session).toEqual({ name: "o'ne", ssl: true });
  });

  test('refuses a connection without TLS', async () => {
    const { host, port, superuser } = world.server(major);
    const client = new Client({ host, port, ...superuser, database: 'postgres', ssl: false });
    await expect(client.connect()).rejects.toThrow(/no pg_hba.conf entry for host .* no encryption/);
  });

  test('refuses a wrong password', async () => {
    await expect(
      world.server(major).query('SELECT 1', { user: world.login.user, password: 'wrong' }),
    ).rejects.toThrow('password authentication failed');
  });
});
