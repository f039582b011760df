import type { DatabaseProperties } from '../properties/read.ts';
import { parseProperties } from '../properties/record.ts';
import { closing } from '../properties/statements.ts';
import { restoreMarkBeginning } from '../server/database-names.ts';
import type { Locale } from '../server/locale.ts';
import type { Psql } from '../session/psql.ts';
import { identifier, literal } from '../session/sql-text.ts';
import { createDatabase } from './databases.ts';

/** What a database that is being restored into says of itself. */
export interface RestoreMark {
  /** The database whose name it is to get. */
  database: string;
  /** The run that made it, in words or as a number that its log shows too. */
  run: string;
  /** What it is to have of the old database, where that is dropped before. */
  properties?: DatabaseProperties;
}

/** The comment that marks a database as ours; the end of the restore replaces it. */
export function restoreMark(mark: RestoreMark): string {
  return restoreMarkBeginning + JSON.stringify(mark);
}

/** What a comment says if it is our mark, word for word. */
export function readRestoreMark(comment: string | null): RestoreMark | undefined {
  if (!comment?.startsWith(restoreMarkBeginning)) return undefined;
  try {
    const { database, run, properties } = JSON.parse(comment.slice(restoreMarkBeginning.length));
    if (typeof database !== 'string' || typeof run !== 'string') return undefined;
    const known = parseProperties(properties);
    return { database, run, ...(known && { properties: known }) };
  } catch {
    return undefined;
  }
}

/**
 * Creates an empty database to restore into, with the mark as its comment. Nobody but its owner can ever connect to it, superusers
 * apart.
 * @throws ProcessFailure; the database may be there then, with or without its mark
 */
export async function createForRestore(
  psql: Psql,
  name: string,
  mark: RestoreMark,
  locale: Locale | undefined,
  major: number,
): Promise<void> {
  const comment = `COMMENT ON DATABASE ${identifier(name)} IS ${literal(restoreMark(mark))}`;
  await createDatabase(psql, name, locale, major, `${comment};\n${closing(name)};`);
}
