import { inspect } from 'node:util';
import { createHttpHeaders, createPipelineRequest, RestError } from '@azure/core-rest-pipeline';
import { describe, expect, test } from 'vitest';
import { detailOf } from '../../../src/azure/rest-error.ts';
import { storageFailure } from '../../../src/azure/storage/errors.ts';
import type { AskedSecret } from '../../../src/azure/vault/asked-secret.ts';
import { explainVaultError } from '../../../src/azure/vault/errors.ts';
import { Failure } from '../../../src/base/failure.ts';

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

/** An error as an SDK throws it: with an answer, or without one if the connection failed. */
function restError(message: string, code: string | undefined, answer?: Answer, details?: unknown): RestError {
  const request = createPipelineRequest({ url: 'https://account/x' });
  const error = new RestError(message, {
    request,
    ...(code === undefined ? {} : { code }),
    ...(answer === undefined
      ? {}
      : {
          statusCode: answer.status,
          response: {
            request,
            status: answer.status,
            headers: createHttpHeaders(answer.headers ?? {}),
            bodyAsText: answer.body ?? null,
          },
        }),
  });
  if (details !== undefined) error.details = details;
  return error;
}

const forbidden = {
  error: { code: 'Forbidden', message: 'Caller is not authorized.', innererror: { code: 'ForbiddenByRbac' } },
};

describe('what matters of an error of Azure', () => {
  test.each([
    [
      'of storage, with a body',
      restError(
        'This request is not authorized to perform this operation using this permission.\nRequestId:1\nTime:2',
        'AuthorizationPermissionMismatch',
        { status: 403, headers: { 'x-ms-error-code': 'AuthorizationPermissionMismatch' } },
      ),
      {
        code: 'AuthorizationPermissionMismatch',
        inner: '',
        message:
          'This request is not authorized to perform this operation using this permission. (AuthorizationPermissionMismatch, HTTP 403)',
      },
    ],
    [
      'of storage, without a body',
      restError('', undefined, { status: 404, headers: { 'x-ms-error-code': 'BlobNotFound' } }),
      { code: 'BlobNotFound', inner: '', message: 'no message (BlobNotFound, HTTP 404)' },
    ],
    [
      'of storage, with its code in the details only',
      restError('No', undefined, { status: 404 }, { errorCode: 'ContainerNotFound' }),
      { code: 'ContainerNotFound', inner: '', message: 'No (ContainerNotFound, HTTP 404)' },
    ],
    [
      'of Key Vault, parsed',
      restError(
        'Caller…',
        'Forbidden',
        { status: 403 },
        { error: { ...forbidden.error, innererror: undefined, innerError: { code: 'ForbiddenByRbac' } } },
      ),
      {
        code: 'Forbidden',
        inner: 'ForbiddenByRbac',
        message: 'Caller is not authorized. (Forbidden, HTTP 403)',
      },
    ],
    [
      'of Key Vault, as text',
      restError('Unexpected status code: 403', undefined, { status: 403, body: JSON.stringify(forbidden) }),
      {
        code: 'Forbidden',
        inner: 'ForbiddenByRbac',
        message: 'Caller is not authorized. (Forbidden, HTTP 403)',
      },
    ],
    [
      'of a proxy, which answers with a page',
      restError('Unexpected status code: 502', undefined, { status: 502, body: '<html>Bad gateway</html>' }),
      { code: '', inner: '', message: 'Unexpected status code: 502 (HTTP 502)' },
    ],
    [
      'of a connection that failed',
      restError('getaddrinfo ENOTFOUND account', 'ENOTFOUND'),
      { code: 'ENOTFOUND', inner: '', message: 'getaddrinfo ENOTFOUND account (ENOTFOUND)' },
    ],
    ['that says nothing more', restError('No', undefined), { code: '', inner: '', message: 'No' }],
    [
      'that begins with an empty line',
      restError('\r\n  \r\nThe text.\r\nRequestId:1', 'X', { status: 400 }),
      { code: 'X', inner: '', message: 'The text. (X, HTTP 400)' },
    ],
  ])('%s', (_, error, detail) => {
    expect(detailOf(error)).toEqual(detail);
  });
});

describe('of an answer that an SDK could not read, nothing is quoted', () => {
  const secret = 's3cret';
  test.each([
    [
      'XML that was cut off',
      `<?xml version="1.0"?><EnumerationResults><Name>${secret}`,
      'PARSE_ERROR',
      /cannot be read/,
    ],
    ['a page', `<html>${secret}</html>`, undefined, /an HTML page/],
    ['text', secret, 'EUNKNOWN', /cannot be read/],
    ['nothing that the error keeps', undefined, 'PARSE_ERROR', /cannot be read/],
  ])('%s', (_, body, code, words) => {
    const quoting = restError(
      `Error "Unclosed tag" occurred while parsing the response body - ${body ?? secret}.`,
      code,
      { status: 200, ...(body !== undefined && { body }) },
    );
    const failure = storageFailure('Listing', quoting);
    const told = [failure.message, inspect(failure), String((failure.cause as Error).stack)].join('\n');
    expect(failure.message).toMatch(words);
    expect(told).not.toContain(secret);
  });

  test('and where it lacks what it should have, that is said', () => {
    const { message } = storageFailure(
      'Listing',
      new TypeError("Cannot read properties of undefined (reading 'x')"),
    );
    expect(message).toMatch(/^Listing failed: the response is not from a storage account\n/);
  });
});

test('a sign-in that fails in the midst of a request is told as such', () => {
  const told = new Failure({ tried: 'Signing in', cause: 'AADSTS700213: No.', advice: 'Do this.' });
  expect(storageFailure('Uploading', told)).toBe(told);
  const secret: AskedSecret = {
    ...{ vaultName: 'v', tenantId: 't', clientId: 'c', name: 'n', input: 'db_user_secret_name' },
  };
  expect(explainVaultError(told, secret)).toMatchObject({ cause: 'AADSTS700213: No.', advice: 'Do this.' });
});
