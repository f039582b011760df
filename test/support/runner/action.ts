import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';

/** What the runner takes from an action.yml. */
export interface Action {
  folder: string;
  inputs: Record<string, { default?: string; required?: boolean }>;
  /** Paths of the scripts. */
  main: string;
  post: string | undefined;
}

interface ActionFile {
  inputs?: Record<string, { default?: unknown; required?: boolean } | null>;
  runs: { using: string; main: string; post?: string };
}

/** Reads the action.yml of a folder. */
export async function readAction(folder: string): Promise<Action> {
  const { inputs = {}, runs } = parse(await readFile(join(folder, 'action.yml'), 'utf8')) as ActionFile;
  if (!runs.using.startsWith('node')) throw new Error(`Only JavaScript actions run here, not ${runs.using}`);
  return {
    folder,
    inputs: Object.fromEntries(
      Object.entries(inputs).map(([name, input]) => [
        name,
        {
          ...(input?.default !== undefined && { default: String(input.default) }),
          ...(input?.required !== undefined && { required: input.required }),
        },
      ]),
    ),
    main: join(folder, runs.main),
    post: runs.post === undefined ? undefined : join(folder, runs.post),
  };
}

/**
 * The variables by which an action gets its inputs. An input that is not given has its default or is
 * empty; the runner itself does not ask for required ones, and hands on those that the action lacks.
 */
export function inputVariables(action: Action, given: Record<string, string>): Record<string, string> {
  const defaults = Object.entries(action.inputs).map(([name, input]) => [name, input.default ?? '']);
  const all: Record<string, string> = { ...Object.fromEntries(defaults), ...given };
  return Object.fromEntries(
    Object.entries(all).map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value]),
  );
}

/** The warning that a user sees who gives an input that the action does not know. */
export function unexpectedInputs(action: Action, given: Record<string, string>): string | undefined {
  const known = Object.keys(action.inputs);
  const unknown = Object.keys(given).filter((name) => !known.includes(name));
  const quoted = (names: string[]) => names.map((name) => `'${name}'`).join(', ');
  return unknown.length === 0
    ? undefined
    : `Unexpected input(s) ${quoted(unknown)}, valid inputs are [${quoted(known)}]`;
}
