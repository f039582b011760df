import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Explanation, Failure } from '../../../base/failure.ts';
import { ProcessFailure, run } from '../../../base/process.ts';
import { installerEnvironment } from './environment.ts';
import { installedPackages, standIns, statusFile } from './installed-packages.ts';
import { copySources, type SourceFile } from './machine-sources.ts';

/** A package that apt would install. */
export interface PlannedPackage {
  name: string;
  version: string;
  architecture: string;
  /** The version that this machine has, if it has an older one. */
  replaces?: string;
}

/**
 * apt with nothing of this machine's but its programs and its proxies: repositories, lists and downloads are in a folder of ours, and
 * what is installed is read, never changed. So it needs no rights, and leaves no trace outside that folder.
 */
export interface PrivateApt {
  /** Fetches the lists, whose signatures apt checks. @throws Failure with apt's own words */
  update(): Promise<void>;
  /** Adds the machine's own repositories, for libraries that the repository of PostgreSQL has not. */
  addMachineSources(): Promise<void>;
  /** What is to be fetched for `packages` to run here: these, and whatever they need and the machine lacks. @throws Failure */
  plan(packages: readonly string[]): Promise<PlannedPackage[]>;
  /** The newest version of each package whose name begins so, as the lists have it. */
  newest(prefix: string): Promise<Map<string, string>>;
  /** Downloads packages into a folder; apt compares their checksums. @returns the files @throws Failure */
  download(packages: readonly PlannedPackage[], folder: string): Promise<string[]>;
}

/** How long apt may take for one of its commands: for lists and packages of some megabytes, over the slowest of lines. */
const timeLimit = 180_000;

/**
 * @param architecture of the packages, by Debian's name
 * @param folder an empty folder for all that apt writes
 */
export async function privateApt(
  source: SourceFile,
  folder: string,
  architecture: string,
  signal: AbortSignal,
): Promise<PrivateApt> {
  const at = (name: string): string => path.join(folder, name);
  for (const name of ['sources', 'state/lists/partial', 'cache/archives/partial', 'log'])
    await mkdir(at(name), { recursive: true });
  await writeFile(at(`sources/${source.file}`), `${source.text}\n`);
  await writeFile(at('apt.conf'), configuration(folder, architecture));
  await writeFile(at('status'), statusFile(await installedPackages(signal)));

  const command = async (program: string, args: readonly string[], cwd = folder): Promise<string> => {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(timeLimit)]);
    const allArgs = ['--config-file', at('apt.conf'), '--quiet', ...args];
    let output = '';
    const take = (piece: string): void => {
      output += piece;
    };
    try {
      const child = { program, args: allArgs, env: installerEnvironment(), cwd, signal: limit };
      return await run(child, take);
    } catch (cause) {
      signal.throwIfAborted();
      throw new Failure(explain([program, ...args].join(' '), cause, output), { cause });
    }
  };

  return {
    async update() {
      await command('apt-get', ['update']);
    },
    async addMachineSources() {
      await copySources(at('sources'), source);
      // What one of them lacks may be none that is needed, and the lists of the others are there.
      await command('apt-get', ['update']).catch(() => signal.throwIfAborted());
    },
    async plan(packages) {
      const output = await command('apt-get', [
        'install',
        '--simulate',
        '--no-install-recommends',
        ...packages,
      ]);
      return plannedIn(output).filter(({ name }) => !standIns.includes(name));
    },
    async newest(prefix) {
      const names = await command('apt-cache', ['pkgnames', prefix]);
      const output = await command('apt-cache', ['policy', ...names.split('\n').filter(Boolean).sort()]);
      return candidatesIn(output);
    },
    async download(packages, target) {
      const wanted = packages.map(({ name, version, architecture }) => `${name}:${architecture}=${version}`);
      await command('apt-get', ['download', ...wanted], target);
      return (await readdir(target)).map((name) => path.join(target, name)).sort();
    },
  };
}

