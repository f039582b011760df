import type { TokenCredential } from '@azure/identity';
import { unlessAborted } from '../../../base/patience.ts';
import { storageScope } from '../../audience.ts';

/** How long before its end a token is none any more, in milliseconds. The SDK waits for another one from 1 s before it on. */
const margin = 10_000;

/**
 * Sees to it that there is a token before a request is made, in place of the SDK, which gets it in the midst of the request: the time that
 * a sign-in takes would be the account's, and a sign-in that is tried again would be ended as a request without an answer. The SDK is
 * then given what the credential has kept.
 */
export function tokenKeeper(credential: TokenCredential): (signal: AbortSignal) => Promise<void> {
  let expires = 0;
  let getting: Promise<void> | undefined;
  const get = async (): Promise<void> => {
    const token = await credential.getToken(storageScope);
    expires = token?.expiresOnTimestamp ?? 0;
  };
  return async (signal) => {
    if (expires - Date.now() > margin) return;
    getting ??= get().finally(() => {
      getting = undefined;
    });
    await unlessAborted(getting, signal); // others wait for the same token
  };
}
