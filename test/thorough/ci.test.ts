import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type GitHubOidc, startGitHubOidc } from '../support/github/github-oidc.ts';
import { localNames, makeAuthority, trust } from '../support/machine/certificates.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/machine/temporary-folder.ts';
import { type PostgresServer, startPostgres } from '../support/postgres/postgres-server.ts';
import type { Commit } from '../support/runner/workflow/repositories.ts';
import { runWorkflow } from '../support/runner/workflow/run-workflow.ts';
import { writeCommit } from '../support/runner/workflow/write-commit.ts';

/*
 * The two jobs of ci.yml that use the action, each with a server of its own in place of the service container. What is
 * kept from one to the next is what the first one uploads.
 */
const root = join(import.meta.dirname, '..', '..');
/** What the workflow makes of the number of the run. */
const password = 'only-in-this-run-7001';
let folder: TemporaryFolder;
let github: GitHubOidc;
let caFile: string;
const servers: PostgresServer[] = [];

beforeAll(async () => {
  folder = await makeTemporaryFolder('ci');
  const authority = await makeAuthority();
  trust(authority.caPem);
  const certificate = await authority.issue(localNames);
  const files = await writeCommit(folder.path, {
    ...{ repository: 'octo-org/certificates', sha: '1' },
    files: { 'ca.pem': authority.caPem },
  });
  caFile = join(files.folder, 'ca.pem');
  github = await startGitHubOidc(certificate);
  for (const _ of ['backup', 'restore']) {
    const server = await startPostgres({ major: 15, certificate, plain: true });
    servers.push(server);
    await server.query(`ALTER ROLE postgres PASSWORD '${password}'`);
  }
});
afterAll(async () => {
  for (const server of servers) await server.stop();
  await github.stop();
  await folder.remove();
});

/** An action of others that copies a folder: the upload into the place where the download finds it. */
async function copying(repository: string, from: string, to: string): Promise<Commit> {
  const text = await readFile(join(root, '.github/workflows/ci.yml'), 'utf8');
  const [, sha = ''] = new RegExp(`${repository}@([0-9a-f]{40})`).exec(text) ?? [];
  return writeCommit(folder.path, {
    ...{ repository, sha },
    files: {
      'action.yml': 'inputs: { path: {} }\nruns: { using: node24, main: index.js }',
      'package.json': '{ "type": "module" }',
      'index.js': `import { cpSync } from 'node:fs';\ncpSync(${from}, ${to}, { recursive: true });`,
    },
  });
}

test('what one job backs up, the next one restores', async () => {
  const ci = parse(await readFile(join(root, '.github/workflows/ci.yml'), 'utf8')) as {
    jobs: Record<string, { steps: { run?: string }[] }>;
  };
  // The gate would run this very test; the packages are those of this machine.
  const { backup, restore } = ci.jobs;
  const setup = { run: `ln -s '${join(root, 'node_modules')}' node_modules` };
  const steps = (job = { steps: [] as { run?: string }[] }) =>
    job.steps.map((step) => (step.run === 'npm run setup' ? setup : step));
  expect(
    [backup, restore].map((job) => job?.steps.filter(({ run }) => run === 'npm run setup').length),
  ).toEqual([1, 1]);
  const jobs = {
    backup: { ...backup, steps: steps(backup) },
    restore: { ...restore, steps: steps(restore) },
  };

  const commit = await writeCommit(folder.path, {
    ...{ repository: 'octo-org/postgres-azure-backup', sha: 'c0ffee', refs: ['main'] },
    linked: ['action.yml', 'dist', 'test', 'package.json'],
    files: { '.github/workflows/ci.yml': JSON.stringify({ ...ci, jobs }) },
  });
  const kept = JSON.stringify(join(folder.path, 'kept'));
  const [first, second] = servers.map(({ port }) => ({ postgres: { 5432: String(port) } }));
  const run = await runWorkflow({
    commits: [
      commit,
      await copying('actions/upload-artifact', 'process.env.INPUT_PATH', kept),
      await copying('actions/download-artifact', kept, 'process.env.INPUT_PATH'),
    ],
    repository: commit.repository,
    workflow: '.github/workflows/ci.yml',
    idToken: github.environment,
    environment: { NODE_EXTRA_CA_CERTS: caFile },
    services: { backup: first ?? {}, restore: second ?? {} },
  });

  expect(run.conclusion, run.log).toBe('success');
  expect(run.jobs['backup']?.outputs).toEqual({
    backup_file_name: expect.stringMatching(/^library_backup_\d{14}\.dump$/),
    fingerprint: expect.stringMatching(/^[0-9a-f]{32} [0-9a-f]{32} 20000 lent of one owner$/),
  });
  expect(run.jobs['restore']?.log).toContain(`after:  ${run.jobs['backup']?.outputs['fingerprint']}`);
  expect(existsSync(join(folder.path, 'kept'))).toBe(true);
  const [found] =
    (await servers[1]?.query('SELECT count(*) FROM book', { database: 'library', password })) ?? [];
  expect(found).toEqual({ count: '20000' });
});