/**
 * Read after the machine's own configuration, of which proxies and time limits stay. Hooks that other packages have put there
 * (`APT::Update::Post-Invoke`) would write to the machine, and its priorities are about other repositories.
 * https://manpages.debian.org/bookworm/apt/apt.conf.5.en.html
 */
function configuration(folder: string, architecture: string): string {
  const own = {
    'Dir::Etc::SourceList': '/dev/null',
    'Dir::Etc::SourceParts': path.join(folder, 'sources'),
    'Dir::Etc::Preferences': '/dev/null',
    'Dir::Etc::PreferencesParts': '/dev/null',
    'Dir::State': path.join(folder, 'state'),
    'Dir::State::Lists': path.join(folder, 'state/lists'),
    'Dir::State::Status': path.join(folder, 'status'),
    'Dir::Cache': path.join(folder, 'cache'),
    'Dir::Cache::Archives': path.join(folder, 'cache/archives'),
    // Images for containers turn these off, and each command would read all lists anew.
    'Dir::Cache::PkgCache': 'pkgcache.bin',
    'Dir::Cache::SrcPkgCache': 'srcpkgcache.bin',
    'Dir::Log': path.join(folder, 'log'),
    'Debug::NoLocking': 'true', // nobody else uses this folder, and the machine's locks are for root
    'APT::Sandbox::User': 'root', // for root itself: the user _apt may not write to the step's folder
    'APT::Update::Error-Mode': 'any',
    'APT::Architectures': architecture,
    'APT::Default-Release': '',
    'APT::Install-Suggests': 'false',
    'APT::Get::AllowUnauthenticated': 'false',
    'Acquire::AllowInsecureRepositories': 'false',
    'Acquire::AllowDowngradeToInsecureRepositories': 'false',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '2',
    'Acquire::http::Timeout': '20',
    'Acquire::https::Timeout': '20',
  };
  const cleared = [
    ...['APT::Update', 'APT::Architectures', 'AptCli::Hooks', 'Acquire::IndexTargets::deb::Contents-deb'],
  ];
  return [
    ...cleared.map((name) => `#clear ${name};`),
    ...Object.entries(own).map(([name, value]) => `${name} "${value}";`),
    '',
  ].join('\n');
}

/** The lines of a simulation: `Inst libpq5 [15.1-1] (15.18-0+deb12u1 Debian:12.15/oldstable [amd64])`. */
export function plannedIn(output: string): PlannedPackage[] {
  return [...output.matchAll(/^Inst (\S+)(?: \[(\S+)\])? \((\S+) .*?\[([^\]\s]+)\]\)/gm)].map(
    ([, name, replaces, version, architecture]) => ({
      name: String(name),
      version: String(version),
      architecture: String(architecture),
      ...(replaces !== undefined && { replaces }),
    }),
  );
}

/** What `apt-cache policy` prints: a name at the beginning of a line, and below it the version that would be taken. */
export function candidatesIn(output: string): Map<string, string> {
  return new Map(
    [...output.matchAll(/^(\S+):\n(?: {2}.*\n)*? {2}Candidate: (\S+)/gm)]
      .filter(([, , version]) => version !== '(none)')
      .map(([, name, version]) => [String(name), String(version)]),
  );
}

function explain(tried: string, cause: unknown, output: string): Explanation {
  const advice = '';
  if (!(cause instanceof ProcessFailure))
    return { tried, cause: `it had not ended after ${timeLimit / 60_000} minutes`, advice };
  const unmet = [...output.matchAll(/^ *(\S+ : (?:Pre)?Depends: .*)$/gm)].map(([, line]) => String(line));
  const complaints = cause.stderr.split('\n').filter((line) => /^[EW]:/.test(line));
  return {
    tried,
    cause: [...new Set([...unmet, ...complaints])].slice(0, 6).join('\n') || cause.ending,
    advice,
  };
}
