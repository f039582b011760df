import { makeMask } from '../render-log.ts';
import type { Ended } from './contexts.ts';
import type { Contexts, Value } from './expressions.ts';
import { type MachineOptions, makeMachine } from './machine.ts';
import type { Permissions } from './permissions.ts';
import { failedBy } from './play.ts';
import { type JobStep, runSteps, stepContexts } from './steps.ts';
import { evaluateAt, textAt, textsAt, toType } from './values.ts';
import { type ConcurrencyDefinition, type JobDefinition, messageOf, type Workflow } from './workflow-file.ts';

/** How a job went. */
export interface JobResult extends Ended {
  /** With the job that called its workflow before it, if one did: `call/restore`. */
  id: string;
  name: string;
  permissions: Permissions;
  /** What the job settled before its first step; nothing of it if it was skipped. */
  settings?: JobSettings;
  steps: JobStep[];
  /** What GitHub would show, with secrets masked. */
  log: string;
}

export interface JobSettings {
  runsOn: Value;
  /** Undefined if the name is empty. */
  environment: string | undefined;
  concurrency: { group: string; cancelInProgress: boolean; queue: (typeof queues)[number] } | undefined;
  timeoutMinutes: number;
}

/** Evaluates what a job says of itself, by what is known before it has a machine. */
export function jobSettings(job: JobDefinition, contexts: Contexts): JobSettings {
  const { environment, concurrency } = job;
  const environmentName = textAt(
    typeof environment === 'object' ? environment.name : environment,
    'jobs.<job_id>.environment',
    contexts,
  );
  const timeout = evaluateAt(job['timeout-minutes'] ?? 360, 'jobs.<job_id>.timeout-minutes', contexts);
  return {
    runsOn: evaluateAt(job['runs-on'], 'jobs.<job_id>.runs-on', contexts),
    environment: environmentName || undefined,
    concurrency: concurrency === undefined ? undefined : concurrencyOf(concurrency, contexts),
    timeoutMinutes: toType(timeout, 'number') as number,
  };
}

/** What the steps of a job need besides what stands in the workflow. */
export interface JobRun extends Omit<MachineOptions, 'secrets'> {
  workflow: Workflow;
  job: JobDefinition;
  /** Those of the whole job, `secrets` among them. */
  contexts: Contexts;
  secrets: Record<string, string>;
}

/** Runs the steps of a job on a machine of its own. */
export async function runOnMachine({ workflow, job, contexts, secrets, ...options }: JobRun) {
  const hidden = Object.values(secrets);
  const machine = await makeMachine({ ...options, secrets: hidden });
  try {
    machine.env = {
      ...textsAt(workflow.env, 'env', contexts),
      ...textsAt(job.env, 'jobs.<job_id>.env', contexts),
    };
    const steps = await runSteps(job.steps ?? [], contexts, machine);
    const values = textsAt(job.outputs, 'jobs.<job_id>.outputs', stepContexts(contexts, steps, machine));
    const outputs = withoutSecrets(
      values,
      [...hidden, ...steps.flatMap(({ masks }) => masks)],
      machine.print,
    );
    const failed = steps.some(({ conclusion }) => conclusion === 'failure');
    return {
      steps,
      outputs,
      conclusion: failed ? ('failure' as const) : ('success' as const),
      log: machine.log(),
    };
  } catch (error) {
    machine.print(failedBy(messageOf(error)).log);
    return { steps: [], outputs: {}, conclusion: 'failure' as const, log: machine.log() };
  } finally {
    await machine.remove();
  }
}

function concurrencyOf(concurrency: NonNullable<JobDefinition['concurrency']>, contexts: Contexts) {
  const place = 'jobs.<job_id>.concurrency';
  const definition: ConcurrencyDefinition =
    typeof concurrency === 'string' ? { group: concurrency } : concurrency;
  const group = textAt(definition.group, place, contexts);
  if (group === '') throw new Error('Concurrency group name cannot be empty');
  const cancel = evaluateAt(definition['cancel-in-progress'] ?? false, place, contexts);
  const cancelInProgress = toType(cancel, 'boolean') === true;
  const queue = queues.find((known) => known === (definition.queue ?? 'single'));
  if (queue === undefined) throw new Error(`Unexpected value '${String(definition.queue)}'`);
  if (queue === 'max' && cancelInProgress)
    throw new Error("'queue: max' cannot be combined with 'cancel-in-progress: true'.");
  return { group, cancelInProgress, queue };
}

/** How many may wait: one, which the next one replaces, or up to 100, the first one first. */
const queues = ['single', 'max'] as const;

/** An output that contains what is masked is left out, as is an empty one. */
function withoutSecrets(
  values: Record<string, string>,
  secrets: string[],
  print: (line: string) => void,
): Record<string, string> {
  const mask = makeMask(secrets);
  const shown = Object.entries(values).filter(([name, value]) => {
    const isSecret = mask.apply(value) !== value;
    if (isSecret) print(`::warning::Skip output '${name}' since it may contain secret.`);
    return !isSecret && value !== '';
  });
  return Object.fromEntries(shown);
}
