import { readFileSync } from 'node:fs';
import { bashWord } from '../../base/shell.ts';
import type { Step } from '../../base/step.ts';
import type { Note } from '../../jobs/result.ts';
import { redactMasked } from '../masking.ts';
import { block, code } from './markdown.ts';

/** A part of a job that is over, and how long it took, in milliseconds. */
export interface Phase {
  name: string;
  duration: number;
}

/** Takes down in a list how long something took, whether or not it went well. */
export function timedInto(phases: Phase[]): <T>(name: string, work: () => Promise<T>) => Promise<T> {
  return async (name, work) => {
    const clock = performance.now();
    try {
      return await work();
    } finally {
      phases.push({ name, duration: performance.now() - clock });
    }
  };
}

/** What the page of the run tells besides what a job came to. */
export interface Page {
  run?: Run;
  phases?: readonly Phase[];
  /** What was warned of. */
  warnings?: readonly Note[];
  /** The address of a backup in the portal, if that is known. */
  portalPage?: (backup: string) => string;
  /** Whether a failure is told by the summary of the result, which follows. */
  isToldByResult?: boolean;
  /** Values that GitHub hides, or may. */
  masked?: readonly string[];
}

/** The same without what is told only once where a problem and a result stand on one page. */
export function withoutDetails({ phases: _phases, warnings: _warnings, ...rest }: Page): Page {
  return rest;
}

/** The run that the step is a part of. */
export interface Run {
  /** `https://github.com` */
  server: string;
  repository: string;
  id: string;
  /** Its number among those of its workflow; empty if that is not known. */
  number?: string;
  /** The file of its workflow, if that can be run by hand for a restore. */
  workflow?: string;
}

/** The run as the runner tells of it, undefined outside of one. */
export function currentRun(env: Readonly<Record<string, string | undefined>> = process.env): Run | undefined {
  const {
    GITHUB_SERVER_URL: server = '',
    GITHUB_REPOSITORY: repository = '',
    GITHUB_RUN_ID: id = '',
    GITHUB_WORKFLOW_REF: ref = '',
    GITHUB_EVENT_PATH: event = '',
  } = env;
  if (!/^https?:\/\/[\w.:-]+$/.test(server) || !isRun(repository, id)) return undefined;
  const workflow = /\/([\w.-]+\.ya?ml)@/.exec(ref)?.[1];
  return {
    ...{ server, repository, id, number: runToRecord(env).number },
    ...(workflow !== undefined && takesRestores(event) && { workflow }),
  };
}

/** The run as a backup records it, and restores that look for others: empty where the runner does not tell it. */
export function runToRecord(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Required<Step['run']> {
  const {
    GITHUB_REPOSITORY: repository = '',
    GITHUB_RUN_ID: id = '',
    GITHUB_RUN_NUMBER: number = '',
    GITHUB_RUN_ATTEMPT: attempt = '',
  } = env;
  return { repository, id, number, attempt };
}

function isRun(repository: string, id: string): boolean {
  return /^[\w.-]+\/[\w.-]+$/.test(repository) && /^\d{1,20}$/.test(id);
}

/** What the command of a restore gives to a workflow. */
const restoreInputs = ['job_to_run', 'db_name', 'backup_file_name'];

/**
 * Whether the workflow was run by hand, with the inputs that a restore needs. Others may be there if this run was not given them, so that
 * a restore does without them, too, or if they are nothing to a restore: what they would have to be is not known.
 */
function takesRestores(eventPath: string): boolean {
  try {
    const event: unknown = JSON.parse(readFileSync(eventPath, 'utf8'));
    const inputs = event instanceof Object && 'inputs' in event ? event.inputs : undefined;
    if (!(inputs instanceof Object)) return false;
    const others = Object.entries(inputs).filter(([name]) => !restoreInputs.includes(name));
    return (
      restoreInputs.every((name) => Object.hasOwn(inputs, name)) &&
      others.every(([name, value]) => value === '' || name === 'protect')
    );
  } catch {
    return false; // there is no such file, or it holds something else
  }
}

/** A link to a run, empty if it cannot be one. @param text what it reads, ours */
export function linkTo({ server }: Run, repository: string, id: string, text: string): string {
  return isRun(repository, id) ? `[${text}](${server}/${repository}/actions/runs/${id})` : '';
}

/** The repository of a run, as `gh` takes it. */
function forGh({ server, repository }: Run): string {
  const { host } = new URL(server);
  return host === 'github.com' ? repository : `${host}/${repository}`;
}

/** The command that runs the failed jobs of this run again, with all of their inputs, after words that introduce it; empty outside of a run. */
export function rerunCommand(intro: string, { run }: Page): string {
  return run ? `${intro}:\n\n${block(`gh run rerun ${run.id} -R ${forGh(run)} --failed`, 'sh')}` : '';
}

/** The workflow of the README that is started by hand. */
const usualWorkflow = 'manual-db-backup-restore.yml';

/** More of a command, in bytes, has no room here. */
const longestCommand = 10_000;

/** The command that restores a backup, ready to be pasted into bash, after words that introduce it; empty outside of a run. */
export function restoreCommand(intro: string, database: string, backup: string, page: Page): string {
  const { run, masked = [] } = page;
  if (!run) return '';
  const isHidden = (value: string): boolean =>
    redactMasked(value) !== value || masked.some((one) => one !== '' && value.includes(one));
  const variables = Object.entries({ db_name: database, backup_file_name: backup });
  const hidden = variables.filter(([, value]) => isHidden(value)).map(([name]) => name);
  const fields = variables.map(
    ([name, value]) => `-f ${name}=${isHidden(value) ? `"$${name}"` : bashWord(value)}`,
  );
  const workflow = run.workflow ?? usualWorkflow;
  const command = `gh workflow run ${workflow} -R ${forGh(run)} -f job_to_run=restore ${fields.join(' ')}`;
  if (Buffer.byteLength(command) > longestCommand) return '';
  const where =
    run.workflow === undefined
      ? `, if the repository has the workflow ${code(usualWorkflow)}, and its settings name this server`
      : '';
  const first =
    hidden.length === 0
      ? ''
      : ` Set ${hidden.map((name) => code(name)).join(' and ')} in your shell first: GitHub hides a part of the value.`;
  return `${intro}${where}:${first}\n\n${block(command, 'sh')}`;
}
