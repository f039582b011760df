import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/machine/temporary-folder.ts';
import { allPages, blocksIn, page } from '../support/pages.ts';

/*
 * The real az and gh read the commands of README and docs/. They read them before they look who is signed in, and nobody is.
 * bash says what they are called with: stand-ins in its PATH write that down.
 */
const onPath = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((path) => existsSync(join(path, program)));
const programs = ['az', 'gh'] as const;

let folder: TemporaryFolder;
const calls: string[][] = [];

beforeAll(async () => {
  folder = await makeTemporaryFolder('page-commands');
  const bin = join(folder.path, 'bin');
  await mkdir(bin);
  const kept = join(folder.path, 'calls');
  for (const program of programs) {
    const stub = `#!/bin/sh\n{ printf '%s\\0' ${program} "$@"; printf '\\0'; } >> '${kept}'\necho answer\n`;
    await writeFile(join(bin, program), stub, { mode: 0o755 });
  }
  // What one page leaves to another: each block finds the variables of the setup.
  const names = blocksIn(page('docs/setup.md'), 'sh')[0] ?? '';
  const more =
    'storage_account=ownerbackups; backup_file_name=b.dump; principal_id=p; client_id=c; subject=s; ';
  const scripts = allPages().flatMap((file) =>
    blocksIn(page(file), 'sh').filter((block) => /\b(az|gh) /.test(block)),
  );
  for (const script of scripts) {
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

/** What the real program says to a call, without anybody signed in. */
function said(program: string, args: readonly string[]): Promise<string> {
  const { GH_TOKEN: _, GITHUB_TOKEN: __, ...rest } = process.env;
  const env = {
    ...rest,
    HOME: folder.path,
    AZURE_CONFIG_DIR: folder.path,
    AZURE_CORE_COLLECT_TELEMETRY: 'no',
  };
  return new Promise((resolve) => {
    const options = { env, timeout: 100_000 };
    const child = execFile(program, [...args], options, (_error, out, err) => resolve(out + err));
    child.stdin?.end();
  });
}

/** What they say to a call that they have read: nobody is signed in, or nobody is there to answer a question. */
const readIt = /az login|gh auth login|set the GH_TOKEN|Unable to prompt for confirmation/;

/** Why an older program, as Debian's, cannot read a call. */
function tooOld(answer: string, args: readonly string[]): boolean {
  if (args[0] === 'postgres') return answer.includes('unrecognized arguments: --server-name'); // az 2.86
  if (args[0] === 'variable') return answer.includes('unknown command "variable"'); // gh before it had variables
  return args[0] === 'keyvault' && answer.includes("No module named 'azure.keyvault"); // a fault of Debian's package
}

test('there are commands of both', () => {
  for (const program of programs)
    expect(calls.filter(([first]) => first === program).length).toBeGreaterThan(3);
});

describe.each(programs)('%s', (program) => {
  const missing = !onPath(program);
  const why = missing ? ` (needs ${program} on the PATH)` : '';

  test.skipIf(missing)(`refuses an option that it does not have${why}`, { timeout: 120_000 }, async () => {
    const [, ...args] = calls.find(([first]) => first === program) ?? [];
    expect(await said(program, [...args, '--colour', 'red'])).not.toMatch(readIt);
  });

  test.skipIf(missing)(`reads every command of the pages${why}`, { timeout: 600_000 }, async () => {
    for (const [, ...args] of calls.filter(([first]) => first === program)) {
      const answer = await said(program, args);
      if (!tooOld(answer, args)) expect(answer, args.join(' ')).toMatch(readIt);
    }
  });
});
