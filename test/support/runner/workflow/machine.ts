import { mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { makeTemporaryFolder } from '../../machine/temporary-folder.ts';
import { makeRenderer } from '../render-log.ts';
import { inheritedVariables, runnerVariables } from '../runner-variables.ts';
import type { Commit } from './repositories.ts';

/** What a machine has for any job. */
export interface MachineOptions {
  commits: readonly Commit[];
  /** The commit of the run. */
  own: Commit;
  /** Variables of the machine itself, and those of the job's run. */
  variables: Record<string, string>;
  /** What the log must not show. */
  secrets: string[];
  onLine: (line: string) => void;
}

/** The machine that a job runs on, with what the steps leave to those after them. */
export interface Machine {
  commits: readonly Commit[];
  own: Commit;
  workspace: string;
  runnerTemp: string;
  /** The context `runner`. */
  runner: Record<string, string>;
  /** The variables of the workflow, of the job and of GITHUB_ENV: the context `env`. */
  env: Record<string, string>;
  /** What steps wrote to GITHUB_PATH, the last one first. */
  paths: string[];
  /** All variables of a script. */
  variables(own: Record<string, string>): Record<string, string>;
  /** Takes a line of output into the log. */
  print(line: string): void;
  /** The log so far, as GitHub shows it. */
  log(): string;
  remove(): Promise<void>;
}

/** Makes a machine that is used for one job. */
export async function makeMachine({ commits, own, ...options }: MachineOptions): Promise<Machine> {
  const folder = await makeTemporaryFolder('job');
  const [runnerTemp, workspace] = [join(folder.path, 'temp'), join(folder.path, 'workspace')];
  await mkdir(runnerTemp);
  await mkdir(workspace);
  const ofRunner = runnerVariables(runnerTemp, workspace);
  const render = makeRenderer(options.secrets);
  const lines: string[] = [];

  const machine: Machine = {
    ...{ commits, own, workspace, runnerTemp, env: {}, paths: [] },
    runner: {
      ...{ os: ofRunner['RUNNER_OS'] ?? '', arch: ofRunner['RUNNER_ARCH'] ?? '' },
      ...{ temp: runnerTemp, tool_cache: ofRunner['RUNNER_TOOL_CACHE'] ?? '' },
      ...{ name: 'test', environment: 'github-hosted' },
    },
    variables: (step) => {
      const all: Record<string, string> = {
        ...inheritedVariables(),
        ...ofRunner,
        ...options.variables,
        ...machine.env,
        ...step,
      };
      return { ...all, PATH: [...machine.paths, all['PATH'] ?? ''].join(delimiter) };
    },
    print: (line) => {
      const shown = render(line);
      if (shown === undefined) return;
      lines.push(shown);
      options.onLine(shown);
    },
    log: () => lines.join('\n'),
    remove: folder.remove,
  };
  return machine;
}
