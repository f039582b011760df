import { causeOf } from '../base/failure.ts';
import { firstSentence, quoted, shortened } from '../base/format.ts';
import type { Result } from '../jobs/result.ts';
import * as runner from './commands.ts';
import { redactMasked } from './masking.ts';
import { type FailureParts, type Order, partsOf } from './page/failure-parts.ts';
import { summaryOfFailure } from './page/failure-summary.ts';
import { withStatementVariables } from './page/markdown.ts';
import type { Page } from './page/page.ts';
import { summaryOf } from './page/summary.ts';
import { outputsOf } from './results.ts';

/** More of one text than this, in characters, helps nobody who reads the log. */
const longestText = 200_000;

/** A stack, in characters: a debug line has no line breaks, and what the messages in it say stands in the log already. */
const longestStack = 15_000;

/** Writes a text to the log, as words whatever it is. */
export function info(text: string): void {
  runner.write(shortened(text, longestText, undefined, redactMasked));
}

/** GitHub cuts annotations at 4,096 characters. */
const longestAnnotation = 4_000;

/** GitHub shows ten annotations of a kind for each step. */
const mostWarnings = 10;

/** Where an annotation, which is one sentence, sends its readers. */
const pointer = '(see the summary)';

/**
 * Warns: the first sentence is an annotation, what else there is to say stands in the log below it, and statements in the summary alone.
 * @param hasStatements whether there are any
 * @param before how many warnings of the step came before
 */
export function warn(text: string, hasStatements: boolean, before: number): void {
  // GitHub would not find a masked value that stands in two lines.
  const { sentence, rest } = firstSentence(redactMasked(text, (value) => /\s/.test(value)));
  const hasMore = hasStatements || rest !== '';
  const line = hasMore ? `${sentence.replace(/[.:]$/, '')} ${pointer}` : sentence;
  if (before < mostWarnings - 1) runner.warning(shortened(line, longestAnnotation, 'log', redactMasked));
  else {
    if (before === mostWarnings - 1) runner.warning(`There are more warnings ${pointer}`);
    info(`Warning: ${line}`);
  }
  const below = hasStatements ? rest.replace(/(^|\n)[^\n]*:$/, '') : rest; // words that introduce them
  if (below !== '') info(withStatementVariables(below));
}

/** Writes the outputs of the action. */
export async function setOutputs(result: Result): Promise<Record<string, string>> {
  const outputs = outputsOf(result);
  const { setOutput } = await import('@actions/core');
  for (const [name, value] of Object.entries(outputs)) setOutput(name, value);
  return outputs;
}

/**
 * Tells, in debug logs only, which outputs GitHub will empty on their way to another job, because a masked value stands in
 * them: docs/workflows.md says once how a set-up avoids that.
 * @param masked values that are masked, or usually are, by the input that they belong to
 */
export function noteMaskedOutputs(outputs: Record<string, string>, masked: Record<string, string>): void {
  for (const [output, inputs] of maskedOutputs(outputs, masked))
    runner.debug(
      `The output ${output} contains the value of ${inputs.join(', ')}; if GitHub masks that, other jobs get nothing.`,
    );
}

/** The outputs in which a masked value stands, each with the inputs that the values belong to. */
export function maskedOutputs(
  outputs: Record<string, string>,
  masked: Record<string, string>,
): [string, string[]][] {
  return Object.entries(outputs)
    .map(([output, value]): [string, string[]] => [
      output,
      Object.keys(masked).filter((input) => masked[input] !== '' && value.includes(masked[input] ?? '')),
    ])
    .filter(([, inputs]) => inputs.length > 0);
}

/** Adds the result to the page of the run. */
export async function writeSummary(result: Result, page: Page): Promise<void> {
  await addToSummary(summaryOf(result, page));
}

/** The job has done what it has done: a summary that cannot be written (a full disk) does not change that. */
async function addToSummary(markdown: string): Promise<void> {
  try {
    await runner.appendToSummary(markdown);
  } catch (error) {
    runner.warning(`The summary could not be written: ${causeOf(error)}`);
  }
}

/**
 * Ends the step as failed: the state and the first line of the cause as an annotation; below it in the log what else there is to say of
 * the state, what to do, and the rest of the cause; all of it on the page of the run, and the stack in debug logs only.
 * @param page with the warnings that came before
 * @param order what was to be done, where the inputs say that
 */
export async function fail(title: string, thrown: unknown, page: Page = {}, order?: Order): Promise<void> {
  process.exitCode = 1;
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const parts = partsOf(error, order);
  const [first = '', ...others] = redactMasked(parts.cause, (value) => value.includes('\n')).split('\n');
  const annotation =
    parts.lead === undefined
      ? first.replace(/:?$/, ` ${pointer}$&`)
      : [`${parts.lead} ${pointer}`, first].filter((part) => part !== '').join(': ');
  runner.error(shortened(annotation, longestAnnotation, 'summary', redactMasked), title);
  const below = [afterLabel('State', parts.state), afterLabel('What to do', toDoIn(parts))].filter(
    (text) => text !== '',
  );
  if (others.length > 0) below.push(`${below.length > 0 ? 'Details:\n' : ''}${others.join('\n')}`);
  if (below.length > 0) info(withStatementVariables(below.join('\n')));
  runner.debug(shortened(stackOf(error), longestStack, undefined, redactMasked));
  if (!page.isToldByResult) await addToSummary(summaryOfFailure(title, error, page, order));
}

/** A text after a label, on lines of its own if it is a list. */
function afterLabel(label: string, text: string): string {
  if (text === '') return '';
  return `${label}:${/^(?:1\.|-) /.test(text) ? '\n' : ' '}${text}`;
}

/** What to do, with the restore that is to be run again, in words: its command is on the page of the run. */
function toDoIn({ advice, again }: FailureParts): string {
  if (again === undefined) return advice;
  const rerun = `${again.words} (backup_file_name: ${quoted(again.backup)}).`;
  return advice === '' ? rerun : `${advice}\n${rerun}`;
}

/** How many causes of an error are told, in case they go round in a circle. */
const mostCauses = 20;

function stackOf(error: Error): string {
  const stacks: string[] = [];
  for (let one: unknown = error; one instanceof Error && stacks.length < mostCauses; one = one.cause)
    stacks.push(one.stack ?? one.message);
  return stacks.join('\ncaused by ');
}
