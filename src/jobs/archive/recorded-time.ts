import { clockTolerance } from '../clock.ts';
import type { RecordedBackup } from '../recorded-backup.ts';

/**
 * Why the recorded time of a backup cannot be right; undefined if it can. Such a backup is never the newest, and takes no place in any rule:
 * one that claims to be of next year would be the newest until then, and have true ones deleted. A time long before the file came is
 * no contradiction: that is how a backup looks that was copied from another account.
 * @param now the account's time
 */
export function wrongTime(
  { at, createdOn }: Pick<RecordedBackup, 'at' | 'createdOn'>,
  now: Date,
): string | undefined {
  const time = at.getTime();
  if (Number.isNaN(time)) return 'recorded time unreadable';
  if (time > now.getTime() + clockTolerance) return 'recorded in the future';
  if (createdOn && time > createdOn.getTime() + clockTolerance)
    return 'recorded later than its file was made';
  return undefined;
}

/** Whether nobody knows how old a backup is. */
export function hasWrongTime(backup: Pick<RecordedBackup, 'at' | 'createdOn'>, now: Date): boolean {
  return wrongTime(backup, now) !== undefined;
}
