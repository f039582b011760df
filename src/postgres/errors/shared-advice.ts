import { quoted } from '../../base/format.ts';
/** What to do where a pooler answers in place of the server. https://github.com/pgbouncer/pgbouncer/issues/452 */
export const poolerAdvice =
  'A pooler such as pgBouncer lends sessions to one client after the other: what pg_dump sets in one breaks the queries of ' +
  'applications, and no database can be replaced. Set db_port to the port of the server itself, on Azure 5432.';

/** What to do about a table that somebody has locked, where it is not known who has. */
export const lockAdvice =
  'Another session holds a lock on the table. In this database, SELECT relation::regclass, pid, usename, state FROM pg_locks ' +
  "JOIN pg_stat_activity USING (pid) WHERE mode = 'AccessExclusiveLock' shows which. Run the job again when it is gone.";

/** What to do where a role may not read what it is to back up. */
export const readAdvice =
  'Back up as the owner of every object, or as a role that only backups use: GRANT pg_read_all_data TO … (PostgreSQL 14 or ' +
  'newer). That role then reads every database of this server, but no large objects.';

/** What to do where tables, or other objects, have changed in the middle of a dump, which locks tables only. */
export const changedAdvice =
  'Somebody has dropped or changed something while pg_dump was reading it, a migration perhaps: run the job again when that is ' +
  'over.';

/**
 * What to do where the policies of a table hide rows from the role that backs up.
 * @param forced whether they do so although it is the owner's
 */
export function adviceOnPolicies(table: string, forced: boolean): string {
  return (
    'Back up as a role that only backups use, with BYPASSRLS (ALTER ROLE … BYPASSRLS; on Azure from PostgreSQL 16 on)' +
    (forced
      ? ', and leave FORCE ROW LEVEL SECURITY as it is. '
      : ', or as the owner of the table, unless it has FORCE ROW LEVEL SECURITY. ') +
    `The policies of table ${quoted(table)} hide rows from this role, and a backup needs them all. An application that ` +
    'connects as a role with BYPASSRLS would see them all, too.'
  );
}
