import { randomUUID } from 'node:crypto';
import type { FederatedCredential } from '../support/azure/entra-assertion.ts';
import { type Fault, type Passing, refusal, startFaults } from '../support/faults/start-faults.ts';
import { backup } from './cases.ts';
import type { Arranged, Row } from './row.ts';
import type { Scene } from './scene.ts';

interface Identity {
  url?: string;
  application?: string;
  tenant?: string;
}

/** How the error of a sign-in begins. */
export function signingIn({ world: { entra } }: Scene, identity: Identity = {}): string {
  const { url = entra.url, application = entra.clientId, tenant = entra.tenantId } = identity;
  return `Signing in to Entra ID (${url}) as application ${application} of tenant ${tenant} failed: `;
}

/** For a step that is not to wait long for what does not pass. */
export const impatient = { retry_timeout_seconds: '10' };

/** A run to which something else than Entra ID answers, or Entra ID with a refusal that the stand-in has no reason for. */
export async function answeredBy(
  scene: Scene,
  decide: (passing: Passing) => Fault,
  told: string,
): Promise<Arranged> {
  const way = await startFaults(scene.world, decide);
  const url = way.inputs.azure_authority_host;
  return {
    inputs: { ...impatient, azure_authority_host: url },
    environment: way.environment,
    message: told.replace('SIGNING_IN', signingIn(scene, { url })),
    putBack: way.stop,
  };
}

/** A sign-in that Entra ID refuses with this code, and these words. */
export function refused(scene: Scene, code: number, words: string, advice: string): Promise<Arranged> {
  const refuse = refusal('entra', 401, code, words);
  const decide = ({ kind }: Passing): Fault => (kind === 'entra token' ? refuse : 'pass');
  return answeredBy(scene, decide, `SIGNING_INAADSTS${code}: ${words}\n${advice}`);
}

/** An application that exists, and trusts something else than what this run presents. */
function distrustful(
  scene: Scene,
  change: Partial<FederatedCredential> | undefined,
  cause: string,
): Arranged {
  const { entra, github } = scene.world;
  const application = randomUUID();
  entra.applications.set(application, change && { ...entra.federatedCredential, ...change });
  const { subject, issuer } = github;
  const audience = 'api://AzureADTokenExchange';
  const name = subject.replaceAll(/[^a-z0-9]+/gi, '-');
  return {
    inputs: { ...impatient, azure_client_id: application },
    message: [
      `${signingIn(scene, { application })}${cause.replace('APPLICATION', application)}`,
      'No federated credential matches this run. If one was added minutes ago, or this worked before, run the job again. If this run may reach the database, add this subject:',
      subject,
      'Whoever can run a workflow with this subject can then sign in. Otherwise run the job from a branch or environment that has a credential.',
      'If AZURE_CLIENT_ID is an application:',
      `application=${application} # AZURE_CLIENT_ID`,
      `az ad app federated-credential create --id "$application" --parameters '${JSON.stringify({ name, issuer, subject, audiences: [audience] })}'`,
      'If it is a user-assigned managed identity:',
      `application=${application} # AZURE_CLIENT_ID`,
      `read -r identity group <<< "$(az identity list --query "[?clientId=='$application'].[name, resourceGroup]" --output tsv)"`,
      `az identity federated-credential create --name ${name} --identity-name "$identity" --resource-group "$group" --issuer '${issuer}' ` +
        `--subject '${subject}' --audiences '${audience}'`,
      `The credential has to match exactly: issuer ${issuer}, audience ${audience}.`,
    ].join('\n'),
  };
}

/** What Entra ID says of a claim that no federated credential has. */
function noRecord(code: number, claim: string, value: string): string {
  return (
    `AADSTS${code}: No matching federated identity record found for presented assertion ${claim} '${value}'. Check your ` +
    'federated identity credential Subject, Audience and Issuer against the presented assertion. ' +
    'https://learn.microsoft.com/entra/workload-id/workload-identity-federation'
  );
}

const addCredential =
  'If this branch or environment may reach the database, run the command in the error (one for applications, one for managed identities)';
const runElsewhere =
  'Run it from the trusted branch or environment; or, if this one may reach the database, run the command in the error (one for applications, one for managed identities)';

