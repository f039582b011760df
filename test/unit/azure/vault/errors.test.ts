import { describe, expect, test } from 'vitest';
import type { AskedSecret } from '../../../../src/azure/vault/asked-secret.ts';
import { combined, explainVaultError } from '../../../../src/azure/vault/errors.ts';
import { problemWithSecret } from '../../../../src/azure/vault/found-secret.ts';
import { noAnswer, vaultRefusal } from '../../support/rest-errors.ts';

const tenantId = '9b6c0c4e-8a43-4b5a-a3a7-6a6f9d7f5b02';
const url = 'https://kv-prod.vault.azure.net';
const application = '3f0d3c9b-6d53-4f6e-9c11-2b1f6a1f6e01';
const asked: AskedSecret = {
  ...{ vaultName: 'kv-prod', tenantId, clientId: application },
  ...{ name: 'db-user', input: 'db_user_secret_name' },
};
const vaultLine = 'vault=kv-prod # KEY_VAULT_NAME\n';
const secretLine = 'secret=db-user # DB_USER_SECRET_NAME\n';
const applicationLine = `application=${application} # AZURE_CLIENT_ID\n`;
const caller = `Caller: appid=${application};oid=9b6c0c4e-8a43-4b5a-a3a7-6a6f9d7f5b02;iss=https://sts.windows.net/x/`;
const inVault = 'Vault: kv-prod;location=westeurope';

describe('why a vault hands no secret out, and what to do', () => {
  test.each([
    [
      'a role is missing',
      vaultRefusal(
        403,
        'Forbidden',
        `Caller is not authorized to perform action on resource.\r\nIf role assignments…\r\n${caller}\r\n${inVault}\r\n`,
        'ForbiddenByRbac',
      ),
      'Caller is not authorized to perform action on resource. (Forbidden, HTTP 403)',
      `${vaultLine}${applicationLine}az role assignment create --role "Key Vault Secrets User" --assignee "$application" --scope "$(az keyvault show --name "$vault" --query id --output tsv)"`,
    ],
    [
      'a permission is missing, in a vault with access policies',
      vaultRefusal(
        403,
        'Forbidden',
        `The user, group or application 'appid=${application};oid=1;iss=x' does not have secrets get permission on key vault 'kv-prod;location=westeurope'.`,
        'ForbiddenByPolicy',
      ),
      /does not have secrets get permission on key vault/,
      `${vaultLine}${applicationLine}az keyvault set-policy --name "$vault" --spn "$application" --secret-permissions get`,
    ],
    [
      'a firewall is in the way',
      vaultRefusal(
        403,
        'Forbidden',
        `Client address is not authorized and caller is not a trusted service.\r\nClient address: 203.0.113.17\r\n${caller}\r\n${inVault}`,
        'ForbiddenByFirewall',
      ),
      'Client address is not authorized and caller is not a trusted service. (Forbidden, HTTP 403)',
      `${vaultLine}az keyvault network-rule add --name "$vault" --ip-address 203.0.113.17`,
    ],
    [
      'a firewall is in the way, which only the text says',
      vaultRefusal(403, 'Forbidden', 'Client address is not authorized and caller is not a trusted service.'),
      'Client address is not authorized and caller is not a trusted service. (Forbidden, HTTP 403)',
      `${vaultLine}az keyvault network-rule add --name "$vault" --ip-address ADDRESS`,
    ],
    [
      'there is a private endpoint, and nothing else',
      vaultRefusal(
        403,
        'Forbidden',
        'Public network access is disabled and request is not from a trusted service nor via an approved private link.',
        'ForbiddenByConnection',
      ),
      /^Public network access is disabled .* \(Forbidden, HTTP 403\)$/,
      'use a runner in that network (input runs_on of the workflow)',
    ],
    [
      'the secret is disabled',
      vaultRefusal(403, 'Forbidden', 'Operation get is not allowed on a disabled secret.', 'SecretDisabled'),
      'Operation get is not allowed on a disabled secret. (Forbidden, HTTP 403)',
      `${vaultLine}${secretLine}az keyvault secret set-attributes --vault-name "$vault" --name="$secret" --enabled true`,
    ],
    [
      'the secret is missing',
      vaultRefusal(404, 'SecretNotFound', 'A secret with (name/id) db-user was not found in this key vault.'),
      'A secret with (name/id) db-user was not found in this key vault. (SecretNotFound, HTTP 404)',
      `Check db_user_secret_name. The secrets of the vault:\n${vaultLine}az keyvault secret list --vault-name "$vault" --query "[].name" --output tsv`,
    ],
    [
      'the token is of another tenant',
      vaultRefusal(401, 'Unauthorized', 'AKV10032: Invalid issuer. Expected one of x, found y.'),
      'AKV10032: Invalid issuer. Expected one of x, found y. (Unauthorized, HTTP 401)',
      'Check azure_tenant_id',
    ],
    [
      'the vault is in another tenant, which it names',
      vaultRefusal(401, 'Unauthorized', 'AKV10032: Invalid issuer.', undefined, {
        'www-authenticate': `Bearer authorization="https://login.microsoftonline.com/${application}", resource="https://vault.azure.net"`,
      }),
      `the vault belongs to tenant ${application}, and the sign-in to another`,
      'Check azure_tenant_id and key_vault_name',
    ],
    [
      'the vault is in this tenant, and yet takes no token',
      vaultRefusal(401, 'Unauthorized', 'AKV10000', undefined, {
        'www-authenticate': `Bearer authorization="https://login.microsoftonline.com/${tenantId}"`,
      }),
      'AKV10000 (Unauthorized, HTTP 401)',
      'Check azure_tenant_id',
    ],
    [
      'too much is asked',
      vaultRefusal(429, 'Throttled', 'Request was not processed because too many requests were received.'),
      'Request was not processed because too many requests were received. (Throttled, HTTP 429)',
      'Key Vault is throttling requests. Run the job again later.',
    ],
    [
      'too much is asked, and the vault says when there may be more',
      vaultRefusal(429, 'Throttled', 'Too many requests.', undefined, { 'retry-after': '1800' }),
      'Too many requests. (Throttled, HTTP 429)',
      'Key Vault is throttling requests. Run the job again in 30 min 00 s, as it asks.',
    ],
    [
      'the vault is out of order',
      vaultRefusal(500, 'InternalServerError', 'Sorry.'),
      'Sorry. (InternalServerError, HTTP 500)',
      'Key Vault has a fault of its own. Look at https://azure.status.microsoft, and run the job again later.',
    ],
    [
      'there is no such host',
      noAnswer('getaddrinfo ENOTFOUND kv-prod.vault.azure.net', 'ENOTFOUND', url),
      'kv-prod.vault.azure.net was not found in DNS (ENOTFOUND)',
      'az keyvault list-deleted',
    ],
    [
      'a proxy opens the connection',
      noAnswer('self-signed certificate in certificate chain', 'SELF_SIGNED_CERT_IN_CHAIN', url),
      'kv-prod.vault.azure.net has a certificate from an untrusted authority (SELF_SIGNED_CERT_IN_CHAIN)',
      'NODE_EXTRA_CA_CERTS',
    ],
    ['something else went wrong', new Error('What?'), 'What?', 'Check key_vault_name and azure_tenant_id'],
  ])('%s', (_, error, cause, advice) => {
    const explained = explainVaultError(error, asked);
    expect(explained).toEqual({
      cause: typeof cause === 'string' ? cause : expect.stringMatching(cause),
      advice: expect.stringContaining(advice),
    });
  });
});

