import type { Client } from '../client/find.ts';
import { identifier } from '../session/sql-text.ts';
import { writeList } from './definitions.ts';
import { readArchive } from './read.ts';
import { type Entry, readContents } from './table-of-contents.ts';

/** The statements of an archive that concern the database as a whole. */
export interface DatabaseScript {
  sql: string;
  /** Whether there are rights on the database among them; where there are none they are the built-in ones, or were left out. */
  hasRights: boolean;
  /** Whether the archive has rights of any kind. */
  hasAnyRights: boolean;
}

/** The entries of the database itself: `pg_restore` lists them only if it is to make the database. */
function concernsDatabase({ type, text }: Entry): boolean {
  return (
    /^DATABASE( PROPERTIES)?$/.test(type) || (/^(ACL|COMMENT)$/.test(type) && text.startsWith('- DATABASE '))
  );
}

/**
 * Reads what an archive says of the database that it was made of, whether or not `pg_dump` was called with `--create`.
 * @param file may be the beginning of an archive only, as long as all of its table of contents is in it
 * @param list a file to be written, for `--use-list`
 * @throws Failure if this `pg_restore` cannot read the archive
 */
export async function readDatabaseScript(
  client: Client,
  file: string,
  list: string,
  signal: AbortSignal,
): Promise<DatabaseScript> {
  const entries = await readContents(client, file, ['--create'], signal);
  const own = entries.filter(concernsDatabase);
  await writeList(list, own);
  const args = ['--create', '--schema-only', `--use-list=${list}`, '--file=-', file];
  const reading = own.length === 0 ? '' : readArchive(client, args, signal);
  return {
    sql: await Promise.resolve(reading).catch((error: unknown) => unreadable(own, error)),
    hasRights: own.some(({ type }) => type === 'ACL'),
    hasAnyRights: entries.some(({ type }) => /^(DEFAULT )?ACL$/.test(type)),
  };
}

/**
 * pg_restore makes no script for a database with a newline in its name, which other tools may have backed up. Its owner stands in the
 * list; of its rights nothing is known, and nobody is let in.
 */
function unreadable(own: readonly Entry[], error: unknown): string {
  const { name, owner } = own.find(({ type }) => type === 'DATABASE') ?? {};
  // The list has a space in the place of a newline.
  if (!name?.includes(' ') || !owner) throw error;
  return `ALTER DATABASE "" OWNER TO ${identifier(owner)}; REVOKE ALL ON DATABASE "" FROM PUBLIC;`;
}
