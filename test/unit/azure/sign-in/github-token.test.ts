import { createHttpHeaders, createPipelineRequest, RestError } from '@azure/core-rest-pipeline';
import { expect, test } from 'vitest';
import { explainGitHubError } from '../../../../src/azure/sign-in/github-token.ts';
import { noAnswer } from '../../support/rest-errors.ts';

const url = 'https://run-actions.example/idtoken';

function refusal(status: number, body: object): RestError {
  const request = createPipelineRequest({ url });
  const response = { request, status, headers: createHttpHeaders(), bodyAsText: JSON.stringify(body) };
  return new RestError('the request was refused', { statusCode: status, request, response });
}

test.each([
  [
    'a refusal',
    refusal(401, { message: 'The request token is not valid.' }),
    'The request token is not valid. (HTTP 401)',
    'only while the job runs',
  ],
  ['an outage', refusal(503, { message: 'Unavailable' }), 'Unavailable (HTTP 503)', 'githubstatus.com'],
  [
    'a refusal without words',
    refusal(403, {}),
    'the request was refused (HTTP 403)',
    'only while the job runs',
  ],
  [
    'no way to GitHub',
    noAnswer('getaddrinfo ENOTFOUND run-actions.example', 'ENOTFOUND', url),
    'run-actions.example was not found in DNS (ENOTFOUND)',
    'that the runner can reach GitHub',
  ],
  [
    'a proxy that opens connections',
    noAnswer('self-signed certificate in certificate chain', 'SELF_SIGNED_CERT_IN_CHAIN', url),
    'run-actions.example has a certificate from an untrusted authority (SELF_SIGNED_CERT_IN_CHAIN)',
    'NODE_EXTRA_CA_CERTS',
  ],
  [
    'an answer without a token',
    new Error('the response contains no token'),
    'the response contains no token',
    'githubstatus.com',
  ],
])('why GitHub gives no token: %s', (_, error, cause, advice) => {
  expect(explainGitHubError(error)).toEqual({ cause, advice: expect.stringContaining(advice) });
});
