import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Jobs, jobsOn, messages, onlyError } from '../support/jobs.ts';
import { secretNames, startWorld, type World } from '../support/world.ts';

let world: World;
let jobs: Jobs;
let database: string;
beforeAll(async () => {
  world = await startWorld({ servers: [15] });
  jobs = jobsOn(world, 15);
  database = await jobs.createDatabase();
});
afterAll(() => world.stop());

/** The error of a backup, which must not have got as far as the server. */
async function refusal(extra: Parameters<Jobs['backup']>[1] = {}): Promise<string> {
  const step = await jobs.backup(database, extra);
  expect(step.groups).toEqual(['Sign in to Azure']);
  return onlyError(step);
}

describe('Entra ID', () => {
  test('without the permission to ask for a token, the error shows the YAML that is missing', async () => {
    const message = await refusal({
      environment: { ACTIONS_ID_TOKEN_REQUEST_URL: '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: '' },
    });
    expect(message).toContain('permissions:\n  contents: read\n  id-token: write');
    expect(message).toContain('called workflow');
  });

  test('a subject that no federated credential has is shown with issuer and audience, as they have to be typed', async () => {
    const { subject } = world.github;
    world.github.subject = 'repo:octo-org@123/moodle@456:environment:production';
    const message = await refusal();
    world.github.subject = subject;
    expect(message).toContain('AADSTS700213');
    expect(message).toContain('Subject:  repo:octo-org@123/moodle@456:environment:production');
    expect(message).toContain(`Issuer:   ${world.github.issuer}`);
    expect(message).toContain('Audience: api://AzureADTokenExchange');
  });

  test.each([
    [
      'an application that the tenant does not have',
      { azure_client_id: '3f0d3c9b-6d53-4f6e-9c11-2b1f6a1f6e01' },
      'AADSTS700016',
      'azure_client_id',
    ],
    [
      'a tenant that is unknown',
      { azure_tenant_id: '9b6c0c4e-8a43-4b5a-a3a7-6a6f9d7f5b02' },
      'AADSTS90002',
      'azure_tenant_id',
    ],
  ])('%s', async (_, inputs, code, advice) => {
    const message = await refusal({ inputs });
    expect(message).toContain(code);
    expect(message).toContain(advice);
    expect(message).not.toContain('Trace ID');
  });

  test('an authority that cannot be reached', async () => {
    const message = await refusal({ inputs: { azure_authority_host: 'https://login.example.invalid' } });
    expect(message).toMatch(/login\.example\.invalid\/[0-9a-f-]+ cannot be reached: getaddrinfo \w+/);
  });

  test('an assertion that has expired', async () => {
    const { lifetime } = world.github;
    world.github.lifetime = -600;
    const message = await refusal();
    world.github.lifetime = lifetime;
    expect(message).toContain('AADSTS700024');
    expect(message).toContain('clock');
  });
});

describe('Key Vault', () => {
  let user: { value: string };
  beforeAll(() => {
    user = world.vault.secrets.get(secretNames.user) ?? { value: '' };
  });
  beforeEach(() => {
    world.vault.secrets.set(secretNames.user, user);
    world.vault.readers.add(world.entra.clientId);
  });

  const yesterday = new Date(Date.now() - 86_400_000);
  test.each([
    ['missing', () => world.vault.secrets.delete(secretNames.user), 'SecretNotFound'],
    [
      'disabled',
      () => world.vault.secrets.set(secretNames.user, { ...user, enabled: false }),
      'Enable the secret',
    ],
    [
      'expired',
      () => world.vault.secrets.set(secretNames.user, { ...user, expires: yesterday }),
      yesterday.toISOString().slice(0, 10),
    ],
    ['empty', () => world.vault.secrets.set(secretNames.user, { value: ' ' }), 'the secret is empty'],
    ['forbidden', () => world.vault.readers.clear(), 'Key Vault Secrets User'],
  ])('a secret that is %s', async (_, arrange, telling) => {
    arrange();
    const message = await refusal();
    expect(message).toContain(telling);
    expect(message).toMatch(new RegExp(`^Reading secrets? "${secretNames.user}" .*from ${world.vault.url}`));
  });

  test('a vault whose name does not exist', async () => {
    const message = await refusal({ inputs: { key_vault_url: 'https://no-such-vault.invalid' } });
    expect(message).toMatch(/no such host|ENOTFOUND|EAI_AGAIN/);
    expect(message).toContain('key_vault_name');
  });

  test('a user name that ends with a newline is trimmed, and a password is not', async () => {
    world.vault.secrets.set(secretNames.user, { value: `${user.value}\n` });
    expect((await jobs.backup(database)).exitCode).toBe(0);
    const password = world.vault.secrets.get(secretNames.password) ?? { value: '' };
    world.vault.secrets.set(secretNames.password, { value: `${password.value}\n` });
    const step = await jobs.backup(database);
    world.vault.secrets.set(secretNames.password, password);
    expect(onlyError(step)).toContain('password authentication failed');
    expect(messages(step, 'warning')).toEqual([expect.stringContaining('ends with a newline')]);
  });

  test('each secret is asked for once, GitHub for one token, and Entra ID for one of each service', async () => {
    world.vault.requests.clear();
    const tokens = world.github.issued;
    world.entra.issued.length = 0;
    expect((await jobs.backup(database)).exitCode).toBe(0);
    expect(world.github.issued - tokens).toBe(1);
    expect(world.entra.issued).toEqual(['https://vault.azure.net', 'https://storage.azure.com']);
    expect(Object.fromEntries(world.vault.requests)).toEqual({
      '/secrets/db-user': 1,
      '/secrets/db-password': 1,
    });
  });
});
