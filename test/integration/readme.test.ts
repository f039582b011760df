import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Repository, Subscription } from '../support/command-line/subscription.ts';
import { repository as runsIn } from '../support/github/github-oidc.ts';
import { type Jobs, jobsOn, onlyError } from '../support/jobs.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/machine/temporary-folder.ts';
import type { Login } from '../support/postgres/postgres-server.ts';
import { runWorkflow } from '../support/runner/workflow/run-workflow.ts';
import { writeCommit } from '../support/runner/workflow/write-commit.ts';
import { startWorld, type World } from '../support/world.ts';

/*
 * The README is followed to the letter: its commands run in a shell in which az and gh are stand-ins, its SQL on a real
 * server as Azure runs it, and the workflow that it starts in the end is run with what the commands have left. That proves their form and
 * that they fit together; what Azure and GitHub make of them, only those can.
 */
const root = join(import.meta.dirname, '..', '..');
const readme = await readFile(join(root, 'README.md'), 'utf8');

/** The code blocks of a language in a section of the README, in order. */
function blocks(heading: string, language: 'sh' | 'sql'): string[] {
  const section = readme.split(`\n${heading}\n`)[1]?.split(/\n#{2,3} /)[0] ?? '';
  const fence = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g');
  return [...section.matchAll(fence)].map(([, block = '']) => block);
}

const password = `typed "by' hand \\ $HOME \`id\` ü`;
const moodle: Login = { user: 'moodle_owner', password };
let world: World;
let jobs: Jobs;
let folder: TemporaryFolder;

beforeAll(async () => {
  world = await startWorld({ servers: [15], azure: true });
  jobs = jobsOn(world, 15);
  folder = await makeTemporaryFolder('readme');
  await world.server(15).createRole(moodle.user, moodle.password);
  await world.server(15).createDatabase('moodle_d01', moodle.user);
  await world.server(15).query('GRANT CREATE ON SCHEMA public TO moodle_owner', { database: 'moodle_d01' });
  await asMoodle(
    'moodle_d01',
    "CREATE TABLE course AS SELECT n, 'Course ' || n AS name FROM generate_series(1, 500) n",
  );
});
afterAll(async () => {
  await folder.remove();
  await world.stop();
});

const asMoodle = <Row extends Record<string, unknown>>(database: string, sql: string): Promise<Row[]> =>
  world.server(15).query<Row>(sql, { ...moodle, database });

/** What the commands of the README find before them. */
const subscription: Subscription = {
  id: randomUUID(),
  tenantId: '',
  clientId: '',
  principalId: randomUUID(),
  userId: randomUUID(),
  federatedCredentials: [],
  groups: [],
  secrets: {},
  containers: [],
  roleAssignments: [],
  firewallRules: [],
};

/** Runs a script with az and gh in its PATH; what they have made is the answer. */
async function followed(script: string): Promise<{ azure: Subscription; github: Repository }> {
  const bin = join(folder.path, 'bin');
  await mkdir(bin, { recursive: true });
  for (const name of ['az', 'gh']) {
    const program = join(root, 'test', 'support', 'command-line', `${name}.ts`);
    await writeFile(join(bin, name), `#!/bin/sh\nexec '${process.execPath}' -- '${program}' "$@"\n`, {
      mode: 0o755,
    });
  }
  const files = { AZ_STATE: join(folder.path, 'azure.json'), GH_STATE: join(folder.path, 'github.json') };
  const azure = { ...subscription, tenantId: world.entra.tenantId, clientId: world.entra.clientId };
  const github: Repository = { ...runsIn, secrets: {}, environmentSecrets: {}, dispatched: [] };
  await writeFile(files.AZ_STATE, JSON.stringify(azure));
  await writeFile(files.GH_STATE, JSON.stringify(github));
  const env = { ...process.env, ...files, PATH: `${bin}${delimiter}${process.env['PATH']}` };
  await new Promise<void>((resolve, reject) => {
    const shell = execFile('bash', ['-euo', 'pipefail', '-c', script], { env }, (error, _, stderr) =>
      error ? reject(new Error(`${error.message}\n${stderr}`)) : resolve(),
    );
    shell.stdin?.end(`${password}\n`);
  });
  return {
    azure: JSON.parse(await readFile(files.AZ_STATE, 'utf8')) as Subscription,
    github: JSON.parse(await readFile(files.GH_STATE, 'utf8')) as Repository,
  };
}

/** The first block with the names of this world; a name that the README does not ask for is a mistake of the test. */
function withNames(block: string, names: Record<string, string>): string {
  return Object.entries(names).reduce((text, [name, value]) => {
    const line = new RegExp(`^${name}=\\S+`, 'm');
    if (!line.test(text)) throw new Error(`The README asks for no ${name}`);
    return text.replace(line, `${name}=${value}`);
  }, block);
}

test('from its first command to a backup, and back', async () => {
  const [names = '', ...steps] = blocks('## Quick start', 'sh');
  const script = [
    withNames(names, {
      repository: `${runsIn.owner}/${runsIn.name}`,
      vault: world.vault.name,
      storage_account: world.azurite.accountName,
      container: world.backups.container,
    }),
    ...steps,
    ...blocks('## In your own workflows', 'sh'),
    ...blocks('## Keeping backups', 'sh'),
  ].join('\n');
  const { azure, github } = await followed(script);

  // Entra ID: the application trusts what a run on main presents, and the job of an environment.
  const base = world.github.subject.replace(':ref:refs/heads/main', '');
  expect(azure.federatedCredentials).toEqual(
    [
      { name: 'main', subject: `${base}:ref:refs/heads/main` },
      { name: 'staging', subject: `${base}:environment:staging` },
    ].map((credential) => ({
      ...credential,
      issuer: 'https://token.actions.githubusercontent.com',
      audiences: ['api://AzureADTokenExchange'],
    })),
  );

  // The application has two roles, one of them on the container only.
  const own = azure.roleAssignments.filter(({ assignee }) => assignee === azure.principalId);
  const account = `Microsoft.Storage/storageAccounts/${world.azurite.accountName}`;
  expect(own.map(({ role, scope }) => [role, scope.replace(/^.*providers\//, '')])).toEqual([
    ['Key Vault Secrets User', `Microsoft.KeyVault/vaults/${world.vault.name}`],
    [
      'Storage Blob Data Contributor',
      `${account}/blobServices/default/containers/${world.backups.container}`,
    ],
  ]);
  expect(github.environmentSecrets).toEqual({
    'staging AZURE_DB_HOST': 'moodle-staging.postgres.database.azure.com',
  });
  expect(azure.secrets).toEqual({ 'db-user': moodle.user, 'db-password': moodle.password });
  expect(azure.containers).toEqual([world.backups.container]);
  expect(azure.blobService).toMatchObject({
    'delete-retention-days': '30',
    'enable-delete-retention': 'true',
  });
  expect(azure.immutableForDays).toBe(14);
  expect(azure.managementPolicy).toMatchObject({
    rules: [{ definition: { filters: { prefixMatch: [`${world.backups.container}/`] } } }],
  });

  // What was made in Azure is made so here, and the login of the vault gets the rights that the README gives it.
  world.vault.secrets.clear();
  for (const [name, value] of Object.entries(azure.secrets)) world.vault.secrets.set(name, { value });
  const [onMain] = azure.federatedCredentials;
  Object.assign(world.entra.federatedCredential, {
    subject: onMain?.subject,
    audience: onMain?.audiences[0],
  });
  for (const sql of blocks('## Quick start', 'sql'))
    await world.server(15).query(sql, world.server(15).administrator);

  expect(github.dispatched.map(({ workflow }) => workflow)).toEqual(
    Array(2).fill('manual-db-backup-restore.yml'),
  );
  const [backupInputs = {}, restoreInputs = {}] = github.dispatched.map(({ inputs }) => inputs);
  const backup = await runManually(github, backupInputs);
  expect(backup.conclusion, backup.log).toBe('success');
  const fileName = backup.jobs['db-backup-restore/backup']?.outputs['backup_file_name'] ?? '';
  expect(fileName).toMatch(/^moodle_d01_backup_\d{14}\.dump$/);

  expect(restoreInputs['backup_file_name']).toMatch(/^moodle_d01_backup_\d{14}\.dump$/);
  const restore = await runManually(github, { ...restoreInputs, backup_file_name: fileName });
  expect(restore.conclusion, restore.log).toBe('success');
  const courses = 'SELECT * FROM course ORDER BY n';
  expect(await asMoodle('moodle_d01_practice', courses)).toEqual(await asMoodle('moodle_d01', courses));
  expect(await asMoodle('moodle_d01', courses)).toHaveLength(500);
});

/**
 * Runs the manual caller with the secrets that the repository has got. Its run differs from one on GitHub in where things
 * are: the caller hands on the addresses of this machine as well, which anybody with a cloud of their own would do.
 */
async function runManually(github: Repository, inputs: Record<string, string>) {
  const { db_port, ssl_root_cert, azure_authority_host, key_vault_url, storage_account_url } =
    world.inputsFor(world.server(15), { job_to_run: '', db_name: '' });
  const addresses = { db_port, ssl_root_cert, azure_authority_host, key_vault_url, storage_account_url };
  const caller = await readFile(join(root, '.github/workflows/manual-db-backup-restore.yml'), 'utf8');
  const lines = Object.entries(addresses).map(([name, value]) => `      ${name}: ${JSON.stringify(value)}\n`);
  const commit = await writeCommit(folder.path, {
    repository: `${runsIn.owner}/${runsIn.name}`,
    sha: randomUUID().replaceAll('-', '').padEnd(40, '0'),
    refs: ['main'],
    linked: ['.github/workflows/db-backup-restore.yml', 'action.yml', 'dist'],
    files: {
      '.github/workflows/manual-db-backup-restore.yml': caller.replace(
        '    with:\n',
        `    with:\n${lines.join('')}`,
      ),
    },
  });
  expect(github.secrets['AZURE_DB_HOST']).toBe('moodle-production.postgres.database.azure.com');
  return runWorkflow({
    commits: [commit],
    repository: commit.repository,
    workflow: '.github/workflows/manual-db-backup-restore.yml',
    inputs,
    secrets: { ...github.secrets, AZURE_DB_HOST: 'localhost' },
    idToken: world.github.environment,
    environment: { NODE_EXTRA_CA_CERTS: world.caFile },
  });
}

describe('what the README says of rights', () => {
  test('the grants of the example are what a reader needs after a restore', async () => {
    const reporting = await world.server(15).createRole('reporting', 'secret');
    await world.server(15).query('REVOKE CONNECT ON DATABASE moodle_d01 FROM PUBLIC');
    const count = () =>
      world.server(15).query('SELECT count(*) FROM course', { ...reporting, database: 'moodle_d01' });
    await expect(count()).rejects.toThrow(/permission denied/);
    for (const sql of blocks('## What a restore touches', 'sql')) await asMoodle('moodle_d01', sql);
    expect(await count()).toEqual([{ count: '500' }]);
  });

  test('a role that reads everything is enough to back up, and a restore by it is refused before any change', async () => {
    for (const sql of blocks('### Roles', 'sql'))
      await world.server(15).query(sql, world.server(15).administrator);
    const [, readerPassword = ''] = /PASSWORD '(.*)'/.exec(blocks('### Roles', 'sql').join()) ?? [];
    world.vault.secrets.set('db-user', { value: 'backup_reader' });
    world.vault.secrets.set('db-password', { value: readerPassword });
    await world.server(15).query('GRANT CONNECT ON DATABASE moodle_d01 TO backup_reader');
    const backup = await jobs.backup('moodle_d01');
    expect(backup.exitCode, backup.log).toBe(0);

    const restore = await jobs.restore('moodle_d01', backup.outputs['backup_file_name'] ?? '');
    expect(onlyError(restore)).toMatch(
      /may not create databases[\s\S]*does not own database[\s\S]*Nothing was changed/,
    );
    expect(await asMoodle('moodle_d01', 'SELECT count(*) FROM course')).toEqual([{ count: '500' }]);
  });
});
