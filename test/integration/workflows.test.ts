import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Jobs, jobsOn, wholeError } from '../support/jobs.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/machine/temporary-folder.ts';
import type { JobResult } from '../support/runner/workflow/job.ts';
import { type RunResult, runWorkflow } from '../support/runner/workflow/run-workflow.ts';
import type { Workflow } from '../support/runner/workflow/workflow-file.ts';
import { writeCommit } from '../support/runner/workflow/write-commit.ts';
import { commitOfThis, nineSettings, textOf } from '../support/workflows/commits.ts';
import { manualCaller, runCaller, runManual } from '../support/workflows/runs.ts';
import { startWorld, type World } from '../support/world.ts';

/*
 * The workflow files, from what is filled into the form to a restored database. The action is the one in dist.
 */
let world: World;
let jobs: Jobs;
let folder: TemporaryFolder;

beforeAll(async () => {
  world = await startWorld({ servers: [15] });
  jobs = jobsOn(world, 15);
  folder = await makeTemporaryFolder('workflows');
});

afterAll(async () => {
  await folder.remove();
  await world.stop();
});

/** What the workflows get as secrets, and what tells the action where the stand-ins for Azure are. */
function given() {
  const all = world.inputsFor(world.server(15), { job_to_run: '', db_name: '' });
  const pick = (names: string[]) =>
    names.map((name): [string, string] => [name, all[name.toLowerCase()] ?? '']);
  const endpoints = ['db_port', 'azure_authority_host', 'key_vault_url', 'storage_account_url'];
  return { secrets: Object.fromEntries(pick(nineSettings)), endpoints: Object.fromEntries(pick(endpoints)) };
}

const asOnGitHub = () => ({
  idToken: world.github.environment,
  environment: { NODE_EXTRA_CA_CERTS: world.caFile },
});

/** The one job of a run that was not skipped, besides the calling one. */
function ran({ jobs: results, log }: RunResult): JobResult {
  const [job, ...others] = Object.values(results).filter(({ steps }) => steps.length > 0);
  if (!job || others.length > 0) throw new Error(`Expected one job, got:\n${log}`);
  return job;
}

/** The one error of the step that ended a run. */
function errorOf(run: RunResult): string {
  const step = ran(run).steps.at(-1);
  const [error, ...others] = step?.annotations ?? [];
  if (!step || error?.level !== 'error' || others.length > 0)
    throw new Error(`Expected one error:\n${run.log}`);
  return wholeError(error.message, step.log);
}

const sql = 'CREATE TABLE note AS SELECT g AS id, md5(g::text) AS text FROM generate_series(1, 1000) AS g';

test('from the form of the manual caller to a restored database', async () => {
  // The manual caller goes to Azure's public names and to the port 5432. Where this machine has its stand-ins, and whose
  // certificate they have, is all that is added to it, as inputs that the called workflow takes from any caller.
  const caller = parse(await textOf(manualCaller)) as Workflow;
  const { secrets, endpoints } = given();
  const call = caller.jobs['db-backup-restore'] ?? {};
  call.with = { ...call.with, ...endpoints, ssl_root_cert: 'ca.pem' };
  const files = { 'caller.yml': JSON.stringify(caller), 'ca.pem': await readFile(world.caFile, 'utf8') };
  const commit = await commitOfThis(folder.path, { sha: 'c0ffee', refs: ['main'], files });
  const run = (inputs: Record<string, string>) =>
    runManual(commit, inputs, { workflow: 'caller.yml', secrets, ...asOnGitHub() });

  const database = await jobs.createDatabase({ sql });
  const before = await jobs.text(database);
  const backup = await run({ job_to_run: 'backup', db_name: database });
  expect(backup.conclusion, backup.log).toBe('success');
  expect(ran(backup)).toMatchObject({
    id: 'db-backup-restore/backup',
    name: `db-backup-restore / Back up ${database}`,
  });
  const name = backup.jobs['db-backup-restore']?.outputs['backup_file_name'] ?? '';
  expect(name).toMatch(new RegExp(`^${database}_backup_\\d{14}\\.dump$`));
  expect(ran(backup).steps.at(-1)?.summary).toContain(name);
  expect(await world.backups.list()).toContain(name);

  await jobs.query(database, 'DROP TABLE note; CREATE TABLE stray AS SELECT 1 AS one');
  const restore = await run({ job_to_run: 'restore', db_name: database, backup_file_name: name });
  expect(restore.conclusion, restore.log).toBe('success');
  expect(ran(restore).id).toBe('db-backup-restore/restore');
  expect(await jobs.text(database)).toBe(before);

  for (const { outputs } of [backup, restore].map(
    ({ jobs: results }) => results['db-backup-restore'] ?? { outputs: {} },
  )) {
    // It holds the names of the account and the container, which are secrets here.
    expect(outputs).toMatchObject({
      backup_url: '',
      backup_file_name: name,
      postgres_version: expect.stringMatching(/^15\./),
    });
  }
  const hidden = [...Object.values(secrets), world.login.password].filter((value) => value !== 'localhost');
  for (const value of hidden) expect(backup.log + restore.log).not.toContain(value);
});

