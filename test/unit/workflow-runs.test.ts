// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are GitHub's expressions, not JavaScript's

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/machine/temporary-folder.ts';
import type { Commit } from '../support/runner/workflow/repositories.ts';
import { commitThatTells, nineSettings, seedCaller, textOf } from '../support/workflows/commits.ts';
import { conclusions, manualCaller, runManual, secrets, told } from '../support/workflows/runs.ts';

/*
 * The manual caller and what it calls, run to the point where the action starts: what reaches it, and what comes back.
 */
let folder: TemporaryFolder;
let own: Commit;

beforeEach(async () => {
  folder = await makeTemporaryFolder('workflow-runs');
  own = await commitThatTells(folder.path, { sha: 'c0ffee', refs: ['main', 'v1'] });
});

afterEach(() => folder.remove());

describe('the manual caller', () => {
  test('hands on what was filled in, and each of the nine secrets to the input of its name', async () => {
    const run = await runManual(own, {
      job_to_run: 'restore',
      db_name: 'moodle_d01',
      backup_file_name: 'a.dump',
    });
    expect(run.conclusion, run.log).toBe('success');
    const { inputs: defined } = parse(await textOf('action.yml')) as {
      inputs: Record<string, { default?: string }>;
    };
    const defaults = Object.entries(defined).map(([name, input]) => [name, input.default ?? '']);
    expect(told(run)).toEqual({
      commit: 'c0ffee',
      mayAskForToken: true,
      hasCertificate: false,
      inputs: {
        ...Object.fromEntries(defaults),
        ...Object.fromEntries(nineSettings.map((name) => [name.toLowerCase(), `the ${name}`])),
        ...{ job_to_run: 'restore', db_name: 'moodle_d01', backup_file_name: 'a.dump' },
      },
    });
    for (const value of Object.values(secrets)) expect(run.log).not.toContain(value);
  });

  test.each([
    ['backup', 'backup', 'Back up d1'],
    ['restore', 'restore', 'Restore d1'],
    ['list', 'manage', 'List backups of d1'],
    ['check', 'manage', 'Check d1'],
  ])('%s: exactly the job %s runs', async (chosen, job, title) => {
    const run = await runManual(own, { job_to_run: chosen, db_name: 'd1' });
    const skipped = ['backup', 'restore', 'manage'].map((name) => [name, 'skipped']);
    expect(conclusions(run)).toEqual({
      ...Object.fromEntries(skipped),
      ...{ 'db-backup-restore': 'success', [job]: 'success' },
    });
    expect(run.jobs[`db-backup-restore/${job}`]?.name).toBe(`db-backup-restore / ${title}`);
    expect(told(run).inputs).toMatchObject({ job_to_run: chosen, backup_file_name: '' });
  });

  test('lists the backups of all databases, and says why one of them is kept', async () => {
    const list = await runManual(own, { job_to_run: 'list' });
    expect(list.jobs['db-backup-restore/manage']?.name).toBe(
      'db-backup-restore / List backups of all databases',
    );
    expect(told(list).inputs).toMatchObject({ job_to_run: 'list', db_name: '', protect: '' });
    const inputs = { job_to_run: 'protect', backup_file_name: 'a.dump', protect: 'before release 4.2' };
    const protect = await runManual(own, inputs);
    expect(protect.jobs['db-backup-restore/manage']?.name).toBe('db-backup-restore / Protect a.dump');
    expect(told(protect).inputs).toMatchObject({ ...inputs, db_name: '' });
  });

  test.each([
    [{ job_to_run: 'nonsense', db_name: 'd1' }, 'not in the list of allowed values'],
    [{ db_name: 'd1' }, "Required input 'job_to_run' not provided"],
  ])('refuses %j', async (inputs, message) => {
    await expect(runManual(own, inputs)).rejects.toThrow(message);
  });

  test('without id-token: write, GitHub refuses it', async () => {
    const text = (await textOf(manualCaller)).replace(/ +id-token: write.*\n/, '');
    const files = { 'copy.yml': text };
    const commit = await commitThatTells(folder.path, { sha: 'decade', refs: ['copy'], files });
    const options = { ref: 'copy', workflow: 'copy.yml' };
    await expect(runManual(commit, { job_to_run: 'backup', db_name: 'd1' }, options)).rejects.toThrow(
      "The nested job 'backup' is requesting 'id-token: write', but is only allowed 'id-token: none'.",
    );
  });
});

describe('the caller that was asked for', () => {
  const run = async (inputs: Record<string, string>) => {
    const files = { 'seed.yml': await seedCaller() };
    const commit = await commitThatTells(folder.path, { sha: 'decade', refs: ['main'], files });
    return runManual(commit, inputs, { workflow: 'seed.yml' });
  };

  test.each(['backup', 'restore'])('still does: %s', async (job_to_run) => {
    const inputs = { job_to_run, db_name: 'd1', backup_file_name: job_to_run === 'restore' ? 'a.dump' : '' };
    const result = await run(inputs);
    expect(result.conclusion, result.log).toBe('success');
    const settings = nineSettings.map((name) => [name.toLowerCase(), `the ${name}`]);
    expect(told(result).inputs).toMatchObject({ ...inputs, ...Object.fromEntries(settings) });
    expect(result.jobs[`db-backup-restore/${job_to_run}`]?.conclusion).toBe('success');
  });
});

describe('the outputs', () => {
  test.each(['backup', 'restore', 'list'])('of %s are those of the action', async (name) => {
    const { outputs } = parse(await textOf('action.yml')) as { outputs: Record<string, unknown> };
    const run = await runManual(own, { job_to_run: name, db_name: 'd1' });
    const expected = Object.keys(outputs).map((output) => [output, `${output} of d1`]);
    expect(run.jobs['db-backup-restore']?.outputs).toEqual(Object.fromEntries(expected));
  });

  test('that contain the name of the container do not get out', async () => {
    const hidden = { ...secrets, STORAGE_CONTAINER_NAME: 'backup_file' };
    const run = await runManual(own, { job_to_run: 'backup', db_name: 'd1' }, { secrets: hidden });
    expect(run.jobs['db-backup-restore']?.outputs).toMatchObject({
      ...{ backup_file_name: '', backup_url: 'backup_url of d1' },
    });
    expect(run.log).toContain("Skip output '***_name' since it may contain secret.");
  });

  test.each([
    ['backup_file', 'url'],
    ['d1', 'sha256'],
  ])('all get out where the settings are variables: container %s, account %s', async (container, account) => {
    const names = {
      ...{ STORAGE_CONTAINER_NAME: container, STORAGE_ACCOUNT_NAME: account },
      STORAGE_RESOURCE_GROUP: 'rg-backups',
    };
    const vars = { ...Object.fromEntries(nineSettings.map((name) => [name, `the ${name}`])), ...names };
    const inputs = { job_to_run: 'backup', db_name: 'd1' };
    const run = await runManual(own, inputs, { secrets: {}, vars });
    expect(told(run).inputs).toMatchObject({
      ...{
        storage_container_name: container,
        storage_account_name: account,
        storage_resource_group: 'rg-backups',
        azure_db_host: 'the AZURE_DB_HOST',
      },
    });
    const outputs = Object.values(run.jobs['db-backup-restore']?.outputs ?? {});
    expect(outputs).toHaveLength(10);
    expect(outputs).not.toContain('');
    expect(run.log).not.toContain('may contain secret');

    const masked = await runManual(own, inputs, { secrets: vars });
    expect(Object.values(masked.jobs['db-backup-restore']?.outputs ?? {})).toContain('');
  });
});
