import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Command, ProcessFailure, run, start } from '../../../src/base/process.ts';

/*
 * Real little programs: node with a script.
 */
afterEach(() => {
  vi.unstubAllEnvs();
});

const never = new AbortController().signal;
const command = (script: string, more: Partial<Command> = {}): Command => ({
  program: process.execPath,
  args: ['-e', script],
  env: {},
  signal: never,
  ...more,
});

/** The error of a program that fails. */
async function failureOf(command: Command): Promise<unknown> {
  return run(command).then(
    (output) => expect.unreachable(`it succeeded: ${output}`),
    (error: unknown) => error,
  );
}

describe('a program', () => {
  test('gives what it prints, also more than a pipe holds', async () => {
    expect(await run(command('process.stdout.write("x".repeat(1_000_000))'))).toHaveLength(1_000_000);
  });

  test('gets its input, also more than a pipe holds', async () => {
    const script =
      'let n = 0; process.stdin.on("data", (d) => { n += d.length }).on("end", () => console.log(n))';
    expect(await run(command(script, { input: 'x'.repeat(1_000_000) }))).toBe('1000000\n');
  });

  test('may end before it has read its input', async () => {
    expect(await run(command('console.log("ok"); process.exit()', { input: 'x'.repeat(1_000_000) }))).toBe(
      'ok\n',
    );
  });

  test('inherits nothing', async () => {
    vi.stubEnv('SECRET', 'x');
    const names = await run(command('console.log(Object.keys(process.env).join())', { env: { GIVEN: '1' } }));
    expect(names.trim().split(',')).toContain('GIVEN');
    expect(names).not.toContain('SECRET');
  });

  test('is heard line by line', async () => {
    const lines: string[] = [];
    const script =
      'process.stderr.write("one\\ntwo\\r\\n\\nth"); setTimeout(() => process.stderr.write("ree"), 50)';
    await run(command(script, { onStderrLine: (line) => lines.push(line) }));
    expect(lines).toEqual(['one', 'two', '', 'three']);
  });
});

