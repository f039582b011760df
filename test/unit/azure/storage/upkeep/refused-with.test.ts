import { RestError } from '@azure/core-rest-pipeline';
import { expect, test } from 'vitest';
import { refusedWith } from '../../../../../src/azure/storage/upkeep/refused-with.ts';
import { Failure } from '../../../../../src/base/failure.ts';

test.each([
  [409, 'BlobImmutableDueToPolicy', 'BlobImmutableDueToPolicy'],
  [403, 'AuthorizationPermissionMismatch', 'AuthorizationPermissionMismatch'],
  [412, 'ConditionNotMet', 'ConditionNotMet'],
  [401, 'InvalidAuthenticationInfo', undefined], // of the sign-in: every other request meets the same
  [503, 'ServerBusy', undefined],
])('a request that was refused with %i %s is so for good: %s', (statusCode, code, expected) => {
  const cause = new RestError('no', { statusCode, code });
  expect(refusedWith(new Failure({ cause: 'no', advice: '' }, { cause }))).toBe(expected);
});

test('one that was not answered is not', () => {
  const cause = new RestError('no', { code: 'ECONNRESET' });
  expect(refusedWith(new Failure({ cause: 'no', advice: '' }, { cause }))).toBeUndefined();
});