describe('what is wrong with a secret that was handed out', () => {
  const now = new Date('2028-02-29T12:00:00Z');
  const set =
    'To set its value, run this, then type or paste the value and press Enter:\n' +
    `${vaultLine}${secretLine}IFS= read -rs value && printf %s "$value" | az keyvault secret set --vault-name "$vault" --name="$secret" --file /dev/stdin --encoding utf-8 --output none; unset value`;
  const again = `Check db_user_secret_name, or set the secret again. ${set}`;
  test.each([
    ['nothing', { value: 'x' }, undefined],
    ['nothing, if it ends later', { value: 'x', expires: new Date('2028-03-01') }, undefined],
    [
      'it has expired',
      { value: 'x', expires: new Date('2028-02-28T23:59:59Z') },
      {
        cause: 'the secret expired at 2028-02-28T23:59:59Z',
        advice: `${set}\nIf the value is still right, set another expiry date instead:\n${vaultLine}${secretLine}az keyvault secret set-attributes --vault-name "$vault" --name="$secret" --expires 2029-03-01T00:00:00Z`,
      },
    ],
    ['nothing, if it is valid from this second on', { value: 'x', notBefore: now }, undefined],
    [
      'it is not valid yet',
      { value: 'x', notBefore: new Date('2028-02-29T12:00:01Z'), expires: new Date('2029-01-01') },
      {
        cause: 'the secret is not valid before 2028-02-29T12:00:01Z',
        advice:
          'Run the job again then. If the server has the new password already, set another activation date:\n' +
          `${vaultLine}${secretLine}az keyvault secret set-attributes --vault-name "$vault" --name="$secret" --not-before 2028-02-29T12:00:00Z`,
      },
    ],
    [
      'it is empty',
      { value: ' \n' },
      {
        cause: 'the secret is empty',
        advice: again,
      },
    ],
    ['it is no text', { value: 'a\0b' }, { cause: 'the secret contains a NUL', advice: again }],
  ])('%s', (_, secret, problem) => {
    expect(problemWithSecret(secret, asked, now)).toEqual(problem);
  });
});

test('of two secrets, what they have in common is said once, and else whose is what', () => {
  const [one, other] = [
    { name: 'a', cause: 'no', advice: 'Do this.' },
    { name: 'b', cause: 'no', advice: 'Do this.' },
  ];
  expect(combined([])).toBeUndefined();
  expect(combined([one])).toEqual({ cause: 'no', advice: 'Do this.' });
  expect(combined([one, other])).toEqual({ cause: 'no', advice: 'Do this.' });
  expect(combined([one, { ...other, cause: 'never', advice: 'Do that.' }])).toEqual({
    cause: '"a": no\n"b": never',
    advice: 'Do this.\nDo that.',
  });
});
