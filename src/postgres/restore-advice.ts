import type { RestoreError } from './restore-messages.ts';
import { adviceFor, isOfServer } from './server-advice.ts';

/** What to do about an error, by the type of the entry it belongs to and by the statement, in whatever language the server answers. */
const advices: readonly { entry?: RegExp; statement?: RegExp; advice: string }[] = [
  {
    statement: /^ALTER .* OWNER TO /s,
    advice:
      'Create the role, make the restoring role a member of it, and have it own the schema, too, unless a superuser ' +
      'restores; or restore with no_owner: true.',
  },
  {
    entry: /^(DEFAULT )?ACL /,
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
    entry: /^(TABLE|MATERIALIZED VIEW) DATA /,
    advice:
      'The new database does not take what is in the backup: see the message, mend it in the original database, and make ' +
      'a new backup.',
  },
  {
    entry: /^(INDEX|CONSTRAINT|FK CONSTRAINT|CHECK CONSTRAINT) /,
    advice:
      'The rows in the backup do not satisfy it: see the message, mend them in the original database, and make a new ' +
      'backup.',
  },
];

/** What to do about an error of `pg_restore`. What is wrong with the server as a whole says nothing about the entry. */
export function adviceForRestore({ entry, message, statement }: RestoreError): string {
  const byMessage = adviceFor(message);
  if (byMessage !== undefined && isOfServer(message)) return byMessage;
  if (message.startsWith('could not set default_tablespace'))
    return 'Create the tablespace; or add --no-tablespaces to pg_restore_options.';
  const byEntry = advices.find(
    (one) => (one.entry?.test(entry) ?? true) && (one.statement?.test(statement) ?? true),
  );
  return byEntry?.advice ?? byMessage ?? 'Mend the cause, then run the restore again.';
}
