import { formatBytes } from '../../base/format.ts';
import type { RestoreStrategy } from '../request.ts';

/** How a backup gets from the container into `pg_restore`. */
export interface ArchiveSource {
  /** By a file on the runner, which several sessions can read at once; or straight out of the container, for one. */
  through: 'file' | 'stream';
  /** How many sessions of `pg_restore` work at once. */
  jobs: number;
  /** The way and the reason, as a line for the log. */
  why: string;
}

/**
 * Chooses the way of an archive. A file is what several sessions need, and what strategy `drop` needs, which makes sure of the whole
 * archive before anything is dropped. Otherwise there is no need of one: with `swap` the SHA-256 is compared before the swap.
 * @param jobs how many sessions were asked for
 * @param size of the archive, and `room` on the runner's disk, in bytes
 * @param proven whether a SHA-256 is recorded with the backup; without one, it is read through beforehand, from a file
 * @param lookedInto whether something has to be looked up in the archive before it is restored
 */
export function chooseSource({
  strategy,
  jobs,
  size,
  room,
  proven,
  lookedInto = false,
}: {
  strategy: RestoreStrategy;
  jobs: number;
  size: number;
  room: number;
  proven: boolean;
  lookedInto?: boolean;
}): ArchiveSource {
  const sessions = jobs === 1 ? '1 session' : `${jobs} sessions`;
  if (strategy === 'swap' && size > room) {
    const instead = jobs === 1 ? '' : ` instead of ${jobs}`;
    const why = `Restore: streamed from the container, 1 session${instead}; the runner has only ${formatBytes(room)} free for ${formatBytes(size)}`;
    return { through: 'stream', jobs: 1, why };
  }
  if (strategy === 'swap' && jobs === 1 && proven && !lookedInto) {
    const why = 'Restore: streamed from the container, 1 session; SHA-256 checked before the swap';
    return { through: 'stream', jobs, why };
  }
  const why = `Restore: downloaded to the runner first, ${sessions}`;
  return { through: 'file', jobs, why };
}
