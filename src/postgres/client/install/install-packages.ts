import { mkdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../../../base/failure.ts';
import type { Step } from '../../../base/step.ts';
import type { PlannedPackage } from './private-apt.ts';
import type { Repository } from './repository.ts';
import { cacheVersion, folderForUnpacking, publish } from './tool-cache.ts';
import { isWhole, newerReleaseAdvice, runEachProgram, unpackPackages } from './unpack.ts';

/** What was installed, and where. */
export interface InstalledPackages {
  packages: PlannedPackage[];
  /** Of all downloads. */
  bytes: number;
  /** In the tool cache, with `bin` in it. */
  folder: string;
}

/**
 * Fetches packages with what they need and the machine lacks, unpacks them together, runs every program once, and moves the whole into
 * the cache, under the version of the first: a client, or a server with what belongs to it.
 * @param tool what it is called in the cache
 * @throws Failure, with nothing in the cache that was not there before
 */
export async function installPackages(
  repository: Repository,
  { tool, packages }: { tool: string; packages: readonly string[] },
  cache: string,
  { scratch, signal }: Pick<Step, 'scratch' | 'signal'>,
): Promise<InstalledPackages> {
  if (/[:;]/.test(cache))
    throw new Failure({
      tried: `Installing ${packages[0]}`,
      cause: `the path of the tool cache has a colon or a semicolon, which separates folders of libraries: ${cache}`,
      advice: '',
    });
  let planned = await plan(repository, packages);
  const downloads = path.join(scratch, 'packages');
  await mkdir(downloads, { recursive: true });
  const unpacked = await folderForUnpacking(cache, tool, scratch);
  try {
    const files = await repository.apt.download(planned, downloads).catch(async () => {
      // The repository may have got newer packages in place of these.
      signal.throwIfAborted();
      await repository.apt.update().catch(() => signal.throwIfAborted()); // the download says what is wrong
      await rm(downloads, { recursive: true, force: true });
      await mkdir(downloads);
      planned = await plan(repository, packages);
      return repository.apt.download(planned, downloads);
    });
    const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
    await unpackPackages(files, unpacked, signal);
    await runEachProgram(unpacked, signal);
    const version = cacheVersion(planned[0]?.version ?? '');
    const folder = await publish(cache, unpacked, { tool, version }, (place) => isWhole(place, signal));
    return { packages: planned, bytes: sizes.reduce((sum, size) => sum + size, 0), folder };
  } finally {
    await rm(path.dirname(unpacked), { recursive: true, force: true });
    await rm(downloads, { recursive: true, force: true });
  }
}

/** What to fetch, what was asked for first. The C library is the machine's own, and has to be new enough. */
async function plan(repository: Repository, packages: readonly string[]): Promise<PlannedPackage[]> {
  const { apt } = repository;
  const planned = await apt.plan(packages).catch(async (error: unknown) => {
    const [, needed] = / : (?:Pre)?Depends: libc6 \(>= ([^)]+)\)/.exec(String(error)) ?? [];
    if (needed !== undefined) throw forNewerRelease(repository, packages, `it needs libc6 ${needed}`);
    // Libraries of the distribution are not in PGDG's repository.
    if (!/ : (?:Pre)?Depends: /.test(String(error))) throw error;
    await apt.addMachineSources();
    return apt.plan(packages);
  });
  const newer = planned.find((one) => one.name === 'libc6');
  if (newer) {
    const has = newer.replaces === undefined ? '' : `, and ${repository.release} has ${newer.replaces}`;
    throw forNewerRelease(repository, packages, `it comes with libc6 ${newer.version}${has}`);
  }
  const rank = ({ name }: PlannedPackage): number =>
    packages.includes(name) ? packages.indexOf(name) : packages.length;
  return planned.toSorted((a, b) => rank(a) - rank(b));
}

function forNewerRelease({ name, release }: Repository, packages: readonly string[], why: string): Failure {
  return new Failure({
    tried: `Installing ${packages[0]} from ${name}`,
    cause: `it is built for a newer release than ${release}: ${why}`,
    advice: newerReleaseAdvice,
  });
}
