import type { ChildProcess } from 'node:child_process';
import { chown, mkdir, readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { makeTemporaryFolder } from '../machine/temporary-folder.ts';
import type { ServerUser } from '../postgres/postgres-programs.ts';
import { type Action, inputVariables, readAction } from './action.ts';
import { type OwnMachine, on } from './hidden-folders.ts';
import type { SeenProcess } from './process-watch.ts';
import { makeRunnerFiles } from './runner-files.ts';
import { inheritedVariables, runnerVariables } from './runner-variables.ts';
import { cancelScript, type ScriptResult, startScript } from './step-process.ts';
import { describeStep, type StepResult } from './step-result.ts';

export type { StepResult } from './step-result.ts';

/** What a workflow says about a step, and what a test wants to know of it. */
export interface StepOptions {
  /** What stands under `with:`. */
  inputs: Record<string, string>;
  /** Variables besides the runner's own; they win over those. */
  environment?: Record<string, string>;
  /** The folder of the action.yml; this repository's unless said otherwise. */
  action?: string;
  /** Called with each raw line as it comes. */
  onLine?: (line: string) => void;
  /** Cancels the step as the runner does. */
  abort?: AbortSignal;
  /** What the step sees of the machine, where `mayHideFolders`. */
  machine?: OwnMachine;
  /** Whether the runner is lost together with the main script, so that nothing runs after it. */
  runnerIsLost?: boolean;
  /** Watches the processes of the step: their command lines and their memory. */
  watch?: boolean;
}

/** A step that is running: `child` is the main script. */
export interface RunningStep {
  child: ChildProcess;
  cancel(): void;
  done: Promise<StepResult>;
}

const thisRepository = join(import.meta.dirname, '..', '..', '..');

/**
 * Where Node keeps what it has compiled of the bundle, which the tests start a thousand times: that saves a sixth of a start. A
 * benchmark does without it, as every step on GitHub does.
 */
const compiled: Record<string, string> = process.env['VITEST']
  ? { NODE_COMPILE_CACHE: join(thisRepository, 'node_modules', '.cache', 'compiled') }
  : {};

/** Runs an action as a step, to its end. */
export async function runStep(options: StepOptions): Promise<StepResult> {
  return (await startStep(options)).done;
}

/** Starts an action as a step. Its post script runs whatever becomes of the main one. */
export async function startStep(options: StepOptions): Promise<RunningStep> {
  const { inputs, environment = {}, onLine = () => {}, watch = false, machine = {} } = options;
  const action = await readAction(options.action ?? thisRepository);
  const folder = await makeTemporaryFolder('runner');
  const [runnerTemp, cwd] = [join(folder.path, 'temp'), join(folder.path, 'workspace')];
  await mkdir(runnerTemp);
  await mkdir(cwd);
  const files = await makeRunnerFiles(runnerTemp);
  const env = {
    ...inheritedVariables(),
    ...runnerVariables(runnerTemp, cwd),
    ...compiled,
    ...files.variables,
    ...inputVariables(action, inputs),
    ...environment,
  };

  const place = join(folder.path, 'repository');
  if (machine.user) await handOver(folder.path, place, machine.user);
  const program = on(machine, thisRepository, place, process.execPath);
  const inPlace = (script: string): string => (machine.user ? script.replace(thisRepository, place) : script);
  const main = startScript({ script: inPlace(action.main), program, cwd, env, watch, onLine });
  const cancel = () => cancelScript(main.child);
  options.abort?.addEventListener('abort', cancel, { once: true });
  if (options.abort?.aborted) cancel();
  return { child: main.child, cancel, done: finish().finally(folder.remove) };

  async function finish(): Promise<StepResult> {
    const result = await main.done;
    options.abort?.removeEventListener('abort', cancel);
    const { outputs, summary } = await files.read();
    const post = options.runnerIsLost ? undefined : await runPost(action);
    return {
      ...describeStep({ action, inputs, main: result, post, outputs, summary }),
      tempFilesLeft: await files.filesLeft(),
      workspaceLeft: (await readdir(cwd, { recursive: true })).sort(),
      commandFiles: (await files.read()).texts,
      ...peakMemoryOf(main.child, result.processes),
    };
  }

  async function runPost({ post }: Action): Promise<ScriptResult | undefined> {
    if (post === undefined) return undefined;
    const { state, environment: set, paths } = await files.read();
    const saved = Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]);
    const path = [...paths, env['PATH'] ?? ''].join(delimiter);
    const postEnv = { ...env, ...set, PATH: path, ...Object.fromEntries(saved) };
    return startScript({ script: inPlace(post), program, cwd, env: postEnv, watch, onLine }).done;
  }
}

/** Gives another user the step's folder, with an empty one for the repository in it. */
async function handOver(folder: string, place: string, { uid, gid }: ServerUser): Promise<void> {
  await mkdir(place);
  const all = await readdir(folder, { recursive: true });
  for (const name of ['.', ...all]) await chown(join(folder, name), uid, gid);
}

function peakMemoryOf(child: ChildProcess, processes: SeenProcess[]): { peakMemory?: number } {
  const own = processes.find(({ pid }) => pid === child.pid);
  return own ? { peakMemory: own.peakMemory } : {};
}
