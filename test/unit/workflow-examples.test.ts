// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are GitHub's expressions, not JavaScript's

import { readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/machine/temporary-folder.ts';
import { htmlOf } from '../support/page/rendered.ts';
import { type RunOptions, type RunResult, runWorkflow } from '../support/runner/workflow/run-workflow.ts';
import { writeCommit } from '../support/runner/workflow/write-commit.ts';
import { artifactActions } from '../support/workflows/artifacts.ts';
import { commitThatTells, textOf } from '../support/workflows/commits.ts';
import { secrets, type Told } from '../support/workflows/runs.ts';

/*
 * The examples, copied into a repository as their first lines say, and run to the point where the action starts.
 */
let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await makeTemporaryFolder('workflow-examples');
});

afterEach(() => folder.remove());

interface Example extends Partial<RunOptions> {
  /** What stands where in the place of what a user would put there. */
  put?: Record<string, string | (() => string)>;
}

async function runExample(name: string, options: Example = {}) {
  return runText(await textOf(`.github/workflows/examples/${name}.yml`), options);
}

async function runText(example: string, { put = {}, ...options }: Example = {}) {
  const action = await commitThatTells(folder.path, { sha: 'c0ffee' });
  const [owner = '', repository] = action.repository.split('/');
  let text = example
    .replaceAll(`OWNER/${repository}`, `${owner}/${repository}`)
    .replaceAll('COMMIT', 'c0ffee');
  for (const [line, other] of Object.entries(put)) {
    expect(text).toContain(line);
    text = typeof other === 'string' ? text.replace(line, other) : text.replace(line, other);
  }
  const own = await writeCommit(folder.path, {
    ...{ repository: 'octo-org/moodle', sha: 'abcdef', refs: ['main'] },
    files: { 'example.yml': text },
  });
  const run = await runWorkflow({
    ...{ commits: [own, action, ...(await artifactActions(folder.path, text))], repository: own.repository },
    ...{ workflow: 'example.yml', vars: secrets },
    idToken: { ACTIONS_ID_TOKEN_REQUEST_URL: 'https://tokens.example' },
    ...options,
  });
  const steps = Object.values(run.jobs).flatMap((job) =>
    job.steps.filter(({ summary }) => summary.startsWith('{')),
  );
  return { ...run, told: steps.map(({ summary }) => JSON.parse(summary) as Told) };
}

test.each(['workflow_dispatch', 'schedule'])('every night, started by %s', async (event) => {
  const { conclusion, told, log } = await runExample('nightly', { event });
  expect(conclusion, log).toBe('success');
  expect(told).toMatchObject([
    {
      mayAskForToken: true,
      inputs: {
        ...{ job_to_run: 'backup', db_name: 'moodle_d01', azure_db_host: 'the AZURE_DB_HOST' },
        ...{ retention_within_days: '14', retention_weekly: '8', retention_monthly: '12' },
        ...{ retention_dry_run: 'true', retention_last: '' },
      },
    },
  ]);
});

test('the watch lists the backups, and fails if the newest one is too old', async () => {
  const { jobs, told, log } = await runExample('watch', { event: 'schedule' });
  expect(jobs['watch/manage']?.conclusion, log).toBe('success');
  expect(told).toMatchObject([
    { inputs: { job_to_run: 'list', db_name: 'moodle_d01', max_age_hours: '36', source_db_host: '' } },
  ]);
});

test('the latest of production goes into staging', async () => {
  const environments = { staging: { vars: { AZURE_DB_HOST: 'host of staging' } } };
  const { jobs, told } = await runExample('latest-to-staging', { event: 'schedule', environments });
  expect(jobs['restore/restore']?.settings?.environment).toBe('staging');
  expect(told).toMatchObject([
    {
      inputs: {
        ...{ job_to_run: 'restore', db_name: 'moodle_d01', backup_file_name: 'latest' },
        ...{ azure_db_host: 'host of staging', source_db_name: 'moodle_d01' },
        source_db_host: 'moodle-production.postgres.database.azure.com',
      },
    },
  ]);
});

