import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/machine/temporary-folder.ts';
import { type RunOptions, runWorkflow } from '../support/runner/workflow/run-workflow.ts';
import { writeCommit } from '../support/runner/workflow/write-commit.ts';
import { commitThatTells, textOf } from '../support/workflows/commits.ts';
import { secrets, type Told } from '../support/workflows/runs.ts';

/*
 * The examples, copied into a repository as the README says, and run to the point where the action starts.
 */
let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await makeTemporaryFolder('workflow-examples');
});

afterEach(() => folder.remove());

async function runExample(name: string, options: Partial<RunOptions> = {}) {
  const action = await commitThatTells(folder.path, { sha: 'c0ffee' });
  const [owner = '', repository] = action.repository.split('/');
  const text = (await textOf(`.github/workflows/examples/${name}.yml`))
    .replaceAll(`OWNER/${repository}`, `${owner}/${repository}`)
    .replaceAll('COMMIT', 'c0ffee');
  const own = await writeCommit(folder.path, {
    ...{ repository: 'octo-org/moodle', sha: 'abcdef', refs: ['main'] },
    files: { 'example.yml': text },
  });
  const run = await runWorkflow({
    ...{ commits: [own, action], repository: 'octo-org/moodle', workflow: 'example.yml', secrets },
    idToken: { ACTIONS_ID_TOKEN_REQUEST_URL: 'https://tokens.example' },
    ...options,
  });
  const steps = Object.values(run.jobs).flatMap((job) => job.steps.filter(({ id }) => id === 'action'));
  return { ...run, told: steps.map(({ summary }) => JSON.parse(summary) as Told) };
}

test.each(['workflow_dispatch', 'schedule'])('every night, started by %s', async (event) => {
  const { conclusion, told, log } = await runExample('nightly', { event });
  expect(conclusion, log).toBe('success');
  expect(told).toMatchObject([
    {
      mayAskForToken: true,
      inputs: { job_to_run: 'backup', db_name: 'moodle_d01', azure_db_host: 'the AZURE_DB_HOST' },
    },
  ]);
});

test('before a deployment, which is told the name of the backup', async () => {
  const { jobs, told, log } = await runExample('before-deployment', { event: 'push' });
  expect(told, log).toMatchObject([{ inputs: { job_to_run: 'backup' } }]);
  expect(jobs['deploy']?.log).toContain('the backup backup_file_name of moodle_d01');
});

test('no deployment without a backup', async () => {
  const run = await runExample('before-deployment', { event: 'push', secrets: { AZURE_CLIENT_ID: 'fail' } });
  expect(run.conclusion).toBe('failure');
  expect(run.jobs['deploy']?.conclusion).toBe('skipped');
});

test('into staging, with the secrets of staging', async () => {
  const environments = { staging: { secrets: { AZURE_DB_HOST: 'host of staging' } } };
  const inputs = { backup_file_name: 'a.dump' };
  const { jobs, told } = await runExample('restore-to-staging', { environments, inputs });
  expect(jobs['restore/restore']?.settings?.environment).toBe('staging');
  expect(told).toMatchObject([
    { inputs: { ...inputs, job_to_run: 'restore', azure_db_host: 'host of staging' } },
  ]);
});

test('several databases, each in a job of its own', async () => {
  const { conclusion, jobs, told } = await runExample('several-databases');
  expect(conclusion).toBe('success');
  expect(told.map(({ inputs }) => inputs['db_name'])).toEqual([
    'moodle_d01',
    'moodle_d02',
    'keycloak',
    'reporting 2026',
  ]);
  expect(jobs['backup (reporting 2026)/backup']?.conclusion).toBe('success');
});
