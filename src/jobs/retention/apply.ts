import type { Explanation } from '../../base/failure.ts';
import { count, quoted } from '../../base/format.ts';
import type { Patience } from '../../base/patience.ts';
import type { Step } from '../../base/step.ts';
import type { Retention } from '../request.ts';
import type { Note, RetentionOutcome } from '../result.ts';
import { type Deletions, deleteBackups, type NotDeleted, type RetentionStore } from './delete.ts';
import { assertOneServer, inOrder, type Look, lookAtBackups, type RetentionOrder } from './look.ts';
import { noteOnContainer, noteOnHeld, nothingRecorded, tellRetention, warningOfClocks } from './tell.ts';

/** What a retention came to. */
export interface AppliedRetention {
  outcome: RetentionOutcome;
  notes: Note[];
  /** Why it is not what it should be, if it is not. */
  problem: Explanation | undefined;
}

/**
 * Looks at the backups of a database, tells which of them stay by the rules and why, and deletes the others unless it is a dry run.
 * @throws Failure if nothing was deleted, since it is not clear what may be
 */
export async function applyRetention(
  store: RetentionStore,
  order: RetentionOrder,
  patience: Patience,
  step: Step,
): Promise<AppliedRetention> {
  const { source, retention } = order;
  const look = await step.phase(`Choose which backups of ${quoted(source.database)} stay`, () =>
    step.timed('List', async () => {
      const first = await lookAtBackups(store, order, step.signal);
      assertOneServer(first, order);
      if (first.own.length === 0) step.warn(nothingRecorded(first.inventory, source));
      else tellRetention(first, order, step.info);
      const wrong = warningOfClocks(first);
      if (wrong !== undefined) step.warn(wrong);
      return first;
    }),
  );
  if (look.deleted.length === 0 || retention.isDryRun) {
    const all = { deleted: [...look.deleted], gone: [], stayed: [], failed: [] };
    const applied = appliedAs(retention, look, all);
    const why = look.deleted.length === 0 ? undefined : await store.whyKept(step.signal);
    if (why === undefined) return applied;
    const note = noteOnContainer(why);
    step.info(note.text);
    return { ...applied, notes: [...applied.notes, note] };
  }
  const done = await step.phase(`Delete ${count(look.deleted.length, 'backup')}`, () =>
    step.timed('Delete', () => deleteBackups(store, look, order, patience, step)),
  );
  return appliedAs(retention, look, { ...done, deleted: done.deleted.toReversed() });
}

function appliedAs(
  { rules, isDryRun }: Retention,
  look: Look,
  { deleted, gone, stayed, failed }: Deletions,
): AppliedRetention {
  const kept = inOrder([...look.kept, ...stayed]);
  const note = noteOnHeld(kept);
  return {
    outcome: { rules, isDryRun, kept, deleted, failed, gone },
    notes: note ? [note] : [],
    problem: failed.length === 0 ? undefined : problemOf(failed, deleted.length, look.deleted.length),
  };
}

/** How many causes, and backups with one cause, are told with an error: all of them are in the log. */
const [mostCauses, mostOfCause] = [5, 5];

/** @param all how many were to be deleted */
function problemOf(failed: readonly NotDeleted[], deleted: number, all: number): Explanation {
  const causes = [...Map.groupBy(failed, ({ cause }) => cause)].toSorted(
    ([, a], [, b]) => b.length - a.length,
  );
  const told = causes
    .slice(0, mostCauses)
    .flatMap(([cause, those]) => [
      cause,
      ...those.slice(0, mostOfCause).map(({ backup }) => `- ${quoted(backup.name)}`),
      ...(those.length > mostOfCause
        ? [`- and ${those.length - mostOfCause} more, which are in the log`]
        : []),
    ]);
  const more = causes.length > mostCauses ? ['Others have other causes, which are in the log.'] : [];
  return {
    cause: [
      `${failed.length} of ${count(all, 'backup')} could not be deleted: ${told[0]}`,
      ...told.slice(1),
      ...more,
    ].join('\n'),
    advice: [...new Set(failed.map(({ advice }) => advice))].slice(0, mostCauses).join('\n'),
    state:
      deleted === 0
        ? 'Nothing was deleted.'
        : `${count(deleted, 'backup')} ${deleted === 1 ? 'was' : 'were'} deleted.`,
  };
}
