import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeFolderInMemory } from '../machine/temporary-folder.ts';

const run = promisify(execFile);

/** Where clusters are kept that were made once in a run of the tests, and the password that their superusers have. */
interface Kept {
  folder: string;
  password: string;
}

const variable = 'TEST_KEPT_CLUSTERS';

function kept(): Kept | undefined {
  const text = process.env[variable];
  return text === undefined ? undefined : (JSON.parse(text) as Kept);
}

/** For all files of a run, before the first of them. */
export default async function setup(): Promise<() => Promise<void>> {
  const folder = await makeFolderInMemory('clusters');
  const all: Kept = { folder: folder.path, password: newPassword() };
  process.env[variable] = JSON.stringify(all);
  return folder.remove;
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
  const original = all && join(all.folder, name);
  if (original !== undefined && existsSync(original)) return copy(original, data);
  await make();
  if (original === undefined) return;
  // Under another name until it is whole. Of two that are made at once, the second is not needed.
  const unfinished = `${original}-${process.pid}`;
  await mkdir(unfinished);
  await copy(data, unfinished);
  await rename(unfinished, original).catch(() => rm(unfinished, { recursive: true }));
}

/** Keeps owners and permissions. */
async function copy(from: string, to: string): Promise<void> {
  await run('cp', ['-Rp', `${from}/.`, to]);
}
