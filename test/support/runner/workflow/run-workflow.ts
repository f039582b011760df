import type { Run } from './contexts.ts';
import { dispatchInputs } from './dispatch.ts';
import type { JobResult } from './job.ts';
import { makePlan } from './plan.ts';
import { type Commit, findCommit } from './repositories.ts';
import { runPlan } from './run-plan.ts';
import { InvalidWorkflow } from './workflow-file.ts';

/** A run, and all that GitHub would know of its repository. */
export interface RunOptions {
  /** Every repository that the run may come to. */
  commits: readonly Commit[];
  repository: string;
  /** The branch, tag or commit to run; `main` unless said otherwise. */
  ref?: string;
  /** The path of the workflow file. */
  workflow: string;
  /** What starts the run: somebody by hand (`workflow_dispatch`) unless said otherwise. */
  event?: string;
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
  /** In place of service containers: by job and service, the port of this machine for each port of the container. */
  services?: Record<string, Record<string, Record<string, string>>>;
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
 * Runs a workflow, as GitHub and its runner would.
 * @throws InvalidWorkflow if GitHub would not start the run
 */
export async function runWorkflow(options: RunOptions): Promise<RunResult> {
  const { commits, repository, ref = 'main', workflow: path, defaultPermissions = 'read' } = options;
  const commit = findCommit(commits, repository, ref);
  if (!commit) throw new InvalidWorkflow(`No ref found for: ${ref}`);
  const served = Object.keys(options.services ?? {});
  const plan = await makePlan({ commits, defaultPermissions, served }, commit, path);
  const eventName = options.event ?? 'workflow_dispatch';
  if (!(eventName in plan.workflow.on)) {
    throw new InvalidWorkflow(`Workflow does not have '${eventName}' trigger`);
  }
  const event = dispatchInputs(plan.workflow, options.inputs ?? {});
  const run: Run = {
    ...{ commit, path, event, eventName },
    ref: ref.startsWith('refs/') ? ref : `refs/heads/${ref}`,
    name: plan.workflow.name,
  };
  const secrets = { values: options.secrets ?? {}, withEnvironment: true };
  const jobs: Record<string, JobResult> = {};
  await runPlan(plan, { options, run, inputs: event.inputs, secrets, jobs });
  const results = Object.values(jobs);
  return {
    conclusion: results.some(({ conclusion }) => conclusion === 'failure') ? 'failure' : 'success',
    jobs,
    log: results.map(({ log }) => log).join('\n'),
  };
}
