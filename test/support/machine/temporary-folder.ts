import { mkdtemp, realpath, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that is there until it is removed. */
export interface TemporaryFolder {
  path: string;
  remove(): Promise<void>;
}

/** Makes a folder that only this user can enter. */
export async function makeTemporaryFolder(purpose: string): Promise<TemporaryFolder> {
  return makeFolderIn(await realpath(tmpdir()), purpose);
}

/**
 * Makes a folder that only this user can enter, in memory where there is plenty of it: for thousands of small files that come and go,
 * which take a disk's file system a sixth of the time of a whole run. No program has to be able to run from there. A benchmark
 * gets a disk: its databases are large.
 */
export async function makeFolderInMemory(purpose: string): Promise<TemporaryFolder> {
  return process.env['VITEST'] && (await hasRoomInMemory())
    ? makeFolderIn(memory, purpose)
    : makeTemporaryFolder(purpose);
}

/** A file system in memory that every Linux has; a container's is often too small. */
const memory = '/dev/shm';
const plenty = 4 * 1024 ** 3;
/** https://man7.org/linux/man-pages/man2/statfs.2.html */
const tmpfsMagic = 0x01021994;

async function hasRoomInMemory(): Promise<boolean> {
  try {
    const { type, bavail, bsize } = await statfs(memory);
    return type === tmpfsMagic && bavail * bsize >= plenty && process.availableMemory() >= plenty;
  } catch {
    return false;
  }
}

async function makeFolderIn(place: string, purpose: string): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(place, `${purpose}-`));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}
