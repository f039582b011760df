import { randomUUID } from 'node:crypto';
import type { FederatedCredential } from '../support/azure/entra-assertion.ts';
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
    inputs: { azure_client_id: application },
    message: [
      `${signingIn(scene, { application })}${cause.replace('APPLICATION', application)}`,
      'No federated credential matches this run. If it may reach the database, add this subject:',
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
