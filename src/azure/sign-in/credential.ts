import { ClientAssertionCredential, type TokenCredential } from '@azure/identity';
import { Failure } from '../../base/failure.ts';
import { firstSentence } from '../../base/format.ts';
import { patiently, type Retry } from '../../base/patience.ts';
import { cloudOf, isKnownAuthority } from '../cloud.ts';
import { answerWithin } from '../deadline.ts';
import { strangerIn } from '../not-azure.ts';
import { retryOf } from '../passing.ts';
import { isRestError } from '../rest-error.ts';
import { entraResponses } from './entra-responses.ts';
import { codeIn, explainEntraError } from './errors.ts';
import { githubTokens, type SignInStep } from './github-token.ts';
import { type GetToken, renewing } from './renewal.ts';
import type { SignInAttempt } from './trust.ts';

export type { TokenCredential };

/** The identity to sign in as. */
export interface ServicePrincipal {
  tenantId: string;
  clientId: string;
  /** The sign-in endpoint of another cloud than the public one. */
  authorityHost?: string;
}

/**
 * Signs in to Entra ID as a service principal with a federated credential: GitHub vouches for the run with an OIDC
 * token, so no secret is stored anywhere. The credential renews its access tokens by itself for as long as a job takes.
 * One token is asked for at once, so that a wrong set-up shows here and not in the middle of something else.
 *
 * @param scope of that first token, such as `https://vault.azure.net/.default`
 * @throws Failure if the job may not ask for GitHub's token, or Entra ID does not take it; so does the credential, later
 */
export async function signIn(
  principal: ServicePrincipal,
  scope: string,
  step: SignInStep,
): Promise<TokenCredential> {
  const { tenantId, clientId } = principal;
  const { authorityHost, tokenAudience } = cloudOf(principal.authorityHost);
  const { mask, signal, patience, info } = step;
  const githubToken = githubTokens(tokenAudience, step);
  const answers = entraResponses(mask, signal);
  let assertion = '';
  const library = new ClientAssertionCredential(tenantId, clientId, async () => assertion, {
    authorityHost,
    disableInstanceDiscovery: !isKnownAuthority(authorityHost),
    additionalPolicies: [answers, answerWithin(patience.answer)],
    retryOptions: { maxRetries: 0 },
    redirectOptions: { maxRetries: 0 },
  });

  /** One attempt. GitHub's token is asked for each time, since it may expire before Entra ID answers. */
  const attempt = async (scopes: string | string[], claims: string | undefined, asksGitHub?: number) => {
    assertion = await githubToken(asksGitHub);
    try {
      // The clients of the vault and the account ask for tokens with continuous access evaluation, and those without it
      // are kept apart: they would be asked for again.
      return await library.getToken(scopes, {
        enableCae: true,
        ...(claims !== undefined && { claims }),
      });
    } catch (error) {
      throw answers.problem() ?? error;
    }
  };
  const what = `Signing in to Entra ID (${authorityHost}) as application ${clientId} of tenant ${tenantId}`;
  const present = (): SignInAttempt => ({ clientId, tenantId, authorityHost, assertion });
  const told = (error: unknown): never => {
    signal.throwIfAborted();
    if (error instanceof Failure) throw error;
    throw new Failure({ tried: what, ...explainEntraError(error, present()) }, { cause: error });
  };
  let worked = false;
  const obtain: GetToken = async (scopes, claims) => {
    try {
      const token = await patiently('Signing in to Entra ID', () => attempt(scopes, claims), {
        ...{ patience, signal, info },
        judge: judgeOf(present, step, () => worked),
      });
      worked = true;
      return token;
    } catch (error) {
      return told(error);
    }
  };
  const signedIn = renewing(obtain, (scopes) => attempt(scopes, undefined, 1).catch(told), step);
  await signedIn.getToken(scope);
  return signedIn;
}

/**
 * Codes of what may pass: one of Entra ID's servers may not know of a credential yet, and now and then of one that has worked for long;
 * or it has not got at the issuer's keys.
 */
const late = new Set(['70021', '70025', '700211', '700212', '700213', '7002138', '501661']);

/** Node's codes of a host that was never reached. */
const unreached = new Set(['ENOTFOUND', 'ECONNREFUSED', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH']);

/**
 * Which errors of one sign-in pass by themselves. Where nothing but a proxy has ever answered, or a good answer is none, it is likelier
 * that an address is wrong, or a way closed or changed, than that Entra ID is down: a tenth of the time, from the first of them in a row
 * on, is enough for that.
 */
function judgeOf(
  present: () => SignInAttempt,
  { patience }: SignInStep,
  worked: () => boolean,
): (error: unknown) => Retry | undefined {
  let [again, reached] = [false, false];
  return (error) => {
    if (error instanceof Failure) return undefined;
    const why = firstSentence(explainEntraError(error, present()).cause).sentence.replace(/\.$/, '');
    if (late.has(codeIn(error) ?? '')) {
      if (again) return undefined;
      again = true;
      return { why, after: 10 * patience.pause };
    }
    const { response, code = '' } = isRestError(error) ? error : {};
    reached ||= worked() || (response ? strangerIn(response) === undefined : !unreached.has(code));
    const isUnread = response?.status === 200;
    const retry = isUnread ? {} : retryOf(error);
    return retry && { ...retry, why, ...((isUnread || !reached) && { within: patience.total / 10 }) };
  };
}
