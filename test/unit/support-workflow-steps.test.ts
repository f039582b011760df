// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are GitHub's expressions, not JavaScript's

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/machine/temporary-folder.ts';
import type { Commit } from '../support/runner/workflow/repositories.ts';
import { type RunOptions, runWorkflow } from '../support/runner/workflow/run-workflow.ts';
import { writeCommit } from '../support/runner/workflow/write-commit.ts';

/*
 * The steps of a job, with little scripts and actions.
 */
let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await makeTemporaryFolder('workflows');
});

afterEach(() => folder.remove());

/** Runs the steps of a job with the files of its repository, and returns how the job went. */
async function runJob(
  steps: string,
  options: Partial<RunOptions> & { files?: Record<string, string>; job?: string } = {},
) {
  const { files = {}, job = '', commits = [], ...run } = options;
  const own = await writeCommit(folder.path, {
    ...{ repository: 'octo-org/app', sha: 'aaa', refs: ['main'] },
    files: {
      ...files,
      'workflow.yml': `on: workflow_dispatch\njobs:\n  job:\n    runs-on: x\n    ${job}\n    steps: ${steps}`,
    },
  });
  const all = { commits: [own, ...commits], repository: 'octo-org/app', workflow: 'workflow.yml', ...run };
  const result = (await runWorkflow(all)).jobs['job'];
  if (!result) throw new Error('The job is missing');
  return result;
}

/** An action that tells its input, and in its post script what it kept. */
const action = {
  'action.yml':
    'inputs: { word: { default: none } }\nruns: { using: node24, main: main.mjs, post: post.mjs }',
  'main.mjs': `
    import { appendFileSync } from 'node:fs';
    const { INPUT_WORD: word, GITHUB_OUTPUT, GITHUB_STATE } = process.env;
    appendFileSync(GITHUB_OUTPUT, 'word=' + word + '\\n');
    appendFileSync(GITHUB_STATE, 'kept=' + word + '\\n');
    console.log('::notice::main ' + word);
    if (word === 'bad') process.exit(1);`,
  'post.mjs': `console.log('::notice::post ' + process.env.STATE_kept + process.env.LATER)
    if (process.env.STATE_kept === 'worse') process.exit(1)`,
};

