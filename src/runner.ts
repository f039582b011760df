/**
 * What is asked of the runner, and told to it, before it is known whether there is a job to run. `@actions/core` does the
 * same and much more, but only as a whole, with an HTTP client that takes longer to load than all the rest of a step with
 * bad input. So it is loaded for a job, for what is not here: groups, outputs, state and GitHub's token.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
import { appendFile } from 'node:fs/promises';
import { EOL } from 'node:os';

/** An input as the runner has it, empty if it is not given. */
export function getInput(name: string): string {
  return process.env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] ?? '';
}

/** Writes a line to the log. */
export function write(line: string): void {
  process.stdout.write(line + EOL);
}

/** Has GitHub replace a value by *** from now on. */
export function setSecret(value: string): void {
  command('add-mask', value);
}

/** Tells something in debug logs only. */
export function debug(message: string): void {
  command('debug', message);
}

/** Puts a warning on the page of the run. */
export function warning(message: string): void {
  command('warning', message);
}

/** Puts an error on the page of the run. Whether the step fails is up to its exit status. */
export function error(message: string, title?: string): void {
  command('error', message, title);
}

/** Adds to what the page of the run shows of this step. */
export async function appendToSummary(markdown: string): Promise<void> {
  const file = process.env['GITHUB_STEP_SUMMARY'];
  if (!file) throw new Error('the runner has named no file for it (GITHUB_STEP_SUMMARY)');
  await appendFile(file, markdown + EOL);
}

function command(name: string, message: string, title = ''): void {
  const properties =
    title === '' ? '' : ` title=${escaped(title).replaceAll(':', '%3A').replaceAll(',', '%2C')}`;
  write(`::${name}${properties}::${escaped(message)}`);
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
