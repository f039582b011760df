import type { BackupStore } from '../../azure/storage/backup-store.ts';
import { isOutdated } from '../../azure/storage/upkeep/errors.ts';
import { refusedWith } from '../../azure/storage/upkeep/refused-with.ts';
import { causeOf, Failure } from '../../base/failure.ts';
import { quoted } from '../../base/format.ts';
import type { Patience } from '../../base/patience.ts';
import type { Step } from '../../base/step.ts';
import type { RecordedBackup } from '../recorded-backup.ts';
import type { KeptBackup } from './choose.ts';
import { describeRecorded } from './describe.ts';
import { type Look, lookAtBackups, type RetentionOrder } from './look.ts';

/** A backup that was to be deleted and was not. */
export interface NotDeleted {
  backup: RecordedBackup;
  cause: string;
  advice: string;
}

/** What became of the backups that were to be deleted. */
export interface Deletions {
  /** In the order in which it was done: the oldest first. */
  deleted: RecordedBackup[];
  /** What somebody else has deleted meanwhile. */
  gone: RecordedBackup[];
  /** What stays after all, by what there is now, or since Azure keeps it. */
  stayed: KeptBackup[];
  failed: NotDeleted[];
}

/** What may be asked of the store. */
export type RetentionStore = Pick<BackupStore, 'folder' | 'inventory' | 'remove' | 'whyKept'>;

/** After how long it is looked again at what there is, as a multiple of the time that one answer has: 60 s. */
const freshness = 3;

/**
 * Deletes backups, one after the other and the oldest first, each only if it is still what was looked at.
 *
 * Whatever comes in between, what should stay does. None of those that stay is touched, so any part of the others may be deleted, in any
 * order, and the rules still hold: a job that is killed leaves a right set, and the next one chooses the same again. The oldest first, since
 * whoever ends a job that deletes too much has the newest left. Another prune by the same rules chooses the same, now or when half is
 * done. By other rules, it deletes what these ones keep; but each of them keeps the newest that it sees, and so never deletes the last. A
 * backup that is made meanwhile makes the rules let go of more, never of one that they still hold: src/jobs/retention/choose.ts. What could
 * be wrong is a look that is old: somebody, or a policy of the account, may have deleted what was to stay. So where deleting takes long, it
 * is looked again, and only what goes by both looks is deleted. Nor is it a failure if somebody protects a backup meanwhile: where one was
 * changed, a last look tells whether it stays by that.
 */
export async function deleteBackups(
  store: RetentionStore,
  first: Look,
  order: RetentionOrder,
  patience: Patience,
  step: Pick<Step, 'signal' | 'info'>,
): Promise<Deletions> {
  const done: Deletions = { deleted: [], gone: [], stayed: [], failed: [] };
  const changed = new Set<NotDeleted>();
  const oldestFirst = first.deleted.toReversed();
  let look = first;
  let lookedAt = performance.now();
  for (const [place, backup] of oldestFirst.entries()) {
    try {
      if (performance.now() - lookedAt > freshness * patience.answer) {
        look = await lookAtBackups(store, order, step.signal);
        lookedAt = performance.now();
      }
      await deleteOne(store, backup, look, done, step);
    } catch (error) {
      if (step.signal.aborted)
        step.info(`Whether ${quoted(backup.name)} was deleted is not known: the job was ended`);
      step.signal.throwIfAborted();
      if (!(error instanceof Failure)) throw error;
      const { cause, advice, state } = error.explanation;
      if (state !== undefined) step.info(state);
      step.info(`Not deleted: ${quoted(backup.name)}: ${cause}`);
      const failed = { backup, cause, advice };
      done.failed.push(failed);
      if (isOutdated(error)) changed.add(failed);
      if (refusedWith(error) !== undefined) continue;
      // The others would be waited for as long, in vain.
      const left = oldestFirst.slice(place + 1);
      if (left.length > 0) step.info(`${left.length} more are not tried`);
      const why = `not tried after ${quoted(backup.name)}: ${causeOf(error)}`;
      done.failed.push(...left.map((one) => ({ backup: one, cause: why, advice })));
      return done;
    }
  }
  return changed.size === 0 ? done : withStaying(done, changed, store, order, step);
}

/**
 * The same, but what was changed so that it stays, as by somebody who protects it, is no failure.
 * @param changed those that failed since they are no longer what was looked at
 */
async function withStaying(
  done: Deletions,
  changed: ReadonlySet<NotDeleted>,
  store: RetentionStore,
  order: RetentionOrder,
  { signal, info }: Pick<Step, 'signal' | 'info'>,
): Promise<Deletions> {
  const last = await lookAtBackups(store, order, signal).catch((error: unknown) => {
    signal.throwIfAborted();
    if (!(error instanceof Failure)) throw error;
    info(`What was changed was not looked at again: ${causeOf(error)}`);
    return undefined;
  });
  const names = new Set(Array.from(changed, ({ backup }) => backup.name));
  const staying = (last?.kept ?? []).filter(({ backup }) => names.has(backup.name));
  for (const { backup, reasons } of staying)
    info(`Stays: ${quoted(backup.name)} was changed meanwhile, and stays now (${reasons.join(', ')})`);
  const stay = new Set(staying.map(({ backup }) => backup.name));
  const failed = done.failed.filter((one) => !changed.has(one) || !stay.has(one.backup.name));
  return { ...done, failed, stayed: [...done.stayed, ...staying] };
}

async function deleteOne(
  store: RetentionStore,
  backup: RecordedBackup,
  look: Look,
  done: Deletions,
  { signal, info }: Pick<Step, 'signal' | 'info'>,
): Promise<void> {
  const isSame = (one: { name: string }): boolean => one.name === backup.name;
  const kept = look.kept.find((one) => isSame(one.backup));
  if (kept) {
    info(`Not deleted: ${quoted(backup.name)}: by what there is now, it stays (${kept.reasons.join(', ')})`);
    done.stayed.push(kept);
    return;
  }
  const came = look.deleted.some(isSame) ? await removeUnlessHeld(store, backup, signal) : 'gone';
  if (came === 'removed') {
    info(`Deleted ${describeRecorded(backup)}`);
    done.deleted.push(backup);
  } else if (came === 'gone') {
    info(`Gone already: ${quoted(backup.name)}; somebody else has deleted it`);
    done.gone.push(backup);
  } else {
    info(`Not deleted: ${quoted(backup.name)}: ${came}`);
    done.stayed.push({ backup, reasons: [came] });
  }
}

/** By Azure's codes: what keeps a blob although its list says nothing of it. */
const holds: Readonly<Record<string, string>> = {
  BlobImmutableDueToPolicy: 'immutable by a policy of the container',
  BlobImmutableDueToLegalHold: 'legal hold of the container',
};

/** @returns besides what became of it, what keeps it */
async function removeUnlessHeld(
  store: RetentionStore,
  backup: RecordedBackup,
  signal: AbortSignal,
): Promise<string> {
  try {
    return await store.remove(backup, signal);
  } catch (error) {
    const hold = error instanceof Failure ? holds[refusedWith(error) ?? ''] : undefined;
    if (hold === undefined) throw error;
    return hold;
  }
}
