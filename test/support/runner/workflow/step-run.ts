import type { StepResult } from '../step-result.ts';

/** How a step of a job went. */
export interface JobStep extends StepResult {
  /** Empty if the step has none. */
  id: string;
  name: string;
  /** Before and after `continue-on-error`. */
  outcome: 'success' | 'failure' | 'skipped';
  conclusion: 'success' | 'failure' | 'skipped';
  /** What was given under `with:`, evaluated. */
  inputs: Record<string, string>;
}
