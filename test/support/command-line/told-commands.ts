import { explainEntraError } from '../../../src/azure/sign-in/errors.ts';
import { lookAdvice, rehydrateAdvice, undeleteAdvice } from '../../../src/azure/storage/blob-commands.ts';
import { type AskedSecret, howToSet } from '../../../src/azure/vault/asked-secret.ts';
import { explainVaultError } from '../../../src/azure/vault/errors.ts';
import { problemWithSecret } from '../../../src/azure/vault/found-secret.ts';
import { InputError } from '../../../src/runner/inputs/error.ts';
import { missingInput } from '../../../src/runner/inputs/reader.ts';
import { noAnswer, vaultRefusal } from '../../unit/support/rest-errors.ts';

/** What errors are about. */
export interface Names {
  application: string;
  vault: string;
  secret: string;
  account: string;
  container: string;
  blob: string;
  subject: string;
  repository: string;
}

/** A text that has commands in it, and what they call: each a program, az, gh or curl, and its arguments. */
export interface Told {
  text: string;
  calls: string[][];
}

/** What the stand-in for az answers where an answer is a part of the next command. */
export const answers = {
  vaultId: '/subscriptions/s/vaults/v',
  version: '2026-11-22T15:42:10.1234567Z',
  identity: 'id-backups',
  group: 'shop_(prod).1',
  credential: 'the one',
};

const issuer = 'https://token.actions.githubusercontent.com';
const audience = 'api://AzureADTokenExchange';

