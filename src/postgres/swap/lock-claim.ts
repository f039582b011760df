import { randomInt } from 'node:crypto';
import { plain, quoted } from '../../base/format.ts';
import type { Session } from '../session/session.ts';
import { literal, toPaste } from '../session/sql-text.ts';

/** Who holds a lock for restores of a database, as far as this role may see that. */
export interface Holder {
  /** null for a prepared transaction, which has no session. */
  pid: number | null;
  /** The role that signed in. */
  role: string | null;
  /** Whether the role could restore the database, by itself or as a role that it is a member of. */
  able: boolean;
  application: string | null;
  since: string | null;
  address: string | null;
  /** What a prepared transaction is called. */
  prepared: string | null;
}

/** How the session that holds the lock for a database is called in `pg_stat_activity`, which cuts it and shows ASCII alone. */
export function applicationOf(database: string): string {
  return `postgres-azure-backup restore ${database}`;
}

const family = "hashtext('postgres-azure-backup restore ' || :'database')";

/** Of `pg_locks`: the locks for restores of a database. https://www.postgresql.org/docs/current/view-pg-locks.html (advisory locks) */
export const lockCondition = `locktype = 'advisory' AND objsubid = 2 AND granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND classid = (${family}::bigint & 4294967295)::oid`;

/**
 * Who could restore: where the database is there, its owner and who may become that; else whoever may create databases. A session's
 * role is the one that signed in, which no SET ROLE changes.
 */
const isAble = `EXISTS (SELECT FROM pg_roles AS role
    LEFT JOIN pg_database AS target ON target.datname = :'database'
    WHERE pg_has_role(held_by.oid, role.oid, 'MEMBER')
      AND (role.rolsuper OR CASE WHEN target.oid IS NULL THEN role.rolcreatedb ELSE role.oid = target.datdba END))`;

const holders = `SELECT coalesce(json_agg(json_build_object('pid', held.pid, 'role', held_by.rolname,
      'able', held_by.oid IS NULL OR ${isAble}, 'application', application_name,
      'since', to_char(coalesce(backend_start, prepared) AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"'),
      'address', host(client_addr), 'prepared', gid)), '[]')
    FROM (SELECT DISTINCT pid, virtualtransaction FROM pg_locks WHERE pid IS DISTINCT FROM pg_backend_pid() AND ${lockCondition}) AS held
    LEFT JOIN pg_stat_activity AS activity ON activity.pid = held.pid
    LEFT JOIN pg_locks AS own ON held.pid IS NULL AND own.pid IS NULL AND own.locktype = 'transactionid'
      AND own.virtualtransaction = held.virtualtransaction
    LEFT JOIN pg_prepared_xacts ON transaction = own.transactionid
    LEFT JOIN pg_roles AS held_by ON held_by.oid = usesysid OR held_by.rolname = owner`;

/**
 * Claims the right to restore a database for a session. PostgreSQL has no lock that strangers cannot take: an advisory lock asks for
 * no right, an object for `LOCK` would have to be created in a database where a restoring role may create nothing, and what
 * `COMMENT ON DATABASE` locks stands in the way of the renaming. But the server says whose a session is. So whoever could not
 * restore the database is passed over, by another lock of the same family; and a claim holds only if, once it is made, nobody who
 * could restore has another.
 *
 * @returns those who were passed over; or who is in the way, in `by`. The session may hold a lock then, and is to be closed.
 */
export async function acquireLock(
  session: Session,
  database: string,
): Promise<{ by: Holder } | { strangers: readonly Holder[] }> {
  let key = 0;
  for (let round = 1; ; round++) {
    const got = await session.run(`SELECT pg_try_advisory_lock(${family}, ${key})`, { database });
    const found: Holder[] = JSON.parse(await session.run(holders, { database }));
    const able = found.filter((holder) => holder.able);
    const by = able.find(({ role }) => role !== null) ?? (round < mostRounds ? undefined : able[0]);
    if (by) return { by };
    if (able.length > 0) continue; // whoever leaves while it is looked at is seen without a role
    if (got === 't') return { strangers: found };
    key = randomInt(1, 2 ** 31);
  }
}

/** How often who holds a lock is looked for, before somebody without a role stands in the way. */
const mostRounds = 5;

/** A holder in words: `a session of the role "x" since …, from …`. */
export function describeHolder({ since, address, application, pid, prepared, role }: Holder): string {
  const details = [
    since && `since ${plain(since)}`,
    address && `from ${plain(address)}`,
    application && `as ${quoted(application)}`,
    pid && `with process ID ${pid} on the server`,
  ].filter((part) => part);
  const what = prepared === null ? 'a session' : `the prepared transaction ${quoted(prepared)}`;
  return [`${what} of the role ${quoted(role ?? '?')}`, details.join(', ')].join(' ').trim();
}

/** The statement that ends what holds the lock, on one line: whoever prepared a transaction has named it. */
export function statementToEnd({ pid, prepared }: Holder): string {
  if (prepared === null) return `SELECT pg_terminate_backend(${pid});`;
  return toPaste(`ROLLBACK PREPARED ${literal(prepared)};`);
}
