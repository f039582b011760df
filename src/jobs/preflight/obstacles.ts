import { count, formatBytes, quoted } from '../../base/format.ts';
import type { Locale } from '../../postgres/server/locale.ts';
import { maintenanceDatabase, type RestoreFacts } from '../../postgres/server/server.ts';
import { identifier, toPaste } from '../../postgres/session/sql-text.ts';
import { adviceOnPrepared } from '../../postgres/swap/attempt.ts';
import type { BackupMetadata } from '../archive/metadata.ts';
import type { Obstacle } from './finding.ts';

/**
 * What stands in the way of replacing `database`; nothing if it is none.
 * @param room bytes that are free on the runner's disk; undefined if none are needed
 */
export function obstacles(
  database: string,
  facts: RestoreFacts,
  size: number,
  room: number | undefined,
): Obstacle[] {
  const { target, role } = facts;
  const name = quoted(database);
  const found: (Omit<Obstacle, 'level'> | false | null | undefined)[] = [
    facts.inRecovery && {
      text: 'The server is a replica (in recovery), which is read-only.',
      remedy: 'Set azure_db_host to the primary.',
    },
    !facts.inRecovery &&
      facts.readOnly && {
        text: 'Sessions of this role are read-only (default_transaction_read_only). On Azure the server sets that when its storage is nearly full.',
        remedy:
          'Delete data, or enlarge the storage, which cannot be reduced again. If the role or the database is set to read-only, this ends that:\n' +
          statements(
            'SET default_transaction_read_only = off;', // the administrator's own session may be read-only as well
            `ALTER ROLE ${identifier(role)} RESET default_transaction_read_only;`,
            `ALTER DATABASE ${maintenanceDatabase} RESET default_transaction_read_only;`,
          ),
      },
    !facts.mayCreateDatabases && {
      text: `The role ${quoted(role)} may not create databases.`,
      remedy: `As an administrator of the server, run:\n${statements(`ALTER ROLE ${identifier(role)} CREATEDB;`)}`,
    },
    target &&
      !target.owned && {
        text: `The role ${quoted(role)} does not own database ${name}.`,
        remedy:
          `Restore as its owner ${quoted(target.owner)}. Or let an administrator of the server make the role its owner:\n` +
          `${statements(`ALTER DATABASE ${identifier(database)} OWNER TO ${identifier(role)};`)}\n` +
          `Or, only if ${quoted(target.owner)} is no administrator, a member of that role:\n${statements(`GRANT ${identifier(target.owner)} TO ${identifier(role)};`)}`,
      },
    target?.isTemplate && {
      text: `Database ${name} is a template, which a restore never replaces.`,
      remedy: `Restore into another database, or make this one an ordinary database:\n${statements(`ALTER DATABASE ${identifier(database)} IS_TEMPLATE false;`)}`,
    },
    target &&
      target.preparedTransactions > 0 && {
        text: `Database ${name} is blocked by ${count(target.preparedTransactions, 'prepared transaction')}.`,
        remedy: adviceOnPrepared(database),
      },
    room !== undefined &&
      size > room && {
        text: `The backup has ${formatBytes(size)}, and the runner's disk has only ${formatBytes(room)} free.`,
        remedy: 'Use restore_strategy: swap, which needs no space there, or a runner with a larger disk.',
      },
  ];
  return found.flatMap((one) => (one ? [{ level: 'error', ...one }] : []));
}

/** Statements that a person is to run, each on a line of its own whatever is in a name. */
function statements(...all: readonly string[]): string {
  return all.map(toPaste).join('\n');
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