test('a prune signs in as another identity, and shows what it would delete', async () => {
  const environments = { prune: { vars: { AZURE_CLIENT_ID: 'who may delete' } } };
  const { jobs, told, log } = await runExample('prune', { event: 'schedule', environments });
  expect(jobs['prune (keycloak)/manage']?.settings?.environment, log).toBe('prune');
  const rules = { retention_within_days: '30', retention_monthly: '12', retention_yearly: '10' };
  const names = { azure_client_id: 'who may delete', storage_account_name: 'the STORAGE_ACCOUNT_NAME' };
  expect(told.map(({ inputs }) => inputs)).toMatchObject(
    ['moodle_d01', 'moodle_d02', 'keycloak'].map((db_name) => ({
      ...{ job_to_run: 'prune', db_name, ...rules, retention_dry_run: 'true', ...names },
    })),
  );
});

describe('a failure is told', () => {
  /** What gh is called with; it lists an open issue of this number, if one is given. */
  async function calls(number: string, vars: Record<string, string> = {}) {
    const gh = join(folder.path, 'gh');
    const script = `#!/bin/sh
      [ "$2" != list ] || printf %s '${number}'
      printf '%s\\n' "$GH_TOKEN|$GH_REPO" "$@" '' >> '${gh}.log'`;
    await writeFile(gh, script, { mode: 0o755 });
    await writeFile(`${gh}.log`, '');
    const run = await runExample('tell-of-failure', {
      ...{ event: 'schedule', vars: { ...secrets, ...vars } },
      environment: { PATH: `${folder.path}${delimiter}${process.env['PATH']}` },
    });
    const log = await readFile(`${gh}.log`, 'utf8');
    return { run, called: log.split('\n\n').map((call) => call.split('\n')) };
  }

  test('in an issue', async () => {
    const { run, called } = await calls('', { AZURE_CLIENT_ID: 'fail' });
    expect(run.conclusion).toBe('failure');
    expect(run.jobs['tell']?.conclusion, run.log).toBe('success');
    const [list = [], create = []] = called;
    expect(list.slice(1, 3)).toEqual(['issue', 'list']);
    expect(create).toEqual([
      expect.stringMatching(/^ghs_.*\|octo-org\/moodle$/),
      ...['issue', 'create', '--title', 'The backup of moodle_d01 failed or was cancelled', '--body'],
      'Its log and what to do: https://github.com/octo-org/moodle/actions/runs/7001',
    ]);
  });

  test('in the issue that is open', async () => {
    const { called } = await calls('12', { AZURE_CLIENT_ID: 'fail' });
    expect(called[1]?.slice(1, 4)).toEqual(['issue', 'comment', '12']);
  });

  test('and a success is not', async () => {
    const { run, called } = await calls('');
    expect(run.conclusion, run.log).toBe('success');
    expect(run.jobs['tell']?.conclusion).toBe('skipped');
    expect(called).toEqual([['']]);
  });
});

test('before a deployment, which is told the name of the backup', async () => {
  const { jobs, told, log } = await runExample('before-deployment', { event: 'push' });
  expect(told, log).toMatchObject([{ inputs: { job_to_run: 'backup' } }]);
  expect(jobs['deploy']?.log).toContain('the backup backup_file_name of moodle_d01');
});

test('no deployment without a backup', async () => {
  const run = await runExample('before-deployment', { event: 'push', vars: { AZURE_CLIENT_ID: 'fail' } });
  expect(run.conclusion).toBe('failure');
  expect(run.jobs['deploy']?.conclusion).toBe('skipped');
});

