import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { currentRun } from '../../../../src/runner/page/page.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../../../support/machine/temporary-folder.ts';

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await makeTemporaryFolder('page');
});
afterAll(() => folder.remove());

/** The workflow that the command of a restore would name, after a run that was started by this. */
async function workflowAfter(event: unknown): Promise<string | undefined> {
  const file = join(folder.path, 'event.json');
  if (event === undefined) await rm(file, { force: true });
  else await writeFile(file, JSON.stringify(event));
  return currentRun({
    ...{ GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'acme/moodle', GITHUB_RUN_ID: '42' },
    GITHUB_WORKFLOW_REF: 'acme/moodle/.github/workflows/by-hand.yml@refs/heads/main',
    GITHUB_EVENT_PATH: file,
  })?.workflow;
}

const asked = { job_to_run: 'backup', db_name: 'd1', backup_file_name: '' };

test.each([
  ['what the seed of the manual caller asks for', asked],
  ['what the manual caller asks for', { ...asked, protect: '' }],
  ['a backup that is protected', { ...asked, protect: 'before release 4.2' }],
  ['another input that was left empty, as a restore would leave it', { ...asked, environment: '' }],
])('a workflow that was run by hand with %s takes restores', async (_, inputs) => {
  expect(await workflowAfter({ inputs })).toBe('by-hand.yml');
});

test.each([
  ['another input that was given', { inputs: { ...asked, environment: 'staging' } }],
  ['a switch', { inputs: { ...asked, keep_previous: 'false' } }],
  ['no name of a backup', { inputs: { job_to_run: 'backup', db_name: 'd1' } }],
  ['inputs that are none', { inputs: null }],
  ['no inputs', { ref: 'refs/heads/main' }],
  ['an event that is none', []],
  ['no event', undefined],
])('of a workflow with %s that is not known', async (_, event) => {
  expect(await workflowAfter(event)).toBeUndefined();
});
