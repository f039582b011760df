import type { Commit } from '../runner/workflow/repositories.ts';
import { type RunOptions, type RunResult, runWorkflow } from '../runner/workflow/run-workflow.ts';
import { writeCommit } from '../runner/workflow/write-commit.ts';
import { actionRepository, nineSettings } from './commits.ts';

/** The workflow that people run by hand. */
export const manualCaller = '.github/workflows/manual-db-backup-restore.yml';

/** The nine settings as secrets, each with a value that tells which one it is. */
export const secrets = Object.fromEntries(nineSettings.map((name) => [name, `the ${name}`]));

const standard = { secrets, idToken: { ACTIONS_ID_TOKEN_REQUEST_URL: 'https://tokens.example' } };

/** Runs the manual caller of a commit of this repository. */
export function runManual(
  commit: Commit,
  inputs: Record<string, string>,
  options: Partial<RunOptions> = {},
): Promise<RunResult> {
  const repository = actionRepository;
  return runWorkflow({
    commits: [commit],
    repository,
    workflow: manualCaller,
    inputs,
    ...standard,
    ...options,
  });
}

/** A repository whose one workflow calls the one of this repository at `v1`. */
export interface Caller {
  /** A folder to put it into. */
  parent: string;
  /** The commits of this repository. */
  commits: Commit[];
  /** What stands under `with:`. */
  inputs: Record<string, string | number>;
  /** What stands under `secrets:`, `inherit` unless said otherwise. */
  secrets?: 'inherit' | Record<string, string>;
  /** Other files of the repository. */
  files?: Record<string, string>;
  /** The path of the called workflow, if it is another one. */
  path?: string;
  /** `contents: read` and `id-token: write` unless said otherwise. */
  permissions?: Record<string, string>;
}

/** Runs such a caller, whose jobs are `call`, `call/backup` and `call/restore`. */
export async function runCaller(caller: Caller, options: Partial<RunOptions> = {}): Promise<RunResult> {
  const repository = 'octo-org/moodle';
  const workflow = {
    on: 'workflow_dispatch',
    permissions: caller.permissions ?? { contents: 'read', 'id-token': 'write' },
    jobs: {
      call: {
        uses: `${actionRepository}/${caller.path ?? '.github/workflows/db-backup-restore.yml'}@v1`,
        with: caller.inputs,
        secrets: caller.secrets ?? 'inherit',
      },
    },
  };
  const commit = await writeCommit(caller.parent, {
    ...{ repository, sha: 'abcdef', refs: ['main'] },
    files: { 'caller.yml': JSON.stringify(workflow), ...caller.files },
  });
  const commits = [...caller.commits, commit];
  return runWorkflow({ commits, repository, workflow: 'caller.yml', ...standard, ...options });
}

/** What the action of `commitThatTells` tells of itself. */
export interface Told {
  commit: string;
  inputs: Record<string, string>;
  mayAskForToken: boolean;
  hasCertificate: boolean;
}

/** What the action told in the one job of a run that had steps to run. */
export function told({ jobs, log }: RunResult): Told {
  const [job, ...others] = Object.values(jobs).filter(({ steps }) => steps.length > 0);
  const summary = job?.steps.at(-1)?.summary ?? '';
  if (others.length > 0 || summary === '') throw new Error(`Expected one job that tells, got:\n${log}`);
  return JSON.parse(summary) as Told;
}

/** How each job ended, by its own id. */
export function conclusions({ jobs }: RunResult): Record<string, string> {
  return Object.fromEntries(
    Object.values(jobs).map(({ id, conclusion }) => [id.split('/').at(-1) ?? '', conclusion]),
  );
}
