import { setTimeout as sleep } from 'node:timers/promises';
import { quoted } from '../../base/format.ts';
import { isClient, maintenanceDatabase } from '../server/server.ts';
import type { Psql } from '../session/psql.ts';
import { openSession, type Session } from '../session/session.ts';

/** Whether this role may end a session of `pg_stat_activity`. A plain role ends nothing of a superuser's. */
const mayEnd = `(pg_has_role(usesysid, 'USAGE') OR pg_has_role('pg_signal_backend', 'USAGE'))
    AND (NOT (SELECT rolsuper FROM pg_roles WHERE oid = usesysid)
      OR (SELECT rolsuper FROM pg_roles WHERE rolname = current_user))`;

/**
 * Ends the client sessions in the databases with the OIDs `:'oids'`, all that this role may end. Other kinds are left
 * alone: a plain role may not end an autovacuum worker, which a drop or a rename sends away by itself.
 */
const endSessions = `
  SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datid::text = ANY (string_to_array(:'oids', ',')) AND ${isClient} AND pid <> pg_backend_pid() AND ${mayEnd}`;

/** What keeps two databases from being renamed, and does not go away when sessions are ended. */
export interface Obstacles {
  preparedTransactions: number;
  /** Those that this role may not end. */
  sessions: { application: string; user: string; pid: number }[];
}

/** A session in words: `pid 123 ("psql" of "moodle")`. */
export function describeSession({ application, user, pid }: Obstacles['sessions'][number]): string {
  return `pid ${pid} (${quoted(application || 'unnamed')} of ${quoted(user)})`;
}

/** The statement that ends sessions, for a role that may. */
export function endingStatement(sessions: Obstacles['sessions']): string {
  const [first, ...others] = sessions.map(({ pid }) => pid);
  return others.length === 0
    ? `SELECT pg_terminate_backend(${first});`
    : `SELECT pg_terminate_backend(pid) FROM unnest(ARRAY[${[first, ...others].join(', ')}]) AS pid;`;
}

/** Asks for the obstacles in `:'database'` and `:'other'`, as JSON. */
export const findObstacles = `
  SELECT json_build_object(
    'preparedTransactions', (SELECT count(*) FROM pg_prepared_xacts WHERE database IN (:'database', :'other')),
    'sessions', (SELECT coalesce(json_agg(
        json_build_object('application', application_name, 'user', usename, 'pid', pid) ORDER BY pid), '[]')
      FROM pg_stat_activity
      WHERE datname IN (:'database', :'other') AND ${isClient} AND NOT (${mayEnd})))`;

/** Between two rounds of ending sessions, in milliseconds. */
const roundPause = 25;

/**
 * Ends the client sessions in databases, over and over, while `work` runs. It holds a session of its own for that, so that a round takes
 * no longer than its way to the server and back.
 * @param oids of the databases: what somebody else gives their names to is another, and its sessions are left alone
 */
export async function whileEndingSessions<T>(
  psql: Psql,
  oids: readonly (number | null)[],
  work: () => Promise<T>,
): Promise<T> {
  const ender: Session = await openSession(psql, maintenanceDatabase, {
    applicationName: 'postgres-azure-backup end sessions',
  });
  const variables = { oids: oids.filter((oid) => oid !== null).join(',') };
  let over = false;
  const end = async (): Promise<void> => {
    while (!over) {
      await ender.run(endSessions, variables).catch(() => {}); // whoever waits for them says who is left
      await sleep(roundPause);
    }
  };
  try {
    const working = work(); // takes its lock before the first are ended, or they would be back
    void end();
    return await working;
  } finally {
    over = true;
    await ender.close();
  }
}
