import { parseForeignKey, type TableName } from '../../archive/tables-without-rows.ts';
import { adviceFor } from '../../errors/advice.ts';
import { isOfServer } from '../../errors/kinds.ts';
import { adviceOnFunctions, withoutOriginalHint } from './functions.ts';
import type { RestoreError } from './messages.ts';
import { adviceOnMissingRows } from './missing-rows.ts';

/** What to do about an error, by the type of the entry it belongs to and by the statement, in whatever language the server answers. */
const restoreAdvices: readonly { entry?: RegExp; statement?: RegExp; advice: string }[] = [
  {
    statement: /^ALTER .* OWNER TO /s,
    advice:
      'Restore with no_owner: true. Or create the role, make the restoring role a member of it, and let it own the schema, too, unless you restore as a superuser.',
  },
  {
    entry: /^DEFAULT ACL /,
    advice:
      'Restore with no_privileges: true. Or make the restoring role a member of the role that the statement names after FOR ROLE, and create the roles that get privileges.',
  },
  {
    entry: /^ACL /,
    advice: 'Restore with no_privileges: true, or create the roles that get privileges.',
  },
  {
    entry: /^EXTENSION /,
    advice:
      'Make the extension available: on Azure, add it to the server parameter azure.extensions and make the role a member of azure_pg_admin; elsewhere, install its package on the server, and restore as a superuser if it is not trusted.',
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
    advice: `It needs a superuser: restore as one, or drop it in the original database and make a new backup.\n${withoutOriginalHint}`,
  },
  {
    entry: /^SERVER /,
    advice: `Restore as a superuser (on Azure as the server's administrator): the role lacks USAGE on the foreign-data wrapper, which cannot be granted in a database that does not exist yet. Or drop the foreign server in the original database and make a new backup.\n${withoutOriginalHint}`,
  },
  {
    entry: /^(TABLE|MATERIALIZED VIEW) DATA /,
    advice: `If the server's message is not shown, look it up in the server's log. A new database refuses rows of the original if a function or a check depends on more than the row (another table, a setting, the time), or if this server differs (version, locale, extensions). After a change in the original, make a new backup.\n${withoutOriginalHint}`,
  },
  {
    entry: /^(INDEX|CONSTRAINT|FK CONSTRAINT|CHECK CONSTRAINT) /,
    advice: `If the server's message is not shown, look it up in the server's log. If rows are duplicates, or refer to missing rows, fix them in the original database and make a new backup.\n${withoutOriginalHint}`,
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
    return 'Sessions of this restore blocked each other. Run the restore again with jobs: 1.';
  }
  const byMessage = adviceFor(message);
  if (byMessage !== undefined && isOfServer(message)) return byMessage;
  if (message.startsWith('could not set default_tablespace'))
    return 'Add --no-tablespaces to pg_restore_options, or create the tablespace.';
  const name = refusedParameter.exec(message)?.[1];
  if (name !== undefined) {
    return (
      `Restore as a superuser. Or reset the parameter in the original database (ALTER FUNCTION … RESET ${name}) and make a new backup. Or ` +
      `let a superuser grant the restoring role SET ON PARAMETER ${name} (PostgreSQL 15 or newer).\n${withoutOriginalHint}`
    );
  }
  if (entry.startsWith('FK CONSTRAINT ') && withoutRows.length > 0)
    return adviceOnMissingRows(parseForeignKey(statement), withoutRows);
  const onFunctions = adviceOnFunctions(error);
  if (onFunctions !== undefined) return onFunctions;
  const byEntry = restoreAdvices.find(
    (one) => (one.entry?.test(entry) ?? true) && (one.statement?.test(statement) ?? true),
  );
  return byEntry?.advice ?? byMessage ?? 'Fix the cause, then run the restore again.';
}
