import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findProgram, programNames, titleFor } from '../support/command-line/real-programs.ts';
import { type Names, toldCommands } from '../support/command-line/told-commands.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/machine/temporary-folder.ts';

/*
 * The real az and gh read the commands that errors tell, as bash hands them over: test/integration/commands.test.ts shows that it does.
 */
const programs = await Promise.all(programNames.map(findProgram));

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await makeTemporaryFolder('told-commands');
});
afterAll(() => folder.remove());

const usual: Names = {
  ...{ application: '3f0d3c9b-6d53-4f6e-9c11-2b1f6a1f6e01', vault: 'kv-prod', secret: 'db-user' },
  ...{ account: 'shopbackups', container: 'backups', blob: 'shop_backup_20261122154210.dump' },
  ...{ subject: 'repo:octo-org/moodle:environment:production', repository: 'octo-org/moodle' },
};
/** As they may be called, and as a command line stumbles over it. */
const awkward: Names = {
  ...{
    ...usual,
    vault: 'kv-1-x',
    secret: '--db-user',
    container: '$logs',
    blob: `-h "x" = it's %s\\é @y.dump`,
  },
  ...{ subject: "repo:o/r:environment:-Ann's {x}", repository: 'git.acme.example/o/--r' },
};

/** Each call once. */
function callsOf(names: Names): string[][] {
  const calls = Object.values(toldCommands(names)).flatMap((told) => told.calls);
  return [...new Map(calls.map((call) => [call.join(' '), call])).values()];
}

describe.each(programNames.map((name, index) => [name, programs[index]] as const))('%s', (name, program) => {
  test.skipIf(!program)(titleFor('refuses what it does not have', name, program), async () => {
    const [[, ...args] = []] = callsOf(usual).filter(([first]) => first === name);
    for (const wrong of [['--colour', 'red'], ['--output-file', 'x'], ['stray']])
      expect(await program?.refusal([...args, ...wrong], folder.path)).toMatch(
        /unrecognized|unknown|accepts/,
      );
    expect(await program?.refusal([...args.slice(0, -2), 'shove'], folder.path)).toBeDefined();
  });

  describe.each([
    ['usual names', usual],
    ['awkward names', awkward],
  ])('%s', (_, names) => {
    const known = names === usual ? [] : callsOf(usual).map((call) => call.join(' '));
    const calls = callsOf(names).filter((call) => call[0] === name && !known.includes(call.join(' ')));
    test.skipIf(!program).each(calls.map((call) => [titleFor(call.join(' '), name, program), call] as const))(
      'reads %s',
      async (_title, [, ...args]) => {
        expect(await program?.refusal(args, folder.path)).toBeUndefined();
      },
    );
  });
});
