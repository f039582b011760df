import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/machine/temporary-folder.ts';
import type { Commit } from '../support/runner/workflow/repositories.ts';
import type { RunOptions } from '../support/runner/workflow/run-workflow.ts';
import { commitThatTells, nineSecrets } from '../support/workflows/commits.ts';
import { type Caller, conclusions, runCaller, runManual, secrets, told } from '../support/workflows/runs.ts';

/*
 * Workflows of other repositories that call the one of this repository, run to the point where the action starts.
 */
let folder: TemporaryFolder;
let own: Commit;

beforeEach(async () => {
  folder = await makeTemporaryFolder('workflow-runs');
  own = await commitThatTells(folder.path, { sha: 'c0ffee', refs: ['main', 'v1'] });
});

afterEach(() => folder.remove());

/** Runs a caller with these inputs besides the two that are required. */
const call = (
  inputs: Record<string, string | number>,
  caller: Partial<Caller> = {},
  options: Partial<RunOptions> = {},
) =>
  runCaller(
    {
      ...{ parent: folder.path, commits: [own], ...caller },
      inputs: { job_to_run: 'backup', db_name: 'moodle_d01', ...inputs },
    },
    options,
  );

const mapped = (names: string[]) =>
  Object.fromEntries(names.map((name) => [name, `\${{ secrets.${name} }}`]));

test('gets the action at the commit of the workflow that it calls', async () => {
  own = { ...own, refs: ['v1'] };
  const newer = await commitThatTells(folder.path, { sha: 'facade', refs: ['main'] });
  expect(told(await call({}, { commits: [own, newer] })).commit).toBe('c0ffee');
  const inputs = { job_to_run: 'backup', db_name: 'd1' };
  expect(told(await runManual(newer, inputs, { commits: [own, newer] })).commit).toBe('facade');
});

test('where GitHub does not tell of which workflow a job is, it is taken for one of the caller', async () => {
  const untold = { tellsWorkflow: false };
  expect(told(await runManual(own, { job_to_run: 'backup', db_name: 'd1' }, untold)).commit).toBe('c0ffee');
  const run = await call({}, {}, untold);
  expect(run.conclusion).toBe('failure');
  expect(run.log).toContain("Can't find 'action.yml'");
});

test('nonsense runs one job, which fails', async () => {
  const run = await call({ job_to_run: 'nonsense' });
  expect(conclusions(run)).toEqual({ call: 'failure', backup: 'failure', restore: 'skipped' });
  expect(told(run).inputs['job_to_run']).toBe('nonsense');
});

test('restores of one database share a concurrency group, others do not', async () => {
  const group = async (inputs: Record<string, string>) => {
    const { jobs } = await call(inputs);
    return jobs[`call/${inputs['job_to_run']}`]?.settings?.concurrency;
  };
  const first = await group({ job_to_run: 'restore' });
  expect(first).toEqual({ group: expect.stringContaining('moodle_d01'), cancelInProgress: false });
  expect(await group({ job_to_run: 'restore', backup_file_name: 'x.dump' })).toEqual(first);
  expect(await group({ job_to_run: 'restore', db_name: 'moodle_d02' })).not.toEqual(first);
  expect(await group({ job_to_run: 'restore', environment: 'production' })).not.toEqual(first);
  expect(await group({ job_to_run: 'backup' })).toBeUndefined();
});

test('has the secrets of its environment with secrets: inherit, and only so', async () => {
  const environments = { production: { secrets: { AZURE_DB_HOST: 'host of production' } } };
  const environment = 'production';
  const inherited = await call({ environment }, {}, { environments });
  expect(inherited.jobs['call/backup']?.settings?.environment).toBe('production');
  const [ofEnvironment, ofRepository] = ['host of production', 'the KEY_VAULT_NAME'];
  expect(told(inherited).inputs).toMatchObject({
    azure_db_host: ofEnvironment,
    key_vault_name: ofRepository,
  });
  const passed = await call({ environment }, { secrets: mapped(nineSecrets) }, { environments });
  expect(told(passed).inputs['azure_db_host']).toBe('the AZURE_DB_HOST');
  expect(told(await call({}, {}, { environments })).inputs['azure_db_host']).toBe('the AZURE_DB_HOST');
});

test('may leave out the secrets that have an input in their place', async () => {
  const needed = nineSecrets.filter((name) => !/SUBSCRIPTION|VAULT|ACCOUNT/.test(name));
  const inputs = { key_vault_url: 'https://v', storage_account_url: 'https://s' };
  const run = await call(inputs, { secrets: mapped(needed) });
  expect(told(run).inputs).toMatchObject({ ...inputs, key_vault_name: '', storage_account_name: '' });
  for (const missing of needed) {
    const rest = needed.filter((name) => name !== missing);
    await expect(call(inputs, { secrets: mapped(rest) })).rejects.toThrow(
      `Secret ${missing} is required, but not provided while calling.`,
    );
  }
});

test('without id-token: write, GitHub refuses it', async () => {
  await expect(call({}, { permissions: { contents: 'read' } })).rejects.toThrow(
    "The nested job 'backup' is requesting 'id-token: write', but is only allowed 'id-token: none'.",
  );
  expect(told(await call({})).mayAskForToken).toBe(true);
});

test('has its own certificate in the workspace, and the action beside it', async () => {
  const files = { 'certs/ca.pem': 'PEM' };
  const run = await call({ ssl_root_cert: 'certs/ca.pem' }, { files });
  expect(told(run)).toMatchObject({ hasCertificate: true, commit: 'c0ffee' });
  const missing = await call({ ssl_root_cert: 'certs/other.pem' }, { files });
  expect(told(missing)).toMatchObject({ hasCertificate: false });
  for (const ssl_root_cert of ['', '/etc/ssl/cert.pem']) {
    const { jobs } = await call({ ssl_root_cert }, { files });
    expect(jobs['call/backup']?.steps.map(({ outcome }) => outcome)).toEqual([
      'skipped',
      'success',
      'success',
    ]);
  }
});

test('reads the repository of the action with its own token, or one that it is given', async () => {
  const token = async (extra: Record<string, string>) => {
    const { jobs } = await call({}, {}, { secrets: { ...secrets, ...extra } });
    return jobs['call/backup']?.steps[1]?.inputs['token'];
  };
  expect(await token({})).toMatch(/^ghs_/);
  expect(await token({ ACTION_REPOSITORY_TOKEN: 'github_pat_1' })).toBe('github_pat_1');
});

test('chooses the machine and the time', async () => {
  const settings = async (inputs: Record<string, string | number>) =>
    (await call(inputs)).jobs['call/backup']?.settings;
  expect(await settings({})).toMatchObject({ runsOn: 'ubuntu-latest', timeoutMinutes: 360 });
  expect(await settings({ runs_on: 'big', timeout_minutes: 5 })).toMatchObject({
    runsOn: 'big',
    timeoutMinutes: 5,
  });
  const labels = ['self-hosted', 'linux'];
  expect((await settings({ runs_on: JSON.stringify(labels) }))?.runsOn).toEqual(labels);
  await expect(call({ timeout_minutes: '5' })).rejects.toThrow("Unexpected value '5'");
});
