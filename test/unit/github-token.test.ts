import { expect, test } from 'vitest';
import { explainGitHubError } from '../../src/azure/github-token.ts';

/** As the toolkit throws it. */
const toolkits = (status: string, message: string): Error =>
  new Error(
    `Error message: Failed to get ID Token. \n \n        Error Code : ${status}\n \n        Error Message: ${message}`,
  );

test.each([
  [
    'a refusal',
    toolkits('401', 'The request token is not valid.'),
    'The request token is not valid. (HTTP 401)',
    'only while the job runs',
  ],
  ['an outage', toolkits('503', 'Unavailable'), 'Unavailable (HTTP 503)', 'githubstatus.com'],
  [
    'no way to GitHub',
    toolkits('undefined', 'getaddrinfo ENOTFOUND run-actions.example'),
    'getaddrinfo ENOTFOUND run-actions.example',
    'whether the runner may reach GitHub',
  ],
  [
    'a proxy that opens connections',
    toolkits('undefined', 'self-signed certificate in certificate chain'),
    'self-signed certificate in certificate chain',
    'NODE_EXTRA_CA_CERTS',
  ],
  [
    'an answer without a token',
    new Error('Error message: Response json body do not have ID Token field'),
    'Response json body do not have ID Token field',
    'githubstatus.com',
  ],
])('why GitHub gives no token: %s', (_, error, cause, advice) => {
  expect(explainGitHubError(error)).toEqual({ cause, advice: expect.stringContaining(advice) });
});
