import { hasWrongTime } from '../archive/recorded-time.ts';
import type { RecordedBackup } from '../recorded-backup.ts';

/** Whether the rules count a backup: one that leaves something out is neither counted among whole ones, nor deleted because of them. */
export function isCountable(backup: RecordedBackup, now: Date): boolean {
  return backup.part === undefined && !hasWrongTime(backup, now);
}
