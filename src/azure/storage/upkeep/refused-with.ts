import type { Failure } from '../../../base/failure.ts';
import { retryOf } from '../../passing.ts';
import { detailOf, isRestError } from '../../rest-error.ts';

/**
 * Azure's code where the account refused a request for good: then it is about this blob, or these rights. Undefined where the account did
 * not answer, or has trouble that passes by itself: then the next request would meet the same.
 */
export function refusedWith({ cause }: Failure): string | undefined {
  if (!isRestError(cause) || cause.statusCode === undefined || retryOf(cause)) return undefined;
  if (cause.statusCode === 401) return undefined; // of the sign-in, not of a blob: it was waited for, and the next request meets the same
  return detailOf(cause).code;
}
