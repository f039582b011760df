/**
 * What is asked of the runner, and told to it, before it is known whether there is a job to run. `@actions/core` does the
 * same and much more, but only as a whole, with an HTTP client that takes longer to load than all the rest of a step with
 * bad input. So it is loaded for a job, for what is not here: groups, outputs, state and GitHub's token.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
import { appendFile } from 'node:fs/promises';
import { EOL } from 'node:os';
import { visible } from '../base/format.ts';

/** An input as the runner has it, empty if it is not given. */
export function getInput(name: string): string {
  return process.env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] ?? '';
}

/**
 * Writes a text to the log, as words whatever it is: the one way there besides our own commands.
 *
 * What a server or a tool said may hold what the runner would take for a command. It looks at each line without what .NET takes for
 * white space at its beginning (U+0085 is among it, which is a control character, and the line separators), and for `##[` anywhere. A
 * comparison of strings in .NET also passes over characters that have no weight of their own, such as U+200B; a space has one.
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 * https://learn.microsoft.com/dotnet/api/system.char.iswhitespace
 */
export function write(text: string): void {
  written = performance.now();
  process.stdout.write(wordsOf(text) + EOL);
}

let written = 0;

/** When something was written to the log last that everybody sees, by `performance.now()`. */
export function lastWritten(): number {
  return written;
}

/** What is neither a letter, a digit, nor a sign that is seen. */
const commandBeginning = /^([^\p{L}\p{N}\p{P}\p{S}\n]*):(?=:)/gmu;

function wordsOf(text: string): string {
  return visible(text).replace(commandBeginning, '$1: ').replaceAll('##[', '## [');
}

/** Has GitHub replace a value by *** from now on. */
export function setSecret(value: string): void {
  command('add-mask', escapedData(value));
}

/** Tells something in debug logs only. */
export function debug(message: string): void {
  command('debug', escapedData(visible(message)));
}

/** Puts a warning on the page of the run. */
export function warning(message: string): void {
  command('warning', escapedData(visible(message)));
}

/** Puts an error on the page of the run. Whether the step fails is up to its exit status. */
export function error(message: string, title?: string): void {
  command('error', escapedData(visible(message)), title);
}

/** Adds to what the page of the run shows of this step. */
export async function appendToSummary(markdown: string): Promise<void> {
  const file = process.env['GITHUB_STEP_SUMMARY'];
  if (!file) throw new Error('the runner has named no file for it (GITHUB_STEP_SUMMARY)');
  await appendFile(file, markdown + EOL);
}

/** @param data escaped */
function command(name: string, data: string, title = ''): void {
  const properties =
    title === '' ? '' : ` title=${escapedData(title).replaceAll(':', '%3A').replaceAll(',', '%2C')}`;
  process.stdout.write(`::${name}${properties}::${data}${EOL}`);
}

function escapedData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
