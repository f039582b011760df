import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../../src/base/process.ts';
import { runUnattended } from '../../../src/base/unattended.ts';
import { until } from '../../support/jobs.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../../support/machine/temporary-folder.ts';

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await makeTemporaryFolder('unattended');
});
afterAll(() => folder.remove());

const never = new AbortController().signal;
const node = (script: string, env = {}) => ({ program: process.execPath, args: ['-e', script], env });
const ended = async (file: string): Promise<boolean> =>
  (await readFile(join(folder.path, file), 'utf8').catch(() => '')) === 'whole';

describe('a program that nobody may end', () => {
  test.each([
    ['console.log("x".repeat(200_000)); console.error("E: no"); process.exitCode = 100', 100, 'E: no\n'],
    ['process.stderr.write("y".repeat(200_000))', 0, 'y'.repeat(200_000)],
  ])('tells how it ended: %s', async (script, exitCode, stderr) => {
    const options = { scratch: folder.path, signal: never };
    expect(await runUnattended(node(script), options)).toEqual({ exitCode, stderr });
    expect(await readdir(folder.path)).toEqual([]);
  });

  test('that is not there fails like any other', async () => {
    const options = { scratch: folder.path, signal: never };
    const missing = runUnattended({ program: '/no/such/program', args: [], env: {} }, options);
    await expect(missing).rejects.toThrow(/could not be started \(.*ENOENT/);
  });

  // It says something in the end, on both ways, which would end it if nobody could hear it any more.
  const work = (file: string): string => `setTimeout(() => {
      for (let i = 0; i < 1000; i++) { console.log("x".repeat(100)); console.error("x".repeat(100)); }
      require('node:fs').writeFileSync(${JSON.stringify(join(folder.path, file))}, 'whole');
    }, 700)`;

  test('is not waited for after a cancel, and works on to its end', async () => {
    const reason = new Error('cancelled');
    const cancel = new AbortController();
    const begun = performance.now();
    setTimeout(() => cancel.abort(reason), 200);
    const options = { scratch: folder.path, signal: cancel.signal };
    await expect(runUnattended(node(work('cancelled')), options)).rejects.toBe(reason);
    expect(performance.now() - begun).toBeLessThan(600);
    await until('its end', () => ended('cancelled'), 5);
  });

  test('works on to its end after whoever started it was killed', async () => {
    const module_ = new URL('../../../src/base/unattended.ts', import.meta.url).href;
    const parent = `import { runUnattended } from ${JSON.stringify(module_)};
      setTimeout(() => process.kill(process.pid, 'SIGKILL'), 300);
      await runUnattended(${JSON.stringify(node(work('killed')))}, { scratch: ${JSON.stringify(folder.path)}, signal: new AbortController().signal });`;
    const args = ['--input-type=module', '-e', parent];
    const killed = run({ program: process.execPath, args, env: {}, signal: never });
    await expect(killed).rejects.toThrow('was ended by SIGKILL');
    expect(await ended('killed')).toBe(false);
    await until('its end', () => ended('killed'), 5);
  });

  test('is not started after a cancel', async () => {
    const options = { scratch: folder.path, signal: AbortSignal.abort(new Error('cancelled')) };
    await expect(runUnattended(node(''), options)).rejects.toThrow('cancelled');
  });
});
