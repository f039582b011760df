import { randomUUID } from 'node:crypto';
import { adviceOnStranger } from '../../src/azure/not-azure.ts';
import { clientAddress } from '../support/azure/key-vault.ts';
import { type Fault, refusal as refusalOf, startFaults } from '../support/faults/start-faults.ts';
import { startSilentServer } from '../support/machine/silent-server.ts';
import { backup } from './cases.ts';
import type { Case, Group } from './row.ts';
import type { Scene } from './scene.ts';
import { both, howToSet, inputOf, linesOfSecret, ofEach, type Refusal, secretLike } from './secrets.ts';
import { message, notInDns } from './texts.ts';

function noRole({ world: { vault } }: Scene, application: string): Refusal {
  return {
    cause: 'Caller is not authorized to perform action on resource. (Forbidden, HTTP 403)',
    advice:
      'Assign the role "Key Vault Secrets User" on this vault to azure_client_id, and wait a few minutes until it takes effect:\n' +
      `vault=${vault.name} # KEY_VAULT_NAME\napplication=${application} # AZURE_CLIENT_ID\naz role assignment create ` +
      '--role "Key Vault Secrets User" --assignee "$application" --scope "$(az keyvault show --name "$vault" --query id --output tsv)"',
  };
}

function shutOut({ world: { vault } }: Scene): Refusal {
  return {
    cause: 'Client address is not authorized and caller is not a trusted service. (Forbidden, HTTP 403)',
    advice:
      "The vault's firewall blocks the runner. Use a runner in an allowed network (input runs_on of the workflow); GitHub-hosted runners " +
      `change addresses. For a runner with a fixed address:\nvault=${vault.name} # KEY_VAULT_NAME\n` +
      `az keyvault network-rule add --name "$vault" --ip-address ${clientAddress}`,
  };
}

/** A case in which every request for a secret meets with this. */
function through(title: string, fault: () => Fault, refusal: () => Refusal): Case {
  return backup(async (scene) => {
    const faults = await startFaults(scene.world, ({ kind }) => (kind === 'vault secret' ? fault() : 'pass'));
    const { cause, advice } = refusal();
    return {
      inputs: { key_vault_url: faults.inputs.key_vault_url },
      message: both(scene, standard, { cause, advice }).replaceAll(
        scene.world.vault.url,
        faults.inputs.key_vault_url,
      ),
      putBack: faults.stop,
    };
  }, title);
}

const standard = { user: 'db-user', password: 'db-password' };

