import type { Unfinished } from '../../base/step.ts';
import { readReplacedMark, readRestoreMark } from '../../postgres/properties/restore-mark.ts';
import { birthmark } from '../../postgres/swap/create.ts';
import { isDroppingName } from '../../postgres/swap/names.ts';
import type { KnownDatabase } from '../../postgres/swap/proof.ts';

/** A database of the server, as far as it says whose it is. */
export interface SeenDatabase {
  name: string;
  oid: number;
  comment: string | null;
  /** Whether the role may drop it. */
  owned: boolean;
  /** Whether it may be entered at all, and by how many: -2 is what a drop leaves that was cut off. */
  open: boolean;
  limit: number;
}

/** A database that a killed restore has left. */
export interface Remnant extends KnownDatabase {
  what: 'half restored' | 'replaced';
  /**
   * `ours`: certainly this one, and nobody needs it. `needed`: certainly the old one, but what has its place is not whole. `doubtful`: it
   * may be another.
   */
  state: 'ours' | 'needed' | 'doubtful';
}

/**
 * Which databases a restore has left that it would have dropped itself. One that bears a name that was written down, or one that it gets
 * while it is dropped, is the one that is meant if it has our mark, of this very run, and the OID that was written down. A new one may have
 * been killed before it got its mark; it is known by what it came to be with, then. An old one is needed as long as what has its place is
 * not the new one, and whole; what a cut off drop has made a ruin is no use to anybody.
 */
export function remnantsOf(unfinished: Unfinished, seen: readonly SeenDatabase[]): Remnant[] {
  const { database, fresh, previous } = unfinished;
  const left: Remnant[] = [];
  const add = (one: SeenDatabase, what: Remnant['what'], state: Remnant['state']): void => {
    const { name, oid, comment } = one;
    left.push({ name, oid, ...(comment !== null && { comment }), what, state });
  };
  for (const one of seen) {
    const isDropping = isDroppingName(one.name, database);
    if (fresh && (one.name === fresh.name || (isDropping && isNewOne(unfinished, one))))
      add(one, 'half restored', isNewOne(unfinished, one) ? 'ours' : 'doubtful');
    else if (previous && (one.name === previous.name || (isDropping && isOldOne(unfinished, one)))) {
      const isNeeded = one.limit !== -2 && !isReplacedByWhole(unfinished, seen);
      add(one, 'replaced', !isOldOne(unfinished, one) ? 'doubtful' : isNeeded ? 'needed' : 'ours');
    }
  }
  return left;
}

function isNewOne(
  { database, run, fresh }: Unfinished,
  { oid, comment, owned, ...one }: SeenDatabase,
): boolean {
  if (!fresh || !owned || (fresh.oid ?? oid) !== oid) return false;
  if (comment === null) return !one.open && one.limit === birthmark(fresh.name);
  const mark = readRestoreMark(comment);
  return mark?.database === database && mark.run === run;
}

function isOldOne({ database, run, previous }: Unfinished, { oid, comment, owned }: SeenDatabase): boolean {
  const mark = readReplacedMark(comment);
  return owned && oid === previous?.oid && mark?.database === database && mark.run === run;
}

/**
 * What has the name of the old database, if that is the new one, and not whole: it is empty as long as the old one is there, and half full
 * where that is gone.
 */
export function unfinishedInPlace(
  unfinished: Unfinished,
  seen: readonly SeenDatabase[],
): SeenDatabase | undefined {
  const current = seen.find(({ name }) => name === unfinished.database);
  return current?.comment && isNewOne(unfinished, current) ? current : undefined;
}

/** Whether the new database has the name of the old one, and is no longer marked as one that is being filled. */
function isReplacedByWhole({ database, fresh }: Unfinished, seen: readonly SeenDatabase[]): boolean {
  const current = seen.find(({ name }) => name === database);
  return (
    current !== undefined && current.oid === fresh?.oid && readRestoreMark(current.comment) === undefined
  );
}
