import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { getHeapStatistics } from 'node:v8';
import type { BackupStore } from '../../azure/storage/backup-store.ts';
import type { StoredBackup } from '../../azure/storage/stored-backup.ts';
import { Failure } from '../../base/failure.ts';
import { formatBytes, quoted } from '../../base/format.ts';
import type { Step } from '../../base/step.ts';
import { CutOff } from '../../postgres/archive/read.ts';
import { type Entry, readContents } from '../../postgres/archive/table-of-contents.ts';
import type { Client } from '../../postgres/client/find.ts';

/** The beginning of an archive in a file, with all of its table of contents. */
export interface ArchiveHead {
  file: string;
  /** What a restore will work through. */
  entries: Entry[];
}

/**
 * How much of a backup is looked through for its table of contents at most, in bytes. While they are looked through, statements take about
 * five times as much memory as in the archive, and up to nine times if they are not of ASCII alone (docs/memory.md); and no string is longer
 * than 512 MiB.
 * @param heapLimit how much memory Node may use, in bytes: about a quarter of the machine's, and 4 GiB at most
 */
export function mostContents(heapLimit: number): number {
  return Math.min(512 * 2 ** 20, Math.max(64 * 2 ** 20, Math.floor(heapLimit / 8)));
}

/**
 * How much of a backup is read, in bytes, until the table of contents is complete. A thousand tables take about 1 MB, 100,000 large
 * objects 19 MB.
 */
const portions = [
  ...[1, 8, 64].map((mebibytes) => mebibytes * 2 ** 20),
  mostContents(getHeapStatistics().heap_size_limit),
];

/** The first of these portions, which is read when a backup is looked up. */
export const firstPortion = 2 ** 20;

/**
 * Reads the table of contents of a backup that is not downloaded yet.
 * @param start its first portion, or all of it if it has less
 * @param options of `pg_restore` that choose entries
 * @throws Failure if the backup cannot be read, or this client cannot read it
 */
export async function readHead(
  store: BackupStore,
  { stored, start }: { stored: StoredBackup; start: Buffer },
  client: Client,
  options: readonly string[],
  step: Pick<Step, 'info' | 'scratch' | 'signal'>,
): Promise<ArchiveHead> {
  const file = path.join(step.scratch, 'head.dump');
  await writeFile(file, start, { mode: 0o600 });
  let read = start.length;
  for (const portion of portions) {
    if (read < Math.min(portion, stored.size))
      await store.appendStart(stored, { start: read, end: portion }, file, step.signal);
    read = Math.min(portion, stored.size);
    try {
      const entries = await readContents(client, file, options, step.signal);
      step.info(`Archive: ${entries.length === 1 ? '1 entry' : `${entries.length} entries`}`);
      return { file, entries };
    } catch (error) {
      if (!(error instanceof CutOff) || read === stored.size) throw error;
    }
  }
  throw tooMuchContents(stored.name, read);
}

function tooMuchContents(name: string, read: number): Failure {
  return new Failure({
    tried: `Reading the table of contents of ${quoted(name)}`,
    cause: `it does not end within the first ${formatBytes(read)}, which is all that the action looks through with the memory of this runner`,
    advice:
      'Use a runner with more memory (16 GB or more are enough for 537 MB), or download the backup and restore it with pg_restore by hand. A backup made with --no-statistics, or of parts of the database (--schema), in pg_dump_options has a smaller one.',
  });
}
