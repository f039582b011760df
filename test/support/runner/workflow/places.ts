import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { splitAllowedContext } from '@actions/workflow-parser/templates/allowed-context';

/**
 * Where a workflow file may have expressions, and what GitHub's schema of workflow files calls what stands there.
 * The schema says which contexts and functions each place has.
 * https://docs.github.com/actions/reference/workflows-and-actions/contexts#context-availability
 */
const places = {
  'run-name': 'run-name',
  concurrency: 'workflow-concurrency',
  env: 'workflow-env',
  'on.workflow_call.inputs.<input_id>.default': 'workflow-call-input-default',
  'on.workflow_call.outputs.<output_id>.value': 'workflow-output-context',
  'jobs.<job_id>.concurrency': 'job-concurrency',
  'jobs.<job_id>.container': 'container',
  'jobs.<job_id>.env': 'job-env',
  'jobs.<job_id>.environment': 'job-environment',
  'jobs.<job_id>.environment.url': 'string-runner-context-no-secrets',
  'jobs.<job_id>.if': 'job-if',
  'jobs.<job_id>.name': 'string-strategy-context',
  'jobs.<job_id>.outputs': 'string-runner-context',
  'jobs.<job_id>.runs-on': 'runs-on',
  'jobs.<job_id>.secrets': 'scalar-needs-context-with-secrets',
  'jobs.<job_id>.services': 'services',
  'jobs.<job_id>.strategy': 'strategy',
  'jobs.<job_id>.timeout-minutes': 'number-strategy-context',
  'jobs.<job_id>.with': 'scalar-needs-context',
  'jobs.<job_id>.steps.<step>.continue-on-error': 'step-continue-on-error',
  'jobs.<job_id>.steps.<step>.env': 'step-env',
  'jobs.<job_id>.steps.<step>.if': 'step-if',
  'jobs.<job_id>.steps.<step>.name': 'step-name',
  'jobs.<job_id>.steps.<step>.run': 'string-steps-context',
  'jobs.<job_id>.steps.<step>.timeout-minutes': 'step-timeout-minutes',
  'jobs.<job_id>.steps.<step>.with': 'step-with',
  'jobs.<job_id>.steps.<step>.working-directory': 'string-steps-context',
} as const;

/** A place that may have expressions. */
export type Place = keyof typeof places;

interface Definition {
  context?: string[];
  mapping?: { properties?: Record<string, unknown> };
}

const schema = readSchema();

/** The contexts and functions that a place has. */
export function allowedAt(place: Place) {
  return splitAllowedContext(schema[places[place]]?.context ?? []);
}

/** The place that a path in a workflow file belongs to, such as `jobs`, `restore`, `if`. */
export function placeOf(path: readonly string[]): Place | undefined {
  const matching = (Object.keys(places) as Place[]).filter((place) =>
    place
      .split('.')
      .every((part, index) => path[index] !== undefined && (part.startsWith('<') || part === path[index])),
  );
  return matching.sort((a, b) => b.split('.').length - a.split('.').length)[0];
}

/** The names of all permissions that a job can be given. */
export function permissionNames(): string[] {
  return Object.keys(schema['permissions-mapping']?.mapping?.properties ?? {});
}

function readSchema(): Record<string, Definition> {
  const packageFile = findPackageJSON('@actions/workflow-parser', import.meta.url);
  if (packageFile === undefined) throw new Error('@actions/workflow-parser is not installed');
  const text = readFileSync(join(dirname(packageFile), 'dist', 'workflow-v1.0.min.json'), 'utf8');
  return (JSON.parse(text) as { definitions: Record<string, Definition> }).definitions;
}