describe('a deployment with a way back', () => {
  const deploy = 'run: echo "Migrate and deploy here, and check that the application works"';
  const started = (jobs: RunResult['jobs']) =>
    Object.values(jobs)
      .filter(({ steps }) => steps.length > 0)
      .map(({ id }) => id);

  test('that fails is rolled back, to the backup that was made before it', async () => {
    const run = await runExample('deploy-with-rollback', { event: 'push', put: { [deploy]: 'run: exit 1' } });
    expect(run.conclusion).toBe('failure');
    expect(started(run.jobs), run.log).toEqual(['backup/backup', 'deploy', 'roll-back/restore']);
    expect(run.told.map(({ inputs }) => inputs)).toMatchObject([
      { job_to_run: 'backup', db_name: 'moodle_d01', keep_previous: 'false' },
      {
        ...{ job_to_run: 'restore', db_name: 'moodle_d01', keep_previous: 'true' },
        backup_file_name: 'backup_file_name of moodle_d01',
      },
    ]);
    expect(run.jobs['roll-back']?.conclusion).toBe('success');
  });

  test('that succeeds is not', async () => {
    const run = await runExample('deploy-with-rollback', { event: 'push' });
    expect(run.conclusion, run.log).toBe('success');
    expect(started(run.jobs)).toEqual(['backup/backup', 'deploy']);
  });

  test('does not begin without a backup, and then there is nothing to roll back', async () => {
    const run = await runExample('deploy-with-rollback', {
      event: 'push',
      vars: { AZURE_CLIENT_ID: 'fail' },
    });
    expect(run.conclusion).toBe('failure');
    expect(started(run.jobs)).toEqual(['backup/backup']);
  });
});

test('into staging, with the variables of staging', async () => {
  const environments = { staging: { vars: { AZURE_DB_HOST: 'host of staging' } } };
  const inputs = { backup_file_name: 'a.dump' };
  const { jobs, told } = await runExample('restore-to-staging', { environments, inputs });
  expect(jobs['restore/restore']?.settings?.environment).toBe('staging');
  expect(told).toMatchObject([
    {
      inputs: {
        ...inputs,
        job_to_run: 'restore',
        azure_db_host: 'host of staging',
        key_vault_name: 'the KEY_VAULT_NAME',
      },
    },
  ]);
});