describe('actions', () => {
  const local = (word: string) => `{ uses: ./here, with: { word: ${word} } }`;
  const files = Object.fromEntries(Object.entries(action).map(([path, text]) => [`here/${path}`, text]));
  const checkout = '{ uses: actions/checkout@v7 }';

  test('run their post scripts at the end of the job, the last one first, with their own state', async () => {
    const later = '{ run: "echo LATER=! >> $GITHUB_ENV" }';
    const job = await runJob(`[${checkout}, ${local('one')}, ${local('two')}, ${later}]`, { files });
    expect(job.conclusion, job.log).toBe('success');
    expect(job.log.split('\n').filter((line) => line.startsWith('Notice'))).toEqual([
      'Notice: main one',
      'Notice: main two',
      'Notice: post two!',
      'Notice: post one!',
    ]);
    expect(job.steps.map(({ annotations }) => annotations.map(({ message }) => message))).toEqual([
      [],
      ['main one', 'post one!'],
      ['main two', 'post two!'],
      [],
    ]);
  });

  test('run their post scripts after a failure, and fail with them', async () => {
    const bad = await runJob(`[${checkout}, ${local('bad')}, { run: echo not reached }]`, { files });
    expect(bad).toMatchObject({
      conclusion: 'failure',
      steps: [{}, { outcome: 'failure', post: { exitCode: 0 } }, { outcome: 'skipped' }],
    });
    expect(bad.log).not.toContain('not reached');
    const worse = await runJob(`[${checkout}, ${local('worse')}]`, { files });
    expect(worse).toMatchObject({
      conclusion: 'failure',
      steps: [{}, { outcome: 'success', post: { exitCode: 1 } }],
    });
  });

  test('are found only where somebody put them', async () => {
    const missing = await runJob(`[${local('one')}]`, { files });
    expect(missing.conclusion).toBe('failure');
    expect(missing.log).toMatch(/^Error: Can't find 'action.yml'.*Did you forget to run actions\/checkout/m);
    const elsewhere = await runJob('[{ uses: octo-org/other/sub@v1 }]');
    expect(elsewhere.log).toContain(
      'Unable to resolve action `octo-org/other/sub@v1`, unable to find version',
    );
  });

  test('of other repositories are used by their ref', async () => {
    const paths = Object.entries(action).map(([path, text]) => [`sub/${path}`, text]);
    const other = await writeCommit(folder.path, {
      ...{ repository: 'octo-org/other', sha: 'bbb', refs: ['v1'] },
      files: Object.fromEntries(paths),
    });
    const job = await runJob('[{ id: it, uses: octo-org/other/sub@v1 }]', {
      commits: [other],
      job: 'outputs: { word: "${{ steps.it.outputs.word }}" }',
    });
    expect(job.outputs).toEqual({ word: 'none' });
  });
});

describe('a checkout', () => {
  let other: Commit;
  beforeEach(async () => {
    const files = { 'at.txt': 'other' };
    other = await writeCommit(folder.path, { repository: 'octo-org/other', sha: 'bbb', refs: ['v1'], files });
  });
  const checkOut = (inputs: string) => `{ uses: actions/checkout@v7, with: { ${inputs} } }`;
  const files = { 'at.txt': 'own' };

  test('puts a repository into the workspace or a folder of it', async () => {
    const steps = `[${checkOut('')}, ${checkOut('repository: octo-org/other, ref: bbb, path: x/y')}, { id: it, run: "echo it=$(cat at.txt) $(cat x/y/at.txt) >> $GITHUB_OUTPUT" }]`;
    const job = await runJob(steps, {
      files,
      commits: [other],
      job: 'outputs: { it: "${{ steps.it.outputs.it }}" }',
    });
    expect(job.outputs, job.log).toEqual({ it: 'own other' });
  });

  test('empties the folder first', async () => {
    const steps = `[${checkOut('repository: octo-org/other, ref: v1, path: x')}, ${checkOut('')}, { run: cat x/at.txt }]`;
    expect((await runJob(steps, { files, commits: [other] })).steps.map(({ outcome }) => outcome)).toEqual([
      'success',
      'success',
      'failure',
    ]);
  });

  test.each([
    ['repository: octo-org/gone', 'Not Found'],
    ['repository: octo-org/other, ref: v2', "A branch or tag with the name 'v2' could not be found"],
    ['repository: octo-org/other', "A branch or tag with the name 'main' could not be found"],
    ['ref: bbb', "A branch or tag with the name 'bbb' could not be found"],
    ['repository: other', "Invalid repository 'other'"],
    ['path: ../x', 'is not under'],
  ])('fails: %s', async (inputs, message) => {
    const job = await runJob(`[${checkOut(inputs)}]`, { files, commits: [other] });
    expect(job.conclusion).toBe('failure');
    expect(job.steps[0]?.annotations).toEqual([
      { level: 'error', message: expect.stringContaining(message) },
    ]);
  });
});

test('what steps leave to those after them', async () => {
  const steps = `
      - run: mkdir bin && printf '#!/bin/sh\\necho tool' > bin/tool && chmod +x bin/tool && echo "$PWD/bin" >> $GITHUB_PATH
      - run: echo SIZE=5 >> $GITHUB_ENV
      - id: told
        run: |
          echo "told=$(tool) $SIZE $OWN \${{ env.SIZE }} \${{ env.OWN }} $GITHUB_REPOSITORY $GITHUB_SHA" >> $GITHUB_OUTPUT
          false
          echo never
        env: { OWN: "\${{ github.ref_name }}" }
        continue-on-error: true
      - run: echo "\${{ steps.told.outcome }} \${{ steps.told.conclusion }} \${{ job.status }}"`;
  const job = await runJob(steps, {
    job: 'outputs: { told: "${{ steps.told.outputs.told }}", empty: "${{ steps.gone.outputs.x }}" }',
  });
  expect(job.conclusion, job.log).toBe('success');
  expect(job.outputs).toEqual({ told: 'tool 5 main 5 main octo-org/app aaa' });
  expect(job.log).toContain('\nfailure success success');
  expect(job.log).not.toContain('\nnever');
});

test('conditions see what became of the steps before', async () => {
  const steps =
    '[{ run: exit 3 }, { run: echo a }, { if: failure(), run: echo b }, { if: always(), run: echo c }]';
  const job = await runJob(steps);
  expect(job.steps.map(({ outcome }) => outcome)).toEqual(['failure', 'skipped', 'success', 'success']);
  expect(job.steps[0]?.exitCode).toBe(3);
});

test('secrets are masked in the log, and outputs that contain one are dropped', async () => {
  const steps = `
      - id: it
        run: |
          echo "it is $S"; echo "::add-mask::later"; echo later on
          echo "a=in backup.dump" >> $GITHUB_OUTPUT; echo "b=in later" >> $GITHUB_OUTPUT; echo "c=fine" >> $GITHUB_OUTPUT
        env: { S: "\${{ secrets.CONTAINER }}" }`;
  const it = (name: string) => `${name}: "\${{ steps.it.outputs.${name} }}"`;
  const job = await runJob(steps, {
    job: `outputs: { ${it('a')}, ${it('b')}, ${it('c')} }`,
    secrets: { CONTAINER: 'backup', EMPTY: '' },
  });
  expect(job.outputs).toEqual({ c: 'fine' });
  expect(job.log).toContain('it is ***\n');
  expect(job.log).toContain('\n*** on');
  expect(job.log).toContain("Warning: Skip output 'a' since it may contain secret.");
  expect(job.steps[0]?.outputs).toMatchObject({ a: 'in backup.dump' });
});
