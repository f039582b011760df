import { createHttpHeaders, createPipelineRequest, RestError } from '@azure/core-rest-pipeline';
import { describe, expect, test } from 'vitest';
import { rehydrateAdvice } from '../../../../src/azure/storage/blob-commands.ts';
import { explainStorageError, storageFailure } from '../../../../src/azure/storage/errors.ts';
import { NotAzure } from '../../../../src/azure/storage/wire/http-client.ts';
import { NoAnswer } from '../../../../src/base/patience.ts';

const request = createPipelineRequest({ url: 'https://account.blob.core.windows.net/backups/x.dump' });

/** As the SDK throws what the account refused with. Answers to HEAD have no body, and with that no message. */
function refused(status: number, code: string, message = ''): RestError {
  const headers = createHttpHeaders(code === '' ? {} : { 'x-ms-error-code': code });
  return new RestError(message, { request, statusCode: status, response: { request, status, headers } });
}

/** As the SDK passes on what Node has thrown. */
const unanswered = (code: string, message: string): RestError => new RestError(message, { code, request });

const file = (code: string, message: string): Error => Object.assign(new Error(message), { code });

describe('what the storage account refuses with is told in its own words, with what to do', () => {
  test.each<[string, number, string, RegExp]>([
    ['ContainerNotFound', 404, 'The specified container does not exist.', /^Check storage_container_name/],
    ['ContainerBeingDeleted', 409, 'The specified container is being deleted. Try operation later.', /^Wait/],
    ['BlobNotFound', 404, 'The specified blob does not exist.', /^Check backup_file_name/],
    [
      'AuthorizationPermissionMismatch',
      403,
      'This request is not authorized to perform this operation using this permission.',
      /^Assign the role "Storage Blob Data Contributor"/,
    ],
    [
      'AuthorizationFailure',
      403,
      'This request is not authorized to perform this operation.',
      /firewall blocks the runner/,
    ],
    [
      'AuthenticationFailed',
      403,
      'Server failed to authenticate the request. Make sure the value of the Authorization header is formed correctly including the signature.',
      /azure_tenant_id/,
    ],
    [
      'InvalidAuthenticationInfo',
      401,
      'Server failed to authenticate the request. Please refer to the information in the www-authenticate header.',
      /azure_tenant_id/,
    ],
    ['AccountIsDisabled', 403, 'The specified account is disabled.', /in the portal/],
    [
      'ConditionNotMet',
      412,
      'The condition specified using HTTP conditional header(s) is not met.',
      /^The blob changed while it was read/,
    ],
    ['BlobArchived', 409, 'This operation is not permitted on an archived blob.', /cold tier/],
    [
      'BlobBeingRehydrated',
      409,
      'This operation is not permitted because the blob is being rehydrated.',
      /^Wait until that is done, up to 15 hours/,
    ],
    [
      'LeaseIdMissing',
      412,
      'There is currently a lease on the blob and no lease ID was specified in the request.',
      /^Wait until the lease/,
    ],
    [
      'ServerBusy',
      503,
      'The server is currently unable to receive requests. Please retry your request.',
      /again later/,
    ],
    [
      'InternalError',
      500,
      'The server encountered an internal error. Please retry the request.',
      /again later/,
    ],
    [
      'OperationTimedOut',
      500,
      'The operation could not be completed within the permitted time.',
      /again later/,
    ],
  ])('%s', (code, status, sentence, advice) => {
    const cause = `${sentence} (${code}, HTTP ${status})`;
    expect(explainStorageError(refused(status, code))).toEqual({
      cause,
      advice: expect.stringMatching(advice),
    });
    const withBody = refused(status, code, `Other words.\nRequestId:1\nTime:2026-11-22T15:42:10.0000000Z`);
    expect(explainStorageError(withBody).cause).toBe(`Other words. (${code}, HTTP ${status})`);
  });
});

