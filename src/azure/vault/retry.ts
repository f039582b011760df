import { Failure } from '../../base/failure.ts';
import type { Patience, Retry } from '../../base/patience.ts';
import { explainSystemError } from '../../base/system-errors.ts';
import { retryOf } from '../passing.ts';
import { detailOf, isRestError } from '../rest-error.ts';

/**
 * Whether a vault that did not hand a secret out may do so by and by; undefined if it will not. Key Vault asks to be left alone for 1, 2,
 * 4, 8 and 16 s when it throttles: https://learn.microsoft.com/azure/key-vault/general/overview-throttling
 * @param worked whether it has handed a secret out to this application: a role that is missing then was not given a moment ago
 */
export function retryOfVault(
  error: unknown,
  { total, newRight }: Patience,
  worked: boolean,
): Retry | undefined {
  if (error instanceof Failure) return undefined; // of the sign-in, which has been tried again already
  if (!worked && isRefusedByRole(error))
    return { why: `${reasonOf(error)}. A role that was just assigned takes some minutes`, within: newRight };
  const retry = retryOf(error);
  // A name that does not exist, or a host that nobody reaches, is wrong, or closed to the runner, more often than down.
  const isDoubtful = /ENOTFOUND|ECONNREFUSED|ETIMEDOUT|E(?:HOST|NET)UNREACH/.test(
    explainSystemError(error)?.cause ?? '',
  );
  return retry && isDoubtful && !worked ? { ...retry, within: total / 10 } : retry;
}

/**
 * Whether a vault says that no role of the application lets it read the secret: a vault with access policies, a firewall, a private
 * network and a disabled secret say something else, and change by somebody's doing alone.
 * https://learn.microsoft.com/azure/key-vault/general/rest-error-codes#http-403-insufficient-permissions
 */
function isRefusedByRole(error: unknown): boolean {
  if (!isRestError(error) || error.statusCode !== 403) return false;
  const { inner, message } = detailOf(error);
  return (
    inner === 'ForbiddenByRbac' ||
    (inner === '' && /Caller is not authorized to perform action/.test(message))
  );
}

function reasonOf(error: unknown): string {
  return isRestError(error) ? detailOf(error).message : '';
}
