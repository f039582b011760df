import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { nameOfRecorded, putRecorded, type Recorded } from '../support/azure/recorded.ts';
import { type Jobs, jobsOn } from '../support/jobs.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/machine/temporary-folder.ts';
import type { Commit } from '../support/runner/workflow/repositories.ts';
import { type RunOptions, type RunResult, runWorkflow } from '../support/runner/workflow/run-workflow.ts';
import type { Workflow } from '../support/runner/workflow/workflow-file.ts';
import { writeCommit } from '../support/runner/workflow/write-commit.ts';
import { commitOfThis, nineSettings, textOf } from '../support/workflows/commits.ts';
import { manualCaller, runManual } from '../support/workflows/runs.ts';
import { startWorld, type World } from '../support/world.ts';

/*
 * What the workflows do with backups that are there, by the action in dist: the examples as they stand, but for the names of this machine.
 */
const database = 'moodle_d01';
let world: World;
let jobs: Jobs;
let folder: TemporaryFolder;
let action: Commit;

beforeAll(async () => {
  world = await startWorld({ servers: [15] });
  jobs = jobsOn(world, 15);
  folder = await makeTemporaryFolder('workflow-jobs');
  await jobs.createDatabase({ name: database, sql: 'CREATE TABLE note AS SELECT 1 AS one' });
  action = await commitOfThis(folder.path, {
    ...{ sha: 'c0ffee', refs: ['main', 'v1'] },
    files: { 'caller.yml': await callerHere(), 'ca.pem': await readFile(world.caFile, 'utf8') },
  });
  await putRecorded(world.backups, nights);
});

afterAll(async () => {
  await folder.remove();
  await world.stop();
});

const daysAgo = (days: number): Date => new Date(Date.now() - days * 24 * 60 * 60 * 1000);
/** A backup of each of the last hundred days, and as many of a database of that name on another server. */
const nights: Recorded[] = ['localhost', 'elsewhere.example.com'].flatMap((host) =>
  Array.from({ length: 100 }, (_, index) => ({
    ...{ database, host, at: daysAgo(index + 1 + (host === 'localhost' ? 0 : 0.5)) },
  })),
);
const own = nights.filter(({ host }) => host === 'localhost').map(nameOfRecorded);

/** What the workflows take as variables, and where the stand-ins for Azure are. */
function given() {
  const all = world.inputsFor(world.server(15), { job_to_run: '', db_name: '' });
  const pick = (names: string[]) =>
    Object.fromEntries(names.map((name): [string, string] => [name, all[name.toLowerCase()] ?? '']));
  const endpoints = ['db_port', 'azure_authority_host', 'key_vault_url', 'storage_account_url'];
  return { vars: pick(nineSettings), endpoints: { ...pick(endpoints), ssl_root_cert: 'ca.pem' } };
}

const asOnGitHub = () => ({
  idToken: world.github.environment,
  environment: { NODE_EXTRA_CA_CERTS: world.caFile },
});

/** The manual caller, which hands on where the stand-ins are. */
async function callerHere(): Promise<string> {
  const caller = parse(await textOf(manualCaller)) as Workflow;
  const call = caller.jobs['db-backup-restore'] ?? {};
  call.with = { ...call.with, ...given().endpoints };
  return JSON.stringify(caller);
}

function byHand(inputs: Record<string, string>): Promise<RunResult> {
  const { vars } = given();
  return runManual(action, inputs, { workflow: 'caller.yml', secrets: {}, vars, ...asOnGitHub() });
}

/** @param change of what is written there */
async function example(
  name: string,
  change: (text: string) => string = (text) => text,
  options: Partial<RunOptions> = {},
): Promise<RunResult> {
  const { vars, endpoints } = given();
  const lines = Object.entries(endpoints).map(([key, value]) => `      ${key}: ${JSON.stringify(value)}\n`);
  const text = (await textOf(`.github/workflows/examples/${name}.yml`))
    .replaceAll('OWNER/postgres-azure-backup', action.repository)
    .replaceAll('COMMIT', action.sha)
    .replaceAll('    with:\n', `    with:\n${lines.join('')}`);
  const commit = await writeCommit(folder.path, {
    ...{ repository: 'octo-org/moodle', sha: 'abcdef', refs: ['main'] },
    files: { 'example.yml': change(text), 'ca.pem': await readFile(world.caFile, 'utf8') },
  });
  return runWorkflow({
    ...{ commits: [commit, action], repository: commit.repository, workflow: 'example.yml' },
    ...{ event: 'schedule', vars, ...asOnGitHub(), ...options },
  });
}

const deletedBy = ({ jobs: results }: RunResult, job: string): string[] =>
  JSON.parse(results[job]?.outputs['deleted_backups'] ?? 'null');

/** What the log of a dry run says that would go, the newest first. */
const wouldDelete = ({ log }: RunResult): string[] =>
  [...log.matchAll(/\bWould be deleted: "([^"]+)"/g)].map(([, name = '']) => name);

test('the nightly backup shows what its retention would delete, and deletes nothing', async () => {
  const run = await example('nightly');
  expect(run.conclusion, run.log).toBe('success');
  const made = run.jobs['backup']?.outputs['backup_file_name'] ?? '';
  const would = wouldDelete(run);
  expect(deletedBy(run, 'backup')).toEqual([]);
  expect(would.length).toBeGreaterThan(50);
  expect(own).toEqual(expect.arrayContaining(would));
  expect(await world.backups.list()).toEqual(expect.arrayContaining([...nights.map(nameOfRecorded), made]));
});

test('a backup that is protected by hand outlasts a prune, and goes once that is lifted', async () => {
  const kept = own.at(-3) ?? '';
  const protect = { job_to_run: 'protect', backup_file_name: kept, protect: 'before release 4.2' };
  const protecting = await byHand(protect);
  expect(protecting.conclusion, protecting.log).toBe('success');
  expect(protecting.jobs['db-backup-restore']?.outputs['backup_file_name']).toBe(kept);

  // Who prunes has no secrets, and no server.
  const { vars } = given();
  const settings = nineSettings.filter((name) => /^(AZURE_(CLIENT|TENANT)|STORAGE)/.test(name));
  const few = Object.fromEntries(settings.map((name) => [name, vars[name] ?? '']));
  const pruneJob = `prune (${database})/manage`;
  const prune = (dryRun: boolean) =>
    example(
      'prune',
      (text) =>
        text
          .replace('[moodle_d01, moodle_d02, keycloak]', '[moodle_d01]')
          .replace('retention_dry_run: true', `retention_dry_run: ${dryRun}`)
          .replace(/ +(key_vault_url|db_port): .*\n/g, ''),
      { vars: { ...few, AZURE_DB_HOST: 'localhost' }, environments: { prune: { vars: {} } } },
    );
  const dry = wouldDelete(await prune(true));
  expect(dry.length).toBeGreaterThan(50);
  const run = await prune(false);
  expect(run.conclusion, run.log).toBe('success');
  expect(deletedBy(run, pruneJob)).toEqual(dry);
  expect(dry).not.toContain(kept);
  const left = await world.backups.list();
  expect(dry.filter((name) => left.includes(name))).toEqual([]);
  expect(left).toEqual(expect.arrayContaining(nights.slice(100).map(nameOfRecorded)));

  expect((await byHand({ job_to_run: 'unprotect', backup_file_name: kept })).conclusion).toBe('success');
  expect(deletedBy(await prune(false), pruneJob)).toEqual([kept]);
});
