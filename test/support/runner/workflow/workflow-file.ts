import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { parseExpression, toCondition, toExpression } from './expressions.ts';
import { placeOf } from './places.ts';
import type { Commit } from './repositories.ts';

/** GitHub does not run the workflow at all. */
export class InvalidWorkflow extends Error {}

/** An input of `workflow_dispatch` or `workflow_call`. */
export interface InputDefinition {
  type?: 'string' | 'number' | 'boolean' | 'choice' | 'environment';
  required?: boolean;
  default?: string | number | boolean;
  options?: string[];
}

export interface StepDefinition {
  id?: string;
  name?: string;
  if?: unknown;
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
  env?: Record<string, unknown>;
  'working-directory'?: string;
  'continue-on-error'?: unknown;
}

export interface JobDefinition {
  name?: string;
  needs?: string | string[];
  if?: unknown;
  'runs-on'?: unknown;
  environment?: string | { name: string };
  concurrency?: string | ConcurrencyDefinition;
  'timeout-minutes'?: unknown;
  permissions?: PermissionsDefinition;
  env?: Record<string, unknown>;
  outputs?: Record<string, string>;
  steps?: StepDefinition[];
  strategy?: StrategyDefinition;
  services?: unknown;
  container?: unknown;
  uses?: string;
  with?: Record<string, unknown>;
  secrets?: 'inherit' | Record<string, unknown>;
}

export interface ConcurrencyDefinition {
  group: string;
  'cancel-in-progress'?: unknown;
  queue?: unknown;
}

/** A matrix of plain lists, or one that only includes. */
export interface StrategyDefinition {
  'fail-fast'?: unknown;
  'max-parallel'?: unknown;
  matrix?: unknown;
}

export type PermissionsDefinition = 'read-all' | 'write-all' | Record<string, string>;

/** What this runner takes from a workflow file. */
export interface Workflow {
  commit: Commit;
  path: string;
  name: string;
  on: {
    workflow_dispatch?: { inputs?: Record<string, InputDefinition | null> } | null;
    workflow_call?: {
      inputs?: Record<string, InputDefinition | null>;
      secrets?: Record<string, { required?: boolean } | null>;
      outputs?: Record<string, { value: string }>;
    } | null;
  };
  env?: Record<string, unknown>;
  permissions?: PermissionsDefinition;
  jobs: Record<string, JobDefinition>;
}

/** Reads a workflow file of a commit, and refuses it where it uses a context that GitHub does not have there. */
export async function readWorkflow(commit: Commit, path: string): Promise<Workflow> {
  const text = await readFile(join(commit.folder, path), 'utf8').catch(() => {
    throw new InvalidWorkflow(`${commit.repository}/${path}@${commit.sha}: workflow was not found.`);
  });
  const { on, name = path, ...rest } = parse(text) as Omit<Workflow, 'on'> & { on: unknown };
  checkExpressions({ on, name, ...rest }, []);
  return { ...rest, commit, path, name, on: toEvents(on) };

  function checkExpressions(value: unknown, at: string[]): void {
    if (typeof value === 'object' && value !== null) {
      for (const [key, part] of Object.entries(value)) checkExpressions(part, [...at, key]);
      return;
    }
    const place = placeOf(at);
    const isCondition = place?.endsWith('.if');
    try {
      const expression = isCondition ? toCondition(value) : toExpression(String(value));
      if (expression === undefined) return;
      if (place === undefined) throw new Error('there are no expressions at this place');
      parseExpression(expression, place);
    } catch (error) {
      throw new InvalidWorkflow(`The workflow is not valid. ${path}, ${at.join('.')}: ${messageOf(error)}`);
    }
  }
}

/** What an error says that a user would see. A mistake in this code itself is not for users, and is thrown on. */
export function messageOf(error: unknown): string {
  if (error instanceof TypeError || error instanceof ReferenceError) throw error;
  return error instanceof Error ? error.message : String(error);
}

/** `on: push` and `on: [push]` are short for `on: { push: }`. */
function toEvents(on: unknown): Workflow['on'] {
  if (typeof on === 'object' && on !== null && !Array.isArray(on)) return on;
  return Object.fromEntries([on].flat().map((event) => [String(event), null]));
}
