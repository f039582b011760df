import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkWorkflow } from '../support/github/workflow-check.ts';
import { evaluate, evaluateIf } from '../support/runner/workflow/expressions.ts';
import { nineSettings as nine, seedCaller } from '../support/workflows/commits.ts';

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, '.github', 'workflows');
const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.yml'),
);

const jobNames = ['backup', 'restore', 'manage'] as const;

interface Described {
  description: string;
  required?: boolean;
  default?: string | number;
  type?: string;
}
interface Step {
  name?: string;
  id?: string;
  uses?: string;
  run?: string;
  env?: Record<string, string>;
  with?: Record<string, string>;
}
interface Job {
  name: string;
  if: string;
  permissions: Record<string, string>;
  outputs: Record<string, string>;
  concurrency?: { group: string; 'cancel-in-progress': boolean; queue: string };
  steps: Step[];
}
interface Reusable {
  on: {
    workflow_call: {
      inputs: Record<string, Described>;
      secrets: Record<string, Described>;
      outputs: Record<string, { description: string; value: string }>;
    };
  };
  permissions: Record<string, string>;
  jobs: Record<(typeof jobNames)[number], Job>;
}

const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as {
  inputs: Record<string, Described>;
  outputs: Record<string, { description: string }>;
};
const reusable = parse(read('db-backup-restore.yml')) as Reusable;
const { inputs, secrets, outputs } = reusable.on.workflow_call;

/** What only the workflow needs to know. */
const ofTheWorkflow = ['environment', 'runs_on', 'timeout_minutes'];

const stepOf = (job: Job): Step => job.steps.find(({ id }) => id === 'action') ?? {};

describe('GitHub has nothing to say against', () => {
  test.each(files)('%s', async (file) => {
    expect(await checkWorkflow(read(file))).toEqual([]);
  });

  test('a workflow that is wrong is noticed', async () => {
    const wrong = read('db-backup-restore.yml')
      .replace('inputs.db_name }}', 'inputs.database }}')
      .replace('persist-credentials: false', 'persist-credential: false')
      .replace('compression: ${{', 'compresion: ${{');
    const findings = (await checkWorkflow(wrong)).join('\n');
    expect(findings).toMatch(/database/);
    expect(findings).toMatch(/Invalid action input 'persist-credential'/);
    expect(findings).toMatch(/Invalid action input 'compresion'/);
    const nightly = read('examples/nightly.yml');
    expect(await checkWorkflow(nightly.replace('db_name:', 'database:'))).not.toEqual([]);
    const caller = read('manual-db-backup-restore.yml');
    expect(await checkWorkflow(caller.replace('      db_name: ${{', '      database: ${{'))).not.toEqual([]);
    expect(await checkWorkflow(caller.replace('      AZURE_DB_HOST: ${{', '      DB_HOST: ${{'))).not.toEqual(
      [],
    );
  });
});

