import {
  createHttpHeaders,
  createPipelineRequest,
  type PipelineRequest,
  type PipelineResponse,
  RestError,
} from '@azure/core-rest-pipeline';
import { describe, expect, test } from 'vitest';
import { entraResponses } from '../../../../src/azure/sign-in/entra-responses.ts';

const tokenUrl = 'https://login.example/t/oauth2/v2.0/token';
const lookUpUrl = 'https://login.example/t/v2.0/.well-known/openid-configuration';
const own = { 'x-ms-request-id': '1' };
const between = 'something other than Azure answered, such as a proxy or firewall';

interface Answer {
  url?: string;
  status?: number;
  headers?: Record<string, string>;
  body?: string;
}

/** What the library gets: the status of an answer that is let through, or the words of the error in its place. */
async function given({ url = tokenUrl, status = 200, headers = own, body = '' }: Answer) {
  const masked: string[] = [];
  const answers = entraResponses(
    (values) => masked.push(...Object.values(values)),
    new AbortController().signal,
  );
  const request = createPipelineRequest({ url });
  const response: PipelineResponse = {
    ...{ request, status, headers: createHttpHeaders(headers), bodyAsText: body },
  };
  const [got] = await Promise.allSettled([answers.policy.sendRequest(request, async () => response)]);
  const problem = answers.problem();
  if (got?.status === 'fulfilled') return { got: got.value.status, problem, masked };
  expect(problem).toBe(got?.reason);
  expect(problem).toBeInstanceOf(RestError);
  expect(JSON.stringify(problem)).not.toContain('s3cret');
  return { got: problem instanceof RestError ? problem.message : '', problem, masked };
}

describe('what the library is given', () => {
  test.each<[string, Answer, number | string]>([
    ['a token', { body: '{"access_token":"a","expires_in":60}' }, 200],
    ['a token by way of something without names', { headers: {}, body: '{"access_token":"a"}' }, 200],
    ['nothing', {}, 'the response is empty (HTTP 200)'],
    ['nothing from somebody else', { headers: {} }, `the response is empty: ${between} (HTTP 200)`],
    ['no token', { body: '{"expires_in":60}' }, 'the response contains no token (HTTP 200)'],
    [
      'a token that is no text',
      { body: '{"access_token":[1]}' },
      'the response contains no token (HTTP 200)',
    ],
    [
      'a page of its own',
      { status: 503, body: '<html>s3cret Our services are not available</html>' },
      'the response is an HTML or XML page, and not JSON (HTTP 503)',
    ],
    [
      'a page of a proxy',
      {
        status: 403,
        headers: { server: 'squid', 'content-type': 'text/html' },
        body: '<html>s3cret</html>',
      },
      `${between} (HTTP 403, an HTML page, server: squid)`,
    ],
    [
      'the wish of a proxy for a login',
      { status: 407, headers: {}, body: '<html>s3cret</html>' },
      'a proxy requires a login (HTTP 407)',
    ],
    [
      'a portal',
      { status: 302, headers: { location: 'https://portal/s3cret' } },
      `the response redirects to another address, which is not followed: ${between} (HTTP 302)`,
    ],
    [
      'a refusal in JSON of somebody else',
      { status: 403, headers: {}, body: '{"error":"blocked","error_description":"s3cret"}' },
      `${between} (HTTP 403)`,
    ],
    [
      'a refusal whose headers somebody took away',
      { status: 401, headers: {}, body: '{"error":"x","error_description":"AADSTS700213: No. Trace ID: 1"}' },
      'AADSTS700213: No. Trace ID: 1',
    ],
    [
      'a refusal without a number',
      { status: 503, body: '{"error":"temporarily_unavailable"}' },
      'temporarily_unavailable (HTTP 503)',
    ],
    ['a refusal without words', { status: 500, body: '{}' }, 'the request was refused (HTTP 500)'],
    [
      'the endpoints',
      {
        url: lookUpUrl,
        body: '{"token_endpoint":"a","authorization_endpoint":"b","issuer":"c","jwks_uri":"d"}',
      },
      200,
    ],
    [
      'endpoints that are incomplete',
      { url: lookUpUrl, body: '{"token_endpoint":"a","issuer":"c"}' },
      'the response contains no authorization_endpoint (HTTP 200)',
    ],
    ['anything else that is JSON', { url: 'https://login.example/x', body: '{}' }, 200],
  ])('%s', async (_, answer, expected) => {
    expect((await given(answer)).got).toBe(expected);
  });
});

test('what is secret in an answer that cannot be read is hidden', async () => {
  const { masked } = await given({ body: '{"access_token":"abc-def-ghi","x' });
  expect(masked).toContain('abc-def-ghi');
});

test('what went wrong before an answer is kept, and forgotten with the next', async () => {
  const answers = entraResponses(() => {}, new AbortController().signal);
  const request = createPipelineRequest({ url: tokenUrl });
  const lost = new RestError('read ECONNRESET', { code: 'ECONNRESET', request });
  await expect(answers.policy.sendRequest(request, () => Promise.reject(lost))).rejects.toBe(lost);
  expect(answers.problem()).toBe(lost);
  const good = { request, status: 200, headers: createHttpHeaders(), bodyAsText: '{"access_token":"a"}' };
  await answers.policy.sendRequest(request, async () => good);
  expect(answers.problem()).toBeUndefined();
});

test('a request ends with the job, whatever signal it has of its own', async () => {
  const job = new AbortController();
  const answers = entraResponses(() => {}, job.signal);
  const request = createPipelineRequest({ url: tokenUrl, abortSignal: new AbortController().signal });
  const waiting = answers.policy.sendRequest(
    request,
    ({ abortSignal }: PipelineRequest) =>
      new Promise((_, reject) => abortSignal?.addEventListener('abort', () => reject(new Error('ended')))),
  );
  job.abort();
  await expect(waiting).rejects.toThrow('ended');
});
