import { count, quoted } from '../../base/format.ts';
import type { Step } from '../../base/step.ts';
import { describeSource, whatThereIs } from '../archive/what-there-is.ts';
import type { Inventory, RecordedBackup } from '../recorded-backup.ts';
import type { Source } from '../request.ts';
import type { Note } from '../result.ts';
import type { KeptBackup } from './choose.ts';
import { describeRecorded, describeRules } from './describe.ts';
import type { Look, RetentionOrder } from './look.ts';

/** Tells in the log what stays, each with its reasons, and what does not: every one, since the page has room for the first only. */
export function tellRetention(
  { own, inventory, kept, deleted }: Look,
  { source, retention: { rules, isDryRun } }: RetentionOrder,
  info: Step['info'],
): void {
  const others = inventory.backups.length - own.length;
  info(`Rules: ${describeRules(rules)}${isDryRun ? '. This is a dry run: nothing is deleted' : ''}`);
  info(
    `${count(own.length, 'backup')} of ${describeSource(source)}. Not counted, and left alone: ${count(others, 'backup')} of other databases or servers, ${count(inventory.foreign, 'other file')}`,
  );
  for (const { backup, reasons } of kept) info(`Stays: ${describeRecorded(backup)}: ${reasons.join(', ')}`);
  const goes = isDryRun ? 'Would be deleted' : 'To be deleted';
  for (const backup of deleted) info(`${goes}: ${describeRecorded(backup)}`);
  if (deleted.length === 0) info('Nothing is to be deleted');
}

/** What is said where there are no backups of a database: it may be a name that somebody mistyped. */
export function nothingRecorded(inventory: Inventory, source: Source): string {
  return `There is no backup of ${describeSource(source)} here, so nothing is to be deleted.\n${whatThereIs(inventory)}`;
}

/**
 * What is to be warned of where recorded times cannot be right: such backups pile up. Undefined for none.
 */
export function warningOfClocks({ wrongClock }: Look): string | undefined {
  const wrong = wrongClock;
  if (wrong.length === 0) return undefined;
  const [have, them] =
    wrong.length === 1
      ? ['1 backup has a recorded time', 'it']
      : [`${wrong.length} backups have recorded times`, 'them'];
  return `${have} that cannot be right, so no rule counts ${them} and no retention deletes ${them}: ${someNames(wrong)}.\nDelete ${them} by hand once nobody needs ${them}.`;
}

/** What people should know of those that the rules would delete if nothing kept Azure from it; undefined for none. */
export function noteOnHeld(kept: readonly KeptBackup[]): Note | undefined {
  const held = kept.filter(({ reasons }) =>
    reasons.every((reason) => /^(?:immutable|legal hold)/.test(reason)),
  );
  if (held.length === 0) return undefined;
  const text = `${count(held.length, 'backup')} would go by the rules, and a policy or a legal hold keeps them: ${someNames(held.map(({ backup }) => backup))}. The first retention after its end deletes them.`;
  return { text, quiet: true };
}

/**
 * What people should know of a dry run where the container keeps what is in it, which the list of its blobs does not tell.
 * @param why as a part of a sentence
 */
export function noteOnContainer(why: string): Note {
  const text = `${why.charAt(0).toUpperCase()}${why.slice(1)}: what it still keeps of the backups that would be deleted stays, and the first retention after its end deletes it.`;
  return { text, quiet: true };
}

/** How many backups are named in a sentence. */
const mostNamed = 5;

function someNames(backups: readonly RecordedBackup[]): string {
  const more = backups.length - mostNamed;
  const named = backups.slice(0, mostNamed).map(({ name }) => quoted(name));
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
