import type { ChildProcess } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { makeTemporaryFolder } from '../machine/temporary-folder.ts';
import { type Action, inputVariables, readAction, unexpectedInputs } from './action.ts';
import type { SeenProcess } from './process-watch.ts';
import { makeRunnerFiles } from './runner-files.ts';
import { runnerVariables } from './runner-variables.ts';
import { cancelScript, type ScriptResult, startScript } from './step-process.ts';
import { type Annotation, readLog } from './workflow-commands.ts';

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
  /** Watches the processes of the step: their command lines and their memory. */
  watch?: boolean;
}

/** How a step went. */
export interface StepResult extends ScriptResult {
  annotations: Annotation[];
  /** The values that the step asked to be masked. */
  masks: string[];
  /** The titles of the groups in the log. */
  groups: string[];
  outputs: Record<string, string>;
  summary: string;
  /** What is left in RUNNER_TEMP after the post script. */
  tempFilesLeft: string[];
  /** The post script, if the action has one; its annotations and masks are among those above. */
  post?: ScriptResult;
  /** Of the main script's own process, in bytes; only if it was watched. */
  peakMemory?: number;
}

/** A step that is running: `child` is the main script. */
export interface RunningStep {
  child: ChildProcess;
  cancel(): void;
  done: Promise<StepResult>;
}

const thisRepository = join(import.meta.dirname, '..', '..', '..');

/** Runs an action as a step, to its end. */
export async function runStep(options: StepOptions): Promise<StepResult> {
  return (await startStep(options)).done;
}

/** Starts an action as a step. Its post script runs whatever becomes of the main one. */
export async function startStep(options: StepOptions): Promise<RunningStep> {
  const { inputs, environment = {}, onLine = () => {}, watch = false } = options;
  const action = await readAction(options.action ?? thisRepository);
  const folder = await makeTemporaryFolder('runner');
  const [runnerTemp, cwd] = [join(folder.path, 'temp'), join(folder.path, 'workspace')];
  await mkdir(runnerTemp);
  await mkdir(cwd);
  const files = await makeRunnerFiles(runnerTemp);
  const env = {
    ...inherited(),
    ...runnerVariables(runnerTemp, cwd),
    ...files.variables,
    ...inputVariables(action, inputs),
    ...environment,
  };

  const main = startScript({ script: action.main, cwd, env, watch, onLine });
  const cancel = () => cancelScript(main.child);
  options.abort?.addEventListener('abort', cancel, { once: true });
  if (options.abort?.aborted) cancel();
  return { child: main.child, cancel, done: finish().finally(folder.remove) };

  async function finish(): Promise<StepResult> {
    const result = await main.done;
    options.abort?.removeEventListener('abort', cancel);
    const { outputs, summary } = await files.read();
    const post = await runPost(action);
    const events = readLog(post ? `${result.log}\n${post.log}` : result.log);
    const warning = unexpectedInputs(action, inputs);
    return {
      ...result,
      annotations: [
        ...(warning === undefined ? [] : [{ level: 'warning' as const, message: warning }]),
        ...events.flatMap((event) => (event.kind === 'annotation' ? [event.annotation] : [])),
      ],
      masks: events.flatMap((event) => (event.kind === 'mask' ? [event.value] : [])),
      groups: events.flatMap((event) => (event.kind === 'group' ? [event.title] : [])),
      outputs,
      summary,
      tempFilesLeft: await files.filesLeft(),
      ...(post && { post }),
      ...peakMemoryOf(main.child, result.processes),
    };
  }

  async function runPost({ post }: Action): Promise<ScriptResult | undefined> {
    if (post === undefined) return undefined;
    const { state, environment: set, paths } = await files.read();
    const saved = Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]);
    const path = [...paths, env['PATH'] ?? ''].join(delimiter);
    const postEnv = { ...env, ...set, PATH: path, ...Object.fromEntries(saved) };
    return startScript({ script: post, cwd, env: postEnv, watch, onLine }).done;
  }
}

/** Of this process' own variables, a step sees no more than it needs to run at all. */
function inherited(): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', LANG: 'C.UTF-8' };
}

function peakMemoryOf(child: ChildProcess, processes: SeenProcess[]): { peakMemory?: number } {
  const own = processes.find(({ pid }) => pid === child.pid);
  return own ? { peakMemory: own.peakMemory } : {};
}
