import { callInputs, callSecrets, type Secrets } from './call.ts';
import {
  type Ended,
  githubContext,
  githubVariables,
  jobWorkflowContext,
  type Run,
  resultsContext,
  servicesContext,
  statusOfNeeds,
} from './contexts.ts';
import { type Contexts, evaluateIf, type Value } from './expressions.ts';
import { type JobResult, jobSettings, runOnMachine } from './job.ts';
import type { Plan, PlannedJob } from './plan.ts';
import { failedBy } from './play.ts';
import type { RunOptions } from './run-workflow.ts';
import { combinationsOf } from './strategy.ts';
import { textAt } from './values.ts';
import { InvalidWorkflow, messageOf, type Workflow } from './workflow-file.ts';

/** What a workflow runs in. */
export interface Scope {
  options: RunOptions;
  run: Run;
  inputs: Record<string, Value>;
  secrets: Secrets;
  /** The job that called this workflow, with those before it. */
  caller?: { id: string; name: string };
  /** The results of the whole run. */
  jobs: Record<string, JobResult>;
}

/** Runs the jobs of a workflow, and returns what its caller is told. */
export async function runPlan({ workflow, jobs }: Plan, scope: Scope): Promise<Ended> {
  const { options, inputs, run } = scope;
  const ended: Record<string, Ended> = {};
  const common = { vars: options.vars, inputs };
  for (const job of jobs) {
    const contexts = {
      ...common,
      github: githubContext(run, job.id, ''),
      needs: resultsContext(job.needs, ended),
    };
    const wanted = evaluateIf(
      job.definition.if,
      contexts,
      'jobs.<job_id>.if',
      statusOfNeeds(job, jobs, ended),
    );
    const results: Ended[] = [];
    const combinations = wanted
      ? combinationsOf(job.definition.strategy, contexts)
      : [{ suffix: '', contexts: {} }];
    for (const combination of combinations) {
      results.push(await runJob(job, combination.suffix, { ...contexts, ...combination.contexts }, wanted));
    }
    ended[job.id] = together(results);
  }
  const contexts = {
    ...{ ...common, github: githubContext(run, '', '') },
    jobs: resultsContext(Object.keys(ended), ended),
  };
  const outputs = Object.entries(workflow.on.workflow_call?.outputs ?? {}).map(([name, { value }]) => [
    name,
    textAt(value, 'on.workflow_call.outputs.<output_id>.value', contexts),
  ]);
  const hasSkipped = Object.values(ended).some(({ conclusion }) => conclusion === 'skipped');
  return { ...together(Object.values(ended)), hasSkipped, outputs: Object.fromEntries(outputs) };

  async function runJob(
    job: PlannedJob,
    suffix: string,
    contexts: Contexts,
    wanted: boolean,
  ): Promise<Ended> {
    const qualify = (before: string | undefined, separator: string, own: string) =>
      before === undefined ? own : `${before}${separator}${own}`;
    const id = qualify(scope.caller?.id, '/', `${job.id}${suffix}`);
    const result: JobResult = {
      ...{ id, name: qualify(scope.caller?.name, ' / ', `${job.id}${suffix}`), permissions: job.permissions },
      ...{ conclusion: 'skipped', outputs: {}, steps: [], log: '' },
    };
    scope.jobs[id] = result;
    try {
      const name = textAt(job.definition.name, 'jobs.<job_id>.name', contexts);
      if (name !== '') result.name = qualify(scope.caller?.name, ' / ', name);
      if (wanted) Object.assign(result, await runWanted(job, result, contexts, workflow, scope));
    } catch (error) {
      if (error instanceof InvalidWorkflow) throw error;
      const log = failedBy(messageOf(error)).log.replace('::error::', 'Error: ');
      Object.assign(result, { conclusion: 'failure', log });
    }
    return result;
  }
}

/** Calls the workflow of a job, or runs its steps. */
async function runWanted(
  { id, definition, called, permissions }: PlannedJob,
  result: JobResult,
  known: Contexts,
  workflow: Workflow,
  scope: Scope,
): Promise<Partial<JobResult>> {
  const { options, run } = scope;
  const token = `ghs_${'0'.repeat(30)}${Object.keys(scope.jobs).length}`;
  const github = githubContext(run, id, token);
  const contexts = { ...known, github };
  if (called) {
    const secrets = { ...scope.secrets.values, GITHUB_TOKEN: token };
    return runPlan(called, {
      ...scope,
      inputs: callInputs(definition, called.workflow, contexts),
      secrets: callSecrets(definition, scope.secrets, { ...contexts, secrets }),
      caller: { id: result.id, name: result.name },
    });
  }
  result.settings = jobSettings(definition, contexts);
  const environment = options.environments?.[result.settings.environment ?? ''] ?? {};
  const secrets = {
    ...scope.secrets.values,
    ...(scope.secrets.withEnvironment && environment.secrets),
    GITHUB_TOKEN: token,
  };
  return runOnMachine({
    ...{ workflow, job: definition, commits: options.commits, own: run.commit, secrets },
    contexts: {
      ...{ ...contexts, secrets, vars: { ...options.vars, ...environment.vars } },
      job: {
        ...(options.tellsWorkflow !== false && jobWorkflowContext(workflow)),
        services: servicesContext(options.services?.[id] ?? {}),
      },
    },
    variables: {
      ...options.environment,
      ...githubVariables(github),
      ...(permissions['id-token'] === 'write' && options.idToken),
    },
    onLine: options.onLine ?? (() => {}),
  });
}

/** Several jobs as one: those of a matrix, or of a workflow. The last one's outputs win. */
function together(results: Ended[]): Ended {
  const conclusions = results.map(({ conclusion }) => conclusion);
  const worst = (['failure', 'success'] as const).find((conclusion) => conclusions.includes(conclusion));
  return {
    conclusion: worst ?? 'skipped',
    hasSkipped: results.some((one) => one.hasSkipped),
    outputs: Object.assign({}, ...results.map(({ outputs }) => outputs)),
  };
}
