import { checkCall } from './call.ts';
import { defaultPermissions, excess, type Permissions, toPermissions } from './permissions.ts';
import { type Commit, findCommit, parseUses } from './repositories.ts';
import { InvalidWorkflow, type JobDefinition, readWorkflow, type Workflow } from './workflow-file.ts';

/** A workflow with all that it calls, checked as far as it can be before it runs. */
export interface Plan {
  workflow: Workflow;
  /** In an order in which they can run. */
  jobs: PlannedJob[];
}

export interface PlannedJob {
  id: string;
  definition: JobDefinition;
  needs: string[];
  permissions: Permissions;
  /** The workflow that the job calls, if it has no steps of its own. */
  called?: Plan;
}

/** What a plan is made from. */
export interface PlanOptions {
  commits: readonly Commit[];
  /** What the repository grants to jobs of workflows that ask for nothing. */
  defaultPermissions: 'read' | 'write';
  /** The jobs whose service containers somebody else plays. */
  served: readonly string[];
}

/** Reads a workflow and what it calls. */
export async function makePlan(options: PlanOptions, commit: Commit, path: string): Promise<Plan> {
  return plan(await readWorkflow(commit, path), undefined);

  async function plan(workflow: Workflow, granted: Permissions | undefined): Promise<Plan> {
    const jobs: PlannedJob[] = [];
    for (const [id, definition] of Object.entries(workflow.jobs)) {
      refuseUnknown(id, definition, options.served);
      const own = toPermissions(definition.permissions) ?? toPermissions(workflow.permissions) ?? granted;
      const permissions = own ?? defaultPermissions(options.defaultPermissions);
      const needs = [definition.needs ?? []].flat();
      const called = definition.uses === undefined ? undefined : await call(workflow, definition, own);
      jobs.push({ id, definition, needs, permissions, ...(called && { called }) });
    }
    return { workflow, jobs: inOrder(jobs) };
  }

  async function call(caller: Workflow, job: JobDefinition, own: Permissions | undefined): Promise<Plan> {
    const called = await readWorkflow(...locate(caller, job.uses ?? ''));
    checkCall(job, called);
    const sameOwner = owner(called.commit) === owner(commit);
    const granted = own ?? defaultPermissions(options.defaultPermissions, sameOwner ? 'write' : 'none');
    checkPermissions(job.uses ?? '', called, granted);
    return plan(called, own);
  }

  function locate(caller: Workflow, uses: string): [Commit, string] {
    if (uses.startsWith('./')) return [caller.commit, uses.slice(2)];
    const reference = parseUses(uses);
    const found = reference && findCommit(options.commits, reference.repository, reference.ref);
    if (!found) throw new InvalidWorkflow(`error parsing called workflow "${uses}": workflow was not found.`);
    return [found, reference.path];
  }
}

function checkPermissions(uses: string, called: Workflow, granted: Permissions): void {
  const asking = [
    { who: 'The workflow', permissions: called.permissions },
    ...Object.entries(called.jobs).map(([id, { permissions }]) => ({
      who: `The nested job '${id}'`,
      permissions,
    })),
  ];
  for (const { who, permissions } of asking) {
    const refusal = excess(toPermissions(permissions) ?? {}, granted);
    if (refusal !== undefined)
      throw new InvalidWorkflow(`Error calling workflow '${uses}'. ${who} ${refusal}`);
  }
}

/** What this runner does not play it says, where passing over it would make a test mean something else. */
function refuseUnknown(id: string, job: JobDefinition, served: readonly string[]): void {
  for (const key of ['services', 'container'] as const) {
    if (key === 'services' && served.includes(id)) continue;
    if (job[key] !== undefined) throw new Error(`The job ${id} has ${key}, which is not played here`);
  }
}

function inOrder(jobs: PlannedJob[]): PlannedJob[] {
  const ordered: PlannedJob[] = [];
  while (ordered.length < jobs.length) {
    const done = ordered.map(({ id }) => id);
    const next = jobs.find((job) => !ordered.includes(job) && job.needs.every((need) => done.includes(need)));
    if (!next) throw new InvalidWorkflow('A job needs one that does not exist, or jobs need each other.');
    ordered.push(next);
  }
  return ordered;
}

function owner({ repository }: Commit): string | undefined {
  return repository.split('/')[0]?.toLowerCase();
}
