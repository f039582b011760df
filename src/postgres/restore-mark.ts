import type { Locale } from './locale.ts';
import { type Psql, runScript } from './psql.ts';
import { createDatabase } from './replace.ts';
import { maintenanceDatabase } from './server.ts';

/** What a database that is being restored into says of itself. */
export interface RestoreMark {
  /** The database whose name it is to get. */
  database: string;
  /** The run that made it, in words or as a number that its log shows too. */
  run: string;
}

const beginning =
  'postgres-azure-backup: unfinished restore; the next restore of the same database drops this one. ';

/** The comment that marks a database as ours; the swap replaces it. */
export function restoreMark({ database, run }: RestoreMark): string {
  return beginning + JSON.stringify({ database, run });
}

/** What a comment says if it is our mark, word for word. */
export function readRestoreMark(comment: string | null): RestoreMark | undefined {
  if (!comment?.startsWith(beginning)) return undefined;
  try {
    const { database, run } = JSON.parse(comment.slice(beginning.length));
    return typeof database === 'string' && typeof run === 'string' ? { database, run } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Creates an empty database to restore into, with the mark as its comment.
 * @throws ProcessFailure; the database may be there then, with or without its mark
 */
export async function createForRestore(
  psql: Psql,
  name: string,
  mark: RestoreMark,
  locale: Locale | undefined,
  major: number,
): Promise<void> {
  await createDatabase(psql, name, locale, major);
  await runScript(psql, maintenanceDatabase, 'COMMENT ON DATABASE :"name" IS :\'mark\';', {
    name,
    mark: restoreMark(mark),
  });
}
