import type { BackupStore } from '../../azure/storage/backup-store.ts';
import { Failure } from '../../base/failure.ts';
import { count, formatAge, formatBytes, formatTime, quoted } from '../../base/format.ts';
import type { Step } from '../../base/step.ts';
import type { Inventory, RecordedBackup } from '../recorded-backup.ts';
import type { Source } from '../request.ts';
import { belongsTo, inventoryOf, newestWhole } from './recorded-backups.ts';
import { hasWrongTime } from './recorded-time.ts';
import { describeSource, whatThereIs } from './what-there-is.ts';

/** What `backup_file_name` is where the latest backup is meant. */
export const latestName = 'latest';

/**
 * Finds the latest backup of a database: the newest one with all of it, or, where there is none such, the newest.
 * @returns its whole name
 * @throws Failure if there is none, or if it is not clear which one is meant
 */
export async function findLatest(
  store: Pick<BackupStore, 'folder' | 'inventory'>,
  source: Source,
  step: Pick<Step, 'signal' | 'info' | 'warn'>,
): Promise<string> {
  const inventory = await inventoryOf(store, step.signal);
  const found = chooseLatest(inventory, source);
  for (const warning of found.warnings) step.warn(warning);
  const { name, at, host, database } = found.latest;
  step.info(
    `Latest backup of ${quoted(database)} on ${quoted(host)}: ${quoted(name)}, ${formatTime(at)} (${formatAge(inventory.now.getTime() - at.getTime())})`,
  );
  return name;
}

/** By how much the newest backup of a whole database may be older than one of a part, in milliseconds, to be what is meant by the latest. */
const longestGap = 7 * 24 * 3_600_000;

/**
 * Chooses the latest of what there is.
 * @throws Failure as `findLatest`
 */
export function chooseLatest(
  inventory: Inventory,
  source: Source,
): { latest: RecordedBackup; warnings: string[] } {
  const { now } = inventory;
  const own = inventory.backups.filter(belongsTo(source));
  const past = own.filter((backup) => !hasWrongTime(backup, now));
  const tried = `Looking for the latest backup of ${describeSource(source)}`;
  const whole = newestWhole(past, now);
  const newestPart = past.find(({ part }) => part !== undefined);
  const latest = whole ?? newestPart;
  if (!latest)
    throw new Failure({
      tried,
      cause:
        own.length === 0
          ? 'there is none'
          : `${count(own.length, 'backup')} of it ${own.length === 1 ? 'has a recorded time' : 'have recorded times'} that cannot be right`,
      advice:
        own.length === 0
          ? whatThereIs(inventory)
          : `Name one of them in backup_file_name: ${someFileNames(own)}.`,
    });
  if (!whole || !newestPart || newestPart.at <= whole.at)
    return { latest, warnings: whole ? [] : [leavesOut(latest)] };
  const [a, b] = [described(whole), described(newestPart)];
  if (newestPart.at.getTime() - whole.at.getTime() > longestGap)
    throw new Failure({
      tried,
      cause: `it is not clear which one is meant: the newest of the whole database is ${a}, and ${b}, which leaves a part out (${quoted(newestPart.part ?? '')}), is much newer`,
      advice: 'Name one of the two in backup_file_name.',
    });
  return {
    latest,
    warnings: [
      `A newer backup leaves a part of the database out, so it is not the latest: ${b}, made with ${quoted(newestPart.part ?? '')}.`,
    ],
  };
}

function leavesOut({ name, part = '' }: RecordedBackup): string {
  return `Every backup of this database leaves a part of it out; the latest is ${quoted(name)}, made with ${quoted(part)}.`;
}

function described({ name, at, size }: RecordedBackup): string {
  return `${quoted(name)} (${formatTime(at)}, ${formatBytes(size)})`;
}

function someFileNames(backups: readonly RecordedBackup[]): string {
  return backups
    .slice(0, 5)
    .map(({ name }) => quoted(name))
    .join(', ');
}
