import { createHttpHeaders, createPipelineRequest, RestError } from '@azure/core-rest-pipeline';
import { describe, expect, test } from 'vitest';
import { pageInstead } from '../../../../src/azure/json-response.ts';
import { redirected } from '../../../../src/azure/rest-error.ts';
import { explainGitHubError, usableUntil } from '../../../../src/azure/sign-in/github-token.ts';
import { noAnswer } from '../../support/rest-errors.ts';

const url = 'https://run-actions.example/idtoken';

function refusal(status: number, body: object): RestError {
  const request = createPipelineRequest({ url });
  const response = { request, status, headers: createHttpHeaders(), bodyAsText: JSON.stringify(body) };
  return new RestError('the request was refused', { statusCode: status, request, response });
}

/** An answer that could not be read, which is not kept. */
function unread(status: number, problem: string, headers: Record<string, string> = {}): RestError {
  const request = createPipelineRequest({ url });
  const response = { request, status, headers: createHttpHeaders(headers), bodyAsText: null };
  return new RestError(problem, { statusCode: status, request, response });
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
    'throttling',
    refusal(429, { message: 'Too many requests' }),
    'Too many requests (HTTP 429)',
    'GitHub is throttling requests for tokens.',
  ],
  [
    'a page in its place',
    unread(403, pageInstead, { 'content-type': 'text/html', via: '1.1 proxy' }),
    `${pageInstead} (HTTP 403, an HTML page, via: 1.1 proxy)`,
    'HTTPS_PROXY',
  ],
  ['a portal', unread(307, redirected), `${redirected} (HTTP 307)`, 'HTTPS_PROXY'],
  [
    'a proxy that wants a login',
    unread(407, 'the response is empty'),
    'a proxy requires a login (HTTP 407)',
    'USER:PASSWORD',
  ],
  ['nothing', unread(200, 'the response is empty'), 'the response is empty (HTTP 200)', 'githubstatus.com'],
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

describe('until when a token may be given out, in seconds from now', () => {
  const now = Date.UTC(2026, 10, 27, 19);
  const token = (claims: object): string =>
    `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;
  /** One that was made so many seconds ago, by the clock of this machine. */
  const made = (ago: number, lifetime = 300): string =>
    token({ iat: now / 1000 - ago, exp: now / 1000 - ago + lifetime });

  test.each([
    ['one of GitHub', made(0), 240],
    ['one that was on its way for 20 seconds', made(20), 220],
    ['one of a clock that is an hour ahead of this one', made(-3600), 240],
    ['one of a clock that is behind', made(3600), -3360],
    ['one that lives for a minute', made(0, 60), 0],
    ['one that has expired', made(0, -300), -360],
    ['one without times', token({ sub: 'x' }), 0],
    ['one whose times are no numbers', token({ iat: '1', exp: '9999999999' }), 0],
    ['something else', 'x', 0],
  ])('%s', (_, given, seconds) => expect((usableUntil(given, now) - now) / 1000).toBe(seconds));
});