describe('the reusable workflow and action.yml', () => {
  test('the jobs set every input of the action, and no other', () => {
    expect(Object.keys(reusable.jobs)).toEqual(jobNames);
    expect(Object.keys(stepOf(reusable.jobs.backup).with ?? {})).toEqual(Object.keys(action.inputs));
  });

  test.each(['restore', 'manage'] as const)(
    'the job %s is the job backup, but for what is its own',
    (name) => {
      const inCommon = ({ name: _, if: __, concurrency, steps, ...job }: Job) => ({
        ...job,
        steps: steps.map(({ name: ___, ...step }) => step),
      });
      expect(inCommon(reusable.jobs[name])).toEqual(inCommon(reusable.jobs.backup));
    },
  );

  test('what the jobs have in common stands once, by anchors, and without merge keys, which GitHub does not take', () => {
    const text = read('db-backup-restore.yml');
    const anchors = Array.from(text.matchAll(/(?:: |- )&([\w-]+)/g), ([, name]) => name);
    expect(anchors).toHaveLength(9);
    for (const name of anchors)
      expect(text.match(new RegExp(`(?:: |- )\\*${name}$`, 'gm')), name).toHaveLength(2);
    expect(text).not.toMatch(/<<:/);
    expect(text.match(/uses: /g)).toHaveLength(5);
  });

  test('each of the nine settings reaches the input of its name, and every other input its own', () => {
    expect(Object.keys(secrets)).toEqual([...nine, 'ACTION_REPOSITORY_TOKEN']);
    const given = Object.keys(action.inputs).map((name) => {
      const secret = name.toUpperCase();
      const others = nine.includes(secret)
        ? ` || secrets.${secret} || vars.${secret}`
        : ['STORAGE_RESOURCE_GROUP', 'BLOB_PREFIX'].includes(secret)
          ? ` || vars.${secret}`
          : '';
      return [name, `\${{ inputs.${name}${others} }}`];
    });
    expect(stepOf(reusable.jobs.backup).with).toEqual(Object.fromEntries(given));
  });

  test('an input of the workflow is required where the action requires it, and has its default', () => {
    const shared = Object.keys(action.inputs);
    expect(
      Object.keys(inputs)
        .filter((name) => !ofTheWorkflow.includes(name))
        .sort(),
    ).toEqual(shared.sort());
    for (const name of shared) {
      const standard = inputs[name]?.default;
      expect({
        name,
        default: standard === undefined ? undefined : String(standard),
        required: inputs[name]?.required,
      }).toEqual({
        name,
        default: action.inputs[name]?.default,
        // Any of the nine may come from a secret or a variable, and the action says which ones do not.
        required: nine.includes(name.toUpperCase()) ? undefined : action.inputs[name]?.required,
      });
    }
  });

  test('no secret is required, and each is described as the input that it may stand for', () => {
    for (const name of nine) {
      const description = `The input \`${name.toLowerCase()}\`, for a caller that keeps it as a secret`;
      expect(secrets[name]).toEqual({ description, required: false });
    }
  });

  test('an input is described in the words of the action', () => {
    for (const [name, { description }] of Object.entries(action.inputs)) {
      const words =
        name === 'ssl_root_cert'
          ? description.replace(';', ", a path in the caller's repository;")
          : description;
      expect({ name, description: inputs[name]?.description }).toEqual({ name, description: words });
    }
  });

  test('every output of the action comes out of the workflow', () => {
    const names = Object.keys(action.outputs);
    expect(Object.keys(outputs)).toEqual(names);
    for (const name of names) {
      expect(outputs[name]?.description).toBe(action.outputs[name]?.description);
      expect(outputs[name]?.value).toBe(
        `\${{ ${jobNames.map((job) => `jobs.${job}.outputs.${name}`).join(' || ')} }}`,
      );
      expect(reusable.jobs.backup.outputs[name]).toBe(`\${{ steps.action.outputs.${name} }}`);
    }
    expect(Object.keys(reusable.jobs.backup.outputs)).toEqual(names);
  });
});

describe('exactly one job runs', () => {
  const runs = (jobToRun: string) =>
    jobNames.filter((name) => evaluateIf(reusable.jobs[name].if, { inputs: { job_to_run: jobToRun } }));

  test.each([
    ['backup', 'backup'],
    ['restore', 'restore'],
    // The action reads its inputs without the spaces around them: this too would restore.
    [' restore\n', 'restore'],
    ['RESTORE', 'restore'],
    ['restore ', 'restore'],
    ...['list', 'prune', 'protect', 'unprotect', 'check', ' list', 'CHECK'].map((job) => [job, 'manage']),
    // Several at once: still one job, whose action says that there is no such thing.
    ['list, then restore', 'restore'],
    ['backup and list', 'manage'],
    // None of them: the action has to say so, where three skipped jobs would look like success.
    ['nonsense', 'backup'],
    ['', 'backup'],
  ])('for %j it is %s', (jobToRun, job) => {
    expect(runs(jobToRun)).toEqual([job]);
  });

  test('for all that is made of the names of jobs, and of parts of them', () => {
    const parts = [
      '',
      'backup',
      'restore',
      'list',
      'prune',
      'protect',
      'unprotect',
      'check',
      'un',
      ' ',
      'rest',
    ];
    const texts = parts.flatMap((one) => parts.map((two) => one + two));
    expect(texts.filter((text) => runs(text).length !== 1)).toEqual([]);
  });
});

test.each([
  [{ job_to_run: 'list' }, 'List backups of all databases'],
  [{ job_to_run: 'list', db_name: 'moodle_d01' }, 'List backups of moodle_d01'],
  [{ job_to_run: 'prune', db_name: 'moodle_d01', source_db_name: 'moodle' }, 'Prune backups of moodle'],
  [{ job_to_run: 'protect', db_name: 'moodle_d01', backup_file_name: 'a.dump' }, 'Protect a.dump'],
  [{ job_to_run: 'unprotect', backup_file_name: 'a.dump' }, 'Unprotect a.dump'],
  [{ job_to_run: 'check', db_name: 'moodle_d01' }, 'Check moodle_d01'],
  [{ job_to_run: 'Check', db_name: 'moodle_d01' }, 'Check moodle_d01'],
  [{ job_to_run: ' list', db_name: 'moodle_d01' }, ' list moodle_d01'],
])('the third job is called by what it does: %j', (inputs, name) => {
  expect(evaluate(reusable.jobs.manage.name, 'jobs.<job_id>.name', { inputs })).toBe(name);
});

