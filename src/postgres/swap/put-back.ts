import type { Psql } from '../session/psql.ts';
import { identifier, literal } from '../session/sql-text.ts';
import type { RestoreLock } from './lock.ts';
import type { KnownDatabase } from './proof.ts';
import { type SwapOutcome, swapDatabases } from './swap.ts';

/** An empty database that has the place of an old one. */
export interface Exchanged {
  database: string;
  /** The old one, as it is called now, and the comment that it had before. */
  old: KnownDatabase;
  comment: string | null;
  /** The empty one, and the name that it had first, which it gets again. */
  empty: { oid: number; first: string };
}

/** The statement that gives an old database its comment, in the place of the mark. It has the name `database` by then. */
export function commentAgain(database: string, comment: string | null): string {
  return `COMMENT ON DATABASE ${identifier(database)} IS ${comment === null ? 'NULL' : literal(comment)}`;
}

/**
 * Gives an old database its place back, and its comment; whatever of that does not happen, nothing has. Never throws.
 * @param psql whose cancel prevents a further attempt
 */
export function putOldBack(
  lock: RestoreLock,
  psql: Psql,
  { database, old, comment, empty }: Exchanged,
): Promise<SwapOutcome> {
  return swapDatabases(lock, psql, {
    ...{ current: database, fresh: old.name, previous: empty.first },
    ...{ expected: empty.oid, made: old.oid },
    statements: [commentAgain(database, comment)],
  });
}
