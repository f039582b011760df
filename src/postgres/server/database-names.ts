/** PostgreSQL's NAMEDATALEN is 64 with the closing NUL: longer names would be cut without a word. */
export const longestName = 63;

/** What is wrong with a database name, as "must …", or undefined if nothing is. */
export function problemWithDatabaseName(name: string): string | undefined {
  if (/\p{Cc}/u.test(name)) return 'must not contain a NUL, a newline or another control character';
  const bytes = Buffer.byteLength(name);
  if (bytes > longestName) return `must have at most ${longestName} bytes in UTF-8, this one has ${bytes}`;
  return undefined;
}

/**
 * A name for a database beside another: `moodle` and `restore_20261122154210` make `moodle_restore_20261122154210`,
 * the first part shortened, never inside a character, so that the whole has at most 63 bytes.
 */
export function siblingName(database: string, suffix: string): string {
  const room = longestName - Buffer.byteLength(`_${suffix}`);
  let base = '';
  for (const character of database) {
    if (Buffer.byteLength(base + character) > room) break;
    base += character;
  }
  return `${base}_${suffix}`;
}

/** Databases that belong to the server or to its provider, never to an application. */
const systemDatabases = new Set(['postgres', 'template0', 'template1', 'azure_maintenance', 'azure_sys']);

/** Whether a restore must keep its hands off a database of this name. */
export function isSystemDatabase(name: string): boolean {
  return systemDatabases.has(name);
}

/** How the comment begins by which a database that is being restored into is known as ours (`RestoreMark`). */
export const restoreMarkBeginning =
  'postgres-azure-backup: unfinished restore; the next restore of the same database drops this one. ';
