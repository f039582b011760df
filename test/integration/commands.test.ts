import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemWithCall } from '../support/command-line/az-commands.ts';
import { answers, linesForBash, type Names, toldCommands } from '../support/command-line/told-commands.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/machine/temporary-folder.ts';

/*
 * Commands in errors are pasted into a bash in which az keeps what it is called with: they have to arrive as they are meant,
 * whatever things are called, and be ones that Azure's command line has.
 */

const plain: Names = {
  application: '3f0d3c9b-6d53-4f6e-9c11-2b1f6a1f6e01',
  vault: 'kv-prod',
  secret: 'db-user',
  account: 'shopbackups',
  container: 'backups',
  blob: 'shop_backup_20261122154210.dump',
  subject: 'repo:octo-org/moodle:environment:production',
};
/** No name of Azure's may be like this, but what is not checked may come from anywhere. */
const hostile = `it's "x" \${HOME} $(touch planted) \`touch planted\`; touch planted & é %s \\n !! * # `;
const hostileNames: Names = {
  ...{ application: 'a$(touch planted)"b', vault: `${hostile}vault`, secret: `${hostile}secret` },
  ...{ account: `-${hostile}`, container: `${hostile}\ncontainer`, blob: `folder/${hostile}\t.dump\\` },
  subject: `repo:o/r:environment:${hostile}`,
};

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await makeTemporaryFolder('commands');
  const stub = `#!/bin/sh
for argument in "$@"; do printf '%s\\0' "$argument"; done >> kept
printf '\\0\\0' >> kept
case "$1 $2" in
  'identity list') printf '${answers.identity}\\t${answers.group}\\n' ;;
  'keyvault show') echo '${answers.vaultId}' ;;
  'keyvault secret') case "$*" in *--file*) cat > typed ;; esac ;;
esac
`;
  await writeFile(join(folder.path, 'az'), stub, { mode: 0o700 });
});
afterAll(() => folder.remove());

/** Gives bash what a person pastes and types. */
async function pasted(lines: readonly string[]): Promise<{ calls: string[][]; said: string }> {
  const kept = join(folder.path, 'kept');
  await rm(kept, { force: true });
  const env = { HOME: folder.path, PATH: `${folder.path}${delimiter}${process.env['PATH']}` };
  const shell = execFile('bash', ['--norc', '-s'], { env, cwd: folder.path });
  let said = '';
  for (const stream of [shell.stdout, shell.stderr]) stream?.on('data', (chunk) => (said += chunk));
  shell.stdin?.end(`${lines.join('\n')}\n`);
  await once(shell, 'close');
  const text = existsSync(kept) ? await readFile(kept, 'utf8') : '';
  return {
    calls: text
      .split('\0\0\0')
      .slice(0, -1)
      .map((call) => call.split('\0')),
    said,
  };
}

describe.each([
  ['usual names', plain],
  ['hostile names', hostileNames],
])('the commands of an error, with %s', (_, names) => {
  test.each(Object.entries(toldCommands(names)))('%s', async (_title, { text, calls }) => {
    const lines = linesForBash(text);
    for (const line of text.split('\n').filter((one) => !lines.includes(one)))
      expect(line).not.toMatch(/\baz \w+ |\$\w|IFS=/); // no command in prose
    const typed = lines.flatMap((line) => (line.startsWith('IFS= ') ? [line, `typed ${hostile}`] : [line]));
    const ran = await pasted(typed);
    expect(ran).toEqual({ calls, said: '' });
    expect(existsSync(join(folder.path, 'planted'))).toBe(false);
    for (const call of ran.calls) expect(problemWithCall(call)).toBeUndefined();
    if (typed.length > lines.length)
      expect(await readFile(join(folder.path, 'typed'), 'utf8')).toBe(`typed ${hostile}`);
  });
});

test('what GitHub masks is on a line of its own, which says what to put in', () => {
  const values = Object.values(plain).filter((value) => value !== plain.subject);
  for (const { text } of Object.values(toldCommands(plain)))
    for (const line of linesForBash(text))
      for (const value of values)
        if (line.includes(value)) expect(line).toMatch(/^\w+=\S+ # (?:[A-Z_]{10,}|backup_file_name)$/);
});

test('a call that Azure does not have is found', () => {
  expect(problemWithCall(['ad', 'sp', 'show', '--name', 'x'])).toBe('ad sp show has no option --name');
  expect(problemWithCall(['ad', 'sp', 'show'])).toBe('ad sp show lacks --id');
  expect(problemWithCall(['ad', 'sp', 'shove', '--id', 'x'])).toBe('ad sp shove is no command');
});
