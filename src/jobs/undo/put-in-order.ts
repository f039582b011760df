import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../base/failure.ts';
import { quoted } from '../../base/format.ts';
import type { Step, Unfinished } from '../../base/step.ts';
import { findClients } from '../../postgres/client/find.ts';
import { prepareConnection } from '../../postgres/session/connection.ts';
import type { Psql } from '../../postgres/session/psql.ts';
import { LockTaken, lockRestore, type RestoreLock } from '../../postgres/swap/lock.ts';
import { fetchLogin } from '../preparation.ts';
import type { DatabaseRequest } from '../request.ts';
import { dropLeftDatabases } from './drop-left.ts';

/**
 * For how long what passes by itself is tried again, in milliseconds, if not less: the job has ended, and the next restore does what this
 * could not.
 */
const longestTrouble = 60_000;

/**
 * Puts the server in order after a restore that was killed: signs in again, takes the lock that the restore had, so that no other one
 * of this database is under way, and puts the databases in order.
 * @throws Failure or ProcessFailure if that is not possible
 */
export async function putServerInOrder(
  unfinished: Unfinished,
  request: DatabaseRequest,
  step: Step,
): Promise<void> {
  step.info(
    `The restore of ${quoted(unfinished.database)} ended before it had cleaned up. Looking at what it left`,
  );
  const patience = { ...request.patience, total: Math.min(request.patience.total, longestTrouble) };
  const { login } = await fetchLogin({ ...request, patience }, step);
  const insistence = { patience, info: step.info, readPassword: login.readPassword };
  const connection = await prepareConnection(request.server, login, step.scratch, insistence);
  const client = (await findClients(step.signal)).at(-1);
  if (!client)
    throw new Failure({
      tried: 'Looking at what the restore left',
      cause: 'there is no PostgreSQL client on this machine any more',
      advice: '',
    });
  const psql = { program: client.psql, connection, signal: step.signal };
  const lock = await lockOfTheDead(psql, unfinished.database);
  try {
    const guarded = { ...psql, signal: AbortSignal.any([step.signal, lock.lost]) };
    await dropLeftDatabases(lock, guarded, unfinished, step);
  } finally {
    await lock.release();
  }
}

/**
 * For how long the session of the killed step may still hold its lock, in milliseconds, and between two attempts: it may be finishing a
 * swap, and where the way to it was cut, the server finds out by its keep-alives, after a minute.
 */
const longestHold = 75_000;
const betweenAttempts = 500;

/**
 * Takes the lock that the session of a killed step may still hold. Only that is waited for, as one and the same session: whoever has the lock
 * after it is another restore.
 * @throws Failure that says why it can't be had, at once unless a restore holds it; the reason of the signal of `psql`
 */
export async function lockOfTheDead(psql: Psql, database: string): Promise<RestoreLock> {
  let held: string | undefined;
  for (const begun = performance.now(); ; ) {
    try {
      return await lockRestore(psql, database);
    } catch (error) {
      if (!(error instanceof LockTaken && error.isRestore)) throw error;
      const { pid, since } = error.holder;
      const holder = `${pid} ${since}`;
      held ??= since === null ? undefined : holder;
      const isAnother = since !== null && holder !== held;
      if (isAnother || performance.now() - begun > longestHold) throw error;
    }
    await sleep(betweenAttempts, undefined, { signal: psql.signal }).catch(() =>
      psql.signal.throwIfAborted(),
    );
  }
}
