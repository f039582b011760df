import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';

const module_ = new URL('../../../src/runner/cancel-or-crash.ts', import.meta.url).href;

/** A process that waits for ever, and writes what it is told of its end. */
function waiting(
  then: string,
  times = '{ cancel: 300, uncut: 1000, defect: 600 }',
  nodeOptions = '',
): ChildProcess {
  const script = `import { abortOnCancelOrCrash } from ${JSON.stringify(module_)};
    const begun = performance.now();
    let uncut = () => false;
    const endOutOfTurn = async (why) => {
      process.stdout.write(JSON.stringify({ why, reason: String(signal.reason?.message), took: performance.now() - begun }));
      process.exit(1);
    };
    const signal = abortOnCancelOrCrash({ endOutOfTurn, isUncut: () => uncut() }, ${times});
    process.stderr.write('ready');
    ${then}`;
  return spawn(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, NODE_OPTIONS: nodeOptions },
    stdio: 'pipe',
  });
}

/** What the process wrote, and how it ended. */
async function endOf(
  child: ChildProcess,
): Promise<{ why: string; reason: string; took: number; code: unknown }> {
  if (!child.stdout) throw new Error('its output is not read');
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  return { ...JSON.parse(said), code };
}

const forEver = 'setInterval(() => {}, 1000);';

describe('a job that does not end', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'after %s is ended out of turn, when its time is over',
    async (signal) => {
      const child = waiting(forEver);
      if (child.stderr) await once(child.stderr, 'data');
      child.kill(signal);
      const { why, reason, code } = await endOf(child);
      expect(why).toBe('The step was cancelled, and ended before it had cleaned up.');
      expect(reason).toMatch(new RegExp(`^The step failed: it was cancelled \\(${signal}\\)`));
      expect(code).toBe(1);
    },
  );

  test('after an error that nobody caught has more time', async () => {
    const { why, took, reason } = await endOf(
      waiting(`${forEver} setTimeout(() => { throw new Error('deep') });`),
    );
    expect(why).toBe('The step ended before it had cleaned up, after an unexpected error: deep.');
    expect(reason).toMatch(/deep\nThis is a bug in the action/);
    expect(took).toBeGreaterThan(550);
  });

  test.each([
    '',
    '--unhandled-rejections=warn',
    '--unhandled-rejections=none',
    '--unhandled-rejections=strict',
  ])('after a promise that nobody caught, with NODE_OPTIONS "%s"', async (nodeOptions) => {
    const rejected = `${forEver} setTimeout(() => void Promise.reject(new Error('deep')));`;
    const { reason } = await endOf(waiting(rejected, undefined, nodeOptions));
    expect(reason).toMatch(/^The step failed: deep\nThis is a bug in the action/);
  });

  test('after one error after the other is ended after the first', async () => {
    const thrown = "let i = 0; setInterval(() => { throw new Error('deep' + i++) }, 20);";
    const { why, took } = await endOf(waiting(thrown));
    expect(why).toMatch(/deep0\.$/);
    expect(took).toBeLessThan(5_000);
  });

  test('after a cancel and an error keeps the time of the cancel', async () => {
    const both = `${forEver} process.kill(process.pid, 'SIGINT'); setTimeout(() => { throw new Error('deep') }, 50);`;
    const { why } = await endOf(waiting(both, '{ cancel: 300, uncut: 0, defect: 60_000 }'));
    expect(why).toBe('The step was cancelled, and ended before it had cleaned up.');
  });

  test('after an error and a cancel gets no more than the time of the cancel', async () => {
    const both = `${forEver} setTimeout(() => { setTimeout(() => process.kill(process.pid, 'SIGINT'), 50); throw new Error('deep') });`;
    const { why, reason, took } = await endOf(waiting(both, '{ cancel: 300, uncut: 0, defect: 60_000 }'));
    expect(why).toBe('The step was cancelled, and ended before it had cleaned up.');
    expect(reason).toMatch(/deep\nThis is a bug/);
    expect(took).toBeLessThan(5_000);
  });

  test.each([1, 3])('after a cancel and %i more gets no more time than after one', async (more) => {
    const again = `${forEver} let n = 0; setInterval(() => { if (n++ <= ${more}) process.kill(process.pid, 'SIGTERM') }, 200);`;
    const { took } = await endOf(waiting(again, '{ cancel: 600, uncut: 0, defect: 60_000 }'));
    expect(took).toBeGreaterThan(750);
    expect(took).toBeLessThan(1_300);
  });

  test.each([
    ['until that is over', 700, 650, 1_600],
    ['for as long as there is time', 60_000, 1_250, 2_200],
  ])('in the middle of what is not to be cut off is waited for %s', async (_, over, atLeast, atMost) => {
    const busy = `${forEver} uncut = () => performance.now() - begun < ${over}; process.kill(process.pid, 'SIGINT');`;
    const { took } = await endOf(waiting(busy));
    expect(took).toBeGreaterThan(atLeast);
    expect(took).toBeLessThan(atMost);
  });

  test('since nothing is left that it could wait for is ended at once', async () => {
    const { why, took } = await endOf(waiting(''));
    expect(why).toBe('The step stopped: what it was waiting for could no longer come.');
    expect(took).toBeLessThan(2_000);
  });
});
