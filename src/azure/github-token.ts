import { getIDToken } from '@actions/core';
import { causeOf, Failure } from '../failure.ts';

const tried = "Asking GitHub for this run's OIDC token";

/**
 * Asks GitHub for a token that says which run this is.
 * @param audience that the token is meant for
 * @throws Failure if the job may not ask for one, or GitHub gives none
 */
export async function askGitHub(audience: string): Promise<string> {
  // Both are missing when the permission is: https://docs.github.com/actions/reference/security/oidc
  if (!process.env['ACTIONS_ID_TOKEN_REQUEST_URL'] || !process.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN']) {
    throw new Failure({
      tried,
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
    throw new Failure({ tried, ...explainGitHubError(error) }, { cause: error });
  }
}

/**
 * Why GitHub gave no token, and what to do. The toolkit makes one text of status and message, over several lines, and keeps
 * no code: https://github.com/actions/toolkit/blob/main/packages/core/src/oidc-utils.ts
 */
export function explainGitHubError(error: unknown): { cause: string; advice: string } {
  const said = causeOf(error)
    .replace(/^Error message: /, '')
    .replace(/\s+/g, ' ');
  const [, status = '', message = said] = /Error Code : (\S+) Error Message: (.*)$/.exec(said) ?? [];
  const cause = /^\d+$/.test(status) ? `${message} (HTTP ${status})` : message;
  const advice = /certificate/i.test(message)
    ? "If a proxy or a firewall opens the runner's connections, save its root certificate as a PEM file on the runner and set " +
      "that file's path as the variable NODE_EXTRA_CA_CERTS of this step (env:), or in the file .env of a runner of your own."
    : /^4/.test(status)
      ? 'Run the job again from its beginning; a token can be asked for only while the job runs.'
      : 'Run the job again; if it keeps failing, see https://www.githubstatus.com, and whether the runner may reach GitHub.';
  return { cause, advice };
}
