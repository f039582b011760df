import { setTimeout as sleep } from 'node:timers/promises';
import { ProcessFailure } from '../../base/process.ts';
import { readRestoreMark } from '../properties/restore-mark.ts';
import { maintenanceDatabase } from '../server/server.ts';
import { type Psql, runScript, uninterrupted } from '../session/psql.ts';
import { terminateCreation } from './create.ts';
import { databaseState } from './database-state.ts';
import { whileEndingSessions } from './end-sessions.ts';
import type { RestoreLock } from './lock.ts';
import { isPreviousName, isRestoreName } from './names.ts';

/** A database that a killed restore seems to have left. */
export interface Leftover {
  name: string;
  /** The run that made it, from its mark; undefined if it has none, and may be anybody's. */
  run: string | undefined;
  /** Sessions in it: a pg_restore that outlived its run, or a person. */
  sessions: number;
  /** Whether it is certainly ours, nobody uses it, and this role may drop it. */
  droppable: boolean;
}

/**
 * Finds what killed restores of a database have left. Whoever holds the lock knows that no other restore of it is running.
 * @throws ProcessFailure
 */
export async function findLeftovers({ session, database }: RestoreLock): Promise<Leftover[]> {
  const question = `SELECT coalesce(json_agg(json_build_object(
      'name', datname, 'comment', shobj_description(oid, 'pg_database'), 'owned', pg_has_role(datdba, 'USAGE'),
      'sessions', (SELECT count(*) FROM pg_stat_activity AS s WHERE s.datid = d.oid AND usesysid IS NOT NULL))
      ORDER BY datname), '[]')
    FROM pg_database AS d WHERE datname LIKE '%\\_restore\\_%' AND NOT datistemplate`;
  const found: { name: string; comment: string | null; owned: boolean; sessions: number }[] = JSON.parse(
    await session.run(question),
  );
  return found
    .filter(({ name }) => isRestoreName(name, database))
    .map(({ name, comment, owned, sessions }) => {
      const mark = readRestoreMark(comment);
      const ours = mark?.database === database;
      return { name, sessions, run: ours ? mark.run : undefined, droppable: ours && owned && sessions === 0 };
    });
}

/**
 * Finds the old databases of earlier restores: those that were kept, and those that could not be dropped.
 * @throws ProcessFailure
 */
export async function findPrevious({ session, database }: RestoreLock): Promise<string[]> {
  const question = `SELECT coalesce(json_agg(datname ORDER BY datname), '[]')
    FROM pg_database WHERE datname LIKE '%\\_before\\_%'`;
  const found: string[] = JSON.parse(await session.run(question));
  return found.filter((name) => isPreviousName(name, database));
}

const dropIt = 'SET statement_timeout = 0;\nDROP DATABASE IF EXISTS :"name";';

/** Drops a leftover that is `droppable`. Ends nobody's session: throws a ProcessFailure if it is used after all. */
export async function dropLeftover(psql: Psql, { name }: Leftover): Promise<void> {
  await runScript(uninterrupted(psql), maintenanceDatabase, dropIt, { name });
}

/** For dropping a database in which much lies, in milliseconds. */
const longestDrop = 600_000;

/** How long a server that does not answer is waited for, in milliseconds, if not less: it may be about to start again. */
const longestSilence = 60_000;

/**
 * Drops a database that nobody needs any more, the old one after a swap or the new one after a failure, and ends the
 * sessions in it. Never throws, since what failed or succeeded before stays so.
 * @returns why it is still there, if it is
 */
export async function dropQuietly(psql: Psql, name: string): Promise<{ reason: unknown } | undefined> {
  const { insistence } = psql.connection.admission;
  const longest = Math.min(longestSilence, insistence?.patience.total ?? longestSilence);
  const hurry = AbortSignal.any([psql.signal, AbortSignal.timeout(longest)]);
  const patient = { ...uninterrupted(psql, longestDrop), hurry };
  for (const begun = performance.now(); ; await sleep(1_000)) {
    const left = await tryToDrop(patient, name);
    // psql exits with 2 if it cannot connect, or is cut off.
    const unreachable = left?.reason instanceof ProcessFailure && left.reason.exitCode === 2;
    if (!unreachable || performance.now() - begun > longest) return left;
  }
}

async function tryToDrop(psql: Psql, name: string): Promise<{ reason: unknown } | undefined> {
  const drop = 'SET statement_timeout = 0;\nSET lock_timeout = 0;\nDROP DATABASE IF EXISTS :"name";';
  try {
    await terminateCreation(psql, name);
    await whileEndingSessions(psql, [name, name], () => runScript(psql, maintenanceDatabase, drop, { name }));
    return undefined;
  } catch (reason) {
    const state = await databaseState(psql, name).catch(() => 'unknown');
    return state === 'absent' ? undefined : { reason };
  }
}
