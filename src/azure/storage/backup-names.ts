/**
 * The name of a new backup: `moodle_d01_backup_20261122154210.dump`.
 * @param timestamp 14 digits, UTC
 */
export function backupName(database: string, timestamp: string): string {
  return `${backupPrefix(database)}${timestamp}.dump`;
}

/**
 * What the names of all backups of a database begin with: `moodle_d01_backup_`. A slash or backslash in the database's name
 * is percent-encoded, since in a blob's name it would mean a folder, and so is a per cent sign that would look like such a
 * code: no two databases share a name.
 */
export function backupPrefix(database: string): string {
  return `${database.replace(/[\\/]|%(?=2F|5C|25)/gi, encodeURIComponent)}_backup_`;
}

/** A name that `backupName` may have made, in its two parts; undefined for any other. */
export function partsOfBackupName(name: string): { prefix: string; timestamp: string } | undefined {
  const [, prefix, timestamp] = /^(.+_backup_)(\d{14})\.dump$/s.exec(name) ?? [];
  return prefix === undefined || timestamp === undefined ? undefined : { prefix, timestamp };
}
