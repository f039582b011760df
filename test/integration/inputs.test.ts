import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { repository } from '../support/github/github-oidc.ts';
import { onlyError } from '../support/jobs.ts';
import { makeTemporaryFolder } from '../support/machine/temporary-folder.ts';
import { readAction } from '../support/runner/action.ts';
import { runStep } from '../support/runner/runner.ts';

/** Inputs that are right, for hosts that do not exist: a job that got past its inputs would fail otherwise. */
const right = {
  job_to_run: 'backup',
  db_name: 'moodle_d01',
  azure_client_id: '3f0d3c9b-6d53-4f6e-9c11-2b1f6a1f6e01',
  azure_tenant_id: '9b6c0c4e-8a43-4b5a-a3a7-6a6f9d7f5b02',
  azure_subscription_id: 'any text',
  key_vault_name: 'kv-moodle',
  db_user_secret_name: 'db-user',
  db_password_secret_name: 'db-password',
  azure_db_host: 'db.example.invalid',
  storage_account_name: 'stmoodle',
  storage_container_name: 'backups',
};

describe('wrong inputs end the step before anything is contacted', () => {
  test('all of them in one error, each with its name and what is allowed', async () => {
    const inputs = {
      ...right,
      job_to_run: 'destroy',
      db_name: 'x'.repeat(64),
      db_port: '70000',
      ssl_mode: 'prefer',
      compression: 'zip',
      backup_file_name: '../other.dump',
      storage_account_name: '',
    };
    const step = await runStep({ inputs });
    expect(onlyError(step).split('\n')).toEqual([
      ...['7 invalid inputs; nothing was changed.', 'Correct them:'],
      '- job_to_run must be backup, restore, list, prune, protect, unprotect or check; it is "destroy"',
      `- db_name must have at most 63 bytes in UTF-8, this one has 64; it is "${'x'.repeat(64)}"`,
      '- storage_account_name is missing',
      '- backup_file_name must not contain "." or ".." as a part between slashes; it is "../other.dump"',
      '- db_port must be a number from 1 to 65535; it is "70000"',
      '- ssl_mode must be verify-full, verify-ca, require or disable; it is "prefer"',
      expect.stringMatching(/^- compression must be auto, none, gzip, lz4 or zstd, .*; it is "zip"$/),
      'STORAGE_ACCOUNT_NAME is empty: not set, or not passed by the caller. ' +
        'Check both lists, with --env NAME for a job that has an environment:',
      ...['variable', 'secret'].map((kind) => `gh ${kind} list -R ${repository.owner}/${repository.name}`),
    ]);
    expect(step.groups).toEqual([]);
    expect(step.tempFilesLeft).toEqual([]);
    expect(step.summary).toContain('### ❌ 7 invalid inputs; nothing was changed');
  });

  test.each(['two\nlines', 'a\ttab'])('the database name %j', async (db_name) => {
    expect(onlyError(await runStep({ inputs: { ...right, db_name } }))).toContain(
      'db_name must not contain a NUL, a newline',
    );
  });
});

test('wrong inputs need no more than the first file of the bundle, neither Azure nor the toolkit', async () => {
  const folder = await makeTemporaryFolder('alone');
  const { main } = await readAction(path.join(import.meta.dirname, '..', '..'));
  for (const file of ['index.js', 'package.json'])
    await copyFile(path.join(path.dirname(main), file), path.join(folder.path, file));
  const alone = promisify(execFile)(process.execPath, [path.join(folder.path, 'index.js')], { env: {} });
  await expect(alone).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringMatching(
      /^::error title=Invalid inputs::.*\nWhat to do: Correct them:\n- job_to_run is missing\n/,
    ),
  });
  await folder.remove();
});

test('right inputs get as far as signing in', async () => {
  const step = await runStep({ inputs: right });
  expect(step.groups).toEqual(['Sign in to Azure']);
  expect(onlyError(step)).toContain('id-token: write');
});

test('the post step runs no job, even if the step itself never began', async () => {
  const { post } = await readAction(path.join(import.meta.dirname, '..', '..'));
  const inputs = Object.entries(right).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [String(post)], {
    env: { PATH: process.env['PATH'], ...Object.fromEntries(inputs) },
  });
  expect(stdout + stderr).toBe('');
});

test('the post step removes the folder of a step that was killed, and nothing else', async () => {
  const folder = await makeTemporaryFolder('post');
  const { post } = await readAction(path.join(import.meta.dirname, '..', '..'));
  for (const [name, stays] of [
    ['postgres-azure-backup-x', false],
    ['something else', true],
  ] as const) {
    const scratch = path.join(folder.path, name);
    await mkdir(scratch);
    await writeFile(path.join(scratch, 'restore.dump'), 'x');
    await promisify(execFile)(process.execPath, [String(post)], { env: { STATE_scratch: scratch } });
    expect(existsSync(scratch)).toBe(stays);
  }
  await folder.remove();
});
