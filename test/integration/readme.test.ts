import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Repository, Subscription } from '../support/command-line/subscription.ts';
import { repository as runsIn } from '../support/github/github-oidc.ts';
import { type Jobs, jobsOn, onlyError } from '../support/jobs.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/machine/temporary-folder.ts';
import { blocksIn, blocksOf, sectionsOf } from '../support/pages.ts';
import { fillMoodle, spoilMoodle, vitalSigns } from '../support/postgres/databases/moodle.ts';
import type { Query } from '../support/postgres/databases/query.ts';
import type { Login } from '../support/postgres/postgres-server.ts';
import { runWorkflow } from '../support/runner/workflow/run-workflow.ts';
import { writeCommit } from '../support/runner/workflow/write-commit.ts';
import { startWorld, type World } from '../support/world.ts';

/*
 * README and docs/ are followed to the letter: their commands run in a shell in which az and gh are stand-ins, their SQL on a real
 * server as Azure runs it, and the workflows that they start are run with what the commands have left. That proves their form and
 * that they fit together; what Azure and GitHub make of them, only those can.
 */
const root = join(import.meta.dirname, '..', '..');

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

/** What the commands find before them. */
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
  identities: [],
  roles: [],
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
  const github: Repository = { ...runsIn, variables: {}, environmentVariables: {}, dispatched: [] };
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

/** A block with the names of this world; a name that it does not ask for is a mistake of the test. */
function withNames(block: string, names: Record<string, string>): string {
  return Object.entries(names).reduce((text, [name, value]) => {
    const line = new RegExp(`^${name}=\\S+`, 'm');
    if (!line.test(text)) throw new Error(`Nobody asks for ${name}`);
    return text.replace(line, `${name}=${value}`);
  }, block);
}

const setup = 'docs/setup.md';
const repository = { repository: `${runsIn.owner}/${runsIn.name}` };
/** One name for the group, the identity, the vault and the account. */
const name = 'ownerbackups';

/** The commands of the setup's steps, from the first to this one, with the identity or, in its place, an application. */
function setupTo(last: number, { application = false } = {}): string[] {
  const steps = sectionsOf(setup).filter(({ heading }) => Number.parseInt(heading, 10) <= last);
  const [names = '', ...commands] = steps.flatMap(({ text }) => blocksIn(text, 'sh'));
  const wanted = application
    ? commands.map((block) => block.replaceAll(/^.*az identity.*$/gm, ''))
    : commands.filter((block) => !block.includes('az ad app'));
  return [withNames(names, { ...repository, name }), ...wanted];
}