test('restores of one database wait for each other, and nothing in progress is cancelled', () => {
  const { concurrency } = reusable.jobs.restore;
  expect(concurrency).toEqual({
    // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub evaluates it
    group: 'restore-database/${{ inputs.environment }}/${{ inputs.db_name }}',
    'cancel-in-progress': false,
    queue: 'max',
  });
  for (const job of [reusable.jobs.backup, reusable.jobs.manage])
    expect(job).not.toHaveProperty('concurrency');
});

describe('no workflow has more rights than it needs', () => {
  const needed = { contents: 'read', 'id-token': 'write' };
  const others: Record<string, Record<string, string>> = {
    gate: { contents: 'read' },
    codeql: { contents: 'read', 'security-events': 'write' },
    workflows: { contents: 'read' },
    tell: { issues: 'write' },
  };

  test.each(files)('%s', (file) => {
    const { permissions = {}, jobs } = parse(read(file)) as {
      permissions?: object;
      jobs: Record<string, Partial<Job>>;
    };
    for (const [name, job] of Object.entries(jobs)) {
      // What is granted to a whole workflow reaches each of its jobs, so there has to be no other.
      const granted = job.permissions ?? permissions;
      const ours = /^(\.\/|OWNER\/)/;
      const signsIn = 'uses' in job || (job.steps ?? []).some(({ uses = '' }) => ours.test(uses));
      const allowed = signsIn ? needed : (others[name] ?? {});
      expect({ file, name, granted }).toEqual({ file, name, granted: allowed });
      for (const step of (job.steps ?? []).filter(({ uses = '' }) => uses.startsWith('actions/checkout@'))) {
        expect(step.with).toMatchObject({ 'persist-credentials': false });
      }
    }
  });

  test('the token of a job of CI never presents the branch', () => {
    const { jobs } = parse(read('ci.yml')) as {
      jobs: Record<string, Partial<Job> & { environment?: string }>;
    };
    const mayAsk = Object.values(jobs).filter(({ permissions = {} }) => 'id-token' in permissions);
    expect(mayAsk.map(({ environment }) => environment)).toEqual(['ci', 'ci', 'ci']);
  });
});

test('every action of others is pinned by its commit, with the version beside it', () => {
  const uses = files.flatMap((file) =>
    [...read(file).matchAll(/uses: (?!\.\/|OWNER\/)(.+)/g)].map(([, what = '']) => what),
  );
  expect(uses.length).toBeGreaterThan(0);
  for (const what of uses) expect(what).toMatch(/^[\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test('every example pins this repository by a commit, with its version beside it', () => {
  const examples = files.filter((file) => file.startsWith('examples'));
  expect(examples.length).toBeGreaterThan(5);
  for (const file of examples) {
    const ours = [...read(file).matchAll(/uses: (OWNER\/.+)/g)].map(([, what = '']) => what);
    expect(ours.length).toBeGreaterThan(0);
    for (const what of ours)
      expect(what).toMatch(
        /^OWNER\/postgres-azure-backup(\/\.github\/workflows\/db-backup-restore\.yml)?@COMMIT # VERSION$/,
      );
    // What is not filled in is no commit, and GitHub says so; a version that is not there would be a promise.
    expect(read(file)).not.toMatch(/postgres-azure-backup\S*@(v|main|[0-9a-f]{7})/);
    expect(read(file)).not.toContain('secrets: inherit');
  }
});

test('every image of a service is pinned by its digest with the version before it, those of a matrix by their versions', () => {
  const images = files.flatMap((file) =>
    [...read(file).matchAll(/^ *(?:image|container): *(.*)$/gm)].map(([, what = '']) => what),
  );
  expect(images.length).toBeGreaterThan(0);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub evaluates it
  const ofMatrix = 'postgres:${{ matrix.server }}';
  for (const image of images.filter((one) => one !== ofMatrix))
    expect(image).toMatch(/^[\w./-]+:\d+\.\d+@sha256:[0-9a-f]{64}$/);
  expect(images.filter((one) => one === ofMatrix)).toHaveLength(1);
  const { jobs } = parse(read('ci.yml')) as {
    jobs: { client: { strategy: { matrix: { server: unknown[] } } } };
  };
  for (const server of jobs.client.strategy.matrix.server) expect(server).toMatch(/^\d\d\.\d+$/);
});

test.each(files)(
  'nothing from outside becomes part of a script, or starts a job with rights, in %s',
  (file) => {
    const { on, jobs } = parse(read(file)) as { on: object; jobs: Record<string, Partial<Job>> };
    // GitHub puts the value of an expression into the text of a script before any shell sees it.
    const scripts = Object.values(jobs).flatMap(({ steps = [] }) => steps.flatMap(({ run }) => run ?? []));
    for (const script of scripts) expect(script).not.toContain('${{');
    expect(Object.keys(on)).not.toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^(pull_request_target|workflow_run|issue_comment|issues)$/),
      ]),
    );
  },
);

