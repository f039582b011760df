import { createHttpHeaders, createPipelineRequest, RestError } from '@azure/core-rest-pipeline';
import { describe, expect, test } from 'vitest';
import { retryAfter, retryOf } from '../../../src/azure/passing.ts';
import { Failure } from '../../../src/base/failure.ts';
import { NoAnswer } from '../../../src/base/patience.ts';

const request = createPipelineRequest({ url: 'https://account.example/container' });

function refusal(status: number, headers: Record<string, string> = {}): RestError {
  const response = { status, headers: createHttpHeaders(headers), request, bodyAsText: '' };
  return new RestError('refused', { statusCode: status, request, response });
}

const connection = (code: string): RestError => new RestError(`read ${code}`, { code, request });

describe('what passes', () => {
  test.each([408, 429, 500, 502, 503, 504])('is a refusal with %d', (status) => {
    expect(retryOf(refusal(status))).toEqual({ why: `refused (HTTP ${status})` });
  });

  test.each(['ECONNRESET', 'ETIMEDOUT', 'EAI_AGAIN', 'ECONNREFUSED', 'EPIPE'])('is %s', (code) => {
    expect(retryOf(connection(code))?.why).toMatch(new RegExp(`^account\\.example .*\\(${code}\\)$`));
  });

  test('is an answer that did not come in time', () => {
    expect(retryOf(new NoAnswer(60_000))?.why).toBe('the host did not answer in time (ETIMEDOUT)');
  });

  test.each([400, 401, 403, 404, 407, 409, 412, 501])('is no refusal with %d', (status) => {
    expect(retryOf(refusal(status, { 'retry-after': '1' }))).toBeUndefined();
  });

  test.each(['CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID', 'EPROTO', 'ENOSPC'])('is not %s', (code) => {
    expect(retryOf(connection(code))).toBeUndefined();
  });

  test('is no sign-in that failed, whatever it was that it failed by', () => {
    const told = { tried: 'Signing in', cause: 'no', advice: '' };
    expect(retryOf(new Failure(told, { cause: connection('ECONNRESET') }))).toBeUndefined();
    expect(retryOf(new Failure(told, { cause: refusal(503) }))).toBeUndefined();
  });

  test('is no fault of our own', () => expect(retryOf(new TypeError('undefined is'))).toBeUndefined());
});

describe('when to come again', () => {
  const now = Date.UTC(2026, 10, 22, 15, 42, 10);
  test.each([
    [{ 'retry-after': '30' }, 30_000],
    [{ 'retry-after': 'Sun, 22 Nov 2026 15:42:40 GMT' }, 30_000],
    [{ 'retry-after': 'Sun, 22 Nov 2026 15:42:00 GMT' }, 0],
    [{ 'x-ms-retry-after-ms': '250' }, 250],
    [{ 'retry-after-ms': '250', 'retry-after': '1' }, 250],
    [{ 'retry-after': '-1' }, undefined],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': '2026' }, 2_026_000],
    [{ 'retry-after': '99999999' }, undefined],
    [{}, undefined],
  ])('%j', (headers, milliseconds) => expect(retryAfter(refusal(503, headers), now)).toBe(milliseconds));
});
