// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are GitHub's expressions, not JavaScript's

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/machine/temporary-folder.ts';
import { type RunOptions, runWorkflow } from '../support/runner/workflow/run-workflow.ts';
import { writeCommit } from '../support/runner/workflow/write-commit.ts';

/*
 * Runs as a whole, and the jobs in them.
 */
let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await makeTemporaryFolder('workflows');
});

afterEach(() => folder.remove());

/** Runs the file `workflow.yml` of a repository. */
async function run(workflow: string, options: Partial<RunOptions> & { files?: Record<string, string> } = {}) {
  const { files = {}, commits = [], ...rest } = options;
  const own = await writeCommit(folder.path, {
    ...{ repository: 'octo-org/app', sha: 'aaa', refs: ['main'] },
    files: { ...files, 'workflow.yml': workflow },
  });
  return runWorkflow({
    commits: [own, ...commits],
    repository: 'octo-org/app',
    workflow: 'workflow.yml',
    ...rest,
  });
}

const jobs = (text: string) => `on: workflow_dispatch\njobs:\n${text}`;
const runsOn = 'runs-on: ubuntu-latest, steps: [{ run: "true" }]';

describe('the inputs of a run by hand', () => {
  const workflow = `
    on:
      workflow_dispatch:
        inputs:
          kind: { type: choice, options: [a, b], required: true }
          sure: { type: boolean }
          size: { default: 5 }
    jobs: { it: { ${runsOn}, name: "\${{ toJSON(inputs) }} \${{ toJSON(github.event.inputs) }}" } }`;

  test('are text in the event, and booleans among the inputs', async () => {
    const { jobs } = await run(workflow, { inputs: { kind: 'b', sure: 'true' } });
    expect(jobs['it']?.name.replaceAll(/\s/g, '')).toBe(
      '{"kind":"b","sure":true,"size":"5"}{"kind":"b","sure":"true","size":"5"}',
    );
  });

  test.each([
    [{}, "Required input 'kind' not provided"],
    [{ kind: 'c' }, "Provided value 'c' for input 'kind' not in the list of allowed values"],
    [{ kind: 'a', sure: 'perhaps' }, "Provided value 'perhaps' for input 'sure' is no boolean"],
    [{ kind: 'a', sort: 'b' }, 'Unexpected inputs provided: ["sort"]'],
  ])('refused: %j', async (inputs, message) => {
    await expect(run(workflow, { inputs })).rejects.toThrow(message);
  });

  test('are there for a run by hand only', async () => {
    const { jobs } = await run(workflow.replace('on:', 'on:\n      push:').replace(', required: true', ''), {
      event: 'push',
    });
    expect(jobs['it']?.name).toMatch(/ null$/);
  });

  test('a workflow for something else is not run by hand', async () => {
    const other = workflow.replace('workflow_dispatch', 'workflow_call');
    await expect(run(other)).rejects.toThrow("Workflow does not have 'workflow_dispatch' trigger");
  });
});

