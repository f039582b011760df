import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/machine/temporary-folder.ts';
import { runStep, startStep } from '../support/runner/runner.ts';

/*
 * The runner, with little actions of one script each.
 */
let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await makeTemporaryFolder('action');
});

afterEach(() => folder.remove());

/** Writes an action whose scripts start with what most of them need. */
async function makeAction(main: string, post?: string): Promise<string> {
  const lines = [
    'inputs: { "two words": {}, size: { default: 5 }, name: { required: true } }',
    `runs: { using: node24, main: dist/main.mjs${post === undefined ? '' : ', post: dist/post.mjs'} }`,
  ];
  await writeFile(join(folder.path, 'action.yml'), lines.join('\n'));
  await mkdir(join(folder.path, 'dist'));
  const head = `
    import { appendFileSync, writeFileSync } from 'node:fs';
    import { spawn } from 'node:child_process';
    const env = process.env;
    const tell = (file, text) => appendFileSync(env['GITHUB_' + file], text + '\\n');
  `;
  await writeFile(join(folder.path, 'dist', 'main.mjs'), head + main);
  if (post !== undefined) await writeFile(join(folder.path, 'dist', 'post.mjs'), head + post);
  return folder.path;
}

test('gives inputs, and takes outputs, summary and annotations', async () => {
  const action = await makeAction(`
    tell('OUTPUT', 'given<<x\\n' + [env.INPUT_NAME, env.INPUT_SIZE, env['INPUT_TWO_WORDS']].join('\\n') + '\\nx');
    tell('STEP_SUMMARY', '# Done');
    console.log('::group::Work');
    console.log('::add-mask::s3cret');
    console.log('::notice title=So::fine');
    console.log('::endgroup::');
  `);
  const result = await runStep({ action, inputs: { name: 'a b', 'two words': 'c' } });
  expect(result).toMatchObject({
    exitCode: 0,
    signal: null,
    outputs: { given: 'a b\n5\nc' },
    summary: '# Done\n',
    groups: ['Work'],
    masks: ['s3cret'],
    annotations: [{ level: 'notice', title: 'So', message: 'fine' }],
    tempFilesLeft: [],
    processes: [],
  });
  expect(result).not.toHaveProperty('post');
});

test('warns of an input that the action does not know', async () => {
  const action = await makeAction('');
  const { annotations } = await runStep({ action, inputs: { nmae: 'x' } });
  expect(annotations).toEqual([
    { level: 'warning', message: expect.stringContaining("Unexpected input(s) 'nmae'") },
  ]);
});

test('hides the variables of the tests, but not those that a step is given', async () => {
  const action = await makeAction(
    'tell("OUTPUT", "seen=" + Object.keys(env).filter((n) => /VITEST|GIVEN/.test(n)))',
  );
  const { outputs } = await runStep({ action, inputs: {}, environment: { GIVEN: 'x' } });
  expect(outputs).toEqual({ seen: 'GIVEN' });
});

test('runs the post script with the saved state, also after a failure', async () => {
  const action = await makeAction(
    `
      tell('STATE', 'pid=17');
      tell('ENV', 'LATER=yes');
      writeFileSync(env.RUNNER_TEMP + '/removed', '');
      writeFileSync(env.RUNNER_TEMP + '/forgotten', '');
      process.exit(3);
    `,
    `
      import { rmSync } from 'node:fs';
      rmSync(env.RUNNER_TEMP + '/removed');
      console.log('::warning::' + env.STATE_pid + env.LATER);
    `,
  );
  const result = await runStep({ action, inputs: {} });
  expect(result).toMatchObject({
    exitCode: 3,
    post: { exitCode: 0 },
    annotations: [{ level: 'warning', message: '17yes' }],
    tempFilesLeft: ['forgotten'],
  });
});

test('keeps the order of lines and reports them as they come', async () => {
  const action = await makeAction(`
    const wait = () => new Promise((resolve) => setTimeout(resolve, 30));
    console.log('one'); await wait(); console.error('two'); await wait(); process.stdout.write('three');
  `);
  const lines: string[] = [];
  const { log } = await runStep({ action, inputs: {}, onLine: (line) => lines.push(line) });
  expect({ log, lines }).toEqual({ log: 'one\ntwo\nthree', lines: ['one', 'two', 'three'] });
});

test('can be cancelled, and still runs the post script', async () => {
  const action = await makeAction(
    `
      process.on('SIGINT', () => { console.log('interrupted'); process.exit(1); });
      console.log('ready');
      setInterval(() => {}, 1000);
    `,
    `console.log('cleaned')`,
  );
  const step = await startStep({
    action,
    inputs: {},
    onLine: (line) => {
      if (line === 'ready') step.cancel();
    },
  });
  expect(await step.done).toMatchObject({ exitCode: 1, log: 'ready\ninterrupted', post: { log: 'cleaned' } });
});

test('tells by which signal a step ended', async () => {
  const action = await makeAction(`console.log('ready'); setInterval(() => {}, 1000)`);
  const step = await startStep({ action, inputs: {}, onLine: () => step.child.kill('SIGKILL') });
  expect(await step.done).toMatchObject({ exitCode: null, signal: 'SIGKILL' });
});

test.runIf(existsSync('/proc/self/status'))('sees the processes of a step, and their memory', async () => {
  const action = await makeAction(`
    const child = spawn('sleep', ['0.3'], { stdio: 'inherit' });
    spawn('sleep', ['30.125'], { detached: true, stdio: 'ignore' }).unref();
    const big = Buffer.alloc(300 << 20, 1);
    child.on('exit', () => process.exit(big.length > 0 ? 0 : 1));
  `);
  const { peakMemory = 0, processes } = await runStep({ action, inputs: {}, watch: true });
  expect(peakMemory).toBeGreaterThan(300 << 20);
  const sleeps = processes.filter(({ program }) => program === 'sleep');
  expect(sleeps.map(({ commandLines, alive }) => [commandLines.at(-1), alive])).toEqual([
    ['sleep 0.3', false],
    ['sleep 30.125', true],
  ]);
  for (const { pid, alive, peakMemory: own } of sleeps) {
    expect(own).toBeLessThan(20 << 20);
    if (alive) process.kill(pid);
  }
});
