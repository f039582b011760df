import { causeOf, type Diagnosis, Failure } from '../../base/failure.ts';
import { explainSystemError } from '../../base/system-errors.ts';
import { textOf } from '../json-response.ts';
import { type Mask, requestJson, requestPipeline } from '../request-json.ts';
import { detailOf, isRestError } from '../rest-error.ts';

const tried = "Asking GitHub for this run's OIDC token";

/**
 * Asks GitHub for a token that says which run this is.
 * @param audience that the token is meant for
 * @throws Failure if the job may not ask for one, or GitHub gives none
 */
export async function askGitHub(
  audience: string,
  { mask, signal }: { mask: Mask; signal: AbortSignal },
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
    const { value } = await requestJson(requestPipeline(), { url: url.href, headers, mask, signal });
    if (textOf(value) === undefined) throw new Error('the response contains no token');
    const token = String(value);
    mask({ "GitHub's token": token });
    return token;
  } catch (error) {
    signal.throwIfAborted();
    throw new Failure({ tried, ...explainGitHubError(error) }, { cause: error });
  }
}

/** Why GitHub gave no token, in its own words where there are any, and what to do. */
export function explainGitHubError(error: unknown): Diagnosis {
  const system = explainSystemError(error);
  if (system) return { advice: runAgainLater, ...system };
  if (!isRestError(error)) return { cause: causeOf(error), advice: runAgainLater };
  const { message: cause } = detailOf(error);
  const status = error.statusCode ?? 0;
  return status >= 400 && status < 500
    ? {
        cause,
        advice: 'Run the job again: GitHub issues tokens only while the job runs.',
      }
    : { cause, advice: runAgainLater };
}

const runAgainLater =
  'Run the job again. If it keeps failing, check https://www.githubstatus.com and that the runner can reach GitHub.';
