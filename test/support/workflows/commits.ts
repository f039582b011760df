import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Commit } from '../runner/workflow/repositories.ts';
import { writeCommit } from '../runner/workflow/write-commit.ts';

const thisRepository = join(import.meta.dirname, '..', '..', '..');

/** The name that this repository goes by in the tests of its workflows. */
export const actionRepository = 'octo-org/postgres-azure-backup';

/** The files of this repository that its workflows need, without what the action runs. */
const withoutCode = ['.github', 'action.yml'];

/** What makes a commit of this repository another one. */
interface ActionCommitOptions {
  sha: string;
  refs?: string[];
  /** Files beside those of this repository, or in their place if they are the action's code. */
  files?: Record<string, string>;
}

/** A commit of this repository as it is in the working tree. */
export function commitOfThis(parent: string, options: ActionCommitOptions): Promise<Commit> {
  return writeCommit(parent, { ...options, repository: actionRepository, linked: [...withoutCode, 'dist'] });
}

/**
 * A commit of this repository whose action does nothing but tell what it was given: its summary is `Told` as JSON.
 * It fails for a job that the real one does not know, as that does,
 * and for a client named `fail`.
 */
export function commitThatTells(
  parent: string,
  { files = {}, ...options }: ActionCommitOptions,
): Promise<Commit> {
  const code = {
    'dist/package.json': '{ "type": "module" }',
    'dist/post/index.js': '',
    'dist/index.js': `
      import { appendFileSync, existsSync } from 'node:fs';
      const { env } = process;
      const inputs = Object.entries(env).filter(([name]) => name.startsWith('INPUT_'));
      const told = {
        commit: ${JSON.stringify(options.sha)},
        inputs: Object.fromEntries(inputs.map(([name, value]) => [name.slice(6).toLowerCase(), value])),
        mayAskForToken: 'ACTIONS_ID_TOKEN_REQUEST_URL' in env,
        hasCertificate: env.INPUT_SSL_ROOT_CERT !== '' && existsSync(env.INPUT_SSL_ROOT_CERT),
      };
      appendFileSync(env.GITHUB_STEP_SUMMARY, JSON.stringify(told));
      const outputs = ['backup_file_name', 'backup_url', 'backup_size_bytes', 'backup_sha256', 'duration_seconds', 'postgres_version', 'previous_database', 'backups', 'backup_count', 'deleted_backups'];
      for (const name of outputs) appendFileSync(env.GITHUB_OUTPUT, name + '=' + name + ' of ' + env.INPUT_DB_NAME + '\\n');
      const jobs = ['backup', 'restore', 'list', 'prune', 'protect', 'unprotect', 'check'];
      if (!jobs.includes(env.INPUT_JOB_TO_RUN.trim()) || env.INPUT_AZURE_CLIENT_ID === 'fail') process.exit(1);`,
  };
  return writeCommit(parent, {
    ...{ ...options, repository: actionRepository, linked: withoutCode },
    files: { ...code, ...files },
  });
}

/** The text of a file of this repository. */
export function textOf(path: string): Promise<string> {
  return readFile(join(thisRepository, path), 'utf8');
}

/** The caller that always has to work, word for word, with the permissions that any caller needs. */
export async function seedCaller(): Promise<string> {
  const text = await textOf('test/unit/support/seed-caller.yml');
  return text.replace('jobs:\n', 'permissions:\n  contents: read\n  id-token: write\n\njobs:\n');
}

/** The settings that the workflows take as inputs, secrets or variables, by the names of the latter two. */
export const nineSettings = [
  'AZURE_CLIENT_ID',
  'AZURE_TENANT_ID',
  'AZURE_SUBSCRIPTION_ID',
  'KEY_VAULT_NAME',
  'DB_USER_SECRET_NAME',
  'DB_PASSWORD_SECRET_NAME',
  'AZURE_DB_HOST',
  'STORAGE_ACCOUNT_NAME',
  'STORAGE_CONTAINER_NAME',
];
