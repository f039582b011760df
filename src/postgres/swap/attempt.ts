import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../base/failure.ts';
import { quoted } from '../../base/format.ts';
import { maintenanceDatabase } from '../server/server.ts';
import { ask, type Psql } from '../session/psql.ts';
import type { Session } from '../session/session.ts';
import { findObstacles, type Obstacles } from './end-sessions.ts';
import type { BeforeSwap } from './state.ts';

/** The names of a swap: the database `fresh` becomes `current`, and what was `current`, if anything, `previous`. */
export interface SwapNames {
  current: string;
  fresh: string;
  previous: string;
  /** The OID that `current` had when it was looked at, null if there was none; whoever exchanged it meant something else. */
  expected?: number | null;
  /**
   * Statements that are a part of the swap, for the database that becomes `current`, under that name: what it gets of the old one.
   * Without them, it gets the comment.
   */
  statements?: readonly string[];
}

/** For how long, before an attempt, sessions are waited for that this role may not end, in milliseconds. */
const longestWaitForSessions = 10_000;

/** How an attempt ended, and for how long it held back who wanted to connect, at most, in milliseconds. */
export interface Renamed {
  held: number;
  failed?: { reason: unknown };
}

/** An answer that takes longer than its limit by this, in milliseconds, will not come any more. */
const grace = 15_000;

/**
 * Renames both databases. Everything is one message, and so one transaction, which does not depend on us once it is sent.
 * Never throws.
 * @param limit in milliseconds, after which it is rolled back
 */
export async function rename(
  session: Session,
  names: SwapNames,
  { current, comment }: BeforeSwap,
  limit: number,
): Promise<Renamed> {
  const message = [
    `SET LOCAL statement_timeout = ${limit}`,
    `SET LOCAL lock_timeout = ${limit / 2}`,
    ...(current === null ? [] : ['ALTER DATABASE :"current" RENAME TO :"previous"']),
    'ALTER DATABASE :"fresh" RENAME TO :"current"',
    ...(names.statements ?? [
      `COMMENT ON DATABASE :"current" IS ${comment === null ? 'NULL' : ":'comment'"}`,
    ]),
  ];
  const begun = performance.now();
  const held = (): number => performance.now() - begun;
  const timer = setTimeout(() => void session.close(), limit + grace);
  try {
    await session.run(message.join(' \\;\n'), {
      current: names.current,
      fresh: names.fresh,
      previous: names.previous,
      comment: comment ?? '',
    });
    return { held: held() };
  } catch (reason) {
    return { held: held(), failed: { reason } };
  } finally {
    clearTimeout(timer);
  }
}

/** Waits while there are sessions that this role may not end, before anybody is held back on their account. */
export async function waitForOthers(psql: Psql, { current, fresh }: SwapNames): Promise<void> {
  const tried = `Exchanging database ${quoted(current)} for the restored one`;
  for (const begun = performance.now(); ; await sleep(500)) {
    const variables = { database: current, other: fresh };
    const found = await ask<Obstacles>(psql, maintenanceDatabase, findObstacles, variables);
    if (found.preparedTransactions > 0) {
      const cause = `${found.preparedTransactions} prepared transaction(s) hold the database`;
      throw new Failure({
        tried,
        cause,
        advice:
          'SELECT gid, owner, database FROM pg_prepared_xacts shows them: in its database and as its owner, end each with ' +
          "COMMIT PREPARED 'gid' or ROLLBACK PREPARED 'gid', then run the job again.",
      });
    }
    if (found.sessions.length === 0) return;
    if (performance.now() - begun > longestWaitForSessions) {
      const sessions = found.sessions.map(
        ({ application, user, pid }) =>
          `${quoted(application || 'unnamed')} of ${quoted(user)} (process ID ${pid})`,
      );
      const cause = `these sessions did not leave, and ${quoted(psql.connection.user)} may not end them: ${sessions.join(', ')}`;
      throw new Failure({
        tried,
        cause,
        advice:
          'End them, each as its role or as an administrator, or GRANT pg_signal_backend TO …, which does not help against a ' +
          "superuser's, then run the job again.",
      });
    }
  }
}
