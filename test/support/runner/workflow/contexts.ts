import type { DispatchInputs } from './dispatch.ts';
import type { Contexts } from './expressions.ts';
import type { PlannedJob } from './plan.ts';
import type { Commit } from './repositories.ts';
import type { Workflow } from './workflow-file.ts';

/** The run that is being played. */
export interface Run {
  commit: Commit;
  /** `refs/heads/main` */
  ref: string;
  path: string;
  name: string;
  eventName: string;
  event: DispatchInputs;
}

/**
 * The context `github` of a job, which is about the run and its repository, in a called workflow too.
 * https://docs.github.com/actions/reference/workflows-and-actions/contexts#github-context
 */
export function githubContext(
  { commit, ref, path, name, eventName, event }: Run,
  job: string,
  token: string,
) {
  const [owner = ''] = commit.repository.split('/');
  return {
    ...{ token, job, ref, sha: commit.sha, repository: commit.repository, repository_owner: owner },
    ref_name: ref.replace(/^refs\/(heads|tags)\//, ''),
    ref_type: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    actor: owner,
    workflow: name,
    workflow_ref: `${commit.repository}/${path}@${ref}`,
    workflow_sha: commit.sha,
    ...{ run_id: '7001', run_number: '17', run_attempt: '1' },
    ...{ server_url: 'https://github.com', api_url: 'https://api.github.com' },
    event_name: eventName,
    event: {
      ...(eventName === 'workflow_dispatch' && { inputs: event.event, workflow: path }),
      ...{ ref, repository: { full_name: commit.repository } },
    },
  };
}

/** The variables of a job that tell the same as the context `github`. */
export function githubVariables(github: ReturnType<typeof githubContext>): Record<string, string> {
  const told = Object.entries(github).filter(
    ([name, value]) => typeof value === 'string' && name !== 'token',
  );
  return Object.fromEntries(told.map(([name, value]) => [`GITHUB_${name.toUpperCase()}`, String(value)]));
}

/** What the context `job` says of the workflow that a job is from: of the called one, not of its caller. */
export function jobWorkflowContext({ commit, path }: Workflow) {
  return {
    workflow_file_path: path,
    workflow_ref: `${commit.repository}/${path}@${commit.refs?.[0] ?? commit.sha}`,
    workflow_repository: commit.repository,
    workflow_sha: commit.sha,
  };
}

/** What the context `job` says of service containers. */
export function servicesContext(services: Record<string, Record<string, string>>) {
  return Object.fromEntries(Object.entries(services).map(([id, ports]) => [id, { ports }]));
}

/** How a job ended, and what others may know of it. */
export interface Ended {
  conclusion: 'success' | 'failure' | 'skipped';
  outputs: Record<string, string>;
  /** Of a call: whether a job of the called workflow was skipped. */
  hasSkipped?: boolean;
}

/** The context `needs` of a job, and of the outputs of a workflow the context `jobs`. */
export function resultsContext(ids: string[], ended: Record<string, Ended>): Contexts {
  return Object.fromEntries(
    ids.map((id) => [id, { result: ended[id]?.conclusion, outputs: ended[id]?.outputs ?? {} }]),
  );
}

/**
 * What `success()` and `failure()` say for a job: they look at what it needs, and at what that needs. A called workflow that has skipped
 * a job of its own is no success there, although its result is `success`.
 * https://github.com/orgs/community/discussions/189172
 */
export function statusOfNeeds(job: PlannedJob, jobs: PlannedJob[], ended: Record<string, Ended>) {
  const ancestors = new Set(job.needs);
  for (const id of ancestors) {
    for (const need of jobs.find((other) => other.id === id)?.needs ?? []) ancestors.add(need);
  }
  const all = [...ancestors].map((id) => ended[id]);
  return {
    success: all.every((one) => one?.conclusion === 'success' && !one.hasSkipped),
    failure: all.some((one) => one?.conclusion === 'failure'),
  };
}
