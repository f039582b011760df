import { createHttpHeaders, createPipelineRequest, RestError } from '@azure/core-rest-pipeline';
import { describe, expect, test } from 'vitest';
import { oneForAll, passingOf } from '../../../../src/azure/storage/access.ts';
import { NotAzure } from '../../../../src/azure/storage/wire/http-client.ts';
import { Failure } from '../../../../src/base/failure.ts';
import { patienceOf } from '../../../../src/base/patience.ts';
import { accessTo } from '../../support/container-access.ts';

const request = createPipelineRequest({ url: 'https://account.blob.core.windows.net/backups/x.dump' });
function refused(statusCode: number, code: string, more: Record<string, string> = {}): RestError {
  const headers = createHttpHeaders({ 'x-ms-error-code': code, ...more });
  return new RestError('', { request, statusCode, response: { request, status: statusCode, headers } });
}
const lost = (code: string): RestError => new RestError('lost', { code, request });

/** For how many seconds it is tried again at the default, and 0 if it is not: before anything has worked, and after. */
function secondsFor(error: unknown): [number, number] {
  const patience = patienceOf(300);
  const access = accessTo('https://account.blob.core.windows.net/backups', patience);
  const seconds = (proven: boolean): number => {
    const retry = passingOf({ ...access, proven, reached: proven }, error);
    return retry === undefined ? 0 : (retry.within ?? patience.total) / 1000;
  };
  return [seconds(false), seconds(true)];
}

describe('how long something is waited for, in seconds, before anything has worked and after:', () => {
  test.each<[string, unknown, [number, number]]>([
    ['a busy account', refused(503, 'ServerBusy'), [300, 300]],
    ['too many requests', refused(429, 'TooManyRequests'), [300, 300]],
    ['a problem of its own', refused(500, 'InternalError'), [300, 300]],
    ['a request that was too slow', refused(408, 'RequestTimeout'), [300, 300]],
    ['bytes that were changed', refused(400, 'Md5Mismatch'), [300, 300]],
    ['a rejected token', refused(401, 'InvalidAuthenticationInfo'), [8, 300]],
    ['a missing role', refused(403, 'AuthorizationPermissionMismatch'), [120, 0]],
    ['a firewall', refused(403, 'AuthorizationFailure'), [0, 0]],
    ['a header that is not known', refused(400, 'InvalidHeaderValue'), [0, 0]],
    ['no blob', refused(404, 'BlobNotFound'), [0, 0]],
    ['another blob', refused(412, 'ConditionNotMet'), [0, 0]],
    ['a connection that ends', lost('ECONNRESET'), [40, 300]],
    ['a name that is not known', lost('ENOTFOUND'), [40, 300]],
    ['a certificate', lost('CERT_HAS_EXPIRED'), [0, 0]],
    ["a gateway's page", new NotAzure('a page', 502), [300, 300]],
    ["a portal's page", new NotAzure('a page', 200), [0, 0]],
    ["a proxy's refusal", new NotAzure('a page', 403), [0, 0]],
    ['a sign-in that failed', new Failure({ cause: 'no', advice: '' }), [0, 0]],
  ])('%s', (_, error, seconds) => {
    expect(secondsFor(error)).toEqual(seconds);
  });

  test('and the account says when to come again, in seconds or as a date', () => {
    const access = accessTo('https://account.blob.core.windows.net/backups');
    const pauseFor = (value: string) =>
      passingOf(access, refused(503, 'ServerBusy', { 'retry-after': value }))?.after;
    expect(pauseFor('17')).toBe(17_000);
    const date = pauseFor(new Date(Date.now() + 60_000).toUTCString());
    expect(date).toBeGreaterThan(58_000);
    expect(date).toBeLessThanOrEqual(60_000);
  });
});

test('of what several say at once, one line is written', () => {
  const lines: string[] = [];
  const info = oneForAll((line) => void lines.push(line));
  for (const line of ['one', 'two', 'three']) info(line);
  expect(lines).toEqual(['one']);
});
