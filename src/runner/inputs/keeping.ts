import { type AccessTier, accessTiers } from '../../azure/storage/upload/tiers.ts';
import { hasRoom, longest } from '../../jobs/archive/metadata.ts';
import type { Reader } from './reader.ts';

/** How a new backup is kept. */
export interface Keeping {
  tier: AccessTier | undefined;
  /** Why no retention deletes it; empty if one may. */
  protect: string;
}

/** @param isNeeded whether there has to be a reason for a protection */
export function readKeeping(read: Reader, isNeeded: boolean): Keeping {
  const tier = read('access_tier', {
    check: (value) => (tierOf(value) ? undefined : 'must be hot, cool or cold'),
    optional: true,
  });
  const protect = read('protect', { check: problemWithReason, optional: !isNeeded });
  return { tier: tierOf(tier), protect };
}

function tierOf(value: string): AccessTier | undefined {
  return accessTiers.find((tier) => tier === value.toLowerCase());
}

function problemWithReason(value: string): string | undefined {
  if (/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(value)) return 'must be one line, without control characters';
  return hasRoom(value, longest.protection)
    ? undefined
    : `must have at most ${longest.protection} characters, of which those that are not ASCII count as 6 to 12 and a per cent sign as 3`;
}