/** What the application trusts is not what this run presents. */
export const trust: Row[] = [
  {
    what: 'The application has no federated credential',
    seen: 'AADSTS70025',
    remedy: addCredential,
    cases: [
      backup((scene) =>
        distrustful(
          scene,
          undefined,
          "AADSTS70025: The client 'APPLICATION'(backups) has no configured federated identity credentials.",
        ),
      ),
    ],
  },
  {
    what: 'The application trusts a different repository, branch or environment',
    seen: 'AADSTS700213',
    remedy: runElsewhere,
    cases: [
      backup((scene) =>
        distrustful(
          scene,
          { subject: 'repo:octo-org/moodle:ref:refs/heads/main' },
          noRecord(700213, 'subject', scene.world.github.subject),
        ),
      ),
    ],
  },
  {
    what: 'The federated credential has the subject with other upper and lower case',
    seen: 'AADSTS7002138',
    remedy:
      'Name the environment or branch as the credential has it; or change the credential by the commands in the error (for applications, and for managed identities)',
    cases: [
      backup((scene) => {
        const { entra, github } = scene.world;
        const { subject, issuer } = github;
        const application = randomUUID();
        entra.applications.set(application, { ...entra.federatedCredential, subject: subject.toUpperCase() });
        const audience = 'api://AzureADTokenExchange';
        const find = `subject='${subject}' awk -F '\\t' 'tolower($1) == tolower(ENVIRON["subject"]) { print $2 }')"`;
        return {
          inputs: { ...impatient, azure_client_id: application },
          message: [
            `${signingIn(scene, { application })}AADSTS7002138: No matching federated identity record found for presented assertion subject '${subject}'. ` +
              'The subject matches with case-insensitive comparison, but not with case-sensitive comparison. Check your federated identity ' +
              'credential Subject, Audience and Issuer against the presented assertion. See documentation at: ' +
              'https://learn.microsoft.com/entra/workload-id/workload-identity-federation. See breaking change notification and remediation at: ' +
              'https://learn.microsoft.com/en-us/entra/identity-platform/reference-breaking-changes#august-2024.',
            'A federated credential has this subject with other upper and lower case, which has to match:',
            subject,
            'Name the environment or branch as the credential has it, or change the credential. If it was changed minutes ago, run the job again.',
            'If AZURE_CLIENT_ID is an application:',
            `application=${application} # AZURE_CLIENT_ID`,
            `read -r credential <<< "$(az ad app federated-credential list --id "$application" --query '[].[subject, id]' --output tsv | ${find}`,
            `az ad app federated-credential update --id "$application" --federated-credential-id "$credential" --parameters '${JSON.stringify({ issuer, subject, audiences: [audience] })}'`,
            'If it is a user-assigned managed identity:',
            `application=${application} # AZURE_CLIENT_ID`,
            `read -r identity group <<< "$(az identity list --query "[?clientId=='$application'].[name, resourceGroup]" --output tsv)"`,
            `read -r credential <<< "$(az identity federated-credential list --identity-name "$identity" --resource-group "$group" --query '[].[subject, name]' --output tsv | ${find}`,
            `az identity federated-credential update --name "$credential" --identity-name "$identity" --resource-group "$group" --issuer '${issuer}' --subject '${subject}' --audiences '${audience}'`,
          ].join('\n'),
        };
      }),
    ],
  },
  {
    what: 'The tenant takes tokens of certain GitHub enterprises only',
    seen: 'AADSTS7002381',
    remedy: 'Run the job in a repository of one of them, or ask an administrator of the tenant',
    cases: [
      backup((scene) =>
        refused(
          scene,
          7002381,
          "Federated identity credentials issued by 'https://token.actions.githubusercontent.com/' for applications or managed identities registered in this tenant must contain the enterprise claim with value 'contoso' but actual value is ''.",
          "This tenant takes GitHub's tokens only from repositories of the GitHub enterprises that the message names; no federated credential changes that. Run the job in a repository of one of them, or ask an administrator of the tenant.",
        ),
      ),
    ],
  },
  {
    what: "Entra ID cannot read the issuer's keys, as of a GitHub Enterprise Server that the internet does not reach",
    seen: 'AADSTS501661',
    remedy:
      'Let the internet reach `/.well-known/openid-configuration` and `/.well-known/jwks` of the issuer; if the issuer is GitHub.com, run the job again',
    cases: [
      backup((scene) =>
        refused(
          scene,
          501661,
          'Request to External OIDC endpoint failed.',
          "Entra ID could not read the issuer's keys. If the issuer is GitHub Enterprise Server, it has to be reachable from the internet, with a certificate of a public authority. Otherwise, run the job again later.\n" +
            'Check from outside of your network:\n' +
            `curl -fsS '${scene.world.github.issuer}/.well-known/openid-configuration'`,
        ),
      ),
    ],
  },
  {
    what: 'The application trusts a different issuer (GitHub Enterprise Server has its own)',
    seen: 'AADSTS700211',
    remedy: addCredential,
    cases: [
      backup((scene) =>
        distrustful(
          scene,
          { issuer: 'https://token.actions.githubusercontent.com' },
          noRecord(700211, 'issuer', scene.world.github.issuer),
        ),
      ),
    ],
  },
  {
    what: 'The federated credential has a different audience',
    seen: 'AADSTS700212',
    remedy: addCredential,
    cases: [
      backup((scene) =>
        distrustful(
          scene,
          { audience: 'https://github.com/octo-org' },
          noRecord(700212, 'audience', 'api://AzureADTokenExchange'),
        ),
      ),
    ],
  },
];
