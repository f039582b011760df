import { stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { inputVariables, readAction } from '../action.ts';
import { makeRunnerFiles } from '../runner-files.ts';
import { type ScriptResult, startScript } from '../step-process.ts';
import type { EndedStep } from '../step-result.ts';
import { checkOut } from './checkout.ts';
import type { Machine } from './machine.ts';
import { findCommit, parseUses } from './repositories.ts';

/** A step with everything evaluated. */
export interface ReadyStep {
  /** Tells the step's files apart. */
  key: string;
  uses?: string;
  run?: string;
  workingDirectory?: string;
  inputs: Record<string, string>;
  /** The step's own variables. */
  env: Record<string, string>;
}

/** A step whose main script has ended. */
export interface Played {
  ended: EndedStep;
  /** Runs the post script of the action, if it has one. */
  post?: () => Promise<ScriptResult>;
}

/** Plays what a step `uses` or `run`s. */
export function play(step: ReadyStep, machine: Machine): Promise<Played> {
  if (step.uses?.startsWith('actions/checkout@')) return playCheckout(step, machine);
  return step.uses === undefined ? playScript(step, machine) : playAction(step.uses, step, machine);
}

/** A result for what fails before any script is started: the error is all that the log has. */
export function failedBy(message: string): ScriptResult {
  const data = message.replaceAll('%', '%25').replaceAll('\n', '%0A');
  return { exitCode: 1, signal: null, log: `::error::${data}`, processes: [] };
}

async function playCheckout({ inputs }: ReadyStep, { print, ...machine }: Machine): Promise<Played> {
  const log = await checkOut(inputs, machine);
  for (const line of log.split('\n')) print(line);
  const main = { exitCode: 0, signal: null, log, processes: [] };
  return { ended: { inputs, main, post: undefined, outputs: {}, summary: '' } };
}

async function playAction(uses: string, step: ReadyStep, machine: Machine): Promise<Played> {
  const { key, inputs, env } = step;
  const action = await readAction(await folderOf(uses, machine));
  const files = await makeRunnerFiles(machine.runnerTemp, key);
  const variables = (state: Record<string, string>) =>
    machine.variables({ ...env, ...files.variables, ...inputVariables(action, inputs), ...state });
  const run = (script: string, state: Record<string, string> = {}) =>
    startScript({
      ...{ script, env: variables(state), cwd: machine.workspace, watch: false, onLine: machine.print },
    }).done;

  const main = await run(action.main);
  const { outputs, summary } = await takeFiles(files, machine);
  const { post } = action;
  return {
    ended: { action, inputs, main, post: undefined, outputs, summary },
    ...(post !== undefined && {
      post: async () => {
        const { state } = await files.read();
        const saved = Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]);
        return run(post, Object.fromEntries(saved));
      },
    }),
  };
}

async function playScript(step: ReadyStep, machine: Machine): Promise<Played> {
  const files = await makeRunnerFiles(machine.runnerTemp, step.key);
  const script = join(files.folder, 'script.sh');
  await writeFile(script, step.run ?? '');
  const main = await startScript({
    ...{ script, program: ['bash', '-e'], cwd: resolve(machine.workspace, step.workingDirectory ?? '.') },
    ...{ env: machine.variables({ ...step.env, ...files.variables }), watch: false, onLine: machine.print },
  }).done;
  return { ended: { inputs: {}, main, post: undefined, ...(await takeFiles(files, machine)) } };
}

/** Hands on what a step wrote to GITHUB_ENV and GITHUB_PATH. */
async function takeFiles(files: Awaited<ReturnType<typeof makeRunnerFiles>>, machine: Machine) {
  const { outputs, summary, environment, paths } = await files.read();
  Object.assign(machine.env, environment);
  machine.paths.unshift(...paths);
  return { outputs, summary };
}

async function folderOf(uses: string, { workspace, commits }: Machine): Promise<string> {
  const reference = parseUses(uses);
  const commit = reference && findCommit(commits, reference.repository, reference.ref);
  if (reference && !commit) throw new Error(`Unable to resolve action \`${uses}\`, unable to find version`);
  const folder = commit ? join(commit.folder, reference?.path ?? '') : resolve(workspace, uses);
  if (await stat(join(folder, 'action.yml')).catch(() => undefined)) return folder;
  throw new Error(
    `Can't find 'action.yml', 'action.yaml' or 'Dockerfile' under '${folder}'. Did you forget to run actions/checkout before running your local action?`,
  );
}
