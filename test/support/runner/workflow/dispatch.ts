import type { Value } from './expressions.ts';
import { type InputDefinition, InvalidWorkflow, type Workflow } from './workflow-file.ts';

/** What a run by hand is given: `inputs`, and `github.event.inputs`, where everything is text. */
export interface DispatchInputs {
  inputs: Record<string, Value>;
  event: Record<string, string>;
}

/** Takes the inputs of a run as GitHub's form does, which sends every input of the workflow; other events have none. */
export function dispatchInputs(workflow: Workflow, given: Record<string, string>): DispatchInputs {
  const definitions = workflow.on.workflow_dispatch?.inputs ?? {};
  const unknown = Object.keys(given).filter((name) => !(name in definitions));
  if (unknown.length > 0) throw new InvalidWorkflow(`Unexpected inputs provided: ${JSON.stringify(unknown)}`);
  const event = Object.fromEntries(
    Object.entries(definitions).map(([name, definition]) => [
      name,
      take(name, definition ?? {}, given[name]),
    ]),
  );
  const inputs = Object.entries(event).map(([name, value]): [string, Value] => [
    name,
    definitions[name]?.type === 'boolean' ? value === 'true' : value,
  ]);
  return { event, inputs: Object.fromEntries(inputs) };
}

function take(name: string, definition: InputDefinition, given = ''): string {
  const { type = 'string', required = false, options = [] } = definition;
  const value = given === '' ? String(definition.default ?? (type === 'boolean' ? false : '')) : given;
  if (value === '' && required) throw new InvalidWorkflow(`Required input '${name}' not provided`);
  if (type === 'choice' && value !== '' && !options.includes(value)) {
    throw new InvalidWorkflow(
      `Provided value '${value}' for input '${name}' not in the list of allowed values`,
    );
  }
  const wrong =
    (type === 'boolean' && !['true', 'false'].includes(value)) ||
    (type === 'number' && Number.isNaN(Number(value)));
  if (wrong) throw new InvalidWorkflow(`Provided value '${value}' for input '${name}' is no ${type}`);
  return value;
}