/** What stands between the job and the two secrets. The server is not asked yet. */
export const keyVault: Group = {
  title: 'Key Vault',
  rows: [
    {
      what: 'The vault does not exist, or the private DNS zone of the runner has no record for it',
      seen: 'was not found in DNS',
      remedy:
        'Check `key_vault_name`, and `az keyvault list-deleted`; for a runner in a virtual network, add the record to the private DNS zone',
      cases: [
        backup(() => {
          const url = 'https://no-such-vault.invalid';
          return {
            inputs: { key_vault_url: url },
            message: message(
              `Reading the database's user (secret "db-user") and the database's password (secret "db-password") from ${url} failed: `,
              'no-such-vault.invalid',
              notInDns,
              '\nCheck key_vault_name, and key_vault_url if set. For a runner in a virtual network, check that the private DNS zone has a ' +
                'record for the vault. Vaults that were deleted:\naz keyvault list-deleted --query "[].name" --output tsv',
            ),
          };
        }),
      ],
    },
    {
      what: 'The vault does not answer, as one in a network that the runner cannot reach',
      seen: 'did not answer in time',
      remedy: "Use a runner in the vault's network (`runs_on`), or give your runner network access",
      cases: [
        backup(async () => {
          const { port, close } = await startSilentServer();
          const url = `https://localhost:${port}`;
          return {
            inputs: { key_vault_url: url },
            message:
              `Reading the database's user (secret "db-user") and the database's password (secret "db-password") from ${url} ` +
              "failed: localhost did not answer in time (ETIMEDOUT)\nAllow this connection in the runner's network, firewall and proxy, then run the job again." +
              '',
            putBack: close,
          };
        }),
      ],
    },
    {
      what: 'The application has no right to read the secret',
      seen: 'Caller is not authorized',
      remedy:
        'Assign it the role *Key Vault Secrets User* on the vault (the error has the command), and wait a few minutes',
      cases: [
        backup((scene) => {
          const { entra } = scene.world;
          const application = randomUUID();
          entra.applications.set(application, entra.federatedCredential);
          return {
            inputs: { azure_client_id: application },
            message: both(scene, standard, noRole(scene, application)),
          };
        }, 'both'),
        ...ofEach((scene, whose) =>
          secretLike(scene, whose, { forbidden: 'rbac' }, () => noRole(scene, scene.world.entra.clientId)),
        ),
      ],
    },
    {
      what: "The vault's firewall blocks the runner",
      seen: 'Client address is not authorized',
      remedy: 'Use a runner in an allowed network (`runs_on`)',
      cases: [
        backup((scene) => {
          const { vault, login } = scene.world;
          const names = { user: `closed-user-${randomUUID()}`, password: `closed-password-${randomUUID()}` };
          for (const whose of ['user', 'password'] as const)
            vault.secrets.set(names[whose], { value: login[whose], forbidden: 'firewall' });
          return {
            inputs: { [inputOf.user]: names.user, [inputOf.password]: names.password },
            message: both(scene, names, shutOut(scene)),
          };
        }, 'both'),
        ...ofEach((scene, whose) =>
          secretLike(scene, whose, { forbidden: 'firewall' }, () => shutOut(scene)),
        ),
      ],
    },
    {
      what: 'The vault has no secret with this name',
      seen: 'SecretNotFound',
      remedy: 'Correct `db_user_secret_name` or `db_password_secret_name`, or set the secret',
      cases: ofEach((scene, whose) =>
        secretLike(scene, whose, undefined, (name) => ({
          cause:
            `A secret with (name/id) ${name} was not found in this key vault. If you recently deleted this secret you may be able ` +
            'to recover it using the correct recovery command. For help resolving this issue, please see ' +
            'https://go.microsoft.com/fwlink/?linkid=2125182 (SecretNotFound, HTTP 404)',
          advice: `Check ${inputOf[whose]}. The secrets of the vault:\nvault=${scene.world.vault.name} # KEY_VAULT_NAME\naz keyvault secret list --vault-name "$vault" --query "[].name" --output tsv`,
        })),
      ),
    },
    {
      what: 'The secret is disabled',
      seen: 'disabled secret',
      remedy: 'Enable it; the error has the command',
      cases: ofEach((scene, whose) =>
        secretLike(scene, whose, { enabled: false }, (name) => ({
          cause: 'Operation get is not allowed on a disabled secret. (Forbidden, HTTP 403)',
          advice:
            `The secret is disabled. Check ${inputOf[whose]}, or enable the secret:\n${linesOfSecret(scene.world.vault.name, name, whose)}` +
            'az keyvault secret set-attributes --vault-name "$vault" --name="$secret" --enabled true',
        })),
      ),
    },
    {
      what: 'The secret has expired',
      seen: 'the secret expired at',
      remedy: 'Set it again, or set another expiry date; the error has both commands',
      cases: ofEach((scene, whose) => {
        const now = Date.now();
        const expires = new Date(now - (now % 1000) - 86_400_000);
        const inAYear = new Date(now);
        inAYear.setUTCFullYear(inAYear.getUTCFullYear() + 1);
        return secretLike(scene, whose, { expires }, (name, command) => ({
          cause: `the secret expired at ${expires.toISOString().replace('.000Z', 'Z')}`,
          advice:
            `${command}\nIf the value is still right, set another expiry date instead:\n` +
            `${linesOfSecret(scene.world.vault.name, name, whose)}az keyvault secret set-attributes --vault-name "$vault" ` +
            `--name="$secret" --expires ${inAYear.toISOString().slice(0, 10)}T00:00:00Z`,
        }));
      }),
    },
    {
      what: 'The secret is not valid yet',
      seen: 'the secret is not valid before',
      remedy:
        'Wait until it is; or set another activation date, if the server has the new password already: the error has the command',
      cases: ofEach((scene, whose) => {
        const now = Date.now();
        const notBefore = new Date(now - (now % 1000) + 86_400_000);
        const { vault } = scene.world;
        return {
          ...secretLike(scene, whose, { notBefore }, () => ({ cause: '', advice: '' })),
          message: message(
            `Reading the database's ${whose} (secret "`,
            new RegExp(`of-${whose}-[-0-9a-f]+`),
            `") from ${vault.url} failed: the secret is not valid before ${notBefore.toISOString().replace('.000Z', 'Z')}\n` +
              'Run the job again then. If the server has the new password already, set another activation date:\n' +
              `vault=${vault.name} # KEY_VAULT_NAME\nsecret=of-${whose}-`,
            new RegExp(`[-0-9a-f]+ # DB_${whose.toUpperCase()}_SECRET_NAME\n`),
            'az keyvault secret set-attributes --vault-name "$vault" --name="$secret" --not-before ',
            /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/,
          ),
        };
      }),
    },
    {
      what: 'Key Vault throttles, for longer than `retry_timeout_seconds`',
      seen: 'Key Vault is throttling requests',
      remedy: 'Run the job again later',
      cases: [
        through(
          '429',
          () => refusalOf('vault', 429, 'Throttled', 'Too many requests.'),
          () => ({
            cause: 'Too many requests. (Throttled, HTTP 429)',
            advice: 'Key Vault is throttling requests. Run the job again later.',
          }),
        ),
        through(
          '429 with Retry-After',
          () => refusalOf('vault', 429, 'Throttled', 'Too many requests.', { 'retry-after': '300' }),
          () => ({
            cause: 'Too many requests. (Throttled, HTTP 429)',
            advice: 'Key Vault is throttling requests. Run the job again in 5 min 00 s, as it asks.',
          }),
        ),
      ],
    },
    {
      what: 'Key Vault has a fault of its own, for longer than `retry_timeout_seconds`',
      seen: 'Key Vault has a fault of its own',
      remedy: 'Look at <https://azure.status.microsoft>; run the job again later',
      cases: [
        through(
          '500',
          () => refusalOf('vault', 500, 'InternalServerError', 'Sorry.'),
          () => ({
            cause: 'Sorry. (InternalServerError, HTTP 500)',
            advice:
              'Key Vault has a fault of its own. Look at https://azure.status.microsoft, and run the job again later.',
          }),
        ),
      ],
    },
    {
      what: 'The secret is empty',
      seen: 'the secret is empty',
      remedy: 'Set it again; the error has the command',
      cases: ofEach((scene, whose) =>
        secretLike(scene, whose, { value: ' \n' }, (_, command) => ({
          cause: 'the secret is empty',
          advice: `Check ${inputOf[whose]}, or set the secret again. ${command}`,
        })),
      ),
    },
    {
      what: 'A proxy or firewall answers in place of the vault',
      seen: 'something other than Azure answered',
      remedy:
        "Check `HTTPS_PROXY` and `NO_PROXY`, and let the proxy and firewall pass the vault's responses unchanged",
      cases: [
        through(
          '403',
          () => ({
            answer: {
              status: 403,
              headers: { server: 'squid/5.7', 'content-type': 'text/html' },
              body: '<html>',
            },
          }),
          () => ({
            cause:
              'something other than Azure answered, such as a proxy or firewall (HTTP 403, an HTML page, server: "squid/5.7")',
            advice: adviceOnStranger,
          }),
        ),
        through(
          '200',
          () => ({ answer: { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Log in' } }),
          () => ({
            cause:
              'something other than Azure answered, such as a proxy or firewall (HTTP 200, an HTML page)',
            advice: adviceOnStranger,
          }),
        ),
      ],
    },
    {
      what: 'Something on the way changes the responses of the vault',
      seen: 'failed: the response ',
      remedy:
        'Check what is between the runner and the vault, and that `key_vault_url` is a vault. The response is never shown, since it may contain the password',
      cases: ofEach((scene, whose) =>
        secretLike(
          scene,
          whose,
          { distort: (json) => ({ text: `${json}\n<!-- seen by a proxy -->` }) },
          () => ({
            cause: 'the response is not JSON, or was cut off or changed on the way (HTTP 200)',
            advice:
              'Check what is between the runner and the vault, such as a proxy, and that key_vault_url, if set, is the URL of a vault; then run the job again.',
          }),
        ),
      ),
    },
    {
      what: 'The password in the vault ends with a newline',
      seen: 'ends with a newline',
      remedy: 'Set it again without it; the error has the command',
      cases: [
        backup(({ world, server, database }) => {
          const name = `newline-${randomUUID()}`;
          world.vault.secrets.set(name, { value: `${world.login.password}\n` });
          const { user } = world.login;
          return {
            inputs: { db_password_secret_name: name },
            message: message(
              `Connecting to database "${database}" on ${server.host}:${server.port} as "${user}" failed: `,
              /[^\n]*/,
              `FATAL:  password authentication failed for user "${user}"\n`,
              `The password in secret "${name}" ends with a newline, which was sent, too. Set it again without. `,
              howToSet(world.vault.name, name, 'password'),
            ),
          };
        }),
      ],
    },
  ],
};
