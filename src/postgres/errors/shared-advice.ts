import { quoted } from '../../base/format.ts';

/** What to do where a pooler answers in place of the server. https://github.com/pgbouncer/pgbouncer/issues/452 */
export const poolerAdvice =
  "Set db_port to the server's own port (5432 on Azure). A pooler such as PgBouncer shares sessions between clients: what pg_dump sets " +
  'would break the queries of applications, and no database can be replaced through it.';

/**
 * What to do about a session that the server, or something on the way to it, has ended.
 * @param now when that was seen
 */
export function lostAdvice(now: Date): string {
  const time = now.toISOString().slice(11, 19);
  return `Session lost at ${time} UTC. Check the server's log for that time, then run the job again.`;
}

/** What to do about a table that somebody has locked, where it is not known who has. */
export const lockAdvice =
  'Another session has locked the table. Run the job again when it is gone. To see who it is, run this in the database:\n' +
  "SELECT relation::regclass, pid, usename, state FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE mode = 'AccessExclusiveLock';";

/** What to do where a role may not read what it is to back up. */
export const readAdvice =
  'Back up as the owner of all objects, or as a role for backups only that is a member of pg_read_all_data (PostgreSQL 14 or newer). ' +
  'Such a role can read every database of the server, but not large objects.';

/** What to do where tables, or other objects, have changed in the middle of a dump, which locks tables only. */
export const changedAdvice =
  'Something was dropped or changed while pg_dump was reading it, perhaps by a migration. Run the job again when that is over.';

/**
 * What to do where the policies of a table hide rows from the role that backs up.
 * @param forced whether they do so although it is the owner's
 */
export function adviceOnPolicies(table: string, forced: boolean): string {
  return (
    `Row-level security of table ${quoted(table)} hides rows from this role. Back up as a role for backups only that has BYPASSRLS ` +
    '(possible on Azure from PostgreSQL 16 on)' +
    (forced
      ? ', and leave FORCE ROW LEVEL SECURITY as it is.'
      : ', or as the owner of the table, unless it has FORCE ROW LEVEL SECURITY.') +
    ' Do not let an application use such a role: it would see all rows.'
  );
}
