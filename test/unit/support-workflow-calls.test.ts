// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are GitHub's expressions, not JavaScript's

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/machine/temporary-folder.ts';
import { type RunOptions, runWorkflow } from '../support/runner/workflow/run-workflow.ts';
import { InvalidWorkflow } from '../support/runner/workflow/workflow-file.ts';
import { writeCommit } from '../support/runner/workflow/write-commit.ts';

/*
 * What one workflow hands to another, with little workflows whose one step tells what it sees.
 */
let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await makeTemporaryFolder('workflows');
});

afterEach(() => folder.remove());

interface Call {
  /** What stands beside `uses:` in the caller. */
  caller: string;
  /** What the called workflow takes. */
  takes?: string;
  /** What its step tells. */
  expression?: string;
  /** Keys of the called workflow, and of its job. */
  head?: string;
  job?: string;
  run?: Partial<RunOptions>;
}

/** Runs a caller and what it calls, and returns what the step tells, and the address that it would get a token from. */
async function call({ caller, takes = '', expression = "''", head = '', job = '', run = {} }: Call) {
  const called = `
    on: { workflow_call: { ${takes} } }
    ${head}
    jobs:
      tell:
        runs-on: ubuntu-latest
        environment: production
        ${job}
        steps:
          - run: echo "[$TOLD, \\"$ACTIONS_ID_TOKEN_REQUEST_URL\\"]" > "$GITHUB_STEP_SUMMARY"
            env: { TOLD: "\${{ toJSON(${expression}) }}" }`;
  const commit = await writeCommit(folder.path, {
    ...{ repository: 'octo-org/app', sha: 'aaa', refs: ['main'] },
    files: {
      'called.yml': called,
      'caller.yml': `on: workflow_dispatch\njobs: { call: { uses: ./called.yml, ${caller} } }`,
    },
  });
  const options = { commits: [commit], repository: 'octo-org/app', workflow: 'caller.yml', ...run };
  const { jobs, conclusion, log } = await runWorkflow(options);
  expect(conclusion, log).toBe('success');
  const [told, url] = JSON.parse(jobs['call/tell']?.steps[0]?.summary ?? '[]') as [unknown, string];
  return { told, url };
}

const isInvalid = (message: string) => (error: unknown) =>
  error instanceof InvalidWorkflow && error.message.includes(message);

describe('inputs', () => {
  const takes =
    'inputs: { a: { type: string, required: true }, b: { type: number, default: 5 }, c: { type: boolean }, d: { type: number }, e: { type: string } }';

  test('have their types, their defaults, or nothing', async () => {
    const given =
      'with: { a: 7, c: true, B: "${{ fromJSON(\'6\') }}", e: "${{ github.event.inputs.gone }}" }';
    const { told } = await call({ caller: given, takes, expression: 'inputs' });
    expect(told).toEqual({ a: '7', b: 6, c: true, d: 0, e: '' });
    const rest = await call({ caller: 'with: { a: x }', takes, expression: 'inputs' });
    expect(rest.told).toEqual({ a: 'x', b: 5, c: false, d: 0, e: '' });
  });

  test.each([
    ['with: { b: 1 }', 'Input a is required, but not provided while calling.'],
    ['with: { a: x, z: 1 }', 'Invalid input, z is not defined in the referenced workflow.'],
    ['with: { a: x, b: "7" }', "Unexpected value '7'"],
    ['with: { a: "${{ secrets.A }}" }', "jobs.call.with.a: Unrecognized named-value: 'secrets'"],
  ])('refused: %s', async (caller, message) => {
    await expect(call({ caller, takes })).rejects.toSatisfy(isInvalid(message));
  });

  test.each([
    ['with: { a: x, c: "${{ github.event.inputs.c }}" }', "Unexpected value ''"],
    ['with: { a: "${{ fromJSON(\'[]\') }}" }', 'A sequence was not expected'],
  ])('failing when they are evaluated: %s', async (caller, message) => {
    await expect(call({ caller, takes })).rejects.toThrow(
      `Error: ${message}: expected 'failure' to be 'success'`,
    );
  });
});

describe('secrets', () => {
  const takes = 'secrets: { A: { required: true }, B: { required: false } }';
  const run = {
    secrets: { A: 'own a', C: 'own c' },
    environments: { production: { secrets: { A: "production's a", E: "production's e" } } },
  };
  const expression = "format('{0}, {1}, {2}, {3}', secrets.A, secrets.B, secrets.C, secrets.E)";

  test('that are mapped are those of the caller, and empty if it has none', async () => {
    const caller = 'secrets: { A: "${{ secrets.A }}", B: "${{ secrets.UNSET }}" }';
    expect((await call({ caller, takes, expression, run })).told).toBe('own a, , , ');
  });

  test('that are inherited are all, and those of the environment come first', async () => {
    const { told } = await call({ caller: 'secrets: inherit', takes, expression, run });
    expect(told).toBe("production's a, , own c, production's e");
  });

  test.each([
    ['secrets: { B: x }', 'Secret A is required, but not provided while calling.'],
    ['secrets: { A: x, Z: y }', 'Invalid secret, Z is not defined in the referenced workflow.'],
  ])('refused: %s', async (caller, message) => {
    await expect(call({ caller, takes })).rejects.toThrow(message);
  });
});

describe('permissions', () => {
  const job = 'permissions: { id-token: write, contents: read }';
  const url = 'https://tokens.example';
  const run = { idToken: { ACTIONS_ID_TOKEN_REQUEST_URL: url } };

  test('have to be granted by the caller, and asked for by the job', async () => {
    const caller = 'permissions: { id-token: write, contents: write }';
    expect((await call({ caller, job, run })).url).toBe(url);
    expect((await call({ caller, run })).url).toBe(url); // who asks for nothing gets what the caller has
    expect((await call({ caller, job: 'permissions: { contents: read }', run })).url).toBe('');
    expect((await call({ caller, head: 'permissions: {}', run })).url).toBe('');
    expect((await call({ caller: 'permissions: write-all', head: 'permissions: {}', job, run })).url).toBe(
      url,
    );
  });

  test.each([
    ['permissions: {}', 'id-token: write, contents: read', 'id-token: none, contents: none'],
    ['permissions: { contents: read }', 'id-token: write', 'id-token: none'],
    ['permissions: read-all', 'id-token: write', 'id-token: read'],
    ['name: without permissions', 'id-token: write', 'id-token: none'],
  ])('refused: %s', async (caller, asked, allowed) => {
    await expect(call({ caller, job, run })).rejects.toThrow(
      `Error calling workflow './called.yml'. The nested job 'tell' is requesting '${asked}', but is only allowed '${allowed}'.`,
    );
  });

  test('a workflow that asks for too much as a whole is refused too', async () => {
    const head = 'permissions: { issues: write }';
    await expect(call({ caller: 'permissions: read-all', head })).rejects.toThrow(
      "The workflow is requesting 'issues: write', but is only allowed 'issues: read'.",
    );
  });

  test('with the permissive setting, a workflow of the same owner may ask for an ID token', async () => {
    const permissive = { ...run, defaultPermissions: 'write' as const };
    const caller = 'name: without permissions';
    expect((await call({ caller, job, run: permissive })).url).toBe(url);
    expect((await call({ caller, run: permissive })).url).toBe('');
  });
});
