import { type Contexts, toExpression, type Value } from './expressions.ts';
import { evaluateAt, textsAt, toType } from './values.ts';
import {
  type InputDefinition,
  InvalidWorkflow,
  type JobDefinition,
  messageOf,
  type Workflow,
} from './workflow-file.ts';

/** The secrets of a job's workflow. */
export interface Secrets {
  values: Record<string, string>;
  /**
   * Whether the secrets of a job's environment come on top: in the workflow that a run starts with, and where
   * they are handed on with `secrets: inherit`.
   */
  withEnvironment: boolean;
}

/** Refuses a call that gives too much or too little, before anything runs, as GitHub does. */
export function checkCall(job: JobDefinition, called: Workflow): void {
  if (!('workflow_call' in called.on)) {
    throw new InvalidWorkflow('workflow_call key is not defined in the referenced workflow.');
  }
  check('input', job.with ?? {}, called.on.workflow_call?.inputs ?? {});
  checkTypes(lowerCased(job.with ?? {}), called);
  if (job.secrets !== 'inherit') check('secret', job.secrets ?? {}, called.on.workflow_call?.secrets ?? {});
}

/** The inputs that a called workflow gets: what is given, else the default, else nothing of the declared type. */
export function callInputs(job: JobDefinition, called: Workflow, contexts: Contexts): Record<string, Value> {
  const given = lowerCased(job.with ?? {});
  return Object.fromEntries(
    Object.entries(called.on.workflow_call?.inputs ?? {}).map(([name, definition]) => {
      const type = typeOf(name, definition);
      const key = name.toLowerCase();
      if (key in given) return [name, toType(evaluateAt(given[key], 'jobs.<job_id>.with', contexts), type)];
      const { github, vars } = contexts;
      const standard = evaluateAt(
        definition?.default ?? nothing[type],
        'on.workflow_call.inputs.<input_id>.default',
        {
          ...{ github, vars },
        },
      );
      return [name, toType(standard, type)];
    }),
  );
}

/** The secrets that a called workflow gets. One that is passed on but not set is empty. */
export function callSecrets(job: JobDefinition, own: Secrets, contexts: Contexts): Secrets {
  return job.secrets === 'inherit'
    ? own
    : { values: textsAt(job.secrets, 'jobs.<job_id>.secrets', contexts), withEnvironment: false };
}

/** What stands there as it is has to have its type from the start; what is an expression, when it is evaluated. */
function checkTypes(given: Record<string, unknown>, called: Workflow): void {
  for (const [name, definition] of Object.entries(called.on.workflow_call?.inputs ?? {})) {
    const type = typeOf(name, definition);
    const value = given[name.toLowerCase()];
    if (value === undefined || toExpression(String(value)) !== undefined) continue;
    try {
      toType(value as Value, type);
    } catch (error) {
      throw new InvalidWorkflow(messageOf(error));
    }
  }
}

function typeOf(name: string, definition: InputDefinition | null) {
  const type = definition?.type;
  if (type === 'string' || type === 'number' || type === 'boolean') return type;
  throw new InvalidWorkflow(`The input ${name} has no type that a called workflow may have`);
}

const nothing = { string: '', number: 0, boolean: false };

function check(
  what: 'input' | 'secret',
  given: Record<string, unknown>,
  definitions: Record<string, { required?: boolean } | null>,
): void {
  const [known, passed] = [lowerCased(definitions), lowerCased(given)];
  for (const [name, definition] of Object.entries(definitions)) {
    if (definition?.required && !(name.toLowerCase() in passed)) {
      const title = what === 'input' ? 'Input' : 'Secret';
      throw new InvalidWorkflow(`${title} ${name} is required, but not provided while calling.`);
    }
  }
  for (const name of Object.keys(given)) {
    if (!(name.toLowerCase() in known)) {
      throw new InvalidWorkflow(`Invalid ${what}, ${name} is not defined in the referenced workflow.`);
    }
  }
}

function lowerCased<T>(mapping: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(mapping).map(([name, value]) => [name.toLowerCase(), value]));
}
