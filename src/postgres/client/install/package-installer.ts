import { Failure } from '../../../base/failure.ts';
import { count, formatBytes, formatDuration } from '../../../base/format.ts';
import type { Step } from '../../../base/step.ts';
import { upstreamVersion } from '../versions.ts';
import type { AptSource } from './apt-source.ts';
import { installPackages } from './install-packages.ts';
import { openRepository, type Repository } from './repository.ts';
import { clientTool, toolCache, writeNewest } from './tool-cache.ts';

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
      const wanted = major ?? newestReleased(repository);
      if (!repository.clients.has(wanted) || wanted < atLeast) throw noSuchPackage(major, repository);
      const installed = await installPackages(
        repository,
        { tool: clientTool, packages: [`postgresql-client-${wanted}`, 'libpq5'] },
        cache,
        step,
      );
      const [client] = installed.packages;
      return (
        `${client?.name} ${client?.version} from ${repository.name} into the tool cache: ${installed.folder} (` +
        `${count(installed.packages.length, 'package')}, ${formatBytes(installed.bytes)}, ${formatDuration(performance.now() - started)})`
      );
    },
  };
}

/** Of the clients that a repository has, not one before its release; none gives -Infinity. */
function newestReleased({ clients }: Repository): number {
  return Math.max(...[...clients].filter(([, version]) => !version.includes('~')).map(([major]) => major));
}

async function noteNewest({ clients }: Repository, cache: string): Promise<void> {
  const versions = [...clients].map(([major, version]) => [major, upstreamVersion(version)]);
  await writeNewest(cache, { asked: new Date().toISOString(), versions: Object.fromEntries(versions) });
}

function noSuchPackage(major: number | undefined, { name, clients }: Repository): Failure {
  const there = [...clients.keys()].sort((a, b) => a - b).join(', ');
  return new Failure({
    tried: `Installing postgresql-client${major === undefined ? '' : `-${major}`} from ${name}`,
    cause: there === '' ? 'it has no PostgreSQL client' : `it has no such package; it has those of ${there}`,
    advice: '',
  });
}
