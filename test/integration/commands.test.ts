import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answers, linesForBash, type Names, toldCommands } from '../support/command-line/told-commands.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/machine/temporary-folder.ts';

/*
 * Commands in errors are pasted into a bash in which az, gh and curl keep what they are called with: they have to arrive as they are meant,
 * whatever things are called. In test/thorough/told-commands.test.ts the real programs read them.
 */

const plain: Names = {
  application: '3f0d3c9b-6d53-4f6e-9c11-2b1f6a1f6e01',
  vault: 'kv-prod',
  secret: 'db-user',
  account: 'shopbackups',
  container: 'backups',
  blob: 'shop_backup_20261122154210.dump',
  subject: 'repo:octo-org/moodle:environment:production',
  repository: 'octo-org/moodle',
};
/** No name of Azure's may be like this, but what is not checked may come from anywhere. */
const hostile = `it's "x" \${HOME} $(touch planted) \`touch planted\`; touch planted & é %s \\n !! * # `;
const hostileNames: Names = {
  ...{ application: 'a$(touch planted)"b', vault: `${hostile}vault`, secret: `${hostile}secret` },
  ...{ account: `-${hostile}`, container: `${hostile}\ncontainer`, blob: `folder/${hostile}\t.dump\\` },
  subject: `repo:o/r:environment:${hostile}`,
  repository: `${hostile}\n::error::/r`,
};

const source = join(import.meta.dirname, '..', '..', 'src');

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await makeTemporaryFolder('commands');
  const stub = `#!/bin/sh
for argument in "\${0##*/}" "$@"; do printf '%s\\0' "$argument"; done >> kept
printf '\\0\\0' >> kept
case "$1 $2" in
  'ad app' | 'identity federated-credential') case "$*" in *' list '*tsv) cat credentials ;; esac ;;
  'identity list') printf '${answers.identity}\\t${answers.group}\\n' ;;
  'keyvault show') echo '${answers.vaultId}' ;;
  'storage blob') [ "$3" != list ] || echo '${answers.version}' ;;
  'keyvault secret') case "$*" in *--file*) cat > typed ;; esac ;;
esac
`;
  for (const program of ['az', 'gh', 'curl'])
    await writeFile(join(folder.path, program), stub, { mode: 0o700 });
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
    // Those of an application or identity, as az prints a table: another one, and the one that is meant, in other letters.
    const { subject } = names;
    const listed = [
      `${subject}x\tanother`,
      `${subject.replaceAll(/[a-z]/g, (letter) => letter.toUpperCase())}\t${answers.credential}`,
      `x${subject}\tlast`,
    ];
    await writeFile(join(folder.path, 'credentials'), listed.map((line) => `${line}\n`).join(''));
    const lines = linesForBash(text);
    for (const line of text.split('\n').filter((one) => !lines.includes(one)))
      expect(line).not.toMatch(/\b(?:az|gh) \w+ |\$\w|IFS=/); // no command in prose
    const typed = lines.flatMap((line) => (line.startsWith('IFS= ') ? [line, `typed ${hostile}`] : [line]));
    const ran = await pasted(typed);
    expect(ran).toEqual({ calls, said: '' });
    expect(existsSync(join(folder.path, 'planted'))).toBe(false);
    if (typed.length > lines.length)
      expect(await readFile(join(folder.path, 'typed'), 'utf8')).toBe(`typed ${hostile}`);
  });
});

test('what GitHub masks is on a line of its own, which says what to put in', () => {
  const shown = [plain.subject, plain.repository]; // GitHub shows both
  const values = Object.values(plain).filter((value) => !shown.includes(value));
  for (const { text } of Object.values(toldCommands(plain)))
    for (const line of linesForBash(text))
      for (const value of values)
        if (line.includes(value)) expect(line).toMatch(/^\w+=\S+ # (?:[A-Z_]{10,}|backup_file_name)$/);
});

test('each command that the source tells is among these, or in a summary', () => {
  const told = Object.values(toldCommands(plain)).flatMap(({ calls }) => calls.map((call) => call.join(' ')));
  const inSummaries = ['gh workflow run ', 'gh run rerun ']; // which test/thorough/summaries.test.ts has read
  const inSource = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => readFileSync(join(source, file), 'utf8').split('\n'))
    .filter((line) => !/^ *(\/\/|\/?\*)/.test(line))
    .flatMap((line) => line.match(/\b(?:az|gh)(?: [a-z][a-z-]+)+/g) ?? []);
  expect(inSource.length).toBeGreaterThan(told.length / 2);
  const unread = inSource.filter(
    (words) => ![...told, ...inSummaries].some((call) => `${call} `.startsWith(`${words} `)),
  );
  expect(unread).toEqual([]);
});