test('a workflow of another repository, with the secrets of its environment', async () => {
  const { secrets, endpoints } = given();
  const { AZURE_DB_HOST, ...others } = secrets;
  const database = await jobs.createDatabase({ sql });
  const before = await jobs.text(database);
  const commit = await commitOfThis(folder.path, { sha: 'c0ffee', refs: ['v1'] });
  const run = async (inputs: Record<string, string>) =>
    runCaller(
      {
        ...{ parent: folder.path, commits: [commit] },
        inputs: {
          ...endpoints,
          db_name: database,
          environment: 'production',
          ssl_root_cert: 'certs/ca.pem',
          ...inputs,
        },
        files: { 'certs/ca.pem': await readFile(world.caFile, 'utf8') },
      },
      {
        ...{ secrets: { ...others, AZURE_DB_HOST: 'nowhere.invalid' }, ...asOnGitHub() },
        environments: { production: { secrets: { AZURE_DB_HOST: AZURE_DB_HOST ?? '' } } },
      },
    );

  const backup = await run({ job_to_run: 'backup', compression: 'gzip:1' });
  expect(backup.conclusion, backup.log).toBe('success');
  await jobs.query('postgres', `DROP DATABASE "${database}"`);
  const backup_file_name = backup.jobs['call']?.outputs['backup_file_name'] ?? '';
  const restore = await run({ job_to_run: 'restore', backup_file_name });
  expect(restore.conclusion, restore.log).toBe('success');
  expect(await jobs.text(database)).toBe(before);

  const nonsense = await run({ job_to_run: 'nonsense' });
  expect(nonsense.conclusion).toBe('failure');
  expect(errorOf(nonsense)).toContain('job_to_run');
});

test('a deployment that fails after it has changed the database is rolled back, with settings that are variables', async () => {
  const { secrets: vars, endpoints } = given();
  const database = await jobs.createDatabase({ sql });
  const before = await jobs.text(database);
  const done = join(folder.path, 'migrated');
  const migration = `run: echo migrating; until [ -e '${done}' ]; do sleep 0.1; done; exit 1`;
  const added = Object.entries({ ...endpoints, ssl_root_cert: 'ca.pem' });
  const action = await commitOfThis(folder.path, { sha: 'c0ffee', refs: ['v1'] });
  const own = await writeCommit(folder.path, {
    ...{ repository: 'octo-org/moodle', sha: 'abcdef', refs: ['main'] },
    files: {
      'ca.pem': await readFile(world.caFile, 'utf8'),
      'deploy.yml': (await textOf('.github/workflows/examples/deploy-with-rollback.yml'))
        .replaceAll('OWNER/postgres-azure-backup', action.repository)
        .replaceAll('COMMIT', action.sha)
        .replaceAll('db_name: moodle_d01', `db_name: ${database}`)
        .replaceAll(
          / {4}with:\n/g,
          `$&${added.map(([name, value]) => `      ${name}: ${JSON.stringify(value)}\n`).join('')}`,
        )
        .replace(/run: echo "Migrate.*/, migration),
    },
  });
  const migrate = async () => {
    await jobs.query(database, 'DROP TABLE note; CREATE TABLE half_a_migration AS SELECT 1 AS one');
    await writeFile(done, '');
  };
  let migrated: Promise<void> | undefined;
  const run = await runWorkflow({
    ...{ commits: [own, action], repository: own.repository, workflow: 'deploy.yml', event: 'push' },
    ...{ vars, ...asOnGitHub() },
    onLine: (line) => {
      if (line === 'migrating') migrated = migrate();
    },
  });
  await migrated;

  expect(run.jobs['deploy']?.conclusion, run.log).toBe('failure');
  expect(run.jobs['roll-back/restore']?.conclusion, run.log).toBe('success');
  expect(await jobs.text(database)).toBe(before);
  const outputs: Record<string, string> = run.jobs['roll-back']?.outputs ?? {};
  expect(outputs['backup_file_name']).toBe(run.jobs['backup']?.outputs['backup_file_name']);
  // Nothing is a secret here, so that the address reaches other jobs too, and so does the name of what was replaced.
  expect(outputs['backup_url']).toBe(
    `${endpoints['storage_account_url']}/${vars['STORAGE_CONTAINER_NAME']}/${outputs['backup_file_name']}`,
  );
  const kept = await jobs.query(outputs['previous_database'] ?? '', 'SELECT one FROM half_a_migration');
  expect(kept).toEqual([{ one: 1 }]);
  await jobs.query('postgres', `DROP DATABASE "${outputs['previous_database']}"`);
});

test('with nothing set anywhere, one error tells of all that is missing', async () => {
  const commit = await commitOfThis(folder.path, { sha: 'c0ffee', refs: ['main'] });
  const run = await runManual(commit, { job_to_run: 'backup', db_name: 'any' }, { secrets: {} });
  expect(run.conclusion).toBe('failure');
  const missing = nineSettings.filter((name) => name !== 'AZURE_SUBSCRIPTION_ID');
  const lines = errorOf(run).split('\n');
  expect(lines[0]).toBe(`${missing.length} invalid inputs; nothing was changed.`);
  expect(lines[1]).toBe('Correct them:');
  expect(lines.slice(2, -3).toSorted()).toEqual(
    missing.map((name) => `- ${name.toLowerCase()} is missing`).toSorted(),
  );
  expect(lines.at(-3)).toContain('STORAGE_CONTAINER_NAME are empty: not set, or not passed by the caller.');
});

test('a job that may not ask for a token is told what is missing', async () => {
  const reusable = '.github/workflows/db-backup-restore.yml';
  const withoutToken = (await textOf(reusable)).replaceAll(/ +id-token: write.*\n/g, '');
  expect(withoutToken).not.toContain('id-token');
  const files = { 'called.yml': withoutToken };
  const unfit = await commitOfThis(folder.path, { sha: 'decade', refs: ['v1'], files });
  const { secrets, endpoints } = given();
  const run = await runCaller(
    {
      ...{ parent: folder.path, commits: [unfit], path: 'called.yml' },
      inputs: { ...endpoints, job_to_run: 'backup', db_name: 'any' },
    },
    { secrets, ...asOnGitHub() },
  );
  expect(run.conclusion).toBe('failure');
  expect(errorOf(run)).toContain('id-token: write');
});
