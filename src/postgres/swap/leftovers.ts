import type { Step } from '../../base/step.ts';
import { type RestoreMark, readReplacedMark, readRestoreMark } from '../properties/restore-mark.ts';
import { type Psql, uninterrupted } from '../session/psql.ts';
import { birthmark, findCreated, terminateCreation } from './create.ts';
import { oidOf } from './database-state.ts';
import { type DropOutcome, dropDatabase } from './drop.ts';
import type { RestoreLock } from './lock.ts';
import { isDroppingName, isPreviousName, isRestoreName } from './names.ts';
import type { KnownDatabase } from './proof.ts';

/** A database that a killed restore seems to have left. */
export interface Leftover extends KnownDatabase {
  /** `new`: it was being restored into. `old`: a restore has taken its place. */
  kind: 'new' | 'old';
  /** The run that left it, from its mark, empty where it had none yet; undefined if it may be anybody's. */
  run: string | undefined;
  /** Sessions in it: a pg_restore that outlived its run, or a person. */
  sessions: number;
  /** Whether it is certainly ours, nobody uses or needs it, and this role may drop it. */
  droppable: boolean;
}

interface Beside {
  name: string;
  oid: number;
  comment: string | null;
  owned: boolean;
  /** Whether it has what a database of its name comes to be with, where it has no mark yet: its connection limit, closed to all. */
  limit: number | null;
  /** Whether a drop of it was cut off, so that it is no use to anybody. */
  ruined: boolean;
  sessions: number;
}

/** What there is besides a database that restores may have left or kept. */
export interface DatabasesBeside {
  leftovers: Leftover[];
  /** Old databases of earlier restores without a mark: those that were kept. */
  kept: string[];
}

/**
 * Finds what killed restores of a database have left, and what others have kept. Whoever holds the lock knows that no other restore of it
 * is running. An old database is not droppable unless the very one that took its place, by its OID, still has it and is whole, or it is a
 * ruin: what somebody else has made there since is no reason to drop what may be the last copy.
 * @throws ProcessFailure
 */
export async function findLeftovers({ session, database }: RestoreLock): Promise<DatabasesBeside> {
  const question = `SELECT json_build_object(
    'target', (SELECT json_build_object('oid', oid::bigint, 'comment', shobj_description(oid, 'pg_database'), 'limit', datconnlimit)
      FROM pg_database WHERE datname = :'database'),
    'beside', (SELECT coalesce(json_agg(json_build_object(
      'name', datname, 'oid', oid::bigint, 'comment', shobj_description(oid, 'pg_database'), 'owned', pg_has_role(datdba, 'USAGE'),
      'limit', CASE WHEN NOT datallowconn THEN datconnlimit END, 'ruined', datconnlimit = -2,
      'sessions', (SELECT count(*) FROM pg_stat_activity AS s WHERE s.datid = d.oid AND usesysid IS NOT NULL))
      ORDER BY datname), '[]')
    FROM pg_database AS d WHERE datname ~ '_(restore|before|dropping)_[0-9]{14}' AND NOT datistemplate))`;
  type Answer = { target: { oid: number; comment: string | null; limit: number } | null; beside: Beside[] };
  const { target, beside }: Answer = JSON.parse(await session.run(question, { database }));
  const isWhole = target !== null && target.limit !== -2 && readRestoreMark(target.comment) === undefined;
  const leftovers = beside.flatMap(
    (found) => leftoverOf(found, database, isWhole ? target.oid : undefined) ?? [],
  );
  const kept = beside.map(({ name }) => name).filter((name) => isPreviousName(name, database));
  return { leftovers, kept: kept.filter((name) => !leftovers.some((leftover) => leftover.name === name)) };
}

/** @param whole the OID of what has the name of the database, if it is whole */
function leftoverOf(found: Beside, database: string, whole: number | undefined): Leftover | undefined {
  const { name, oid, comment, owned, limit, ruined, sessions } = found;
  const [isNew, isOld] = [isRestoreName(name, database), isPreviousName(name, database)];
  if (!isNew && !isOld && !isDroppingName(name, database)) return undefined;
  const of = (mark: { database: string; run: string } | undefined): string | undefined =>
    mark?.database === database ? mark.run : undefined;
  const replaced = readReplacedMark(comment);
  const replacedBy = of(replaced);
  const unmarked = isNew && comment === null && limit === birthmark(name) ? '' : undefined;
  const run = of(readRestoreMark(comment)) ?? replacedBy ?? unmarked;
  if (isOld && run === undefined) return undefined; // one that was kept
  const isNeeded = replacedBy !== undefined && !ruined && (whole === undefined || replaced?.by !== whole);
  return {
    ...{ name, oid, run, sessions, ...(comment !== null && { comment }) },
    kind: replacedBy === undefined ? 'new' : 'old',
    droppable: run !== undefined && owned && sessions === 0 && !isNeeded,
  };
}

/** Drops a leftover that is `droppable`. Ends nobody's session: it is still there if it is used after all. */
export async function dropLeftover(
  psql: Psql,
  database: string,
  leftover: Leftover,
  step: Pick<Step, 'info'>,
): Promise<DropOutcome> {
  return dropDatabase(psql, leftover, { database, endSessions: false }, step);
}

/**
 * Drops the database that `createForRestore` has made with this name and this mark, if it has, and the sessions in it. Nobody else's of
 * that name is touched, or told. Never throws.
 * @param oid of the one that was made, if it was; undefined while that is not known
 */
export async function dropCreated(
  psql: Psql,
  { name, oid }: { name: string; oid: number | undefined },
  mark: RestoreMark,
  step: Pick<Step, 'info'>,
): Promise<DropOutcome> {
  const patient = uninterrupted(psql);
  try {
    await terminateCreation(patient, name);
    const created = await findCreated(patient, name, mark);
    if (!created) {
      const isThere = oid !== undefined && (await oidOf(patient, name)) === oid;
      return isThere ? { state: 'unmarked', name, reason: undefined } : { state: 'dropped' };
    }
    return await dropDatabase(psql, created, { database: mark.database, endSessions: true }, step);
  } catch (reason) {
    return { state: 'unknown', name, reason };
  }
}
