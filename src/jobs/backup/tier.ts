import type { Committed } from '../../azure/storage/upload/commit.ts';
import { quoted } from '../../base/format.ts';
import type { JobProblem } from '../result.ts';

/** The problem of a backup that the account did not take in the tier that was asked for. */
export function problemOfTier(
  name: string,
  { tier, cause }: NonNullable<Committed['refusedTier']>,
): JobProblem {
  return {
    title: 'Backup complete, access tier refused',
    tried: `Committing ${quoted(name)} in the ${tier} tier`,
    cause,
    advice:
      'Leave access_tier out, or use a storage account that has this tier: accounts of premium performance have none, and those of an older kind not all.',
    state: `Backup ${quoted(name)} is complete, in the default tier of the account.`,
  };
}
