import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/machine/temporary-folder.ts';
import type { Commit } from '../support/runner/workflow/repositories.ts';
import type { RunOptions, RunResult } from '../support/runner/workflow/run-workflow.ts';
import { commitThatTells, nineSettings } from '../support/workflows/commits.ts';
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
  expect(conclusions(run)).toEqual({
    call: 'failure',
    backup: 'failure',
    restore: 'skipped',
    manage: 'skipped',
  });
  expect(told(run).inputs['job_to_run']).toBe('nonsense');
});

test('restores of one database share a concurrency group, others do not', async () => {
  const group = async (inputs: Record<string, string>) => {
    const { jobs } = await call(inputs);
    return jobs[`call/${inputs['job_to_run']}`]?.settings?.concurrency;
  };
  const first = await group({ job_to_run: 'restore' });
  expect(first).toEqual({
    ...{ group: expect.stringContaining('moodle_d01'), cancelInProgress: false, queue: 'max' },
  });
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
  const passed = await call({ environment }, { secrets: mapped(nineSettings) }, { environments });
  expect(told(passed).inputs['azure_db_host']).toBe('the AZURE_DB_HOST');
  expect(told(await call({}, {}, { environments })).inputs['azure_db_host']).toBe('the AZURE_DB_HOST');
});

describe('each of the nine settings', () => {
  const valued = (kind: string, change = (name: string) => name) =>
    Object.fromEntries(nineSettings.map((name) => [change(name), `${kind} ${name}`]));
  const settingsOf = (run: RunResult) => {
    const { inputs } = told(run);
    return nineSettings.map((name) => inputs[name.toLowerCase()]);
  };
  const inputs = valued('input', (name) => name.toLowerCase());
  const vars = valued('variable');
  const inherited = { secrets: valued('secret'), vars };

  test('is the input, else the secret, else the variable', async () => {
    expect(settingsOf(await call(inputs, {}, inherited))).toEqual(Object.values(inputs));
    expect(settingsOf(await call({}, {}, inherited))).toEqual(Object.values(inherited.secrets));
    expect(settingsOf(await call({}, {}, { secrets: {}, vars }))).toEqual(Object.values(vars));
    const nothing = await call({}, {}, { secrets: {}, vars: {} });
    expect(settingsOf(nothing)).toEqual(nineSettings.map(() => '')); // the action tells of all of them
  });

  test.each(nineSettings)('may be the only one of its kind: %s', async (name) => {
    const some = (kind: Record<string, string>, names: string) =>
      nineSettings.map((other) => (other === name ? kind[names] : vars[other]));
    const key = name.toLowerCase();
    const input = await call({ [key]: inputs[key] ?? '' }, {}, { secrets: {}, vars });
    expect(settingsOf(input)).toEqual(some(inputs, key));
    const secret = { [name]: `secret ${name}` };
    const passed = { secrets: mapped([name]) };
    expect(settingsOf(await call({}, passed, { secrets: secret, vars }))).toEqual(some(secret, name));
    // A secret that is passed on and not set is empty, and so is an input that is made of a variable that is not set.
    const empty = await call({ [key]: '' }, passed, { secrets: {}, vars });
    expect(settingsOf(empty)).toEqual(Object.values(vars));
  });

  test('and the resource group for the link to the portal, which no secret has, is the input, else the variable', async () => {
    const group = { STORAGE_RESOURCE_GROUP: 'rg of the variable' };
    const of = async (with_: Record<string, string>, secrets: Record<string, string>) =>
      told(await call(with_, {}, { secrets, vars: { ...vars, ...group } })).inputs['storage_resource_group'];
    expect(await of({}, {})).toBe('rg of the variable');
    expect(await of({}, { STORAGE_RESOURCE_GROUP: 'of a secret' })).toBe('rg of the variable');
    expect(await of({ storage_resource_group: 'rg of the input' }, {})).toBe('rg of the input');
  });

  test('comes from the variables of the environment before those of the repository, without any secret', async () => {
    const environments = { staging: { vars: { AZURE_DB_HOST: 'host of staging' } } };
    const options = { secrets: {}, vars, environments };
    const run = await call({ environment: 'staging' }, { secrets: {} }, options);
    expect(told(run).inputs).toMatchObject({
      azure_db_host: 'host of staging',
      key_vault_name: 'variable KEY_VAULT_NAME',
    });
  });
});

describe('two database hosts, a secret of the repository and a variable of the environment,', () => {
  const environments = { staging: { vars: { AZURE_DB_HOST: 'host of staging' } } };
  const run = (inputs: Record<string, string>, secret: string) =>
    call(
      { job_to_run: 'restore', environment: 'staging', ...inputs },
      {},
      { environments, secrets: { ...secrets, AZURE_DB_HOST: secret } },
    );

  test.each(['backup', 'restore'])('end a %s before the action starts', async (job_to_run) => {
    const refused = await run({ job_to_run }, 'host of production');
    expect(refused.conclusion).toBe('failure');
    expect(refused.log).toContain('AZURE_DB_HOST is a secret and a variable, with different values.');
    expect(refused.log).toContain('Nothing was changed.');
    const step = refused.jobs[`call/${job_to_run}`]?.steps.find(({ id }) => id === 'action');
    expect(step?.outcome).toBe('skipped');
  });

  test('are no matter if they are the same, if the input says which, or without an environment', async () => {
    for (const [inputs, secret, host] of [
      [{}, 'host of staging', 'host of staging'],
      [{ azure_db_host: 'host of the input' }, 'host of production', 'host of the input'],
      [{ environment: '' }, 'host of production', 'host of production'],
      [{}, '', 'host of staging'],
    ] as const) {
      const passed = await run(inputs, secret);
      expect(told(passed).inputs['azure_db_host'], passed.log).toBe(host);
    }
  });
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
      ...['skipped', 'skipped', 'success', 'success'],
    ]);
  }
});

test('reads the repository of the action with its own token, or one that it is given', async () => {
  const token = async (extra: Record<string, string>) => {
    const { jobs } = await call({}, {}, { secrets: { ...secrets, ...extra } });
    return jobs['call/backup']?.steps.at(-2)?.inputs['token'];
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