test('GitHub finds nothing wrong with the caller that was asked for', async () => {
  expect(await checkWorkflow(await seedCaller())).toEqual([]);
});

test('the manual caller offers what it was asked to, and more', async () => {
  interface Dispatched {
    on: { workflow_dispatch: { inputs: Record<string, { options?: string[] }> } };
    jobs: Record<string, { with: Record<string, string> }>;
  }
  const [asked, offered] = [await seedCaller(), read('manual-db-backup-restore.yml')].map(
    (text) => parse(text) as Dispatched & Record<string, unknown>,
  );
  const form = offered?.on.workflow_dispatch.inputs ?? {};
  expect(Object.keys(form)).toEqual([...Object.keys(asked?.on.workflow_dispatch.inputs ?? {}), 'protect']);
  // A prune has rules, which belong into a file that somebody else reviews.
  const options = ['backup', 'restore', 'list', 'check', 'protect', 'unprotect'];
  expect(form['job_to_run']?.options).toEqual(options);
  const call = offered?.jobs['db-backup-restore'];
  expect(call).toEqual({
    ...asked?.jobs['db-backup-restore'],
    with: Object.fromEntries(Object.keys(form).map((name) => [name, `\${{ github.event.inputs.${name} }}`])),
  });
  expect([offered?.['name'], offered?.['permissions']]).toEqual([asked?.['name'], asked?.['permissions']]);
});

describe('ci.yml', () => {
  const ci = parse(read('ci.yml')) as {
    jobs: Record<
      'gate' | 'backup' | 'restore' | 'client' | 'ci',
      Job & {
        needs?: string | string[];
        strategy?: { matrix: { os: string[]; server?: string[] } };
      }
    >;
  };

  test('runs the script that everybody runs, on both images', () => {
    expect(ci.jobs.gate.steps.map(({ run }) => run)).toContain('.ci/run');
    expect(existsSync(join(root, '.ci', 'run'))).toBe(true);
    expect(ci.jobs.gate.strategy?.matrix.os).toEqual(['ubuntu-24.04', 'ubuntu-26.04']);
  });

  test('installs the clients of all servers that are tested on all images, of both kinds of processor', () => {
    const { os, server } = ci.jobs.client.strategy?.matrix ?? { os: [] };
    const images = ['ubuntu-22.04', 'ubuntu-24.04', 'ubuntu-26.04'];
    expect(os).toEqual([...images, ...images.map((image) => `${image}-arm`)]);
    expect(server?.map((version) => Number.parseInt(version, 10))).toEqual([14, 15, 16, 17, 18]);
    const runs = ci.jobs.client.steps.flatMap(({ uses, with: inputs }) =>
      uses === './' ? [inputs?.['job_to_run']] : [],
    );
    expect(runs).toEqual(['backup', 'restore', 'backup']);
  });

  test.each([
    ['a push', { event_name: 'push', event: {} }, true],
    ['a pull request of this repository', pullRequestOf('octo-org/this'), true],
    ['a pull request of another one', pullRequestOf('octocat/fork'), false],
  ])('%s uses the action: %#', (_, github, runs) => {
    for (const job of [ci.jobs.backup, ci.jobs.client])
      expect(evaluateIf(job.if, { github: { ...github, repository: 'octo-org/this' } })).toBe(runs);
  });

  test.each([
    [['success', 'success', 'success', 'success'], 'false'],
    [['success', 'skipped', 'skipped', 'skipped'], 'false'],
    [['success', 'success', 'failure', 'success'], 'true'],
    [['success', 'success', 'success', 'failure'], 'true'],
    [['failure', 'success', 'success', 'success'], 'true'],
    [['success', 'cancelled', 'skipped', 'success'], 'true'],
  ])('its last job sums up %j', (results, failed) => {
    const names = Object.keys(ci.jobs).filter((name) => name !== 'ci');
    expect(ci.jobs.ci.needs).toEqual(names);
    const needs = Object.fromEntries(
      names.map((name, index) => [name, { result: results[index] ?? '', outputs: {} }]),
    );
    const [step] = ci.jobs.ci.steps;
    expect(step?.run).toBe('test "$FAILED" = false');
    expect(String(evaluate(step?.env?.['FAILED'] ?? '', 'jobs.<job_id>.steps.<step>.env', { needs }))).toBe(
      failed,
    );
  });
});

function pullRequestOf(full_name: string) {
  return { event_name: 'pull_request', event: { pull_request: { head: { repo: { full_name } } } } };
}
