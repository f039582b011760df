import type { RunningStep, StepOptions } from '../support/runner/runner.ts';
import type { Scene } from './scene.ts';

/** Failures that belong together, a table of docs/troubleshooting.md. */
export interface Group {
  /** The heading of the table. */
  title: string;
  rows: Row[];
}

/** A failure: a row of docs/troubleshooting.md, and how the committed bundle is made to meet it. */
export interface Row {
  /** What is wrong, in a few words of Markdown. */
  what: string;
  /** By what of the error the row is found: it is part of each case's message, to the letter. */
  seen: string;
  /** What to do, in Markdown. */
  remedy: string;
  cases: Case[];
}

/** One run of the bundle that ends in the failure. */
export interface Case {
  /** What tells it from the other cases of its row. */
  title?: string;
  job: 'backup' | 'restore' | 'prune';
  /** Whether it may run beside others, because it changes nothing but the step's own inputs and variables. */
  concurrent?: boolean;
  /** Brings the failure about, as far as it is not in the inputs. */
  arrange(scene: Scene): Arranged | Promise<Arranged>;
}

/** What is given to the step, and what has to come of it. */
export interface Arranged extends Partial<Pick<StepOptions, 'environment' | 'onLine'>> {
  /** Besides those that a successful job would have. */
  inputs?: Record<string, string>;
  /** The database that must not change; the scene's, unless said otherwise. Undefined if there is none of that name. */
  database?: string | undefined;
  /** The whole error, or what it has to match where something in it is not known before. */
  message: string | RegExp;
  /** Whether the job tells what it came to all the same, with its outputs. */
  hasResult?: boolean;
  /** Is given the step as soon as it runs. */
  onStart?: (step: RunningStep) => unknown;
  /** Puts back what was arranged. */
  putBack?: () => unknown;
}