test('from the first command to a backup, and back', async () => {
  const [readmeBackup = '', readmeRestore = ''] = blocksOf(
    'README.md',
    'First backup and first restore',
    'sh',
  );
  const [again = '', list = '', ...emergency] = blocksOf('docs/restore.md', 'On the worst day', 'sh');
  const [download = ''] = blocksOf('docs/restore.md', 'A backup that needs a change', 'sh');
  const script = [
    ...setupTo(9),
    ...blocksOf(setup, 'Who may restore', 'sh'),
    withNames(readmeBackup, repository),
    readmeRestore,
    withNames(again, repository),
    withNames(list, { storage_account: name }),
    ...emergency,
    download,
    ...sectionsOf('docs/keeping.md').flatMap(({ text }) => blocksIn(text, 'sh')),
  ].join('\n');
  const { azure, github } = await followed(script);

  // Entra ID: the identity trusts what a run on main presents, and the job of an environment.
  const base = world.github.subject.replace(':ref:refs/heads/main', '');
  expect(azure.federatedCredentials).toEqual(
    [
      { name: 'main', subject: `${base}:ref:refs/heads/main` },
      { name: 'staging', subject: `${base}:environment:staging` },
      { name: 'prune', subject: `${base}:environment:prune` },
    ].map((credential) => ({
      ...credential,
      issuer: 'https://token.actions.githubusercontent.com',
      audiences: ['api://AzureADTokenExchange'],
    })),
  );

  // The identity has two roles, one of them on the container only.
  const own = azure.roleAssignments.filter(({ assignee }) => assignee === azure.principalId);
  expect(own.map(({ role, scope }) => [role, scope.replace(/^.*providers\//, '')])).toEqual([
    ['Key Vault Secrets User', `Microsoft.KeyVault/vaults/${name}`],
    [
      `${name} backup writer`, // in the place of Storage Blob Data Contributor, once somebody else deletes
      `Microsoft.Storage/storageAccounts/${name}/blobServices/default/containers/backups`,
    ],
  ]);
  const pruner = azure.identities.at(-1);
  expect(github.environmentVariables).toEqual({
    'staging AZURE_DB_HOST': 'moodle-staging.postgres.database.azure.com',
    'prune AZURE_CLIENT_ID': pruner?.clientId,
  });
  // Who deletes cannot write, nor read a secret; who writes cannot delete.
  const others = azure.roleAssignments.filter(({ assignee }) => assignee === pruner?.principalId);
  expect(others.map(({ role }) => role)).toEqual([`${name} backup pruner`]);
  const mayDo = azure.roles.map(({ Name, DataActions }) => [
    Name.replace(/^.* /, ''),
    DataActions.map((action) => action.replace(/^.*\/blobs\//, '')),
  ]);
  expect(mayDo).toEqual([
    ['writer', ['read', 'write', 'add/action']],
    ['pruner', ['read', 'delete']],
  ]);
  expect(azure.secrets).toEqual({ 'db-user': moodle.user, 'db-password': moodle.password });
  expect(azure.containers).toEqual(['backups']);
  expect(azure.firewallRules).toHaveLength(1);
  expect(azure.blobService).toMatchObject({
    'delete-retention-days': '30',
    'enable-delete-retention': 'true',
  });
  expect(azure.immutableForDays).toBe(14);
  expect(azure.managementPolicy).toMatchObject({
    rules: [{ definition: { filters: { prefixMatch: ['backups/'] } } }],
  });

  // What was made in Azure is made so here, and the login of the vault gets the rights that the setup gives it.
  world.vault.secrets.clear();
  for (const [name, value] of Object.entries(azure.secrets)) world.vault.secrets.set(name, { value });
  const [onMain] = azure.federatedCredentials;
  Object.assign(world.entra.federatedCredential, {
    subject: onMain?.subject,
    audience: onMain?.audiences[0],
  });
  for (const sql of blocksOf(setup, '6. Prepare the database role', 'sql'))
    await world.server(15).query(sql, world.server(15).administrator);

  const started = github.dispatched.map(({ workflow, inputs }) => [
    ...[workflow, inputs['job_to_run'], inputs['db_name']],
  ]);
  const manual = 'manual-db-backup-restore.yml';
  const practised = [
    [manual, 'backup', 'moodle_d01'],
    [manual, 'restore', 'moodle_d01_practice'],
  ];
  expect(started).toEqual([
    ...practised,
    ...practised,
    [manual, 'backup', 'moodle_d01'],
    [manual, 'restore', 'moodle_d01_check'],
    [manual, 'restore', 'moodle_d01'],
    [manual, 'protect', undefined],
    [manual, 'unprotect', undefined],
    [manual, 'list', 'moodle_d01'],
  ]);
  const [backupInputs = {}, practiceInputs = {}] = github.dispatched.map(({ inputs }) => inputs);
  const backup = await runManually(github, backupInputs);
  expect(backup.conclusion, backup.log).toBe('success');
  const fileName = backup.jobs['db-backup-restore/backup']?.outputs['backup_file_name'] ?? '';
  expect(fileName).toMatch(/^moodle_d01_backup_\d{14}\.dump$/);

  const courses = 'SELECT * FROM course ORDER BY n';
  const before = await asMoodle('moodle_d01', courses);
  expect(before).toHaveLength(500);
  await asMoodle('moodle_d01', 'DELETE FROM course WHERE n > 250');
  for (const inputs of [practiceInputs, github.dispatched.at(-4)?.inputs ?? {}]) {
    expect(inputs['backup_file_name']).toMatch(/^moodle_d01_backup_\d{14}\.dump$/);
    const restore = await runManually(github, { ...inputs, backup_file_name: fileName });
    expect(restore.conclusion, restore.log).toBe('success');
    expect(await asMoodle(inputs['db_name'] ?? '', courses)).toEqual(before);
  }
});

test('an application does as well, and trusts the same', async () => {
  const { azure } = await followed(setupTo(5, { application: true }).join('\n'));
  expect(azure.identities).toEqual([]);
  expect(azure.federatedCredentials).toEqual([
    {
      name: 'main',
      subject: world.github.subject,
      issuer: 'https://token.actions.githubusercontent.com',
      audiences: ['api://AzureADTokenExchange'],
    },
  ]);
});

test('what was set up is removed again', async () => {
  const removal = blocksOf(setup, 'Remove it again', 'sh');
  const { azure, github } = await followed([...setupTo(7), ...removal].join('\n'));
  expect([azure.groups, azure.firewallRules, github.variables]).toEqual([[], [], {}]);

  const rights = `SELECT rolcreatedb, pg_has_role('moodle_owner', 'azure_pg_admin', 'member') AS member
    FROM pg_roles WHERE rolname = 'moodle_owner'`;
  const { administrator } = world.server(15);
  const statements = [
    ...blocksOf(setup, '6. Prepare the database role', 'sql'),
    ...blocksOf(setup, 'Remove it again', 'sql'),
  ];
  const seen: unknown[] = [];
  for (const sql of statements) {
    await world.server(15).query(sql, administrator);
    seen.push(...(await world.server(15).query(rights, administrator)));
  }
  expect(seen).toEqual([
    { rolcreatedb: true, member: true },
    { rolcreatedb: false, member: false },
  ]);
  for (const sql of statements.slice(0, 1)) await world.server(15).query(sql, administrator);
});

test('the lines of the demo are what it shows', async () => {
  const database = 'demo_lines';
  await world.server(15).createDatabase(database, moodle.user);
  await world.server(15).query('GRANT CREATE ON SCHEMA public TO moodle_owner', { database });
  const query: Query = async (sql) => ({ rows: await asMoodle(database, sql) });
  await fillMoodle(query);
  const whole = await vitalSigns(query);
  await spoilMoodle(query);
  const spoiled = await vitalSigns(query);
  const [shown = ''] = blocksOf('README.md', 'Try it without Azure', 'text');
  const [head, ...rows] = shown.split('\n').filter(Boolean);
  expect(head?.trim().split(/ {2,}/)).toEqual(['before', 'after the release', 'restored']);
  expect(rows).toHaveLength(5);
  for (const row of rows) {
    const [sign = '', ...values] = row.trim().split(/ {2,}/);
    expect(values, sign).toEqual([whole[sign], spoiled[sign], whole[sign]]);
  }
});

/**
 * Runs the manual caller with the variables that the repository has got. Its run differs from one on GitHub in where things
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
  expect(github.variables).toEqual({
    AZURE_CLIENT_ID: world.entra.clientId,
    AZURE_TENANT_ID: world.entra.tenantId,
    KEY_VAULT_NAME: name,
    DB_USER_SECRET_NAME: 'db-user',
    DB_PASSWORD_SECRET_NAME: 'db-password',
    AZURE_DB_HOST: 'moodle-production.postgres.database.azure.com',
    STORAGE_ACCOUNT_NAME: name,
    STORAGE_CONTAINER_NAME: 'backups',
  });
  const here = { AZURE_DB_HOST: 'localhost', STORAGE_CONTAINER_NAME: world.backups.container };
  return runWorkflow({
    commits: [commit],
    repository: commit.repository,
    workflow: '.github/workflows/manual-db-backup-restore.yml',
    inputs,
    vars: { ...github.variables, ...here },
    idToken: world.github.environment,
    environment: { NODE_EXTRA_CA_CERTS: world.caFile },
  });
}

describe('what docs/restore.md says of rights', () => {
  test('the grants of the example are what a reader needs after a restore', async () => {
    const reporting = await world.server(15).createRole('reporting', 'secret');
    await world.server(15).query('REVOKE CONNECT ON DATABASE moodle_d01 FROM PUBLIC');
    const count = () =>
      world.server(15).query('SELECT count(*) FROM course', { ...reporting, database: 'moodle_d01' });
    await expect(count()).rejects.toThrow(/permission denied/);
    for (const sql of blocksOf('docs/restore.md', 'What a restore changes', 'sql'))
      await asMoodle('moodle_d01', sql);
    expect(await count()).toEqual([{ count: '500' }]);
  });

  test('a role that reads everything is enough to back up, and a restore by it is refused before any change', async () => {
    const statements = blocksOf('docs/restore.md', 'Roles', 'sql');
    for (const sql of statements) await world.server(15).query(sql, world.server(15).administrator);
    const [, readerPassword = ''] = /PASSWORD '(.*)'/.exec(statements.join()) ?? [];
    world.vault.secrets.set('db-user', { value: 'backup_reader' });
    world.vault.secrets.set('db-password', { value: readerPassword });
    await world.server(15).query('GRANT CONNECT ON DATABASE moodle_d01 TO backup_reader');
    const backup = await jobs.backup('moodle_d01');
    expect(backup.exitCode, backup.log).toBe(0);

    const restore = await jobs.restore('moodle_d01', backup.outputs['backup_file_name'] ?? '');
    expect(onlyError(restore)).toMatch(
      /may not create databases[\s\S]*does not own database[\s\S]*was not touched by this restore/,
    );
    expect(await asMoodle('moodle_d01', 'SELECT count(*) FROM course')).toEqual([{ count: '500' }]);
  });
});
