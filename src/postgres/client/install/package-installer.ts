import { mkdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../../../base/failure.ts';
import { count, formatBytes, formatDuration } from '../../../base/format.ts';
import type { Step } from '../../../base/step.ts';
import { upstreamVersion } from '../versions.ts';
import type { AptSource } from './apt-source.ts';
import type { PlannedPackage } from './private-apt.ts';
import { openRepository, type Repository } from './repository.ts';
import { cacheVersion, folderForUnpacking, publish, toolCache, writeNewest } from './tool-cache.ts';
import { newerReleaseAdvice, runEachProgram, unpackPackages } from './unpack.ts';

/** Installs clients into the runner's tool cache; the repository is asked once for all of them. */
export interface PackageInstaller {
  /**
   * @param major without it, the newest that the repository has
   * @param atLeast the oldest that is of use, where no major is given
   * @returns what was installed, from where, and how long it took
   * @throws Failure, with nothing in the cache that was not there before
   */
  installClient(major: number | undefined, atLeast?: number): Promise<string>;
}

/** @param source the repository; without it, PGDG's for this release of Debian or Ubuntu */
export function packageInstaller(source: AptSource | undefined, step: Step): PackageInstaller {
  let opened: Promise<Repository> | undefined;
  return {
    async installClient(major, atLeast = 0) {
      const cache = toolCache();
      const tried = 'Installing a client into the tool cache';
      if (cache === undefined)
        throw new Failure({ tried, cause: 'this runner has none (RUNNER_TOOL_CACHE)', advice: '' });
      const started = performance.now();
      opened ??= openRepository(source, major, step.scratch, step.signal);
      const repository = await opened;
      await noteNewest(repository, cache);
      const wanted = major ?? Math.max(...repository.clients.keys());
      if (!repository.clients.has(wanted) || wanted < atLeast) throw noSuchPackage(major, repository);
      const installed = await install(repository, [`postgresql-client-${wanted}`, 'libpq5'], cache, step);
      const [client] = installed.packages;
      return (
        `${client?.name} ${client?.version} from ${repository.name} into the tool cache: ${installed.folder} (` +
        `${count(installed.packages.length, 'package')}, ${formatBytes(installed.bytes)}, ${formatDuration(performance.now() - started)})`
      );
    },
  };
}

async function noteNewest({ clients }: Repository, cache: string): Promise<void> {
  const versions = [...clients].map(([major, version]) => [major, upstreamVersion(version)]);
  await writeNewest(cache, { asked: new Date().toISOString(), versions: Object.fromEntries(versions) });
}

/**
 * Fetches packages with what they need and the machine lacks, unpacks them together, runs every program once, and moves the whole into
 * the cache, under the version of the first.
 */
async function install(
  repository: Repository,
  packages: readonly string[],
  cache: string,
  { scratch, signal }: Step,
): Promise<{ packages: PlannedPackage[]; bytes: number; folder: string }> {
  const planned = await plan(repository, packages);
  const downloads = path.join(scratch, 'packages');
  await mkdir(downloads, { recursive: true });
  const unpacked = await folderForUnpacking(cache);
  try {
    const files = await repository.apt.download(planned, downloads);
    const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
    await unpackPackages(files, unpacked, signal);
    await runEachProgram(unpacked, signal);
    const works = (folder: string): Promise<boolean> =>
      runEachProgram(folder, signal).then(
        () => true,
        () => false,
      );
    const folder = await publish(cache, unpacked, cacheVersion(planned[0]?.version ?? ''), works);
    return { packages: planned, bytes: sizes.reduce((sum, size) => sum + size, 0), folder };
  } finally {
    await rm(unpacked, { recursive: true, force: true });
    await rm(downloads, { recursive: true, force: true });
  }
}

/** What to fetch, what was asked for first. The C library is the machine's own, and has to be new enough. */
async function plan(repository: Repository, packages: readonly string[]): Promise<PlannedPackage[]> {
  const { apt, name, release } = repository;
  const planned = await apt.plan(packages).catch(async (error: unknown) => {
    // Libraries of the distribution are not in PGDG's repository.
    if (!/ : (?:Pre)?Depends: (?!libc6 )/.test(String(error))) throw error;
    await apt.addMachineSources();
    return apt.plan(packages);
  });
  const newer = planned.find((one) => one.name === 'libc6');
  if (newer) {
    const [first] = packages;
    throw new Failure({
      tried: `Installing ${first} from ${name}`,
      cause: `it is built for a newer release, with libc6 ${newer.version}; ${release} has ${newer.replaces}`,
      advice: newerReleaseAdvice,
    });
  }
  const rank = ({ name: one }: PlannedPackage): number =>
    (packages.indexOf(one) + packages.length + 1) % (packages.length + 1);
  return planned.toSorted((a, b) => rank(a) - rank(b));
}

function noSuchPackage(major: number | undefined, { name, clients }: Repository): Failure {
  const there = [...clients.keys()].sort((a, b) => a - b).join(', ');
  return new Failure({
    tried: `Installing postgresql-client${major === undefined ? '' : `-${major}`} from ${name}`,
    cause: there === '' ? 'it has no PostgreSQL client' : `it has no such package; it has those of ${there}`,
    advice: '',
  });
}
