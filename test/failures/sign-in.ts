import { randomUUID } from 'node:crypto';
import { type Fault, refusal } from '../support/faults/start-faults.ts';
import { startSilentServer } from '../support/machine/silent-server.ts';
import { backup } from './cases.ts';
import type { Group } from './row.ts';
import { message, notInDns } from './texts.ts';
import { answeredBy, impatient, refused, signingIn, trust } from './trust.ts';

const asking = "Asking GitHub for this run's OIDC token failed: ";

const adviceOnStranger =
  "Check HTTPS_PROXY and NO_PROXY on the runner, and let its proxy and firewall pass this host's responses unchanged; then run the job " +
  'again. A proxy that requires a login takes it from HTTPS_PROXY: http://USER:PASSWORD@HOST:PORT, with special characters URL-encoded.';

/** What a proxy says in somebody's place. */
function page(status: number): Fault {
  const headers = { 'content-type': 'text/html', server: 'squid' };
  return { answer: { status, headers, body: '<html>Sign in to this network</html>' } };
}

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
        backup(
          (scene) =>
            answeredBy(
              scene,
              () => refusal('github', 503, 'Unavailable'),
              `${asking}Unavailable (HTTP 503)\n` +
                'Run the job again. If it keeps failing, check https://www.githubstatus.com and that the runner can reach GitHub.',
            ),
          'it is down',
        ),
      ],
    },
    {
      what: 'GitHub throttles requests for tokens, as of very many jobs at once',
      seen: 'GitHub is throttling',
      remedy: 'Run the job again in some minutes',
      cases: [
        backup((scene) =>
          answeredBy(
            scene,
            () => refusal('github', 429, 'Too many requests'),
            `${asking}Too many requests (HTTP 429)\nGitHub is throttling requests for tokens. Run the job again in some minutes.`,
          ),
        ),
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
              'If it belongs to a managed identity that is gone, make a new one. If only the service principal of an application is missing:\n' +
              `application=${application} # AZURE_CLIENT_ID\naz ad sp create --id "$application"`,
          };
        }),
      ],
    },
    {
      what: 'The application has no service principal in the tenant',
      seen: 'AADSTS7000229',
      remedy:
        'Check `azure_tenant_id`; if it is right, create the service principal by the command in the error, and assign it the roles',
      cases: [
        backup((scene) => {
          const { clientId, tenantId } = scene.world.entra;
          return refused(
            scene,
            7000229,
            `The client application ${clientId} is missing service principal in the tenant ${tenantId}. See instructions here: https://go.microsoft.com/fwlink/?linkid=2225119`,
            'The application has no service principal in this tenant. Check azure_tenant_id. If it is right, create the service principal, and assign it the roles:\n' +
              `application=${clientId} # AZURE_CLIENT_ID\naz ad sp create --id "$application"`,
          );
        }),
      ],
    },
    {
      what: 'A conditional access policy for authentication flows blocks the sign-in',
      seen: 'AADSTS530036',
      remedy:
        "Find the policy in the tenant's sign-in logs (service principal sign-ins), and let it except the application",
      cases: [
        backup((scene) =>
          refused(
            scene,
            530036,
            'The refresh token is invalid due to authentication flow checks by Conditional Access.',
            "A conditional access policy for authentication flows blocks this sign-in. The tenant's sign-in logs (service principal sign-ins) name it: let it except this application.",
          ),
        ),
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
            inputs: { ...impatient, azure_authority_host: url },
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
      what: 'Something else, such as a proxy or the page of a network, answers in place of GitHub or Entra ID',
      seen: 'Check HTTPS_PROXY and NO_PROXY',
      remedy:
        'Check `HTTPS_PROXY` and `NO_PROXY` on the runner; its proxy and firewall have to pass the responses of these hosts through unchanged',
      cases: [
        backup(
          (scene) =>
            answeredBy(
              scene,
              () => page(200),
              `${asking}the response is an HTML or XML page, as from a proxy or firewall, and not JSON (HTTP 200, an HTML page, server: squid)\n${adviceOnStranger}`,
            ),
          'GitHub',
        ),
        backup(
          (scene) =>
            answeredBy(
              scene,
              ({ endpoint }) => (endpoint === 'entra' ? page(403) : 'pass'),
              `SIGNING_INsomething other than Azure answered, such as a proxy or firewall (HTTP 403, an HTML page, server: squid)\n${adviceOnStranger}`,
            ),
          'Entra ID',
        ),
      ],
    },
    {
      what: 'The proxy of the runner requires a login',
      seen: 'a proxy requires a login',
      remedy: 'Put user and password into `HTTPS_PROXY`: `http://USER:PASSWORD@HOST:PORT`, URL-encoded',
      cases: [
        backup((scene) =>
          answeredBy(
            scene,
            ({ endpoint }) => (endpoint === 'entra' ? page(407) : 'pass'),
            `SIGNING_INa proxy requires a login (HTTP 407, an HTML page, server: squid)\n${adviceOnStranger}`,
          ),
        ),
      ],
    },
    {
      what: 'Entra ID is down, or throttles sign-ins',
      seen: 'azure.status.microsoft',
      remedy: 'Run the job again later; look at [Azure status](https://azure.status.microsoft)',
      cases: [
        backup((scene) =>
          answeredBy(
            scene,
            ({ kind }) =>
              kind === 'entra token'
                ? refusal('entra', 503, 90033, 'A transient error has occurred.')
                : 'pass',
            'SIGNING_INAADSTS90033: A transient error has occurred.\n' +
              'Run the job again later. If it keeps failing, check https://azure.status.microsoft for Microsoft Entra ID.',
          ),
        ),
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
            inputs: { ...impatient, azure_authority_host: '' },
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
            inputs: { ...impatient, azure_authority_host: url },
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
