import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeFolderInMemory, makeTemporaryFolder } from '../machine/temporary-folder.ts';

const run = promisify(execFile);

/** Where clusters and programs are kept that were made once in a run of the tests, and the password of the clusters' superusers. */
interface Kept {
  clusters: string;
  programs: string;
  password: string;
}

const variable = 'TEST_KEPT_CLUSTERS';

function kept(): Kept | undefined {
  const text = process.env[variable];
  return text === undefined ? undefined : (JSON.parse(text) as Kept);
}

/** For all files of a run, before the first of them. */
export default async function setup(): Promise<() => Promise<void>> {
  const clusters = await makeFolderInMemory('clusters');
  const programs = await makeTemporaryFolder('programs');
  await chmod(programs.path, 0o711);
  const all: Kept = { clusters: clusters.path, programs: programs.path, password: newPassword() };
  process.env[variable] = JSON.stringify(all);
  return async () => {
    await Promise.all([clusters.remove(), programs.remove()]);
  };
}

/** The password of a new server's superuser: one for all servers of a run of the tests, so that their clusters can be alike. */
export function superuserPassword(): string {
  return kept()?.password ?? newPassword();
}

function newPassword(): string {
  return randomBytes(18).toString('base64url');
}

/**
 * Fills an empty folder with a new cluster: by a copy of what was made before under the same name, which takes a tenth of initdb's
 * time, or else by `make`.
 */
export async function newCluster(name: string, data: string, make: () => Promise<void>): Promise<void> {
  const all = kept();
  const original = all && join(all.clusters, name);
  if (original !== undefined && existsSync(original)) return copy(original, data);
  await make();
  if (original !== undefined)
    await keep(original, async (place) => {
      await mkdir(place);
      await copy(data, place);
    });
}

/** Where programs are that `copyTo` has copied to where anybody can run them: once in a run of the tests, or else in this folder. */
export async function reachableCopy(
  name: string,
  folder: string,
  copyTo: (place: string) => Promise<void>,
): Promise<string> {
  const all = kept();
  const place = join(all ? all.programs : folder, name);
  if (!existsSync(place)) await keep(place, copyTo);
  return place;
}

/** Under another name until it is whole. Of two that are made at once, the second is not needed. */
async function keep(place: string, make: (unfinished: string) => Promise<void>): Promise<void> {
  const unfinished = `${place}-${randomBytes(6).toString('hex')}`;
  await make(unfinished);
  await rename(unfinished, place).catch(() => rm(unfinished, { recursive: true }));
}

/** Keeps owners and permissions. */
async function copy(from: string, to: string): Promise<void> {
  await run('cp', ['-Rp', `${from}/.`, to]);
}
