import { causeOf, type Diagnosis, Failure } from '../../base/failure.ts';
import { type Patience, patiently, type Retry } from '../../base/patience.ts';
import { explainSystemError } from '../../base/system-errors.ts';
import { pageInstead, textOf } from '../json-response.ts';
import { adviceOnStranger, answererOf, loginOfProxy } from '../not-azure.ts';
import { retryOf } from '../passing.ts';
import { type Mask, requestJson, requestPipeline } from '../request-json.ts';
import { detailOf, isRestError, redirected } from '../rest-error.ts';
import { claimsOf } from './trust.ts';

const tried = "Asking GitHub for this run's OIDC token";

/** How a sign-in tells what happens, and for how long it tries. */
export interface SignInStep {
  mask: Mask;
  signal: AbortSignal;
  patience: Patience;
  info(line: string): void;
}

/** How often GitHub is asked at most for one token. */
const asksAtMost = 5;

/**
 * Where GitHub's tokens for one audience come from: each is given out until a minute before it expires.
 * @param audience that they are meant for
 * @returns asks GitHub for one if need be: five times at most, or as often as is said
 * @throws Failure if the job may not ask for one, or GitHub gives none
 */
export function githubTokens(audience: string, step: SignInStep): (most?: number) => Promise<string> {
  let kept = { token: '', until: 0 };
  return async (most = asksAtMost) => {
    if (Date.now() >= kept.until) {
      const token = await askGitHub(audience, most, step);
      kept = { token, until: usableUntil(token, Date.now()) };
    }
    return kept.token;
  };
}

/** A token is not given out for the last minute of its life, in milliseconds: it has to get to Entra ID, which may be slow. */
const spare = 60_000;

/**
 * Until when a token may be given out, in milliseconds as `now`. It has to be good by the clock that it was made by, as well as by this
 * machine's: if they differ, it is asked for more often than it has to be. One that does not tell is given out once.
 */
export function usableUntil(token: string, now: number): number {
  const { iat, exp } = claimsOf(token) ?? {};
  if (typeof exp !== 'number' || typeof iat !== 'number') return now;
  return Math.min(now + 1000 * (exp - iat), 1000 * exp) - spare;
}

/** Asks GitHub for a token that says which run this is. */
async function askGitHub(
  audience: string,
  most: number,
  { mask, signal, patience, info }: SignInStep,
): Promise<string> {
  // Both are missing when the permission is: https://docs.github.com/actions/reference/security/oidc
  if (!process.env['ACTIONS_ID_TOKEN_REQUEST_URL'] || !process.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN']) {
    throw new Failure({
      tried,
      cause: 'the job lacks the permission id-token: write',
      advice:
        'Add this line to the workflow that you start, and to the workflow that it calls, if any:\n' +
        'permissions: { contents: read, id-token: write }\n' +
        'Pull requests from forks never get this permission.',
    });
  }
  const headers = { authorization: `Bearer ${process.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN']}` };
  try {
    const url = new URL(process.env['ACTIONS_ID_TOKEN_REQUEST_URL']);
    url.searchParams.set('audience', audience);
    const ask = () => requestJson(requestPipeline(patience.answer), { url: url.href, headers, mask, signal });
    const { value } = await patiently(tried, ask, { patience, signal, info, most, judge });
    if (textOf(value) === undefined) throw new Error('the response contains no token');
    const token = String(value);
    mask({ "GitHub's token": token });
    return token;
  } catch (error) {
    signal.throwIfAborted();
    throw new Failure({ tried, ...explainGitHubError(error) }, { cause: error });
  }
}

/** What passes by itself: besides refusals for lack of time, an answer that should be a token and is nothing, or a page. */
function judge(error: unknown): Retry | undefined {
  const why = explainGitHubError(error).cause.replace(/\.$/, '');
  if (isRestError(error) && error.statusCode === 200) return { why };
  const retry = retryOf(error);
  return retry && { ...retry, why };
}

/** Why GitHub gave no token, in its own words where there are any, and what to do. */
export function explainGitHubError(error: unknown): Diagnosis {
  const system = explainSystemError(error);
  if (system) return { advice: runAgainLater, ...system };
  if (!isRestError(error)) return { cause: causeOf(error), advice: runAgainLater };
  const { response, message } = error;
  const status = error.statusCode ?? 0;
  const login = response && loginOfProxy(response);
  if (login !== undefined) return { cause: login, advice: adviceOnStranger };
  // An answer that could not be read is not kept.
  if (response && !response.bodyAsText) {
    const between = message === pageInstead || message === redirected;
    return {
      cause: `${message} (${answererOf(response)})`,
      advice: between ? adviceOnStranger : runAgainLater,
    };
  }
  const { message: cause } = detailOf(error);
  if (status === 429)
    return { cause, advice: 'GitHub is throttling requests for tokens. Run the job again in some minutes.' };
  return status >= 400 && status < 500
    ? { cause, advice: 'Run the job again: GitHub issues tokens only while the job runs.' }
    : { cause, advice: runAgainLater };
}

const runAgainLater =
  'Run the job again. If it keeps failing, check https://www.githubstatus.com and that the runner can reach GitHub.';
