import { inOneLine, plain, quoted } from '../../base/format.ts';
import { ask, type Psql } from '../session/psql.ts';

/** Who keeps everybody else from a table. */
export interface LockHolder {
  /** With its schema, quoted where SQL needs it: `public.note`. */
  table: string;
  /** Whether the lock is held; otherwise it is waited for, with everybody else behind. */
  granted: boolean;
  /** The process on the server; null for a prepared transaction. */
  pid: number | null;
  role: string | null;
  /** The name of the application, and since when its transaction lasts; null if this role may not see that. */
  application: string | null;
  since: string | null;
}

/** Only this kind of lock stands in the way of a dump: https://www.postgresql.org/docs/current/explicit-locking.html */
const lockHoldersQuery = `SELECT coalesce(json_agg(json_build_object(
    'table', format('%I.%I', n.nspname, c.relname),
    'granted', l.granted,
    'pid', l.pid,
    'role', a.usename,
    'application', nullif(a.application_name, ''),
    'since', to_char(a.xact_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"')) ORDER BY l.granted DESC), '[]')
  FROM pg_locks AS l
    JOIN pg_class AS c ON c.oid = l.relation JOIN pg_namespace AS n ON n.oid = c.relnamespace
    LEFT JOIN pg_stat_activity AS a ON a.pid = l.pid
  WHERE l.mode = 'AccessExclusiveLock' AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

/**
 * Asks who holds the locks that `pg_dump` waited for in vain. Never throws; finds nobody if the server does not answer, or they
 * are gone.
 * @param said what `pg_dump` said, with the names of the tables that it wanted to lock
 */
export async function lockHolders(psql: Psql, database: string, said: string): Promise<LockHolder[]> {
  const holders = await ask<LockHolder[]>(psql, database, lockHoldersQuery).catch(() => []);
  return holders.filter(({ table }) => said.includes(table));
}

/** What to do about those who hold locks, at least one. */
export function adviceOnLocks(holders: readonly LockHolder[]): string {
  const [{ pid } = { pid: null }] = holders;
  const end =
    pid === null
      ? 'or commit it or roll it back, then run the job again.'
      : `then run the job again. To end the session, as its role or as an administrator:\nSELECT pg_terminate_backend(${pid});`;
  return `${holders.slice(0, 3).map(describeLockHolder).join(' ')} Wait until that is over, ${end}`;
}

function describeLockHolder({ table, granted, pid, role, application, since }: LockHolder): string {
  const verb = granted ? 'is locked by' : 'will be locked next by';
  if (pid === null) return `Table ${inOneLine(table)} ${verb} a prepared transaction (pg_prepared_xacts).`;
  const known = [
    role !== null && ` of role ${quoted(role)}`,
    application !== null && ` with application ${quoted(application)}`,
    since !== null && `, whose transaction began ${plain(since)}`,
  ].filter((part) => part !== false);
  return `Table ${inOneLine(table)} ${verb} session ${pid}${known.join('')}.`;
}
