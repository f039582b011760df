import { parseForeignKey, type TableName } from '../../archive/tables-without-rows.ts';
import { adviceFor } from '../../errors/advice.ts';
import { isOfServer } from '../../errors/kinds.ts';
import { adviceOnFunctions } from './functions.ts';
import type { RestoreError } from './messages.ts';
import { adviceOnMissingRows } from './missing-rows.ts';

/** What to do about an error, by the type of the entry it belongs to and by the statement, in whatever language the server answers. */
const restoreAdvices: readonly { entry?: RegExp; statement?: RegExp; advice: string }[] = [
  {
    statement: /^ALTER .* OWNER TO /s,
    advice:
      'Create the role, make the restoring role a member of it, and have it own the schema, too, unless a superuser ' +
      'restores; or restore with no_owner: true.',
  },
  {
    entry: /^DEFAULT ACL /,
    advice:
      'Make the restoring role a member of the role that the statement names after FOR ROLE (GRANT … TO …), and create the roles ' +
      'that get rights; or restore with no_privileges: true.',
  },
  {
    entry: /^ACL /,
    advice: 'Create the roles that get rights; or restore with no_privileges: true.',
  },
  {
    entry: /^EXTENSION /,
    advice:
      'Make the extension available: on Azure add it to the server parameter azure.extensions, and make the role a member of ' +
      'azure_pg_admin; elsewhere install its package on the server, and let a superuser restore if it is not marked as trusted.',
  },
  { entry: /^COMMENT /, advice: 'Add --no-comments to pg_restore_options.' },
  { entry: /^SECURITY LABEL /, advice: 'Add --no-security-labels to pg_restore_options.' },
  { entry: /^PUBLICATION /, advice: 'Add --no-publications to pg_restore_options.' },
  { entry: /^SUBSCRIPTION /, advice: 'Add --no-subscriptions to pg_restore_options.' },
  {
    entry: /^(POLICY|USER MAPPING) /,
    advice: 'Create the roles that the statement names.',
  },
  {
    entry: /^(FUNCTION|PROCEDURE|AGGREGATE) /,
    statement: /^CREATE (FUNCTION|PROCEDURE) .*?^ {4}LANGUAGE (c|internal)\b/ms,
    advice:
      'Only a superuser may create it: let one restore this backup, or drop it in the original database and make a new ' +
      'backup.',
  },
  {
    entry: /^SERVER /,
    advice:
      'Let a superuser restore this backup, on Azure the administrator of the server: the role has no USAGE on the foreign-data ' +
      'wrapper, and nobody can grant it that in a database that does not exist yet. Or drop the foreign server in the original ' +
      'database, and make a new backup.',
  },
  {
    entry: /^(TABLE|MATERIALIZED VIEW) DATA /,
    advice:
      "See the server's message. What the original took, a new database refuses if a function or a check asks for more than the " +
      'row itself (another table, a setting, the time), or if this server is another: its version, its locale, its extensions. ' +
      'What is to be changed in the original needs a new backup afterwards.',
  },
  {
    entry: /^(INDEX|CONSTRAINT|FK CONSTRAINT|CHECK CONSTRAINT) /,
    advice:
      "See the server's message. If it is about rows that are there twice, or that refer to what is not there, mend them in the " +
      'original database, and make a new backup.',
  },
];

/** Functions and databases with a parameter that only a superuser may set. */
const refusedParameter = /permission denied to set parameter "(.*?)"/;

/**
 * How the server tells of sessions that wait for each other. In any language it names two kinds of locks.
 * https://github.com/postgres/postgres/blob/master/src/backend/storage/lmgr/deadlock.c (DeadLockReport)
 */
const deadlock = /deadlock detected|^DETAIL: [^\n]*[a-z]Lock\b[^\n]*\n[^\n]*[a-z]Lock\b/m;

/**
 * What to do about an error of `pg_restore`. What is wrong with the server as a whole says nothing about the entry.
 * @param withoutRows tables that the archive has no rows for
 */
export function adviceForRestore(error: RestoreError, withoutRows: readonly TableName[] = []): string {
  const { entry, message, statement } = error;
  if (deadlock.test(message)) {
    return (
      'Sessions of this restore have waited for each other, since nobody else works in a database that is being filled: run ' +
      'the restore again with jobs: 1.'
    );
  }
  const byMessage = adviceFor(message);
  if (byMessage !== undefined && isOfServer(message)) return byMessage;
  if (message.startsWith('could not set default_tablespace'))
    return 'Create the tablespace; or add --no-tablespaces to pg_restore_options.';
  const name = refusedParameter.exec(message)?.[1];
  if (name !== undefined) {
    return (
      `Let a superuser run GRANT SET ON PARAMETER ${name} TO … for the restoring role (PostgreSQL 15 or newer), or restore. Or run ` +
      `ALTER FUNCTION … RESET ${name} in the original database, and make a new backup.`
    );
  }
  if (entry.startsWith('FK CONSTRAINT ') && withoutRows.length > 0)
    return adviceOnMissingRows(parseForeignKey(statement), withoutRows);
  const onFunctions = adviceOnFunctions(error);
  if (onFunctions !== undefined) return onFunctions;
  const byEntry = restoreAdvices.find(
    (one) => (one.entry?.test(entry) ?? true) && (one.statement?.test(statement) ?? true),
  );
  return byEntry?.advice ?? byMessage ?? 'Mend the cause, then run the restore again.';
}
