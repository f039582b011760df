import type { Step } from '../base/step.ts';
import type { Note } from '../jobs/result.ts';
import { debug } from './commands.ts';
import { isMaskable, maskEverywhere } from './masking.ts';
import { type Phase, runToRecord, timedInto } from './page/page.ts';
import { withTime } from './phase-time.ts';
import { info, warn } from './report.ts';
import type { Keeper } from './undo/keeper.ts';

/** What a step takes down of its job; it is added to. */
interface Notebook {
  /** For the page of the run. */
  warnings: Note[];
  phases: Phase[];
  /** Values that are hidden, by what they are. */
  masked: Record<string, string>;
  /** See `Step`. */
  chose(backup: string): void;
}

/** The step, as its job knows it. */
export function stepOf(
  scratch: string,
  signal: AbortSignal,
  { warnings, phases, masked, chose }: Notebook,
  { writeDown }: Keeper,
): Step {
  return {
    ...{ signal, scratch, info, debug, writeDown, chose },
    run: runToRecord(),
    // Loaded only when there is a job to run: src/runner/commands.ts says why.
    phase: async (title, work) =>
      (await import('@actions/core')).group(title, () => withTime(info, signal, work)),
    timed: timedInto(phases),
    warn: (text, sql = [], afterwards) => {
      warn(text, sql.length > 0, warnings.length);
      warnings.push({ text, sql, ...(afterwards && { afterwards }) });
    },
    mask: (values) => {
      maskEverywhere(Object.values(values));
      Object.assign(
        masked,
        Object.fromEntries(Object.entries(values).filter(([, value]) => isMaskable(value))),
      );
    },
  };
}
