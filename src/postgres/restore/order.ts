import type { TableName } from '../archive/tables-without-rows.ts';
import { type Connection, connectionString } from '../session/connection.ts';
import type { EntryProgress } from './entry-progress.ts';

/** What to restore, where to, and how. */
export interface RestoreOrder {
  /** The database to fill, empty. */
  database: string;
  /** The archive: a file, or its bytes as they come, which one worker alone can read, in the order of the archive. */
  archive: string | AsyncIterable<Buffer>;
  /** How it is worked through; an archive that is not a file can be so only once. */
  passes: readonly RestorePass[];
  /** Whether the connecting role will own every object, instead of the roles that the archive names. */
  noOwner: boolean;
  /** Whether nobody else gets rights, instead of those that the archive names. */
  noPrivileges: boolean;
  /** Further arguments of `pg_restore`. */
  options: readonly string[];
  /** Tables that the archive has no rows for, which may be why a foreign key fails. */
  withoutRows?: readonly TableName[];
}

/** One call of `pg_restore`. */
export interface RestorePass {
  /** How many sessions work at once. */
  jobs: number;
  /** A list of the entries to restore, for `--use-list`; all of them without it. */
  list?: string;
  /** The ids of these entries, where they are known. */
  ids?: readonly number[];
}

/** The arguments of `pg_restore` that choose what is restored, for a restore and for a list of its entries alike. */
export function selectionArguments({
  noOwner,
  noPrivileges,
  options,
}: Pick<RestoreOrder, 'noOwner' | 'noPrivileges' | 'options'>): string[] {
  return [...(noOwner ? ['--no-owner'] : []), ...(noPrivileges ? ['--no-privileges'] : []), ...options];
}

/** Who is told what happens during a restore. */
export interface RestoreListener {
  /** Is told how far it has come. */
  progress: Pick<EntryProgress, 'take' | 'endPass'>;
  /** How many bytes of an archive that comes as a stream pg_restore has been given, more each time. */
  onRead?(bytes: number): void;
  /** Each call of pg_restore that reads a file, as it is begun. */
  onProcess?(id: number): void;
  /** Each line of a warning or an error, without secrets and contents of rows. */
  onMessage(line: string): void;
}

/** The arguments of one call of `pg_restore`. */
export function argumentsFor(
  connection: Connection,
  order: RestoreOrder,
  { jobs, list }: RestorePass,
): string[] {
  return [
    ...selectionArguments(order),
    ...(list === undefined ? [] : [`--use-list=${list}`]),
    ...(jobs > 1 ? [`--jobs=${jobs}`] : []),
    ...['--verbose', '--no-password', '--dbname', connectionString(order.database, connection, 'rows')],
    ...(typeof order.archive === 'string' ? [order.archive] : []),
  ];
}
