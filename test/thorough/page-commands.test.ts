import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findProgram, programNames, titleFor } from '../support/command-line/real-programs.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/machine/temporary-folder.ts';
import { allPages, blocksIn, page } from '../support/pages.ts';

/*
 * The real az and gh read the commands of README and docs/: those of the blocks, and those in the text. bash says what the blocks call
 * them with: stand-ins in its PATH write that down.
 */
const programs = await Promise.all(programNames.map(findProgram));

let folder: TemporaryFolder;
/** Each a program and its arguments. */
const calls: string[][] = [];

beforeAll(async () => {
  folder = await makeTemporaryFolder('page-commands');
  const bin = join(folder.path, 'bin');
  await mkdir(bin);
  const kept = join(folder.path, 'calls');
  for (const program of programNames) {
    // What is piped to it has to be read: a printf that nobody reads from fails.
    const stub = `#!/bin/sh
{ printf '%s\\0' ${program} "$@"; printf '\\0'; } >> '${kept}'
case "$*" in *'--file /dev/stdin'* | *'--env-file -'*) cat > /dev/null ;; esac
echo answer
`;
    await writeFile(join(bin, program), stub, { mode: 0o755 });
  }
  // What one page leaves to another: each block finds the variables of the setup.
  const names = blocksIn(page('docs/setup.md'), 'sh')[0] ?? '';
  const more =
    'storage_account=ownerbackups; backup_file_name=b.dump; principal_id=p; client_id=c; subject=s; ';
  const blocks = allPages().flatMap((file) =>
    blocksIn(page(file), 'sh').filter((block) => /\b(az|gh) /.test(block)),
  );
  for (const script of [...blocks, ...inText.filter(isWhole)]) {
    const ids = 'vault_id=/subscriptions/x; account_id=/subscriptions/x';
    const env = { PATH: `${bin}${delimiter}${process.env['PATH']}`, HOME: folder.path };
    const lines = `exec <<<typed\n${names}\n${more}${ids}\n${script}`;
    await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', lines], { env });
  }
  const text = await readFile(kept, 'utf8');
  const found = text.split('\0\0').filter(Boolean);
  calls.push(...[...new Set(found)].map((call) => call.split('\0')));
});
afterAll(() => folder.remove());

/** The commands that stand in the text of the pages. */
const inText = [
  ...new Set(allPages().flatMap((file) => page(file).match(/(?<=`)(?:az|gh) [a-z][^`\n]*(?=`)/g) ?? [])),
];

/** Whether a command of the text has options. One without them may be only the name of a command. */
function isWhole(command: string): boolean {
  return command.includes(' --');
}

test('there are commands of both, in blocks and in the text', () => {
  for (const program of programNames) {
    expect(calls.filter(([first]) => first === program).length).toBeGreaterThan(3);
    expect(inText.filter((command) => command.startsWith(program)).length).toBeGreaterThan(3);
  }
  expect(inText.filter(isWhole).length).toBeGreaterThan(1);
});

describe.each(programNames.map((name, index) => [name, programs[index]] as const))('%s', (name, program) => {
  const refusal = (args: readonly string[]) => program?.refusal(args, folder.path);
  const own = () => calls.flatMap(([first, ...args]) => (first === name ? [args] : []));

  test.skipIf(!program)(titleFor('reads every command of the pages', name, program), async () => {
    for (const args of own()) expect(await refusal(args), args.join(' ')).toBeUndefined();
  });

  test.skipIf(!program)(
    titleFor('refuses a wrong option, in each group of commands', name, program),
    async () => {
      for (const args of new Map(own().map((args) => [args[0], args])).values())
        expect(await refusal([...args, '--colour', 'red']), args.join(' ')).toMatch(
          /unrecognized|unknown flag/,
        );
    },
  );

  test.skipIf(!program)(titleFor('has every command that the text names', name, program), async () => {
    for (const command of inText.filter((one) => one.startsWith(`${name} `) && !isWhole(one))) {
      const [, ...words] = command.split(' ');
      expect(await program?.has(words, folder.path), command).toBe(true);
    }
    expect(await program?.has(['account', 'sett'], folder.path)).toBe(false);
  });
});
