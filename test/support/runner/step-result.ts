import { type Action, unexpectedInputs } from './action.ts';
import type { ScriptResult } from './step-process.ts';
import { type Annotation, readLog } from './workflow-commands.ts';

/** How a step went. */
export interface StepResult extends ScriptResult {
  annotations: Annotation[];
  /** The values that the step asked to be masked. */
  masks: string[];
  /** The database's user, whom GitHub hides; known to who started the step. */
  hidden?: string;
  /** The titles of the groups in the log. */
  groups: string[];
  outputs: Record<string, string>;
  summary: string;
  /** What is left in RUNNER_TEMP after the post script. */
  tempFilesLeft: string[];
  /** What is left in the workspace. */
  workspaceLeft: string[];
  /** The files by which the step talks to the runner, as they are in the end: `STATE`, `ENV` and the others. */
  commandFiles: Record<string, string>;
  /** The post script, if the action has one; its annotations and masks are among those above. */
  post?: ScriptResult;
  /** Of the main script's own process, in bytes; only if it was watched. */
  peakMemory?: number;
}

/** What is known of a step when its scripts have ended. */
export interface EndedStep {
  /** Missing for a step that is no action. */
  action?: Action;
  inputs: Record<string, string>;
  main: ScriptResult;
  post: ScriptResult | undefined;
  outputs: Record<string, string>;
  summary: string;
}

/** Reads the log of a step, and puts everything together that a test may ask for. */
export function describeStep({ action, inputs, main, post, outputs, summary }: EndedStep): StepResult {
  const events = readLog(post ? `${main.log}\n${post.log}` : main.log);
  const warning = action && unexpectedInputs(action, inputs);
  return {
    ...main,
    annotations: [
      ...(warning === undefined ? [] : [{ level: 'warning' as const, message: warning }]),
      ...events.flatMap((event) => (event.kind === 'annotation' ? [event.annotation] : [])),
    ],
    masks: events.flatMap((event) => (event.kind === 'mask' ? [event.value] : [])),
    groups: events.flatMap((event) => (event.kind === 'group' ? [event.title] : [])),
    outputs,
    summary,
    ...{ tempFilesLeft: [], workspaceLeft: [], commandFiles: {} },
    ...(post && { post }),
  };
}
