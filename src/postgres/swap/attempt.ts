import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../base/failure.ts';
import { count, quoted } from '../../base/format.ts';
import { replacedMark } from '../properties/restore-mark.ts';
import { maintenanceDatabase } from '../server/server.ts';
import { ask, type Psql } from '../session/psql.ts';
import type { Session } from '../session/session.ts';
import { identifier, literal, toPaste } from '../session/sql-text.ts';
import { describeSession, endingStatement, findObstacles, type Obstacles } from './end-sessions.ts';
import { proof } from './proof.ts';
import type { BeforeSwap } from './state.ts';

/** The names of a swap: the database `fresh` becomes `current`, and what was `current`, if anything, `previous`. */
export interface SwapNames {
  current: string;
  fresh: string;
  previous: string;
  /** The OID that `current` had when it was looked at, null if there was none; whoever exchanged it meant something else. */
  expected?: number | null;
  /** The OID of `fresh`, where whoever swaps has made it. */
  made?: number;
  /** The run, where what was `current` is to be dropped next: it gets the mark by which that is known. */
  discardedBy?: string;
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
 * Renames both databases. Everything is one message, and so one transaction, which does not depend on us once it is sent. It is a part
 * of it that both are the ones that were looked at before. Never throws.
 * @param limit in milliseconds, after which it is rolled back
 */
export async function rename(
  session: Session,
  names: SwapNames,
  before: BeforeSwap,
  limit: number,
): Promise<Renamed> {
  const { current, fresh, comment } = before;
  const message = [
    `SET LOCAL statement_timeout = ${limit}`,
    `SET LOCAL lock_timeout = ${limit / 2}`,
    ...(current === null ? [] : ['ALTER DATABASE :"current" RENAME TO :"previous"']),
    'ALTER DATABASE :"fresh" RENAME TO :"current"',
    ...(current === null ? [] : [proof('previous', 'old')]),
    proof('current', 'new'),
    ...(current === null || names.discardedBy === undefined
      ? []
      : [`COMMENT ON DATABASE :"previous" IS :'mark'`]),
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
      ...{ old: String(current), new: String(fresh), mark: markAfter(names, before) ?? '' },
    });
    return { held: held() };
  } catch (reason) {
    return { held: held(), failed: { reason } };
  } finally {
    clearTimeout(timer);
  }
}

/** The comment that what was `current` has after the swap, if it gets a mark. */
export function markAfter(
  { current, discardedBy }: SwapNames,
  { fresh, comment }: BeforeSwap,
): string | undefined {
  if (discardedBy === undefined) return undefined;
  return replacedMark({
    database: current,
    run: discardedBy,
    comment,
    ...(fresh !== null && { by: fresh }),
  });
}

/** Waits while there are sessions that this role may not end, before anybody is held back on their account. */
export async function waitForOthers(psql: Psql, { current, fresh }: SwapNames): Promise<void> {
  const tried = `Replacing database ${quoted(current)}`;
  for (const begun = performance.now(); ; await sleep(500)) {
    const variables = { database: current, other: fresh };
    const found = await ask<Obstacles>(psql, maintenanceDatabase, findObstacles, variables);
    if (found.preparedTransactions > 0) {
      throw new Failure({
        tried,
        cause: `blocked by ${count(found.preparedTransactions, 'prepared transaction')}`,
        advice: adviceOnPrepared(current, fresh),
      });
    }
    if (found.sessions.length === 0) return;
    if (performance.now() - begun > longestWaitForSessions) {
      const number = found.sessions.length;
      const blocked = `${count(number, 'session')} ${number === 1 ? 'is' : 'are'} in the way`;
      const { user } = psql.connection;
      throw new Failure({
        tried,
        cause: `${blocked}, and ${quoted(user)} may not end ${number === 1 ? 'it' : 'them'}: ${found.sessions.map(describeSession).join(', ')}`,
        advice: adviceOnSessions(found.sessions, user),
      });
    }
  }
}

function adviceOnSessions(sessions: Obstacles['sessions'], role: string): string {
  return [
    'As an administrator of the server, run this, then run the job again:',
    endingStatement(sessions),
    "Or let this role end all sessions but a superuser's from now on:",
    toPaste(`GRANT pg_signal_backend TO ${identifier(role)};`),
  ].join('\n');
}

/** What to do about prepared transactions in a database. */
export function adviceOnPrepared(...databases: readonly string[]): string {
  return [
    'To list the prepared transactions, run:',
    toPaste(
      `SELECT gid, owner, database FROM pg_prepared_xacts WHERE database IN (${databases.map(literal).join(', ')});`,
    ),
    'End each in its database and as its owner, with COMMIT PREPARED or ROLLBACK PREPARED and its gid, then run the job again.',
  ].join('\n');
}
