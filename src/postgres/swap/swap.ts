import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../base/failure.ts';
import { quoted } from '../../base/format.ts';
import { type Psql, uninterrupted } from '../session/psql.ts';
import { sqlStateOf } from '../session/session.ts';
import { markAfter, type Renamed, rename, type SwapNames, waitForOthers } from './attempt.ts';
import { whileEndingSessions } from './end-sessions.ts';
import type { RestoreLock } from './lock.ts';
import { isMistaken, type KnownDatabase } from './proof.ts';
import { type BeforeSwap, readStateBeforeSwap, stateAfterSwap } from './state.ts';

export type SwapOutcome =
  | {
      state: 'swapped';
      /** What the old database is called now; undefined if there was none. */
      previous: string | undefined;
      /** The same as it can be proved to be the one, and the comment that it had before. */
      old?: { known: KnownDatabase; comment: string | null };
      /** For how long the last attempt held back who wanted to connect, at most, in milliseconds. */
      held: number;
      attempts: number;
    }
  /** Both databases are as they were. */
  | { state: 'unchanged'; reason: unknown }
  /** All of it or nothing has happened, and the server can't be asked which. */
  | { state: 'unknown'; reason: unknown };

/**
 * For how long each attempt may hold back those who connect, and how long they have for themselves before it, in
 * milliseconds. The server itself waits up to five seconds for sessions to leave.
 */
const attemptPauses = [
  { pause: 0, limit: 1_000 },
  { pause: 1_000, limit: 2_000 },
  { pause: 2_000, limit: 4_000 },
  { pause: 4_000, limit: 6_000 },
];

/** Errors after which another attempt may succeed: in use, cancelled (by its time limit), lock not available, deadlock. */
const passing = new Set(['55006', '57014', '55P03', '40P01']);

/**
 * Gives the new database the name of the old one, in one transaction of the session that holds the lock for restores: if
 * that session is lost, no swap happens. The comment on the old database goes along, in place of the mark on the new one.
 *
 * The lock that a rename takes holds new connections back, and it waits for the others to leave; meanwhile a second
 * session ends them, in both databases, since monitoring and poolers connect to whatever they find. So nobody gets in
 * between, however quickly they reconnect, nothing needs to be disabled, and nothing to be undone.
 *
 * A cancel does not cut an attempt off in the middle, but there is no further one after it. Never throws.
 */
export async function swapDatabases(lock: RestoreLock, psql: Psql, names: SwapNames): Promise<SwapOutcome> {
  const { current, fresh } = names;
  const unchanged = (why: unknown): SwapOutcome => ({
    state: 'unchanged',
    reason: psql.signal.aborted ? psql.signal.reason : why, // an attempt that fails after a cancel would have been repeated
  });
  let before: BeforeSwap;
  try {
    await lock.confirm();
    before = await readStateBeforeSwap(lock.session, current, fresh);
    if (names.expected !== undefined && before.current !== names.expected) throw replacedMeanwhile(current);
    if (before.fresh === null || (names.made ?? before.fresh) !== before.fresh)
      throw replacedMeanwhile(fresh);
  } catch (reason) {
    return unchanged(reason);
  }
  let reason: unknown;
  for (const [index, { pause, limit }] of attemptPauses.entries()) {
    let renamed: Renamed;
    try {
      await sleep(pause, undefined, { signal: psql.signal });
      await waitForOthers(psql, names);
      renamed = await whileEndingSessions(uninterrupted(psql), [before.current, before.fresh], () =>
        rename(lock.session, names, before, limit),
      );
    } catch (error) {
      return unchanged(error);
    }
    const swapped = {
      state: 'swapped',
      ...afterwards(names, before),
      held: renamed.held,
      attempts: index + 1,
    } as const;
    if (!renamed.failed) return swapped;
    reason = renamed.failed.reason;
    const sqlState = sqlStateOf(reason);
    if (sqlState === undefined) {
      const state = await stateAfterSwap(psql, names, before);
      return state === 'swapped' ? swapped : state === 'unchanged' ? unchanged(reason) : { state, reason };
    }
    const fault = await replacedSince(lock, names, before, reason);
    if (fault) return unchanged(fault);
    if (!passing.has(sqlState)) break;
  }
  return unchanged(reason);
}

/** The old database, if there was one, after a swap. */
function afterwards(
  names: SwapNames,
  before: BeforeSwap,
): Pick<SwapOutcome & { state: 'swapped' }, 'previous' | 'old'> {
  const { previous } = names;
  const { current: oid, comment } = before;
  if (oid === null) return { previous: undefined };
  const mark = markAfter(names, before);
  return {
    previous,
    old: { known: { name: previous, oid, ...(mark !== undefined && { comment: mark }) }, comment },
  };
}

/**
 * That an attempt failed since it met other databases than it was meant for: they are not there, or there already, or in use by sessions
 * that are nobody's to end. Undefined if they are the same.
 */
async function replacedSince(
  { session }: RestoreLock,
  { current, fresh }: SwapNames,
  before: BeforeSwap,
  reason: unknown,
): Promise<Failure | undefined> {
  const now = await readStateBeforeSwap(session, current, fresh).catch(() => undefined);
  if (now && now.current !== before.current) return replacedMeanwhile(current);
  if (now && now.fresh !== before.fresh) return replacedMeanwhile(fresh);
  return isMistaken(reason) ? replacedMeanwhile(current) : undefined;
}

/** Somebody made, dropped or replaced the database after it was looked at. */
export function replacedMeanwhile(database: string): Failure {
  return new Failure({
    tried: `Replacing database ${quoted(database)}`,
    cause: 'it was created, dropped or replaced by somebody else after the restore began',
    advice: 'Find out by whom, then run the restore again.',
  });
}