describe('jobs', () => {
  test('run after those that they need, and are skipped after a failure', async () => {
    const { jobs: results, conclusion } = await run(
      jobs(`
      last: { ${runsOn}, needs: [second], if: "\${{ failure() && needs.second.result == 'skipped' }}" }
      second: { ${runsOn}, needs: first }
      anyway: { ${runsOn}, needs: [first, fine], if: always(), name: "\${{ needs.first.result }} \${{ needs.fine.outputs.it }}" }
      fine: { runs-on: x, outputs: { it: yes }, steps: [] }
      first: { runs-on: x, steps: [{ run: "false" }] }`),
    );
    expect(conclusion).toBe('failure');
    expect(Object.entries(results).map(([id, job]) => [id, job.conclusion])).toEqual([
      ['fine', 'success'],
      ['first', 'failure'],
      ['second', 'skipped'],
      ['last', 'success'],
      ['anyway', 'success'],
    ]);
    expect(results['anyway']?.name).toBe('failure yes');
    expect(results['second']).not.toHaveProperty('settings');
  });

  test('settle what they say of themselves', async () => {
    const { jobs: results } = await run(
      jobs(`
      it:
        name: \${{ github.event.inputs.none }}
        runs-on: \${{ fromJSON('["self-hosted", "linux"]') }}
        environment: \${{ vars.PLACE }}
        timeout-minutes: \${{ fromJSON('7') }}
        concurrency: { group: 'x/\${{ github.ref }}', cancel-in-progress: '\${{ 1 == 2 }}' }
        steps: []
      plain: { runs-on: x, environment: { name: '' }, steps: [] }`),
      { vars: { PLACE: 'production' } },
    );
    expect(results['it']).toMatchObject({
      name: 'it',
      settings: {
        runsOn: ['self-hosted', 'linux'],
        environment: 'production',
        timeoutMinutes: 7,
        concurrency: { group: 'x/refs/heads/main', cancelInProgress: false, queue: 'single' },
      },
    });
    expect(results['plain']?.settings).toEqual({ runsOn: 'x', timeoutMinutes: 360 });
  });

  test.each([
    ["timeout-minutes: ${{ '7' }}", "Unexpected value '7'"],
    ["concurrency: ${{ '' }}", 'Concurrency group name cannot be empty'],
    ['concurrency: { group: x, queue: 2 }', "Unexpected value '2'"],
    [
      'concurrency: { group: x, queue: max, cancel-in-progress: true }',
      "'queue: max' cannot be combined with 'cancel-in-progress: true'.",
    ],
    ["name: ${{ fromJSON('[]') }}", 'A sequence was not expected'],
  ])('fail: %s', async (line, message) => {
    const { jobs: results } = await run(jobs(`  it:\n    ${line}\n    runs-on: x\n    steps: []`));
    expect(results['it']).toMatchObject({ conclusion: 'failure', log: `Error: ${message}` });
  });

  test.each([
    ['needs: gone', 'A job needs one that does not exist'],
    ['if: secrets.X', "jobs.it.if: Unrecognized named-value: 'secrets'"],
    ['if: ${{ secrets.X }}', "Unrecognized named-value: 'secrets'"],
    ["concurrency: 'x/${{ secrets.X }}'", "jobs.it.concurrency: Unrecognized named-value: 'secrets'"],
    ['environment: ${{ env.X }}', "Unrecognized named-value: 'env'"],
    ['needs: ${{ vars.X }}', 'jobs.it.needs: there are no expressions at this place'],
    ['uses: ./gone.yml', 'workflow was not found'],
    ['uses: octo-org/gone/x.yml@v1', 'workflow was not found'],
    ['uses: ./workflow.yml', 'workflow_call key is not defined in the referenced workflow'],
  ])('refused before anything runs: %s', async (line, message) => {
    const ran: string[] = [];
    const workflow = jobs(`  first: { ${runsOn} }\n  it:\n    ${line}\n    runs-on: x\n    steps: []`);
    await expect(run(workflow, { onLine: (text) => ran.push(text) })).rejects.toThrow(message);
    expect(ran).toEqual([]);
  });

  test('become several by a matrix of lists', async () => {
    const { jobs: results } = await run(
      jobs(`
      it:
        strategy: { matrix: { a: "\${{ fromJSON('[1, 2]') }}", b: [x] } }
        name: \${{ matrix.a }} of \${{ strategy.job-total }}
        runs-on: \${{ matrix.b }}
        outputs: { a: "\${{ matrix.a }}" }
        steps: [{ run: 'test \${{ matrix.a }} = 1' }]
      after: { needs: it, if: always(), name: "\${{ needs.it.result }}", runs-on: x, steps: [] }`),
    );
    expect(Object.values(results).map(({ id, name, conclusion }) => [id, name, conclusion])).toEqual([
      ['it (1, x)', '1 of 2', 'success'],
      ['it (2, x)', '2 of 2', 'failure'],
      ['after', 'failure', 'success'],
    ]);
    expect(results['it (1, x)']?.settings?.runsOn).toBe('x');
  });

  test('become several by a matrix that only includes', async () => {
    const { jobs: results } = await run(
      jobs(`
      it:
        strategy: { matrix: { include: [{ a: 1, b: x }, { a: 2, b: y }] } }
        runs-on: \${{ matrix.b }}
        steps: []`),
    );
    expect(Object.values(results).map(({ id, settings }) => [id, settings?.runsOn])).toEqual([
      ['it (1, x)', 'x'],
      ['it (2, y)', 'y'],
    ]);
  });

  test.each([
    ['strategy: { matrix: { a: [1], include: [{ a: 2 }] } }', 'A matrix with include is not played here'],
    ['services: { db: { image: postgres } }', 'The job it has services, which is not played here'],
  ])('with what is not played here are not played wrongly: %s', async (line, message) => {
    await expect(run(jobs(`  it: { runs-on: x, ${line}, steps: [] }`))).rejects.toThrow(message);
  });
});

