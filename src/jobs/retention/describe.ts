import { formatBytes, formatTime, quoted } from '../../base/format.ts';
import type { RecordedBackup } from '../recorded-backup.ts';
import type { RetentionRules } from '../request.ts';

/** `"app_backup_20261122020007.dump" (2026-11-22 02:00:07 UTC, 250 MB)` */
export function describeRecorded({ name, at, size }: RecordedBackup): string {
  return `${quoted(name)} (${formatTime(at)}, ${formatBytes(size)})`;
}

/** `last 7, within 30 days, daily 14` */
export function describeRules(rules: RetentionRules): string {
  const { last, withinDays, daily, weekly, monthly, yearly } = rules;
  const told = (name: string, value: number): string[] => (value > 0 ? [`${name} ${value}`] : []);
  return [
    ...told('last', last),
    ...(withinDays > 0 ? [`within ${withinDays} days`] : []),
    ...told('daily', daily),
    ...told('weekly', weekly),
    ...told('monthly', monthly),
    ...told('yearly', yearly),
  ].join(', ');
}
