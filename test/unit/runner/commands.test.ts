import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as core from '@actions/core';
import { afterEach, describe, expect, test, vi } from 'vitest';
import * as runner from '../../../src/runner/commands.ts';
import { makeTemporaryFolder } from '../../support/machine/temporary-folder.ts';

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

/** What `Char.IsWhiteSpace` of .NET is true for. https://learn.microsoft.com/dotnet/api/system.char.iswhitespace */
const whiteSpace = [
  ...[0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20, 0x85, 0xa0, 0x1680],
  ...[0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a],
  ...[0x2028, 0x2029, 0x202f, 0x205f, 0x3000],
].map((code) => String.fromCharCode(code));

test('the runner takes no line for a command, whatever of its white space comes before it', () => {
  expect(whiteSpace).toHaveLength(25);
  const trimmed = new RegExp(`^[${whiteSpace.join('')}]*`);
  const before = [...whiteSpace, '', '\u001b[2K', '\0', '\u200b', '\ufeff', whiteSpace.join('')];
  for (const blank of before) {
    for (const command of ['::error::x', '::add-mask::x', '##[error]x', 'x ##[group]y']) {
      const lines = written(() => runner.write(`a\n${blank}${command}\r${blank}${command}`)).split(
        /\r\n|\r|\n/,
      );
      for (const line of lines) expect(line.replace(trimmed, '')).not.toMatch(/^::|##\[/);
      for (const control of ['\0', '\u001b', '\u0085']) expect(lines.join('')).not.toContain(control);
    }
  }
});