describe('is explained, too:', () => {
  test.each<[string, unknown, string, RegExp]>([
    [
      'a code that is not known here',
      refused(409, 'SnapshotsPresent', 'This operation is not permitted because the blob has snapshots.'),
      'This operation is not permitted because the blob has snapshots. (SnapshotsPresent, HTTP 409)',
      /^Fix what Azure reports/,
    ],
    ['one without a message', refused(400, 'X'), 'no message (X, HTTP 400)', /^Fix/],
    ['one that is the name of a method', refused(400, 'toString'), 'no message (toString, HTTP 400)', /^Fix/],
    [
      "a proxy's page",
      refused(502, '', 'Unexpected status code: 502'),
      'Unexpected status code: 502 (HTTP 502)',
      /later/,
    ],
    [
      'an account that is not there',
      unanswered('ENOTFOUND', 'getaddrinfo ENOTFOUND account.blob.core.windows.net'),
      'account.blob.core.windows.net was not found in DNS (ENOTFOUND)',
      /^Check storage_account_name, or storage_account_url if set\. .*private DNS zone/,
    ],
    [
      'a connection that is refused',
      unanswered('ECONNREFUSED', 'connect ECONNREFUSED 10.0.0.4:443'),
      'account.blob.core.windows.net (10.0.0.4:443) refused the connection (ECONNREFUSED)',
      /network/,
    ],
    [
      'a connection that breaks',
      unanswered('ECONNRESET', 'read ECONNRESET'),
      'account.blob.core.windows.net ended the connection (ECONNRESET)',
      /^Run the job again/,
    ],
    [
      'a certificate that is not trusted',
      unanswered('SELF_SIGNED_CERT_IN_CHAIN', 'self-signed certificate in certificate chain'),
      'account.blob.core.windows.net has a certificate from an untrusted authority (SELF_SIGNED_CERT_IN_CHAIN)',
      /NODE_EXTRA_CA_CERTS/,
    ],
    [
      'another error of a connection',
      unanswered('REQUEST_SEND_ERROR', 'Request body stream closed before ending'),
      'Request body stream closed before ending (REQUEST_SEND_ERROR)',
      /^Run the job again/,
    ],
    [
      'a full disk',
      file('ENOSPC', 'ENOSPC: no space left on device, write'),
      'no space left on the disk (ENOSPC)',
      /^Free space on the runner's disk/,
    ],
    [
      'a quota',
      file('EDQUOT', 'EDQUOT: disk quota exceeded, write'),
      "the disk quota of the runner's user is exceeded (EDQUOT)",
      /quota/,
    ],
    [
      'a limit of file sizes',
      file('EFBIG', 'EFBIG: file too large, write'),
      'the file would exceed the file size limit (EFBIG)',
      /ulimit -f/,
    ],
    [
      'a missing folder',
      file('ENOENT', 'ENOENT: no such file or directory, open'),
      'no such file or folder (ENOENT)',
      /^Run the job again\.$/,
    ],
    [
      'any other error',
      new Error('the answer ended at byte 5'),
      'the answer ended at byte 5',
      /^Run the job again\.$/,
    ],
  ])('%s', (_, error, cause, advice) => {
    expect(explainStorageError(error)).toEqual({ cause, advice: expect.stringMatching(advice) });
  });
});

test.each([
  [
    'one word',
    'account',
    'folder/x_1.dump',
    'account=account # STORAGE_ACCOUNT_NAME\ncontainer=backups # STORAGE_CONTAINER_NAME\nblob=folder/x_1.dump # backup_file_name\naz storage blob set-tier --account-name "$account" --container-name "$container" --name="$blob" --tier Hot',
  ],
  ['an address without the account', '', 'x.dump', 'account=ACCOUNT # STORAGE_ACCOUNT_NAME\n'],
  ['a space and quotes', 'account', `it's "x".dump`, String.raw`blob='it'\''s "x".dump' # backup_file_name`],
  ['what a shell would run', 'account', '$(ls);x', "blob='$(ls);x' # backup_file_name\n"],
])('the command that brings a blob back from the archive tier: %s', (_, account, name, words) => {
  expect(rehydrateAdvice({ account, container: 'backups', name })).toContain(words);
});

test('a failure says what was tried, and keeps the error', () => {
  const error = refused(404, 'ContainerNotFound');
  const failure = storageFailure(
    'Writing "x" in container "backups" on account.blob.core.windows.net',
    error,
  );
  expect(failure.message).toMatch(
    /^Writing "x" in container "backups" on account\.blob\.core\.windows\.net failed: The specified container does not exist\. \(ContainerNotFound, HTTP 404\)\nCheck /,
  );
  expect(failure.cause).toBe(error);
});

describe('what passes by itself, and did not, is nothing to fix:', () => {
  test.each<[string, number]>([
    ['TooManyRequests', 429],
    ['RequestTimeout', 408],
    ['ServerBusy', 503],
    ['', 502],
  ])('%s, %i', (code, status) => {
    expect(explainStorageError(refused(status, code, 'No.')).advice).toBe(
      'Azure Storage is busy or has a problem. Run the job again later.',
    );
  });
});

describe('no answer in time', () => {
  const reached = (answeredBefore: boolean) =>
    explainStorageError(Object.assign(new NoAnswer(20_000), { hostname: 'account.test', answeredBefore }));

  test('of an account that never answered may be a matter of the network', () => {
    expect(reached(false).advice).toMatch(/^Allow this connection/);
  });

  test('of one that did is not', () => {
    expect(reached(true)).toEqual({
      cause: 'account.test did not answer in time (ETIMEDOUT)',
      advice: expect.stringMatching(/^It answered before\. Run the job again/),
    });
  });
});

test("an answer that is not the account's is told as that, whatever its status", () => {
  const { cause, advice } = explainStorageError(new NotAzure('something else answered', 403));
  expect(cause).toBe('something else answered');
  expect(advice).toMatch(/HTTPS_PROXY/);
  expect(advice).not.toMatch(/role|firewall blocks the runner/);
});
