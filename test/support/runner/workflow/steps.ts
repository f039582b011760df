import { describeStep, type StepResult } from '../step-result.ts';
import { type Contexts, evaluateIf } from './expressions.ts';
import type { Machine } from './machine.ts';
import { failedBy, type Played, play } from './play.ts';
import { evaluateAt, textAt, textsAt } from './values.ts';
import { messageOf, type StepDefinition } from './workflow-file.ts';

/** How a step of a job went. */
export interface JobStep extends StepResult {
  /** Empty if the step has none. */
  id: string;
  name: string;
  /** Before and after `continue-on-error`. */
  outcome: 'success' | 'failure' | 'skipped';
  conclusion: 'success' | 'failure' | 'skipped';
  /** What was given under `with:`, evaluated. */
  inputs: Record<string, string>;
}

/**
 * Runs the steps of a job one after the other, and then the post scripts of the actions, the last one first.
 * @param contexts those of the job; `steps`, `env` and `job.status` come from the steps themselves
 */
export async function runSteps(
  definitions: StepDefinition[],
  contexts: Contexts,
  machine: Machine,
): Promise<JobStep[]> {
  const steps: JobStep[] = [];
  const posts: (() => Promise<void>)[] = [];
  for (const [index, definition] of definitions.entries()) {
    const step = await runStep(definition, `${index}`);
    steps.push(step);
  }
  for (const post of posts.reverse()) await post();
  return steps;

  async function runStep(definition: StepDefinition, key: string): Promise<JobStep> {
    const known = stepContexts(contexts, steps, machine);
    const name = definition.uses ?? definition.run?.split('\n')[0] ?? '';
    const step: JobStep = {
      ...describeStep({ ...nothing, main: { ...failedBy(''), exitCode: null, log: '' } }),
      ...{ id: definition.id ?? '', name: definition.name ?? `Run ${name}`, inputs: {} },
      ...{ outcome: 'skipped', conclusion: 'skipped' },
    };
    try {
      const failed = steps.some(({ conclusion }) => conclusion === 'failure');
      const status = { success: !failed, failure: failed };
      if (!evaluateIf(definition.if, known, 'jobs.<job_id>.steps.<step>.if', status)) return step;
      step.name = textAt(step.name, 'jobs.<job_id>.steps.<step>.name', known);
      machine.print(`Run ${name}`);
      await runReady(step, definition, known, key);
    } catch (error) {
      const main = failedBy(messageOf(error));
      machine.print(main.log);
      Object.assign(step, describeStep({ ...nothing, main }), { outcome: 'failure', conclusion: 'failure' });
    }
    const mayFail =
      step.outcome === 'failure' &&
      evaluateAt(definition['continue-on-error'], 'jobs.<job_id>.steps.<step>.continue-on-error', known) ===
        true;
    step.conclusion = mayFail ? 'success' : step.outcome;
    return step;
  }

  async function runReady(step: JobStep, definition: StepDefinition, known: Contexts, key: string) {
    const env = textsAt(definition.env, 'jobs.<job_id>.steps.<step>.env', known);
    const all = { ...known, env: { ...machine.env, ...env } };
    step.inputs = textsAt(definition.with, 'jobs.<job_id>.steps.<step>.with', all);
    const played = await play(
      {
        ...{ key, env, inputs: step.inputs },
        ...(definition.uses !== undefined && { uses: definition.uses }),
        run: textAt(definition.run, 'jobs.<job_id>.steps.<step>.run', all),
        workingDirectory: textAt(
          definition['working-directory'],
          'jobs.<job_id>.steps.<step>.working-directory',
          all,
        ),
      },
      machine,
    );
    Object.assign(step, describeStep(played.ended));
    step.outcome = played.ended.main.exitCode === 0 ? 'success' : 'failure';
    if (played.post) posts.push(() => runPost(step, played));
  }

  async function runPost(step: JobStep, { ended, post }: Played): Promise<void> {
    machine.print(`Post ${step.name}`);
    const result = await post?.();
    Object.assign(step, describeStep({ ...ended, post: result }));
    // Nothing that a step says of itself undoes the failure of its post script.
    if (result?.exitCode !== 0) step.conclusion = 'failure';
  }
}

/** The contexts of a place in a step, and of the outputs of a job when its steps have ended. */
export function stepContexts(contexts: Contexts, steps: JobStep[], machine: Machine): Contexts {
  const failed = steps.some(({ conclusion }) => conclusion === 'failure');
  const told = steps.map(({ id, outputs, outcome, conclusion }) => [id, { outputs, outcome, conclusion }]);
  return {
    ...contexts,
    github: { ...(contexts['github'] as object), workspace: machine.workspace },
    runner: machine.runner,
    env: machine.env,
    steps: Object.fromEntries(told.filter(([id]) => id !== '')),
    job: { ...(contexts['job'] as object), status: failed ? 'failure' : 'success' },
  };
}

const nothing = { inputs: {}, post: undefined, outputs: {}, summary: '' };
