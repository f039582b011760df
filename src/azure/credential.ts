import { getIDToken } from '@actions/core';
import { AuthenticationError, ClientAssertionCredential } from '@azure/identity';
import { causeOf, Failure } from '../failure.ts';
import { cloudOf, isKnownAuthority } from './cloud.ts';

/** The identity to sign in as. */
export interface ServicePrincipal {
  tenantId: string;
  clientId: string;
  /** The sign-in endpoint of another cloud than the public one. */
  authorityHost?: string;
}

/** GitHub's tokens live for five minutes; the library asks for one more often than it needs it. */
const tokenKept = 4 * 60_000;

/**
 * Signs in to Entra ID as a service principal with a federated credential: GitHub vouches for the run with an OIDC
 * token, so no secret is stored anywhere. The credential renews its access tokens by itself for as long as a job takes.
 * One token is asked for at once, so that a wrong set-up shows here and not in the middle of something else.
 *
 * @param scope of that first token, such as `https://vault.azure.net/.default`
 * @throws Failure if the job may not ask for GitHub's token, or Entra ID does not take it
 */
export async function signIn(
  principal: ServicePrincipal,
  scope: string,
  signal: AbortSignal,
): Promise<ClientAssertionCredential> {
  const { authorityHost, tokenAudience } = cloudOf(principal.authorityHost);
  let kept: { token: string; until: number } | undefined;
  const githubToken = async (): Promise<string> => {
    if (kept && Date.now() < kept.until) return kept.token;
    const token = await askGitHub(tokenAudience);
    kept = { token, until: Date.now() + tokenKept };
    return token;
  };
  await githubToken();

  const credential = new ClientAssertionCredential(principal.tenantId, principal.clientId, githubToken, {
    authorityHost,
    disableInstanceDiscovery: !isKnownAuthority(authorityHost),
  });
  try {
    // The clients of the vault and the account ask for tokens with continuous access evaluation, and those without it
    // are kept apart: this one would be asked for again.
    await credential.getToken(scope, { abortSignal: signal, enableCae: true });
  } catch (error) {
    signal.throwIfAborted();
    const said = await wordsOf(error, `${authorityHost}/${principal.tenantId}`, signal);
    throw refusal(principal, error, said, kept?.token ?? '');
  }
  return credential;
}

async function askGitHub(audience: string): Promise<string> {
  // Both are missing when the permission is: https://docs.github.com/actions/reference/security/oidc
  if (!process.env['ACTIONS_ID_TOKEN_REQUEST_URL'] || !process.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN']) {
    throw new Failure({
      tried: "Asking GitHub for this run's OIDC token",
      cause: 'the job has no permission to ask for one (id-token: write)',
      advice: [
        'Add this to the workflow that you start, and, if that calls another one, to the called workflow too:',
        '',
        'permissions:',
        '  contents: read',
        '  id-token: write',
        '',
        'A pull request from a fork never gets this permission.',
      ].join('\n'),
    });
  }
  try {
    return await getIDToken(audience);
  } catch (error) {
    throw new Failure(
      {
        tried: "Asking GitHub for this run's OIDC token",
        cause: causeOf(error).replace(/\s+/g, ' '),
        advice: 'Run the job again; if it keeps failing, see https://www.githubstatus.com.',
      },
      { cause: error },
    );
  }
}

/**
 * What Entra ID said. The library keeps it to itself when it cannot look up the tenant's endpoints, which happens before
 * it signs in and has a wrong tenant or an unreachable authority for its cause; then they are asked for once more.
 */
async function wordsOf(error: unknown, authority: string, signal: AbortSignal): Promise<string> {
  if (error instanceof AuthenticationError) return error.errorResponse.errorDescription;
  const said = causeOf(error);
  if (!said.includes('endpoints_resolution_error')) return said;
  try {
    const response = await fetch(`${authority}/v2.0/.well-known/openid-configuration`, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(5_000)]),
    });
    const { error_description } = (await response.json()) as { error_description?: string };
    return error_description ?? `${said} (HTTP ${response.status})`;
  } catch (cause) {
    signal.throwIfAborted();
    return `${authority} cannot be reached: ${causeOf(cause instanceof Error && cause.cause ? cause.cause : cause)}`;
  }
}

function refusal(principal: ServicePrincipal, error: unknown, said: string, githubToken: string): Failure {
  const [cause] = said.replace(/^.*?(?=AADSTS\d)/s, '').split(/\r?\n|(?: Trace ID: )/);
  const code = /AADSTS(\d+)/.exec(said)?.[1];
  return new Failure(
    {
      tried: `Signing in to Entra ID as application ${principal.clientId} of tenant ${principal.tenantId}`,
      cause: cause ?? said,
      advice: adviceFor(code, githubToken),
    },
    { cause: error },
  );
}

/** https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
function adviceFor(code: string | undefined, githubToken: string): string {
  switch (code) {
    case '70021': // the older code for the same
    case '700211':
    case '700212':
    case '700213':
      return [
        'The application needs a federated credential with exactly what this run presented:',
        '',
        ...presented(githubToken),
        '',
        'Add it under App registrations, the application, Certificates & secrets, Federated credentials.',
      ].join('\n');
    case '700016':
      return 'Check azure_client_id (the application ID, not the object ID) and that the application is in this tenant.';
    case '90002':
    case '900023':
      return 'Check azure_tenant_id, and azure_authority_host if another cloud than the public one is meant.';
    case '700024':
      return "GitHub's token was not valid at this time: check the clock of the runner, then run the job again.";
    default:
      return 'Check azure_client_id, azure_tenant_id and that the runner reaches the sign-in endpoint.';
  }
}

/** The claims that a federated credential is matched by, as they have to be typed into it. */
function presented(githubToken: string): string[] {
  try {
    const payload = Buffer.from(githubToken.split('.')[1] ?? '', 'base64url').toString();
    const { sub, iss, aud } = JSON.parse(payload) as Record<string, unknown>;
    return [`Subject:  ${sub}`, `Issuer:   ${iss}`, `Audience: ${aud}`];
  } catch {
    return ["(GitHub's token could not be decoded)"];
  }
}
