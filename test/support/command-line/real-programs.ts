import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** A command line of others, of this machine, that reads commands. */
export interface RealProgram {
  name: ProgramName;
  version: string;
  /**
   * What it says against a call; undefined if it has read all of it, and only lacks somebody who is signed in, or a way to GitHub.
   * @param args the call without the program's name
   * @param folder where it keeps its settings, and runs: nobody is signed in there, and it is in no repository
   */
  refusal(args: readonly string[], folder: string): Promise<string | undefined>;
  /** Whether it has such a command, as its help says. */
  has(command: readonly string[], folder: string): Promise<boolean>;
}

export type ProgramName = 'az' | 'gh';
export const programNames: readonly ProgramName[] = ['az', 'gh'];

/** Older ones lack commands that we tell; scripts/command-lines has the same numbers. */
const oldest: Record<ProgramName, string> = { az: '2.86.0', gh: '2.46.0' };

/** Where scripts/command-lines puts them. */
const kept = join(
  process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'),
  'postgres-azure-backup/command-lines/bin',
);

/** How each is asked for its version. */
const versionOf: Record<ProgramName, { args: string[]; answer: RegExp }> = {
  az: { args: ['version', '--query', '"azure-cli"', '--output', 'tsv'], answer: /^([\d.]+)$/m },
  gh: { args: ['--version'], answer: /^gh version ([\d.]+)/ },
};

/**
 * What they say to a call that they have read: az reads it before it looks who is signed in, or asks whether it is meant. gh does not
 * need to know whether its token is one to read all of it, and then finds no way out of this machine, or nobody to ask.
 */
const readIt: Record<ProgramName, RegExp> = {
  az: /Please run 'az login' to setup account\.|Unable to prompt for confirmation as no tty available/,
  gh: /dial tcp 127\.0\.0\.1:9: connect: connection refused|run ID required when not running interactively/,
};

/** The newest of the programs of that name on this machine, undefined if none is new enough. */
export async function findProgram(name: ProgramName): Promise<RealProgram | undefined> {
  const places = [...(process.env['PATH'] ?? '').split(delimiter), kept].filter(Boolean);
  const files = places.map((place) => join(place, name)).filter((file) => existsSync(file));
  const found: { file: string; version: string }[] = [];
  for (const file of new Set(files)) {
    const [, version] = versionOf[name].answer.exec(await said(file, versionOf[name].args)) ?? [];
    if (version !== undefined && compare(version, oldest[name]) >= 0) found.push({ file, version });
  }
  const [best] = found.sort((a, b) => compare(b.version, a.version));
  if (!best) return undefined;
  return {
    name,
    version: best.version,
    async refusal(args, folder) {
      const answer = await said(best.file, args, folder);
      return readIt[name].test(answer) ? undefined : answer;
    },
    async has(command, folder) {
      // "    az account set : Set a subscription…", "  gh secret set <secret-name> [flags]": not what it takes in place of an unknown one
      const heading = new RegExp(`^ +${[name, ...command].join(' ')}(?: |$)`, 'm');
      return heading.test(await said(best.file, [...command, '--help'], folder));
    },
  };
}

/** For the title of a test that needs a program. */
export function titleFor(title: string, name: ProgramName, program: RealProgram | undefined): string {
  return program
    ? title
    : `${title} (needs ${name} ${oldest[name]} or newer, as scripts/command-lines installs it)`;
}

function compare(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

/** All that a program says, without anybody signed in and without a way to the network. */
function said(file: string, args: readonly string[], folder?: string): Promise<string> {
  const { GH_HOST: _, GITHUB_TOKEN: __, ...rest } = process.env;
  const nowhere = 'http://127.0.0.1:9'; // discard: nothing listens there
  const env = {
    ...rest,
    ...{ GH_TOKEN: 'none', GH_CONFIG_DIR: folder, GH_NO_UPDATE_NOTIFIER: '1', GH_PROMPT_DISABLED: '1' },
    ...{ AZURE_CONFIG_DIR: folder, AZURE_CORE_COLLECT_TELEMETRY: 'no' },
    ...{ HTTP_PROXY: nowhere, HTTPS_PROXY: nowhere, NO_PROXY: '' },
  };
  return new Promise((resolve) => {
    const options = { env, timeout: 100_000, ...(folder === undefined ? {} : { cwd: folder }) };
    // A shell makes a pipe, which az can open as /dev/stdin; Node would give it a socket, which it cannot.
    const piped = ['-c', 'echo NAME=value | "$0" "$@"', file, ...args];
    execFile('/bin/sh', piped, options, (_error, stdout, stderr) => resolve(stdout + stderr));
  });
}
