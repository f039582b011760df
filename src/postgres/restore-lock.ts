import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../failure.ts';
import { quoted } from '../format.ts';
import { explainServerError } from './errors.ts';
import type { Psql } from './psql.ts';
import { explained, maintenanceDatabase, whereTo } from './server.ts';
import { openSession, type Session } from './session.ts';

/** The right to restore one database, which one session at a time has. */
export interface RestoreLock {
  database: string;
  /** The session that holds the lock, in the maintenance database: what it does, no other restore does. */
  session: Session;
  /** Aborted with a Failure when the session, and the lock with it, is lost. */
  lost: AbortSignal;
  /** Throws that Failure unless the server says, now, that the lock is held. */
  confirm(): Promise<void>;
  /** Gives the lock back and ends the session. Never throws. */
  release(): Promise<void>;
}

/** Between two questions whether the lock is still held, and how long an answer may take, in milliseconds. */
const interval = 20_000;
const longestAnswer = 30_000;

const key = "hashtextextended('postgres-azure-backup restore ' || :'database', 0)";

const isThisLock = `locktype = 'advisory' AND objsubid = 1
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND (classid::bigint << 32) | objid::bigint = ${key}`;

/**
 * Time limits that would end the session or its statements, and keep-alives, so that the server notices within a minute
 * that a runner is gone. Settings that this server does not know are passed over.
 */
const settings = `SELECT set_config(name, value, false) FROM pg_settings JOIN (VALUES
    ('idle_session_timeout', '0'), ('statement_timeout', '0'), ('lock_timeout', '0'), ('transaction_timeout', '0'),
    ('tcp_keepalives_idle', '30'), ('tcp_keepalives_interval', '10'), ('tcp_keepalives_count', '3')
  ) AS wanted(name, value) USING (name)`;

/**
 * Takes the lock for restores of a database, an advisory lock of a session in the maintenance database. It is asked now
 * and then whether it still holds it.
 * @throws Failure if another restore has it, or the server can't be reached. Nothing is changed then.
 */
export async function lockRestore(psql: Psql, database: string): Promise<RestoreLock> {
  const applicationName = `postgres-azure-backup restore ${database}`;
  const session = await explained(psql, maintenanceDatabase, () =>
    openSession(psql, maintenanceDatabase, { applicationName }),
  );
  try {
    await explained(psql, maintenanceDatabase, async () => {
      await session.run(settings);
      const got = await session.run(`SELECT pg_try_advisory_lock(${key})`, { database });
      if (got !== 't') throw await taken(psql, session, database);
    });
  } catch (error) {
    await session.close();
    throw error;
  }
  return hold(session, psql, database);
}

function hold(session: Session, psql: Psql, database: string): RestoreLock {
  const tried = `Holding the lock for restores of ${whereTo(psql.connection, database)}`;
  const lost = new AbortController();
  let released = false;
  const lose = ({ cause, advice }: { cause: string; advice: string }): void => {
    if (!released) lost.abort(new Failure({ tried, cause, advice }));
  };
  session.lost.addEventListener('abort', () => lose(explainServerError(session.lost.reason)));

  async function confirm(): Promise<void> {
    lost.signal.throwIfAborted();
    const question = `SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid() AND granted AND ${isThisLock}`;
    const answer = await Promise.race([
      session.run(question, { database }).catch(String),
      sleep(longestAnswer, 'no answer', { ref: false }),
    ]);
    if (answer !== '1')
      lose({ cause: `the server does not confirm it (${answer})`, advice: 'Run the job again.' });
    if (lost.signal.aborted) void session.close();
    lost.signal.throwIfAborted();
  }

  const timer = setInterval(() => void confirm().catch(() => {}), interval);
  return {
    ...{ database, session, lost: lost.signal, confirm },
    async release() {
      released = true;
      clearInterval(timer);
      await session.close();
    },
  };
}

/** Who has the lock, as far as this role may see that. */
interface Holder {
  pid: number;
  application: string | null;
  since: string | null;
  address: string | null;
}

async function taken(psql: Psql, session: Session, database: string): Promise<Failure> {
  const question = `SELECT json_agg(json_build_object('pid', pid, 'application', application_name,
      'since', to_char(backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"'), 'address', host(client_addr)))
    FROM pg_locks LEFT JOIN pg_stat_activity USING (pid) WHERE granted AND ${isThisLock}`;
  const [holder] = (JSON.parse((await session.run(question, { database })) || '[]') as Holder[]) ?? [];
  const { since, address, application, pid } = holder ?? {};
  const known = [
    since && `since ${since}`,
    address && `from ${address}`,
    application && `as ${quoted(application)}`,
    pid && `with process ID ${pid} on the server`,
  ].filter((part) => part);
  return new Failure({
    tried: `Locking ${whereTo(psql.connection, database)} for this restore`,
    cause: `another restore of it is running${known.length > 0 ? ` ${known.join(', ')}` : ''}`,
    advice: `Wait until it has ended, then run the job again. Nothing was changed.`,
  });
}
