import { type Explanation, Failure } from '../../base/failure.ts';
import { firstSentence } from '../../base/format.ts';
import { ProcessFailure } from '../../base/process.ts';
import type { Step } from '../../base/step.ts';
import { explainSystemError } from '../../base/system-errors.ts';
import { explainServerError } from '../../postgres/errors/explain.ts';
import type { Finding } from '../preflight/finding.ts';
import type { Checked, CheckResult } from '../result.ts';

/** A job that may fail for what a check has found. */
export type StoppedJob = CheckResult['stopped'][number];

/** A check, with the jobs that fail where it does if those are not the ones of its area. */
export interface AreaCheck extends Checked {
  stops?: readonly StoppedJob[];
}

/** What belongs together: a group of the log and of the page. */
export interface Area {
  title: string;
  /** Which jobs fail where one of its checks does. */
  stops: readonly StoppedJob[];
  checks: AreaCheck[];
}

/** What came of an attempt that went well, and what was found, in a sentence; empty where the warnings say it. */
export interface Finished<T> {
  value: T;
  detail: string;
}

/**
 * Tries something, and takes down what came of it: that it passed, each thing that was warned of, or what an error of the job itself
 * would say.
 * @returns undefined where it failed
 */
export async function attempt<T>(
  { checks }: Area,
  what: string,
  step: Step,
  work: (step: Step) => Promise<Finished<T>>,
): Promise<T | undefined> {
  const warnings: Checked[] = [];
  const warn: Step['warn'] = (text, sql) => void warnings.push(warningAbout(what, text, sql));
  try {
    const { value, detail } = await work({ ...step, warn });
    if (detail !== '') checks.push(passedCheck(what, detail));
    return value;
  } catch (error) {
    step.signal.throwIfAborted();
    checks.push(failedCheck(what, explanationFor(error)));
    return undefined;
  } finally {
    checks.push(...warnings);
  }
}

/** What passed. */
export function passedCheck(what: string, detail: string): Checked {
  return { what, came: 'passed', detail };
}

/** What did not, as the error of a job tells it. */
export function failedCheck(what: string, { tried, cause, advice }: Explanation): Checked {
  const detail = tried === undefined ? cause : `${tried} failed: ${cause}`;
  return { what, came: 'failed', detail, ...(advice !== '' && { fix: advice }) };
}

/** Something to know that keeps nobody from anything. What there is to do begins with its second sentence, if it has one. */
export function warningAbout(what: string, text: string, sql: readonly string[] = []): Checked {
  const { sentence, rest } = firstSentence(text);
  return {
    ...{ what, came: 'warning', detail: sentence },
    ...(rest !== '' && { fix: rest }),
    ...(sql.length > 0 && { sql }),
  };
}

/**
 * @param why in a sentence
 * @param untried what a job does that may fail although nothing else does, for the verdict
 */
export function uncheckedCheck(what: string, why: string, untried?: string): Checked {
  return { what, came: 'not checked', detail: why, ...(untried !== undefined && { untried }) };
}

/** What a preflight has found about one thing, each finding that is more than a word about it; and if none stops a restore, that it passed. */
export function checksOfFindings(what: string, findings: readonly Finding[], detail: string): Checked[] {
  const found = findings.flatMap((finding): Checked[] => {
    if (finding.level === 'error')
      return [failedCheck(what, { cause: finding.text, advice: finding.remedy })];
    return finding.level === 'warning' ? [warningAbout(what, finding.text)] : [];
  });
  const isPassed = detail !== '' && found.every(({ came }) => came !== 'failed');
  return isPassed ? [passedCheck(what, detail), ...found] : found;
}

/** Why something failed. What is not known here is a bug of ours, and ends the job. */
function explanationFor(error: unknown): Explanation {
  if (error instanceof Failure) return error.explanation;
  if (error instanceof ProcessFailure) return explainServerError(error);
  const system = explainSystemError(error);
  if (system) return { cause: system.cause, advice: system.advice ?? '' };
  throw error;
}
