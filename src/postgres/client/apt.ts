import { getExecOutput } from '@actions/exec';
import { which } from '@actions/io';
import { Failure } from '../../base/failure.ts';

/**
 * Installs a PostgreSQL client with apt: `postgresql-client-<major>` where the distribution has it, else
 * `postgresql-client`, which is the newest that it has.
 * The commands go through @actions/exec: they are short, nothing streams, and a half-installed package is worse than a cancel that waits.
 * @param major the wanted major; without it the newest is installed
 * @returns the package that was installed
 * @throws Failure if there is no apt, no right to use it, or apt itself fails
 */
export async function installClient(
  major: number | undefined,
  info: (line: string) => void,
): Promise<string> {
  const packages = [...(major === undefined ? [] : [`postgresql-client-${major}`]), 'postgresql-client'];
  const apt = await aptCommand(packages);
  info('Updating the package lists (apt-get update)');
  const refreshed = await apt(['update']);
  const said = [refreshed];
  for (const name of packages) {
    info(`Installing ${name} (apt-get install)`);
    const installed = await apt(['install', '--yes', '--no-install-recommends', name]);
    if (installed.exitCode === 0) return name;
    said.push(installed);
  }
  const complaints = said.flatMap(({ stderr }) => stderr.split('\n').filter((line) => /^[EW]:/.test(line)));
  throw new Failure({
    tried: `Installing ${packages.join(' or ')} with apt-get`,
    cause:
      [...new Set(complaints)].slice(-5).join('\n') || `apt-get exited with status ${said.at(-1)?.exitCode}`,
    advice: installByHand,
  });
}

const installByHand =
  'Install the PostgreSQL client (psql, pg_dump and pg_restore) in a step before this one, or use a runner that has it.';

type Apt = (args: readonly string[]) => Promise<{ exitCode: number; stderr: string }>;

async function aptCommand(packages: readonly string[]): Promise<Apt> {
  const aptGet = await which('apt-get');
  const isRoot = process.getuid?.() === 0;
  const sudo = isRoot ? '' : await which('sudo');
  if (aptGet === '' || (!isRoot && sudo === '')) {
    throw new Failure({
      tried: `Installing ${packages.join(' or ')}`,
      cause:
        aptGet === ''
          ? 'this runner has no apt-get'
          : 'this runner has no sudo, and the step does not run as root',
      advice: installByHand,
    });
  }
  const quiet = ['--quiet', '--option=DPkg::Lock::Timeout=120'];
  const command = ['env', 'DEBIAN_FRONTEND=noninteractive', aptGet, ...quiet];
  const [program, ...before] = isRoot ? command : [sudo, '--non-interactive', ...command];
  return (args) =>
    getExecOutput(String(program), [...before, ...args], {
      silent: true,
      ignoreReturnCode: true,
      env: withoutSecrets(),
    });
}

/** The runner's environment, proxies and all, but no input and no token of the step. */
function withoutSecrets(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !/^(INPUT_|STATE_|ACTIONS_)/.test(entry[0]),
  );
  return Object.fromEntries(entries);
}
