import type { Unfinished } from '../../base/step.ts';
import type { KnownProcess } from './processes.ts';

/*
 * What the step writes down in its state for src/post.ts, which the runner hands to it in variables `STATE_…`. Nothing of it is a secret.
 * A name that is written again has its last value: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */

/** The names under which it is kept. */
export const stateNames = {
  scratch: 'scratch',
  processes: 'processes',
  unattended: 'unattended',
  restore: 'restore',
} as const;

/** What is to be put in order when the job ends. */
export interface Left {
  /** The folder of the step's files. */
  scratch?: string;
  processes: readonly KnownProcess[];
  /** Those that nobody may end, since they change the machine. */
  unattended: readonly KnownProcess[];
  restore?: Unfinished;
}

/** Reads what was written down. What does not look as this action writes it is passed over. */
export function readState(environment: Readonly<Record<string, string | undefined>>): Left {
  const value = (name: string): string => environment[`STATE_${name}`] ?? '';
  const scratch = value(stateNames.scratch);
  const restore = parsed(value(stateNames.restore));
  return {
    ...(scratch !== '' && { scratch }),
    processes: processesIn(value(stateNames.processes)),
    unattended: processesIn(value(stateNames.unattended)),
    ...(isUnfinished(restore) && { restore }),
  };
}

function processesIn(text: string): KnownProcess[] {
  const processes = parsed(text);
  return Array.isArray(processes) ? processes.filter(isKnownProcess) : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isKnownProcess(value: unknown): value is KnownProcess {
  return isRecord(value) && isId(value['id']) && value['id'] > 1 && typeof value['started'] === 'string';
}

function isUnfinished(value: unknown): value is Unfinished {
  if (!isRecord(value)) return false;
  const { database, run, stage, fresh, previous } = value;
  return (
    [database, run].every((text) => typeof text === 'string' && text !== '') &&
    ['filling', 'swapping', 'swapped'].includes(String(stage)) &&
    (fresh === undefined || (hasName(fresh) && (fresh['oid'] === undefined || isId(fresh['oid'])))) &&
    (previous === undefined || (hasName(previous) && isId(previous['oid'])))
  );
}

function hasName(value: unknown): value is Record<string, unknown> {
  return isRecord(value) && typeof value['name'] === 'string' && value['name'] !== '';
}

function isId(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}
