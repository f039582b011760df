import { which } from '@actions/io';
import { Failure } from '../../../base/failure.ts';
import type { Step } from '../../../base/step.ts';
import { runUnattended } from '../../../base/unattended.ts';
import { installerEnvironment } from './environment.ts';

/** A package manager of the machine, which changes it for everybody who uses it. */
interface Manager {
  program: string;
  /** Whether it wants to be run by root. */
  asRoot: boolean;
  /** What makes it know of new packages, where it does not look by itself. */
  refresh?: readonly string[];
  install: readonly string[];
  /** The package of a major; without one, of what the distribution has. */
  package(major: number | undefined): string;
}

/** A network that is silent must not hold the job up, nor somebody else who installs something just now. Times in seconds. */
const aptOptions = [
  '--quiet',
  ...[
    'DPkg::Lock::Timeout=120',
    'Acquire::Retries=2',
    'Acquire::http::Timeout=20',
    'Acquire::https::Timeout=20',
  ].map((option) => `--option=${option}`),
];

const managers: readonly Manager[] = [
  {
    program: 'apt-get',
    asRoot: true,
    refresh: [...aptOptions, 'update'],
    install: [...aptOptions, 'install', '--yes', '--no-install-recommends'],
    package: (major) => (major === undefined ? 'postgresql-client' : `postgresql-client-${major}`),
  },
  {
    program: 'dnf',
    asRoot: true,
    install: ['--quiet', '--assumeyes', 'install'],
    package: (major) => `postgresql${major ?? ''}`, // PGDG's packages for RHEL and Fedora's of a major have these names
  },
  {
    program: 'brew',
    asRoot: false, // it refuses root
    install: ['install', '--quiet'],
    package: (major) => (major === undefined ? 'libpq' : `postgresql@${major}`),
  },
];

/**
 * Installs a client with the machine's package manager, as root or by sudo where that asks nothing.
 * A half-installed package is what a later run trips over: so nobody ends the package manager in the middle. A cancel does not wait for
 * it; it installs to the end by itself, and src/post.ts waits for that.
 * @param major without it, whichever the distribution has
 * @returns what was installed: `postgresql-client-17 with apt-get`
 * @throws Failure if there is no package manager that is known, no right to use it, or it fails itself; the signal's reason at once
 */
export async function installSystemPackage(
  major: number | undefined,
  step: Pick<Step, 'info' | 'scratch' | 'signal'>,
): Promise<string> {
  const found = await findManager();
  if (!found)
    throw new Failure({
      tried: "Installing a client with the machine's package manager",
      cause: `none of ${managers.map(({ program }) => program).join(', ')} is on the PATH`,
      advice: '',
    });
  const { manager, program } = found;
  const name = manager.package(major);
  const tried = `Installing ${name} with ${manager.program}`;
  const sudo = manager.asRoot && process.getuid?.() !== 0 ? await which('sudo') : '';
  if (manager.asRoot && process.getuid?.() !== 0 && sudo === '')
    throw new Failure({ tried, cause: 'the step does not run as root, and there is no sudo', advice: '' });
  const before = sudo === '' ? [] : [sudo, '--non-interactive'];
  const call = (args: readonly string[]) =>
    execute([...before, 'env', 'DEBIAN_FRONTEND=noninteractive', program, ...args], step);

  step.info(`${tried}${manager.refresh ? `, after ${manager.program} update` : ''}`);
  const refreshed = manager.refresh && (await call(manager.refresh));
  const installed = await call([...manager.install, name]);
  if (installed.exitCode === 0) return `${name} with ${manager.program}`;
  const complaints = `${refreshed?.stderr ?? ''}\n${installed.stderr}`.split('\n').filter(isComplaint);
  const cause = [...new Set(complaints)].slice(-5).join('\n');
  throw new Failure({ tried, cause: cause || `it exited with status ${installed.exitCode}`, advice: '' });
}

async function findManager(): Promise<{ manager: Manager; program: string } | undefined> {
  for (const manager of managers) {
    const program = await which(manager.program);
    if (program !== '') return { manager, program };
  }
  return undefined;
}

function execute(
  [program = '', ...args]: readonly string[],
  step: Pick<Step, 'scratch' | 'signal'>,
): ReturnType<typeof runUnattended> {
  return runUnattended({ program, args, env: installerEnvironment() }, step);
}

/** What apt, dnf, brew and sudo write on standard error when they fail. */
function isComplaint(line: string): boolean {
  return /^(?:[EW]:|Error|Warning: No available|sudo:|No match for argument)/.test(line);
}