describe('a called workflow', () => {
  const called = `
    on: { workflow_call: { outputs: { of: { value: "\${{ jobs.a.outputs.x || jobs.b.outputs.x }}" } } } }
    jobs:
      a: { if: 1 == 2, runs-on: x, outputs: { x: "a" }, steps: [] }
      b: { runs-on: x, name: "\${{ github.repository }}", outputs: { x: "\${{ job.workflow_repository || github.repository }} \${{ job.workflow_sha || github.sha }}" }, steps: [] }`;
  const after = '\n  after: { needs: call, runs-on: x, name: "${{ needs.call.outputs.of }}", steps: [] }';

  test('has the identity of its own repository, and the context of the run', async () => {
    const other = await writeCommit(folder.path, {
      ...{ repository: 'else/tools', sha: 'bbb', refs: ['v1'] },
      files: { 'wf/called.yml': called },
    });
    const workflow = jobs(`  call: { uses: else/tools/wf/called.yml@v1 }${after}`);
    const { jobs: results } = await run(workflow, { commits: [other] });
    expect(Object.values(results).map(({ id, name, conclusion }) => [id, name, conclusion])).toEqual([
      ['call', 'call', 'success'],
      ['call/a', 'call / a', 'skipped'],
      ['call/b', 'call / octo-org/app', 'success'],
      ['after', 'else/tools bbb', 'skipped'], // for the job that is skipped, though the call is a success
    ]);
    const untold = await run(workflow, { commits: [other], tellsWorkflow: false });
    expect(untold.jobs['after']?.name).toBe('octo-org/app aaa');
  });

  test.each([
    ["!cancelled() && needs.call.result == 'success'", 'success'],
    ["needs.call.result == 'success'", 'skipped'],
    ["failure() || needs.call.result != 'success'", 'skipped'],
  ])(
    'that skips a job of its own lets a job run that has the condition %s: %s',
    async (condition, conclusion) => {
      const conditional = after.replace('runs-on', `if: "\${{ ${condition} }}", runs-on`);
      const { jobs: results } = await run(jobs(`  call: { uses: ./called.yml }${conditional}`), {
        files: { 'called.yml': called },
      });
      expect(results['after']?.conclusion).toBe(conclusion);
    },
  );

  test('in the own repository is that of the same commit', async () => {
    const { jobs: results } = await run(jobs(`  call: { uses: ./called.yml }${after}`), {
      files: { 'called.yml': called },
    });
    expect(results['after']?.name).toBe('octo-org/app aaa');
  });

  test('that fails makes the calling job fail', async () => {
    const failing = called
      .replace('outputs: { x: "a" }, ', '')
      .replace('if: 1 == 2', 'timeout-minutes: "${{ null }}"');
    const { jobs: results } = await run(jobs(`  call: { uses: ./called.yml }${after}`), {
      files: { 'called.yml': failing },
    });
    expect(results['call']?.conclusion).toBe('failure');
    expect(results['after']?.conclusion).toBe('skipped');
  });
});