describe('several servers', () => {
  const summaryOf = ({ jobs }: RunResult) => jobs['summary']?.steps.at(-1)?.summary.trimEnd().split('\n');
  /** The cells of the table below its head, as GitHub shows them; throws if a name in them takes effect. */
  const tableOf = (run: RunResult): string[][] => {
    const html = htmlOf(summaryOf(run)?.join('\n') ?? '');
    expect(html.replaceAll(/<\/?(?:h3|p|table|thead|tbody|tr|th|td|code)>/g, '')).not.toMatch(/<(?!!)/);
    const [, body = ''] = html.split('<tbody>');
    return body
      .split('</tr>')
      .slice(0, -1)
      .map((line) => Array.from(line.matchAll(/<td>(.*?)<\/td>/gs), ([, cell = '']) => shown(cell)));
  };
  const shown = (html: string): string =>
    html
      .replace(/^<code>(.*)<\/code>$/s, '$1')
      .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
      .replaceAll('&quot;', '"')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&');
  const row = (state: string, server: string, name: string) => [
    ...[state, server, name, `backup_file_name of ${name}`],
    `backup_size_bytes of ${name}`,
  ];

  test('each with its own credentials, and one table of all', async () => {
    const run = await runExample('several-servers');
    expect(run.conclusion, run.log).toBe('success');
    expect(run.told.map(({ inputs }) => inputs)).toMatchObject(
      [
        ['moodle-production', 'moodle_d01'],
        ['moodle-production', 'moodle_d02'],
        ['identity-production', 'keycloak'],
        ['analytics', 'reporting 2026'],
      ].map(([server, db_name]) => ({
        ...{ job_to_run: 'backup', db_name, azure_db_host: `${server}.postgres.database.azure.com` },
        ...{ db_user_secret_name: `${server}-user`, db_password_secret_name: `${server}-password` },
        key_vault_name: 'the KEY_VAULT_NAME',
      })),
    );
    expect(summaryOf(run)?.slice(0, 4)).toEqual([
      '### 4 of 4 databases backed up',
      '',
      '| | server | database | backup | bytes |',
      '|---|---|---|---|---|',
    ]);
    expect(tableOf(run)).toEqual([
      row('✅', 'moodle-production', 'moodle_d01'),
      row('✅', 'moodle-production', 'moodle_d02'),
      row('✅', 'identity-production', 'keycloak'),
      row('✅', 'analytics', 'reporting 2026'),
    ]);
  });

  test('the one that failed first, the others all the same, whatever they are called', async () => {
    const run = await runExample('several-servers', {
      put: {
        'server: identity-production, db_name: keycloak': 'server: fail, db_name: "a|b\'\\" $HOME"',
        'azure_client_id: ${{ vars.AZURE_CLIENT_ID }}': 'azure_client_id: ${{ matrix.server }}',
      },
    });
    expect(run.conclusion).toBe('failure');
    expect(run.jobs['summary']?.conclusion).toBe('success');
    expect(summaryOf(run)?.[0]).toBe('### 3 of 4 databases backed up');
    const [failed = [], ...others] = tableOf(run);
    expect(failed.slice(0, 4)).toEqual(['❌', 'fail', 'a|b\'" $HOME', 'backup_file_name of a|b\'" $HOME']);
    expect(others.map(([state]) => state)).toEqual(['✅', '✅', '✅']);
  });

  test.each([
    '**a** `b` [c](//d) <img src=x> ~~e~~ @f #1 :tada: \\',
    'www.example.com &amp; <!-- | é 中',
    'one\n| ✅ | two | _three_ |\n# four',
    "$(echo x) `echo y` '\"' %s \\n",
  ])('what a name is made of takes no effect: %j', async (name) => {
    const isLines = name.includes('\n'); // which no output of the action has
    const run = await runExample('several-servers', {
      put: {
        'db_name: keycloak': () => `db_name: ${JSON.stringify(isLines ? 'keycloak' : name)}`,
        'server: analytics': () => `server: ${JSON.stringify(name)}`,
      },
    });
    expect(run.conclusion, run.log).toBe('success');
    expect(summaryOf(run)?.[0]).toBe('### 4 of 4 databases backed up');
    expect(tableOf(run)).toEqual([
      ...['moodle_d01', 'moodle_d02'].map((database) => row('✅', 'moodle-production', database)),
      row('✅', 'identity-production', isLines ? 'keycloak' : name),
      row('✅', name, 'reporting 2026'),
    ]);
    expect(summaryOf(run)?.join('')).not.toMatch(/[@`*_]/);
  });

  test('and one whose job ended before it could tell', async () => {
    const run = await runExample('several-servers', {
      put: { 'rm -rf rows && mkdir rows': '[ "$INDEX" != 2 ]; rm -rf rows && mkdir rows' },
    });
    expect(run.conclusion).toBe('failure');
    const lines = summaryOf(run) ?? [];
    expect(lines[0]).toBe('### 3 of 4 databases backed up');
    expect(lines.at(-1)).toBe('1 of the jobs ended without a row: see the list of jobs.');
  });
});

test('several databases, each in a job of its own', async () => {
  const { conclusion, jobs, told } = await runExample('several-databases');
  expect(conclusion).toBe('success');
  expect(told.map(({ inputs }) => inputs['db_name'])).toEqual([
    'moodle_d01',
    'moodle_d02',
    'keycloak',
    'reporting 2026',
  ]);
  const rules = { retention_last: '8', retention_monthly: '12', retention_dry_run: 'true' };
  for (const { inputs } of told) expect(inputs).toMatchObject(rules);
  expect(jobs['backup (reporting 2026)/backup']?.conclusion).toBe('success');
});

test('the callers of docs/workflows.md, with variables, with a secret in the place of one, and as a step', async () => {
  const page = await textOf('docs/workflows.md');
  const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block = '']) => block);
  const inputs = [];
  for (const block of blocks) {
    const run = await runText(block, {
      vars: { ...secrets, REPLICA_HOST: 'host of the replica' },
      secrets: {
        KEY_VAULT_NAME: 'secret vault',
        AZURE_DB_HOST: 'not passed',
        ACTION_REPOSITORY_TOKEN: 'token',
      },
    });
    expect(run.conclusion, run.log).toBe('success');
    inputs.push(...run.told.map((told) => told.inputs));
  }
  const [host, vault] = ['the AZURE_DB_HOST', 'the KEY_VAULT_NAME'];
  expect(inputs).toMatchObject([
    { azure_db_host: host, key_vault_name: vault },
    {
      ...{ azure_db_host: 'host of the replica', key_vault_name: 'secret vault' },
      ...{ storage_account_name: 'the STORAGE_ACCOUNT_NAME', azure_tenant_id: 'the AZURE_TENANT_ID' },
    },
    { azure_db_host: host, key_vault_name: vault },
    { azure_db_host: host, key_vault_name: vault },
  ]);
});
