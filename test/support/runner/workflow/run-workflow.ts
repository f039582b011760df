import { callInputs, callSecrets, type Secrets } from './call.ts';
import {
  type Ended,
  githubContext,
  githubVariables,
  jobWorkflowContext,
  type Run,
  resultsContext,
  statusOfNeeds,
} from './contexts.ts';
import { dispatchInputs } from './dispatch.ts';
import { evaluateIf, type Value } from './expressions.ts';
import { type JobResult, jobSettings, runOnMachine } from './job.ts';
import { makePlan, type Plan, type PlannedJob } from './plan.ts';
import { failedBy } from './play.ts';
import { type Commit, findCommit } from './repositories.ts';
import { textAt } from './values.ts';
import { InvalidWorkflow, messageOf } from './workflow-file.ts';

/** A run by hand, and all that GitHub would know of its repository. */
export interface RunOptions {
  /** Every repository that the run may come to. */
  commits: readonly Commit[];
  repository: string;
  /** The branch, tag or commit to run; `main` unless said otherwise. */
  ref?: string;
  /** The path of the workflow file. */
  workflow: string;
  /** What is filled into the form. */
  inputs?: Record<string, string>;
  secrets?: Record<string, string>;
  vars?: Record<string, string>;
  environments?: Record<string, { secrets?: Record<string, string>; vars?: Record<string, string> }>;
  /** The repository's setting for workflows without `permissions`; `read` unless said otherwise. */
  defaultPermissions?: 'read' | 'write';
  /** The variables of a job that may ask for an ID token. */
  idToken?: Record<string, string>;
  /** Variables of the machines themselves. */
  environment?: Record<string, string>;
  /** Whether GitHub tells a job of which workflow it is; yes unless said otherwise. */
  tellsWorkflow?: boolean;
  /** Called with each line of the log as it comes. */
  onLine?: (line: string) => void;
}

/** How a run went. */
export interface RunResult {
  conclusion: 'success' | 'failure';
  /** By id, those of a called workflow with the calling job's id before theirs: `call/restore`. */
  jobs: Record<string, JobResult>;
  log: string;
}

/**
 * Runs a workflow by hand, as GitHub and its runner would.
 * @throws InvalidWorkflow if GitHub would not start the run
 */
export async function runWorkflow(options: RunOptions): Promise<RunResult> {
  const { commits, repository, ref = 'main', workflow: path, defaultPermissions = 'read' } = options;
  const commit = findCommit(commits, repository, ref);
  if (!commit) throw new InvalidWorkflow(`No ref found for: ${ref}`);
  const plan = await makePlan({ commits, defaultPermissions }, commit, path);
  const event = dispatchInputs(plan.workflow, options.inputs ?? {});
  const run: Run = {
    ...{ commit, path, event },
    ref: ref.startsWith('refs/') ? ref : `refs/heads/${ref}`,
    name: plan.workflow.name,
  };
  const secrets = { values: options.secrets ?? {}, withEnvironment: true };
  const jobs: Record<string, JobResult> = {};
  await runPlan(plan, { options, run, inputs: event.inputs, secrets, ids: [], names: [], jobs });
  const results = Object.values(jobs);
  return {
    conclusion: results.some(({ conclusion }) => conclusion === 'failure') ? 'failure' : 'success',
    jobs,
    log: results.map(({ log }) => log).join('\n'),
  };
}

/** What a workflow runs in. */
interface Scope {
  options: RunOptions;
  run: Run;
  inputs: Record<string, Value>;
  secrets: Secrets;
  /** Those of the jobs that led to this workflow. */
  ids: string[];
  names: string[];
  /** The results of the whole run. */
  jobs: Record<string, JobResult>;
}

async function runPlan({ workflow, jobs }: Plan, scope: Scope): Promise<Ended> {
  const { options, inputs, run } = scope;
  const ended: Record<string, Ended> = {};
  for (const job of jobs) ended[job.id] = await runJob(job);
  const contexts = {
    ...{ github: githubContext(run, '', ''), vars: options.vars, inputs },
    jobs: resultsContext(Object.keys(ended), ended),
  };
  const outputs = Object.entries(workflow.on.workflow_call?.outputs ?? {}).map(([name, { value }]) => [
    name,
    textAt(value, 'on.workflow_call.outputs.<output_id>.value', contexts),
  ]);
  const conclusions = Object.values(ended).map(({ conclusion }) => conclusion);
  const conclusion = conclusions.includes('failure')
    ? 'failure'
    : conclusions.includes('success')
      ? 'success'
      : 'skipped';
  return { conclusion, outputs: Object.fromEntries(outputs) };

  async function runJob(job: PlannedJob): Promise<Ended> {
    const ids = [...scope.ids, job.id];
    const result: JobResult = {
      ...{ id: ids.join('/'), name: [...scope.names, job.id].join(' / '), permissions: job.permissions },
      ...{ conclusion: 'skipped', outputs: {}, steps: [], log: '' },
    };
    scope.jobs[result.id] = result;
    const token = `ghs_${'0'.repeat(30)}${Object.keys(scope.jobs).length}`;
    try {
      Object.assign(result, await evaluateAndRun(job, result, token));
    } catch (error) {
      if (error instanceof InvalidWorkflow) throw error;
      Object.assign(result, {
        conclusion: 'failure',
        log: failedBy(messageOf(error)).log.replace('::error::', 'Error: '),
      });
    }
    return result;
  }

  async function evaluateAndRun(
    job: PlannedJob,
    result: JobResult,
    token: string,
  ): Promise<Partial<JobResult>> {
    const { id, definition, called } = job;
    const github = githubContext(run, id, token);
    const contexts = {
      ...{ github, inputs, vars: options.vars, needs: resultsContext(job.needs, ended) },
      strategy: { 'fail-fast': true, 'job-index': 0, 'job-total': 1, 'max-parallel': 1 },
    };
    if (definition.name !== undefined) {
      const name = textAt(definition.name, 'jobs.<job_id>.name', contexts);
      result.name = [...scope.names, name || id].join(' / ');
    }
    const status = statusOfNeeds(job, jobs, ended);
    if (!evaluateIf(definition.if, contexts, 'jobs.<job_id>.if', status)) return {};

    if (called) {
      const passed = { ...scope.secrets.values, GITHUB_TOKEN: token };
      return runPlan(called, {
        ...scope,
        inputs: callInputs(definition, called.workflow, contexts),
        secrets: callSecrets(definition, scope.secrets, { ...contexts, secrets: passed }),
        ...{ ids: result.id.split('/'), names: [result.name] },
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
        job: options.tellsWorkflow === false ? {} : jobWorkflowContext(workflow),
      },
      variables: {
        ...options.environment,
        ...githubVariables(github),
        ...(job.permissions['id-token'] === 'write' && options.idToken),
      },
      onLine: options.onLine ?? (() => {}),
    });
  }
}
