import type { AccessToken, TokenCredential } from '@azure/identity';
import { causeOf } from '../../base/failure.ts';
import { formatTime } from '../../base/format.ts';
import type { SignInStep } from './github-token.ts';

/** Gets a new access token. @throws Failure */
export type GetToken = (scopes: string | string[], claims: string | undefined) => Promise<AccessToken>;

/** So long before it expires, a token is renewed, in milliseconds: as the library for sign-ins does it, which gives out no older ones. */
const early = 5 * 60_000;

/** A token that is good for less is none, in milliseconds: it has to get there. */
const usableFor = 5_000;

/**
 * A credential whose tokens are renewed as long as the job takes. The clients of Azure ask for a new one in the background some minutes
 * before theirs expires, and whenever they like after that: an error there would end the process, since nobody waits for it. So a token
 * that is still good is given out again where there is no newer one, and only one that is not is worth waiting for.
 * @param obtain gets one with patience
 * @param once tries it once
 */
export function renewing(
  obtain: GetToken,
  once: (scopes: string | string[]) => Promise<AccessToken>,
  { patience, signal, info }: SignInStep,
): TokenCredential {
  const kept = new Map<string, { token: AccessToken; retryAt: number }>();
  // One after the other: what is kept of an answer belongs to the last question.
  let before: Promise<unknown> = Promise.resolve();

  async function get(scopes: string | string[], claims: string | undefined): Promise<AccessToken> {
    const name = [scopes].flat().join(' ');
    const has = claims === undefined ? kept.get(name) : undefined;
    const now = Date.now();
    if (has && (isFresh(has.token, now) || (isGood(has.token, now) && now < has.retryAt))) return has.token;
    const token =
      has && isGood(has.token, now) ? await renewed(scopes, has.token) : await obtain(scopes, claims);
    // After a failure, some time passes before the next attempt; the token does not expire in it unseen.
    kept.set(name, { token, retryAt: Date.now() + 10 * patience.pause });
    return token;
  }

  async function renewed(scopes: string | string[], token: AccessToken): Promise<AccessToken> {
    try {
      return await once(scopes);
    } catch (error) {
      if (!signal.aborted)
        info(
          `Renewing the access token: ${causeOf(error)}. The present one is valid until ${formatTime(new Date(token.expiresOnTimestamp))}`,
        );
      return token;
    }
  }

  return {
    // Not under the signal of who asks: others may wait for the same token. The job's own ends it.
    getToken(scopes, { claims } = {}) {
      const mine = before.then(() => get(scopes, claims));
      before = mine.catch(() => {});
      return mine;
    },
  };
}

/** Whether a token need not be renewed yet. */
function isFresh({ expiresOnTimestamp, refreshAfterTimestamp }: AccessToken, now: number): boolean {
  return (
    now < expiresOnTimestamp - early && (refreshAfterTimestamp === undefined || now < refreshAfterTimestamp)
  );
}

function isGood({ expiresOnTimestamp }: AccessToken, now: number): boolean {
  return now < expiresOnTimestamp - usableFor;
}
