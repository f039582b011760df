import { formatAge, formatTime, quoted } from '../../base/format.ts';
import { belongsTo, isFromFuture } from '../archive/recorded-backups.ts';
import { describeSource, whatThereIs } from '../archive/what-there-is.ts';
import type { Inventory } from '../recorded-backup.ts';
import type { Source } from '../request.ts';
import type { JobProblem } from '../result.ts';

/**
 * What is wrong where a backup should have come: the newest is older than so many hours, by the account's clock, or there is none. One that
 * is recorded in the future does not count. Undefined if nothing is wrong.
 */
export function problemOfAge(
  inventory: Inventory,
  source: Source,
  maxAgeHours: number,
): JobProblem | undefined {
  const { now } = inventory;
  const own = inventory.backups.filter(belongsTo(source));
  const newest = own.find((backup) => !isFromFuture(backup, now));
  const whose = describeSource(source);
  if (!newest)
    return {
      title: 'No backup',
      state: `There is no backup of ${whose}.`,
      cause: `max_age_hours is ${maxAgeHours}${own.length > 0 ? ', and all backups are recorded in the future' : ''}`,
      advice: whatThereIs(inventory),
    };
  const age = now.getTime() - newest.at.getTime();
  if (age <= maxAgeHours * 3_600_000) return undefined;
  return {
    title: 'No recent backup',
    state: `The newest backup of ${whose} is from ${formatTime(newest.at)} (${formatAge(age)}).`,
    cause: `max_age_hours is ${maxAgeHours}, and the newest backup is ${quoted(newest.name)}`,
    advice:
      'Look at the last runs of the workflow that makes the backups, and at whether its schedule is still on: GitHub disables it in a public repository without activity for 60 days. Then run a backup.',
  };
}
