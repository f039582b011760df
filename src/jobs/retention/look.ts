import type { BackupStore } from '../../azure/storage/backup-store.ts';
import { Failure } from '../../base/failure.ts';
import { formatTime, quoted } from '../../base/format.ts';
import { belongsTo, inventoryOf } from '../archive/recorded-backups.ts';
import type { Inventory, RecordedBackup } from '../recorded-backup.ts';
import type { Retention, Source } from '../request.ts';
import { chooseKept, type KeptBackup, type RetentionChoice } from './choose.ts';
import { hostsByTurns } from './hosts-by-turns.ts';

/** A retention, and the backups that it is for. */
export interface RetentionOrder {
  source: Source;
  retention: Retention;
  /** The name of the backup that was made a moment ago: it has to be among those that are there, and stays whatever its clock says. */
  fresh?: string;
}

/** What there was when it was looked at, and what becomes of it by the rules. */
export interface Look extends RetentionChoice {
  inventory: Inventory;
  /** The backups that the retention is for. */
  own: readonly RecordedBackup[];
}

/**
 * Looks at what there is now, and chooses what stays.
 * @throws Failure if it cannot be listed
 */
export async function lookAtBackups(
  store: Pick<BackupStore, 'folder' | 'inventory'>,
  { source, retention, fresh }: RetentionOrder,
  signal: AbortSignal,
): Promise<Look> {
  // The inputs see to that. Rules that counted the backups of several databases together would delete the last ones of most.
  if (!source.hosts || source.hosts.length === 0 || source.database === '')
    throw new Error('a retention is for one database on one server');
  const inventory = await inventoryOf(store, signal);
  const own = inventory.backups.filter(belongsTo(source));
  const { kept, deleted, wrongClock } = chooseKept(own, retention.rules, inventory.now);
  const isFresh = ({ name }: RecordedBackup): boolean => name === fresh;
  const spared = deleted.filter(isFresh).map((backup) => ({ backup, reasons: ['made a moment ago'] }));
  return {
    ...{ inventory, own, wrongClock },
    kept: inOrder([...kept, ...spared]),
    deleted: deleted.filter((backup) => !isFresh(backup)),
  };
}

/** Backups that stay, the newest first. */
export function inOrder(kept: readonly KeptBackup[]): KeptBackup[] {
  return kept.toSorted((one, other) => other.backup.at.getTime() - one.backup.at.getTime());
}

/**
 * Makes sure that what was looked at is what the rules are meant for.
 * @throws Failure if it is not: nothing may be deleted then
 */
export function assertOneServer({ own, inventory }: Look, { source, fresh }: RetentionOrder): void {
  const tried = `Choosing which backups of ${quoted(source.database)} stay`;
  const state = 'Nothing was deleted.';
  if (fresh !== undefined && own.every(({ name }) => name !== fresh))
    throw new Failure({
      ...{ tried, state },
      cause: `the account does not list the new backup ${quoted(fresh)} among those of this database and server, so its list is not to be relied on`,
      advice:
        'Check the container: something between the runner and the account may change answers, or have removed what is recorded with the blob.',
    });
  const turns = hostsByTurns(own, inventory.now);
  if (turns)
    throw new Failure({
      ...{ tried, state },
      cause:
        `the servers take turns, as one that moved to another name does not: ` +
        turns.hosts.map(({ host, newest }) => `${quoted(host)} (newest ${formatTime(newest.at)})`).join(', '),
      advice:
        'In source_db_host, name one server only, by the names that it has and had. Rules count the backups of one server: prune each by itself, also where one server has changed its name back and forth.',
    });
}
