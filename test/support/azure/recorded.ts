import { backupName } from '../../../src/azure/storage/backup-names.ts';
import { formatTimestamp } from '../../../src/base/format.ts';
import type { Backups } from './backups.ts';

/** A backup as this action records it, without the content of one. */
export interface Recorded {
  database: string;
  host: string;
  at: Date;
  /** Empty, or with a slash at its end. */
  folder?: string;
  /** What is recorded besides. */
  metadata?: Record<string, string>;
}

/** The name that such a backup has. */
export function nameOfRecorded({ database, at, folder = '' }: Recorded): string {
  return `${folder}${backupName(database, formatTimestamp(at))}`;
}

/** How many are put at once. */
const atOnce = 20;

/** Puts such backups into a container. @returns their names, in the same order */
export async function putRecorded(
  { put }: Pick<Backups, 'put'>,
  recorded: readonly Recorded[],
): Promise<string[]> {
  for (let first = 0; first < recorded.length; first += atOnce) {
    const some = recorded.slice(first, first + atOnce).map((one) =>
      put(nameOfRecorded(one), 'x'.repeat(1000), {
        host: one.host,
        database: encodeURIComponent(one.database),
        started_at: one.at.toISOString(),
        sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
        server_version: '17.6',
        compression: 'zstd:1',
        ...one.metadata,
      }),
    );
    await Promise.all(some);
  }
  return recorded.map(nameOfRecorded);
}
