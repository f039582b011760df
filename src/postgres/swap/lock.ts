import { setTimeout as sleep } from 'node:timers/promises';
import { type Diagnosis, Failure } from '../../base/failure.ts';
import { quoted } from '../../base/format.ts';
import { explainServerError } from '../errors/explain.ts';
import { explainingErrors, maintenanceDatabase } from '../server/server.ts';
import { describeDatabase } from '../session/connection.ts';
import type { Psql } from '../session/psql.ts';
import { openSession, type Session } from '../session/session.ts';
import {
  acquireLock,
  applicationOf,
  describeHolder,
  type Holder,
  lockCondition,
  statementToEnd,
} from './lock-claim.ts';

/** The right to restore one database, which one session at a time has. */
export interface RestoreLock {
  database: string;
  /** The session that holds the lock, in the maintenance database: what it does, no other restore does. */
  session: Session;
  /** Aborted with a Failure when the session, and the lock with it, is lost. */
  lost: AbortSignal;
  /** Throws that Failure unless the server says, now, that the lock is held. */
  confirm(): Promise<void>;
  /** Who holds a lock of this kind and could not restore the database: no restore, and passed over. */
  strangers: readonly Holder[];
  /** Gives the lock back and ends the session. Never throws. */
  release(): Promise<void>;
}

/** Between two questions whether the lock is still held, and how long an answer may take, in milliseconds. */
const interval = 20_000;
const longestAnswer = 30_000;

/**
 * Time limits that would end the session or its statements, and keep-alives, so that the server notices within a minute
 * that a runner is gone. Settings that this server does not know are passed over.
 */
const lockSessionSettings = `SELECT set_config(name, value, false) FROM pg_settings JOIN (VALUES
    ('idle_session_timeout', '0'), ('statement_timeout', '0'), ('lock_timeout', '0'), ('transaction_timeout', '0'),
    ('tcp_keepalives_idle', '30'), ('tcp_keepalives_interval', '10'), ('tcp_keepalives_count', '3')
  ) AS wanted(name, value) USING (name)`;

/**
 * Takes the lock for restores of a database, an advisory lock of a session in the maintenance database. It is asked now
 * and then whether it still holds it.
 * @throws Failure if another restore has it, or the server can't be reached. Nothing is changed then.
 */
export async function lockRestore(psql: Psql, database: string): Promise<RestoreLock> {
  const applicationName = applicationOf(database);
  const session = await explainingErrors(psql, maintenanceDatabase, () =>
    openSession(psql, maintenanceDatabase, { applicationName }),
  );
  try {
    const strangers = await explainingErrors(psql, maintenanceDatabase, async () => {
      await session.run(lockSessionSettings);
      const claimed = await acquireLock(session, database);
      if ('by' in claimed) throw lockTaken(psql, database, claimed.by);
      return claimed.strangers;
    });
    return hold(session, psql, database, strangers);
  } catch (error) {
    await session.close();
    throw error;
  }
}

function hold(session: Session, psql: Psql, database: string, strangers: readonly Holder[]): RestoreLock {
  const tried = `Holding the lock for restores of ${describeDatabase(psql.connection, database)}`;
  const lost = new AbortController();
  let released = false;
  const lose = ({ cause, advice }: Diagnosis): void => {
    if (!released) lost.abort(new Failure({ tried, cause, advice }));
  };
  session.lost.addEventListener('abort', () => lose(explainServerError(session.lost.reason)));

  async function confirm(): Promise<void> {
    lost.signal.throwIfAborted();
    const question = `SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid() AND ${lockCondition}`;
    const answer = await Promise.race([
      session.run(question, { database }).catch(String),
      sleep(longestAnswer, 'no answer', { ref: false }),
    ]);
    if (answer !== '1')
      lose({
        cause: `the server does not confirm it (${quoted(answer.slice(0, 200))})`,
        advice: 'Run the job again.',
      });
    if (lost.signal.aborted) void session.close();
    lost.signal.throwIfAborted();
  }

  const timer = setInterval(() => void confirm().catch(() => {}), interval);
  return {
    ...{ database, session, lost: lost.signal, strangers, confirm },
    async release() {
      released = true;
      clearInterval(timer);
      await session.close();
    },
  };
}

/** Somebody else holds the lock. */
export class LockTaken extends Failure {
  readonly holder: Holder;
  constructor(diagnosis: Diagnosis & { tried: string }, holder: Holder) {
    super(diagnosis);
    this.holder = holder;
  }

  /** Whether that looks like a restore, or like a session that is just ending. */
  get isRestore(): boolean {
    const { application, role, prepared } = this.holder;
    return application?.startsWith(applicationOf('')) || (role === null && prepared === null);
  }
}

function lockTaken(psql: Psql, database: string, holder: Holder): LockTaken {
  const tried = `Locking ${describeDatabase(psql.connection, database)} for this restore`;
  const { application, role } = holder;
  const taken = (cause: string, advice: string): LockTaken => new LockTaken({ tried, cause, advice }, holder);
  if (application?.startsWith(applicationOf('')))
    return taken(
      `another restore of this database is running: ${describeHolder(holder)}`,
      'Wait until the other restore has ended, then run the job again.',
    );
  return taken(
    `the lock for restores of this database is held by ${describeHolder(holder)}, which does not look like a restore`,
    'Find out what holds the lock. To end it, run this in database ' +
      `${quoted(maintenanceDatabase)} as ${role === null ? '' : `${quoted(role)} or `}an administrator of the server, then run the job again:\n` +
      statementToEnd(holder),
  );
}
