import type { BackupStore } from '../../azure/storage/backup-store.ts';
import { Failure } from '../../base/failure.ts';
import { count, formatAge, formatBytes, formatTime, quoted } from '../../base/format.ts';
import type { Step } from '../../base/step.ts';
import type { Inventory, RecordedBackup } from '../recorded-backup.ts';
import type { Source } from '../request.ts';
import { belongsTo, inventoryOf, newestWhole } from './recorded-backups.ts';
import { hasWrongTime } from './recorded-time.ts';
import { describeSource, whatThereIs } from './what-there-is.ts';

/**
 * Finds the latest backup of a database: the newest one with all of it.
 * @returns its whole name
 * @throws Failure if there is none, with what there is
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

/**
 * Chooses the latest of what there is.
 * @returns besides, what is to be warned of: a newer one that is not it
 * @throws Failure as `findLatest`
 */
export function chooseLatest(
  inventory: Inventory,
  source: Source,
): { latest: RecordedBackup; warnings: string[] } {
  const { now } = inventory;
  const own = inventory.backups.filter(belongsTo(source));
  const latest = newestWhole(own, now);
  if (!latest) throw noLatest(own, inventory, source);
  const part = own.find((backup) => backup.part !== undefined && !hasWrongTime(backup, now));
  if (!part || part.at <= latest.at) return { latest, warnings: [] };
  return {
    latest,
    warnings: [
      `A newer backup leaves a part of the database out, so it is not the latest: ${described(part)}, made with ${quoted(part.part ?? '')}.`,
    ],
  };
}

function noLatest(own: readonly RecordedBackup[], inventory: Inventory, source: Source): Failure {
  const tried = `Looking for the latest backup of ${describeSource(source)}`;
  if (own.length === 0) return new Failure({ tried, cause: 'there is none', advice: whatThereIs(inventory) });
  const wrong = own.filter((backup) => hasWrongTime(backup, inventory.now)).length;
  const parts = own.length - wrong;
  const reasons = [
    ...(parts > 0 ? [`${count(parts, 'backup')} of it with only a part of the database`] : []),
    ...(wrong > 0 ? [`${count(wrong, 'backup')} of it with a recorded time that cannot be right`] : []),
  ];
  return new Failure({
    tried,
    cause: `there is no complete one, but ${reasons.join(' and ')}`,
    advice: `Make a backup of the whole database, or name one of these in backup_file_name: ${someFileNames(own)}.`,
  });
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
