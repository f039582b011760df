import { formatBytes, quoted } from '../../base/format.ts';
import type { Locale } from '../../postgres/server/locale.ts';
import type { RestoreFacts } from '../../postgres/server/server.ts';
import { identifier } from '../../postgres/session/sql-text.ts';
import type { BackupMetadata } from '../archive/metadata.ts';

/**
 * What stands in the way of replacing `database`, a sentence each; none if nothing does.
 * @param room bytes that are free on the runner's disk; undefined if none are needed
 */
export function obstacles(
  database: string,
  facts: RestoreFacts,
  size: number,
  room: number | undefined,
): string[] {
  const { target, role } = facts;
  const name = quoted(database);
  return [
    facts.inRecovery &&
      'The server is a replica (in recovery), which takes no changes: give azure_db_host of the primary.',
    !facts.inRecovery &&
      facts.readOnly &&
      'Sessions of this role are read-only (default_transaction_read_only). If that is set for the role or the database: ALTER ROLE … ' +
        'or ALTER DATABASE … RESET default_transaction_read_only. On Azure the server also sets it when its storage is nearly ' +
        'full: delete data, or enlarge the storage, which cannot be made smaller again.',
    !facts.mayCreateDatabases &&
      `The role ${quoted(role)} may not create databases: let an administrator of the server run ALTER ROLE ${identifier(role)} CREATEDB.`,
    target &&
      !target.owned &&
      `The role ${quoted(role)} does not own database ${name}, its owner is ${quoted(target.owner)}: let an administrator of the server run ALTER DATABASE ${identifier(database)} OWNER TO ${identifier(role)}, or, only if that owner is no administrator, GRANT ${identifier(target.owner)} TO ${identifier(role)}.`,
    target?.isTemplate &&
      `Database ${name} is a template, which a restore never replaces. Restore into another database, or run ALTER DATABASE ${identifier(database)} IS_TEMPLATE false.`,
    target &&
      target.preparedTransactions > 0 &&
      `Database ${name} has ${target.preparedTransactions} prepared transaction(s), and cannot be replaced before they have ended: SELECT gid, owner FROM pg_prepared_xacts, then in that database, as the owner, COMMIT PREPARED 'gid' or ROLLBACK PREPARED 'gid'.`,
    room !== undefined &&
      size > room &&
      `The backup has ${formatBytes(size)}, and the runner's disk has room for ${formatBytes(room)}; restore_strategy: swap needs none.`,
  ].filter((sentence) => typeof sentence === 'string');
}

/**
 * The encoding and locale for the new database: as recorded with the backup, else as the database has them that it
 * replaces, else undefined for the server's own.
 */
export function chooseLocale(record: Partial<BackupMetadata>, { target }: RestoreFacts): Locale | undefined {
  const { encoding, collation, character_type: characterType } = record;
  if (!encoding || !collation || !characterType) return target?.locale;
  const { locale_provider: provider = '', locale = '', icu_rules: icuRules = '' } = record;
  return { encoding, collation, characterType, provider, locale, icuRules };
}
