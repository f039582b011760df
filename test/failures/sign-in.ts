import { randomUUID } from 'node:crypto';
import { startSilentServer } from '../support/machine/silent-server.ts';
import { backup } from './cases.ts';
import type { Group } from './row.ts';
import { message, notInDns } from './texts.ts';
import { signingIn, trust } from './trust.ts';

const asking = "Asking GitHub for this run's OIDC token failed: ";

const notInstalled =
  'This can happen if the application has not been installed by the administrator of the tenant or consented to by any user ' +
  'in the tenant. You may have sent your authentication request to the wrong tenant.';

/** From GitHub's token to that of Entra ID: nothing of the job's own is asked yet. */
export const signIn: Group = {
  title: 'Sign-in',
  rows: [
    {
      what: 'The job lacks `id-token: write`',
      seen: 'id-token: write',
      remedy:
        'Add `permissions:` with `contents: read` and `id-token: write` to the workflow you start, and to the workflow it calls',
      cases: [
        backup(() => ({
          environment: { ACTIONS_ID_TOKEN_REQUEST_URL: '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: '' },
          message: [
            `${asking}the job lacks the permission id-token: write`,
            'Add this line to the workflow that you start, and to the workflow that it calls, if any:',
            'permissions: { contents: read, id-token: write }',
            'Pull requests from forks never get this permission.',
          ].join('\n'),
        })),
      ],
    },
    {
      what: 'GitHub gives no token',
      seen: asking.replace(' failed: ', ''),
      remedy: 'Run the job again; look at [GitHub Status](https://www.githubstatus.com)',
      cases: [
        backup(
          () => ({
            environment: { ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'of another job' },
            message:
              `${asking}The request token is missing or not valid. (HTTP 401)\n` +
              'Run the job again: GitHub issues tokens only while the job runs.',
          }),
          'it refuses',
        ),
        backup(({ world: { github } }) => {
          const name = randomUUID();
          github.distort.set(name, () => ({ text: '<html>Sign in to this network</html>' }));
          const url = github.environment.ACTIONS_ID_TOKEN_REQUEST_URL;
          return {
            environment: { ACTIONS_ID_TOKEN_REQUEST_URL: `${url}&distort=${name}` },
            message:
              `${asking}the response is an HTML or XML page, as from a proxy or firewall, and not JSON (HTTP 200)\n` +
              'Run the job again. If it keeps failing, check https://www.githubstatus.com and that the runner can reach GitHub.',
          };
        }, 'something else answers'),
      ],
    },
    {
      what: 'A proxy inspects TLS, and its root certificate is not trusted',
      seen: 'NODE_EXTRA_CA_CERTS',
      remedy:
        "Set `NODE_EXTRA_CA_CERTS`, in `env:` of the step or in the file `.env` of a self-hosted runner, to a PEM file with the proxy's root certificate",
      cases: [
        backup(() => ({
          environment: { NODE_EXTRA_CA_CERTS: '' },
          message: message(
            asking,
            /localhost has a certificate from an (?:unknown|untrusted) authority \([A-Z_]+\)/,
            '\nIf a proxy or firewall inspects TLS here, save its root certificate as a PEM file on the runner and set NODE_EXTRA_CA_CERTS to the path of that file, in env: of this step or in the file .env of a self-hosted runner.' +
              '',
          ),
        })),
      ],
    },
    ...trust,
    {
      what: "GitHub's token has expired, or is not valid yet, when Entra ID sees it",
      seen: 'AADSTS700024',
      remedy: 'Run the job again; on GitHub Enterprise Server, correct its clock',
      cases: [
        backup((scene) => ({
          environment: {
            ACTIONS_ID_TOKEN_REQUEST_URL: `${scene.world.github.environment.ACTIONS_ID_TOKEN_REQUEST_URL}&lifetime=-300`,
          },
          message: message(
            signingIn(scene),
            'AADSTS700024: Client assertion is not within its valid time range. Current time: ',
            /\S+Z, assertion valid from \S+Z, expiry time of assertion \S+Z/,
            '. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials .\n' +
              "GitHub's token had expired or was not valid yet when it arrived. Run the job again. If that does not help, check the clock of your GitHub Enterprise Server. A runner that was suspended in between causes this, too.",
          ),
        })),
      ],
    },
    {
      what: 'The tenant is unknown',
      seen: 'AADSTS90002',
      remedy: 'Set `azure_tenant_id` to what `az account show --query tenantId` prints',
      cases: [
        backup((scene) => {
          const tenant = randomUUID();
          return {
            inputs: { azure_tenant_id: tenant },
            message:
              `${signingIn(scene, { tenant })}AADSTS90002: Tenant '${tenant}' not found. Check to make sure you have the correct ` +
              'tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if ' +
              'there are no active subscriptions for the tenant.\n' +
              'Check azure_tenant_id, and azure_authority_host if the tenant is not in the public cloud. The tenant of your own sign-in:\n' +
              'az account show --query tenantId --output tsv',
          };
        }),
      ],
    },
    {
      what: 'The application is unknown in the tenant',
      seen: 'AADSTS700016',
      remedy:
        'Set `azure_client_id` to the *Application (client) ID*, not an object ID; the error has the command for a missing service principal',
      cases: [
        backup((scene) => {
          const application = randomUUID();
          return {
            inputs: { azure_client_id: application },
            message:
              `${signingIn(scene, { application })}AADSTS700016: Application with identifier '${application}' was not found in ` +
              `the directory '${scene.world.entra.tenantId}'. ${notInstalled}\n` +
              'Check azure_client_id and azure_tenant_id. azure_client_id is the application (client) ID, not an object ID. Does this ' +
              `tenant have it?\napplication=${application} # AZURE_CLIENT_ID\naz ad sp show --id "$application"\n` +
              'If only its service principal is missing:\n' +
              `application=${application} # AZURE_CLIENT_ID\naz ad sp create --id "$application"`,
          };
        }),
      ],
    },
    {
      what: 'Entra ID cannot be reached',
      seen: 'Check that the runner can reach',
      remedy:
        "Allow the runner's network to reach `login.microsoftonline.com`, or the host in `azure_authority_host`",
      cases: [
        backup((scene) => {
          const url = 'https://login.example.invalid';
          return {
            inputs: { azure_authority_host: url },
            message: message(
              signingIn(scene, { url }),
              'login.example.invalid',
              notInDns,
              `\nCheck that the runner can reach ${url}, and check azure_authority_host if it is set.`,
            ),
          };
        }),
      ],
    },
    {
      what: 'Something else, such as a proxy, answers in place of Entra ID or changes its responses',
      seen: 'the response is an HTML',
      remedy:
        'Check what is between the runner and Entra ID; your own proxy has to pass this host through unchanged',
      cases: [
        backup((scene) => {
          const application = randomUUID();
          const { entra } = scene.world;
          entra.applications.set(application, entra.federatedCredential);
          entra.distort.set(application, () => ({ status: 403, text: '<html>Blocked</html>' }));
          return {
            inputs: { azure_client_id: application },
            message: `${signingIn(scene, { application })}the response is an HTML or XML page, as from a proxy or firewall, and not JSON (HTTP 403)\nCheck that the runner can reach ${entra.url}, and check azure_authority_host if it is set.`,
          };
        }),
      ],
    },
    {
      what: 'The proxy or firewall on the way to Entra ID refuses connections',
      seen: 'refused the connection',
      remedy: 'Check `HTTPS_PROXY` on the runner, and its firewall',
      cases: [
        backup((scene) => {
          const url = 'https://login.microsoftonline.com';
          return {
            inputs: { azure_authority_host: '' },
            environment: { HTTPS_PROXY: 'http://127.0.0.1:9', NO_PROXY: 'localhost' },
            message:
              `${signingIn(scene, { url })}login.microsoftonline.com (127.0.0.1:9) refused the connection (ECONNREFUSED)\n` +
              "Allow this connection in the runner's network, firewall and proxy, then run the job again.",
          };
        }),
      ],
    },
    {
      what: 'Entra ID does not answer, as behind a firewall that drops packets',
      seen: 'did not answer in time',
      remedy:
        "Allow the runner's network to reach `login.microsoftonline.com`, or the host in `azure_authority_host`",
      cases: [
        backup(async (scene) => {
          const { port, close } = await startSilentServer();
          const url = `https://localhost:${port}`;
          return {
            inputs: { azure_authority_host: url },
            message:
              `${signingIn(scene, { url })}localhost did not answer in time (ETIMEDOUT)\n` +
              "Allow this connection in the runner's network, firewall and proxy, then run the job again.",
            putBack: close,
          };
        }),
      ],
    },
  ],
};
