// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are GitHub's expressions, not JavaScript's

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/machine/temporary-folder.ts';
import type { Commit } from '../support/runner/workflow/repositories.ts';
import { commitThatTells, nineSettings, textOf } from '../support/workflows/commits.ts';
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
    ['backup', 'restore', 'db-backup-restore / Back up d1'],
    ['restore', 'backup', 'db-backup-restore / Restore d1'],
  ])('%s: exactly this job runs', async (chosen, other, title) => {
    const run = await runManual(own, { job_to_run: chosen, db_name: 'd1' });
    expect(conclusions(run)).toEqual({
      'db-backup-restore': 'success',
      [chosen]: 'success',
      [other]: 'skipped',
    });
    expect(run.jobs[`db-backup-restore/${chosen}`]?.name).toBe(title);
    expect(told(run).inputs).toMatchObject({ job_to_run: chosen, backup_file_name: '' });
  });

  test.each([
    [{ job_to_run: 'nonsense', db_name: 'd1' }, 'not in the list of allowed values'],
    [{ job_to_run: 'backup' }, "Required input 'db_name' not provided"],
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

describe('the outputs', () => {
  test.each(['backup', 'restore'])('of %s are those of the action', async (name) => {
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
    expect(outputs).toHaveLength(7);
    expect(outputs).not.toContain('');
    expect(run.log).not.toContain('may contain secret');

    const masked = await runManual(own, inputs, { secrets: vars });
    expect(Object.values(masked.jobs['db-backup-restore']?.outputs ?? {})).toContain('');
  });
});