/** Each error that tells a command. */
export function toldCommands(names: Names): Record<string, Told> {
  const { application, vault, secret, account, container, blob, subject, repository } = names;
  const claims = Buffer.from(JSON.stringify({ sub: subject, iss: issuer, aud: audience })).toString(
    'base64url',
  );
  const attempt = {
    clientId: application,
    tenantId: 't',
    authorityHost: 'https://login.microsoftonline.com',
  };
  const entra = (code: number, assertion = `e30.${claims}.x`): string =>
    explainEntraError(new Error(`AADSTS${code}: No.`), { ...attempt, assertion }).advice;
  const asked: AskedSecret = {
    ...{ vaultName: vault, tenantId: 't', clientId: application, name: secret, input: 'db_user_secret_name' },
  };
  const refused = (status: number, inner?: string, words = 'No.'): string =>
    explainVaultError(vaultRefusal(status, 'Forbidden', words, inner), asked).advice;
  const place = { account, container, name: blob };
  const url = `https://x.test/${[account, container, blob].map(encodeURIComponent).join('/')}`;
  const inContainer = ['--account-name', account, '--container-name', container, `--name=${blob}`];
  const inVault = ['--vault-name', vault, `--name=${secret}`]; // which may begin with a dash, as a blob may
  const set = [
    'az',
    'keyvault',
    'secret',
    'set',
    ...inVault,
    '--file',
    '/dev/stdin',
    '--encoding',
    'utf-8',
    '--output',
    'none',
  ];
  const byName = credentialName(entra(700213));
  const empty = new InputError([missingInput('key_vault_name')], {
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: repository,
  });
  const now = new Date('2028-02-29T12:00:00Z');
  return {
    'no federated credential matches': {
      text: entra(700213),
      calls: [
        [
          ...['az', 'ad', 'app', 'federated-credential', 'create', '--id', application, '--parameters'],
          JSON.stringify({ name: byName, issuer, subject, audiences: [audience] }),
        ],
        [
          ...['az', 'identity', 'list', '--query', `[?clientId=='${application}'].[name, resourceGroup]`],
          ...['--output', 'tsv'],
        ],
        [
          ...['az', 'identity', 'federated-credential', 'create', '--name', byName],
          ...['--identity-name', answers.identity, '--resource-group', answers.group],
          ...['--issuer', issuer, '--subject', subject, '--audiences', audience],
        ],
      ],
    },
    'no federated credential matches a token that cannot be read': {
      text: entra(70021, 'x'),
      calls: [
        ['az', 'ad', 'app', 'federated-credential', 'list', '--id', application, '--query', '[].subject'],
      ],
    },
    'a federated credential in other letters': {
      text: entra(7002138),
      calls: [
        [
          ...['az', 'ad', 'app', 'federated-credential', 'list', '--id', application],
          ...['--query', '[].[subject, id]', '--output', 'tsv'],
        ],
        [
          ...['az', 'ad', 'app', 'federated-credential', 'update', '--id', application],
          ...['--federated-credential-id', answers.credential, '--parameters'],
          JSON.stringify({ issuer, subject, audiences: [audience] }),
        ],
        [
          ...['az', 'identity', 'list', '--query', `[?clientId=='${application}'].[name, resourceGroup]`],
          ...['--output', 'tsv'],
        ],
        [
          ...['az', 'identity', 'federated-credential', 'list', '--identity-name', answers.identity],
          ...['--resource-group', answers.group, '--query', '[].[subject, name]', '--output', 'tsv'],
        ],
        [
          ...['az', 'identity', 'federated-credential', 'update', '--name', answers.credential],
          ...['--identity-name', answers.identity, '--resource-group', answers.group],
          ...['--issuer', issuer, '--subject', subject, '--audiences', audience],
        ],
      ],
    },
    'an issuer that Entra ID does not reach': {
      text: entra(501661),
      calls: [['curl', '-fsS', `${issuer}/.well-known/openid-configuration`]],
    },
    'an application without service principal': {
      text: entra(7000229),
      calls: [['az', 'ad', 'sp', 'create', '--id', application]],
    },
    'an unknown application': {
      text: entra(700016),
      calls: [
        ['az', 'ad', 'sp', 'show', '--id', application],
        ['az', 'ad', 'sp', 'create', '--id', application],
      ],
    },
    'a disabled application': {
      text: entra(7000112),
      calls: [['az', 'ad', 'sp', 'update', '--id', application, '--set', 'accountEnabled=true']],
    },
    'an unknown tenant': {
      text: entra(90002),
      calls: [['az', 'account', 'show', '--query', 'tenantId', '--output', 'tsv']],
    },
    'no such vault': {
      text: explainVaultError(noAnswer('getaddrinfo ENOTFOUND x', 'ENOTFOUND', 'https://x.test'), asked)
        .advice,
      calls: [['az', 'keyvault', 'list-deleted', '--query', '[].name', '--output', 'tsv']],
    },
    'no role on the vault': {
      text: refused(403, 'ForbiddenByRbac'),
      calls: [
        ['az', 'keyvault', 'show', '--name', vault, '--query', 'id', '--output', 'tsv'],
        [
          ...[
            'az',
            'role',
            'assignment',
            'create',
            '--role',
            'Key Vault Secrets User',
            '--assignee',
            application,
          ],
          ...['--scope', answers.vaultId],
        ],
      ],
    },
    'no access policy of the vault': {
      text: refused(403, 'ForbiddenByPolicy'),
      calls: [
        [
          'az',
          'keyvault',
          'set-policy',
          '--name',
          vault,
          '--spn',
          application,
          '--secret-permissions',
          'get',
        ],
      ],
    },
    "the vault's firewall": {
      text: refused(403, 'ForbiddenByFirewall', 'No. Client address: 203.0.113.17'),
      calls: [['az', 'keyvault', 'network-rule', 'add', '--name', vault, '--ip-address', '203.0.113.17']],
    },
    'a disabled secret': {
      text: refused(403, 'SecretDisabled'),
      calls: [['az', 'keyvault', 'secret', 'set-attributes', ...inVault, '--enabled', 'true']],
    },
    'no such secret': {
      text: refused(404),
      calls: [
        ['az', 'keyvault', 'secret', 'list', '--vault-name', vault, '--query', '[].name', '--output', 'tsv'],
      ],
    },
    'an expired secret': {
      text: problemWithSecret({ value: 'x', expires: new Date('2028-01-01') }, asked, now)?.advice ?? '',
      calls: [
        set,
        ['az', 'keyvault', 'secret', 'set-attributes', ...inVault, '--expires', '2029-03-01T00:00:00Z'],
      ],
    },
    'a secret that is not valid yet': {
      text: problemWithSecret({ value: 'x', notBefore: new Date('2030-01-01') }, asked, now)?.advice ?? '',
      calls: [
        [
          'az',
          'keyvault',
          'secret',
          'set-attributes',
          ...inVault,
          '--not-before',
          `${now.toISOString().slice(0, 19)}Z`,
        ],
      ],
    },
    'a secret that is to be set': { text: howToSet(asked), calls: [set] },
    'a backup in the archive tier': {
      text: rehydrateAdvice(place),
      calls: [
        [
          ...['az', 'storage', 'blob', 'set-tier', ...inContainer],
          ...['--tier', 'Hot', '--rehydrate-priority', 'High', '--auth-mode', 'login'],
        ],
      ],
    },
    'a deleted backup': {
      text: undeleteAdvice(place, url),
      calls: [
        ['az', 'storage', 'blob', 'undelete', ...inContainer, '--auth-mode', 'login'],
        [
          ...['az', 'storage', 'blob', 'list', '--account-name', account, '--container-name', container],
          ...[`--prefix=${blob}`, '--include', 'v', '--num-results', '*'],
          ...['--query', `max([?name=='${blob.replaceAll("'", "\\'")}'].versionId)`, '--output', 'tsv'],
          ...['--auth-mode', 'login'],
        ],
        [
          ...['az', 'storage', 'blob', 'copy', 'start', '--account-name', account],
          ...['--destination-container', container, `--destination-blob=${blob}`],
          ...[
            '--source-uri',
            `https://x.test/${[account, container].join('/')}/${encodeURIComponent(blob)}?versionid=${answers.version}`,
          ],
          ...['--auth-mode', 'login'],
        ],
      ],
    },
    'a commit of which nothing is known': {
      text: lookAdvice(place),
      calls: [['az', 'storage', 'blob', 'exists', ...inContainer, '--auth-mode', 'login']],
    },
    'an empty variable': {
      text: empty.message,
      calls: ['variable', 'secret'].map((kind) => ['gh', kind, 'list', '-R', repository]),
    },
  };
}

/** How the error calls the credential that it tells how to make. */
function credentialName(text: string): string {
  return /\bfederated-credential create --name (\S+) /.exec(text)?.[1] ?? '';
}

/** The lines of a text that are for bash. */
export function linesForBash(text: string): string[] {
  return text.split('\n').filter((line) => /^(\w+=.* # \w+$|(?:az|gh|curl) |read -r |IFS= read )/.test(line));
}
