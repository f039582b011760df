import {
  createDefaultHttpClient,
  createPipelineFromOptions,
  createPipelineRequest,
} from '@azure/core-rest-pipeline';
import { ClientAssertionCredential, type TokenCredential } from '@azure/identity';
import { causeOf, Failure } from '../../base/failure.ts';
import { cloudOf, isKnownAuthority } from '../cloud.ts';
import { answerDeadline } from '../deadline.ts';
import { readJson, textOf } from '../json-response.ts';
import type { Mask } from '../request-json.ts';
import { entraResponses } from './entra-responses.ts';
import { explainEntraError } from './errors.ts';
import { askGitHub } from './github-token.ts';

export type { TokenCredential };

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
  { mask, signal }: { mask: Mask; signal: AbortSignal },
): Promise<TokenCredential> {
  const { tenantId, clientId } = principal;
  const { authorityHost, tokenAudience } = cloudOf(principal.authorityHost);
  let kept: { token: string; until: number } | undefined;
  const githubToken = async (): Promise<string> => {
    if (kept && Date.now() < kept.until) return kept.token;
    const token = await askGitHub(tokenAudience, { mask, signal });
    kept = { token, until: Date.now() + tokenKept };
    return token;
  };
  await githubToken();

  const answers = entraResponses(mask);
  const credential = new ClientAssertionCredential(tenantId, clientId, githubToken, {
    authorityHost,
    disableInstanceDiscovery: !isKnownAuthority(authorityHost),
    additionalPolicies: [answerDeadline, answers],
  });
  const signedIn: TokenCredential = {
    async getToken(scopes, options) {
      try {
        return await credential.getToken(scopes, options);
      } catch (error) {
        throw answers.problem() ?? error;
      }
    },
  };
  try {
    // The clients of the vault and the account ask for tokens with continuous access evaluation, and those without it
    // are kept apart: this one would be asked for again.
    await signedIn.getToken(scope, { abortSignal: signal, enableCae: true });
  } catch (error) {
    signal.throwIfAborted();
    const telling = hidesItsCause(error)
      ? await askAgain(`${authorityHost}/${tenantId}`, error, signal)
      : error;
    const attempt = { clientId, tenantId, authorityHost, assertion: kept?.token ?? '' };
    throw new Failure(
      {
        tried: `Signing in to Entra ID (${authorityHost}) as application ${clientId} of tenant ${tenantId}`,
        ...explainEntraError(telling, attempt),
      },
      { cause: error },
    );
  }
  return signedIn;
}

/**
 * The library keeps to itself what happened when it did not get as far as an answer to its sign-in: it tells neither what the
 * tenant's endpoints, which it may have to look up first, answered, nor why the host was not reached.
 */
function hidesItsCause(error: unknown): boolean {
  return /endpoints_resolution_error|network_error/.test(causeOf(error));
}

/** The answer or the error that the library met, met once more: asked for by the same means, so through the same proxy. */
async function askAgain(authority: string, error: unknown, signal: AbortSignal): Promise<unknown> {
  const pipeline = createPipelineFromOptions({ retryOptions: { maxRetries: 0 } });
  pipeline.addPolicy(answerDeadline.policy);
  try {
    const { status, bodyAsText } = await pipeline.sendRequest(
      createDefaultHttpClient(),
      createPipelineRequest({
        url: `${authority}/v2.0/.well-known/openid-configuration`,
        abortSignal: signal,
        timeout: 5_000,
      }),
    );
    return new Error(descriptionIn(bodyAsText) ?? `${causeOf(error)} (HTTP ${status})`);
  } catch (cause) {
    signal.throwIfAborted();
    return cause;
  }
}

function descriptionIn(body: string | null | undefined): string | undefined {
  const answer = readJson(body);
  return 'fields' in answer ? textOf(answer.fields['error_description']) : undefined;
}
