import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as core from '@actions/core';
import { afterEach, describe, expect, test, vi } from 'vitest';
import * as runner from '../../src/runner.ts';
import { makeTemporaryFolder } from '../support/machine/temporary-folder.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

function written(work: () => void): string {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  work();
  const text = write.mock.calls.map(([part]) => String(part)).join('');
  write.mockRestore();
  return text;
}

describe.each(['plain', '', '100 %\r\nof: it, %0A, ::error::😀', ' \ttext '])(
  'to the runner, with %j, it is the same as @actions/core',
  (text) => {
    test.each<[string, () => void, () => void]>([
      ['a line', () => runner.write(text), () => core.info(text)],
      ['a mask', () => runner.setSecret(text), () => core.setSecret(text)],
      ['a line for debug logs', () => runner.debug(text), () => core.debug(text)],
      ['a warning', () => runner.warning(text), () => core.warning(text)],
      ['an error', () => runner.error(text), () => core.error(text)],
      ['an error with a title', () => runner.error('x', text), () => core.error('x', { title: text })],
    ])('%s', (_, ours, theirs) => {
      // A title that is empty leaves a space behind in the toolkit, which means nothing to the runner.
      expect(written(ours)).toBe(written(theirs).replace(/^::error ::/, '::error::'));
    });

    test('an input', () => {
      vi.stubEnv('INPUT_SOME_INPUT', text);
      expect(runner.getInput('some input')).toBe(core.getInput('some input', { trimWhitespace: false }));
    });
  },
);

test('what is added to the summary stands after what is there, as with @actions/core', async () => {
  const folder = await makeTemporaryFolder('summary');
  const file = join(folder.path, 'summary.md');
  await writeFile(file, 'before\n');
  vi.stubEnv('GITHUB_STEP_SUMMARY', file);
  await runner.appendToSummary('one %\n::two');
  await core.summary.addRaw('one %\n::two', true).write();
  expect(await readFile(file, 'utf8')).toBe('before\none %\n::two\none %\n::two\n');
  await folder.remove();
});

test('a runner without a file for the summary is told of', async () => {
  vi.stubEnv('GITHUB_STEP_SUMMARY', '');
  await expect(runner.appendToSummary('x')).rejects.toThrow('GITHUB_STEP_SUMMARY');
});

test('an input that is not given is empty', () => {
  expect(runner.getInput('no_such_input')).toBe('');
});