describe('a program fails', () => {
  test.each([
    ['with a status', 'process.exit(3)', { exitCode: 3, stderr: '', message: /exited with status 3$/ }],
    [
      'with a status and words',
      'console.error("no\\nnever"); process.exit(1)',
      { exitCode: 1, stderr: 'no\nnever', message: /exited with status 1$/ },
    ],
    [
      'after it printed something',
      'console.log("half"); console.error("no"); process.exitCode = 1',
      { exitCode: 1, stderr: 'no', message: /exited with status 1$/ },
    ],
    [
      'by a signal of somebody else',
      'process.kill(process.pid, "SIGKILL")',
      { exitCode: null, stderr: '', message: /was ended by SIGKILL$/ },
    ],
  ])('%s', async (_, script, expected) => {
    const failure = await failureOf(command(script));
    expect(failure).toBeInstanceOf(ProcessFailure);
    expect(failure).toMatchObject({ exitCode: expected.exitCode, stderr: expected.stderr });
    expect(failure).toHaveProperty('message', expect.stringMatching(expected.message));
  });

  test.each([
    ['that is not there', '/no/such/program', /could not be started \(.*ENOENT/],
    ['that is a folder', '/tmp', /could not be started \(.*EACCES/],
  ])('to start, %s', async (_, program, message) => {
    const failure = await failureOf(command('', { program }));
    expect(failure).toBeInstanceOf(ProcessFailure);
    expect(failure).toHaveProperty('message', expect.stringMatching(message));
  });

  test('to start, since no more files may be open: like any other, and not by an event that nobody hears', async () => {
    const module_ = new URL('../../../src/base/process.ts', import.meta.url).href;
    const script = `import { openSync } from 'node:fs'; import { run, start } from ${JSON.stringify(module_)};
      const order = { program: process.execPath, args: ['-e', ''], env: {}, signal: new AbortController().signal, input: 'x' };
      try { for (;;) openSync('/dev/null') } catch {}
      const told = [await run(order).catch((error) => error.message), await start(order).finished.catch((error) => error.cause.code)];
      process.stdout.write(told.join('; '));`;
    const told = await run(command('', { args: ['--input-type=module', '-e', script] }));
    expect(told).toMatch(/could not be started \(.*EMFILE.*\); EMFILE$/);
  });

  test('and only the end of what it said is kept, line by line', async () => {
    const script =
      'for (let i = 0; i < 300; i++) console.error("line", i); console.error("x".repeat(9_000)); process.exitCode = 1';
    const failure = await failureOf(command(script));
    if (!(failure instanceof ProcessFailure)) throw failure;
    const lines = failure.stderr.split('\n');
    expect(lines).toHaveLength(100);
    expect(lines[0]).toBe('line 201');
    expect(lines.at(-1)).toHaveLength(4_000);
  });
});

test('all that run are killed at once, and are gone then', async () => {
  const module_ = new URL('../../../src/base/process.ts', import.meta.url).href;
  const script = `import { killAll, start, watchChildren } from ${JSON.stringify(module_)};
    const told = []; watchChildren((ids) => told.push(ids.length));
    const hang = "process.on('SIGINT', () => {}); console.log(1); setInterval(() => {}, 1000)";
    const order = { program: process.execPath, args: ['-e', hang], env: {}, signal: new AbortController().signal };
    const running = [start(order), start(order)];
    for (const one of running) await one.stdout[Symbol.asyncIterator]().next();
    await killAll();
    const alive = running.filter(({ id }) => { try { process.kill(id, 0); return true } catch { return false } });
    let again = 'was started'; try { start(order) } catch (error) { again = error.message }
    process.stdout.write(JSON.stringify({ told, alive: alive.length, again }));
    process.exit();`;
  const told = JSON.parse(await run(command('', { args: ['--input-type=module', '-e', script] })));
  expect(told).toEqual({ told: [1, 2], alive: 0, again: expect.stringContaining('was not started') });
});

describe('a program is ended', () => {
  const reason = new Error('cancelled');
  const hang = 'console.error("ready"); setInterval(() => {}, 1000)';
  const stubborn = `process.on("SIGINT", () => console.error("heard")); ${hang}`;

  test('by an abort, with its reason', async () => {
    const controller = new AbortController();
    const onStderrLine = (): void => controller.abort(reason);
    expect(await failureOf(command(hang, { signal: controller.signal, onStderrLine }))).toBe(reason);
  });

  test('by an abort that came before it began', async () => {
    expect(await failureOf(command(hang, { signal: AbortSignal.abort(reason) }))).toBe(reason);
  });

  test('by an abort, while somebody has stopped reading what it prints', async () => {
    const controller = new AbortController();
    const script = `process.stdout.write("x".repeat(10_000_000)); ${hang}`;
    const running = start(command(script, { signal: controller.signal }));
    await running.stdout[Symbol.asyncIterator]().next();
    controller.abort(reason);
    await expect(running.finished).rejects.toBe(reason);
  });

  test('by an abort, upon which it ends with status 0 all the same', async () => {
    const controller = new AbortController();
    const script =
      'process.on("SIGINT", () => process.exit(0)); process.stderr.write("ready\\n"); setInterval(() => {}, 1_000)';
    const failing = failureOf(
      command(script, {
        signal: controller.signal,
        onStderrLine: () => controller.abort(new Error('enough')),
      }),
    );
    expect(await failing).toMatchObject({ message: 'enough' });
  });

  test('with patience at first, and then without', async () => {
    const controller = new AbortController();
    const lines: string[] = [];
    const onStderrLine = (line: string): void => {
      lines.push(line);
      if (line === 'ready') controller.abort(reason);
    };
    const begun = performance.now();
    expect(await failureOf(command(stubborn, { signal: controller.signal, onStderrLine }))).toBe(reason);
    expect(lines).toEqual(['ready', 'heard']);
    expect(performance.now() - begun).toBeGreaterThan(2_900);
    expect(performance.now() - begun).toBeLessThan(6_000);
  });

  test('by stop, which never throws and may come twice', async () => {
    const running = start(command(hang));
    await running.stop();
    await running.stop();
    await expect(running.finished).rejects.toThrow('was ended by SIGINT');
  });

  test('by nothing when it is over: an abort that comes later changes nothing', async () => {
    const controller = new AbortController();
    const running = start(command('console.log("ok")', { signal: controller.signal }));
    const output = await text(running.stdout);
    await running.finished;
    controller.abort(reason);
    await running.stop();
    expect(output).toBe('ok\n');
    await expect(running.finished).resolves.toBeUndefined();
  });
});
