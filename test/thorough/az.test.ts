import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toldCommands } from '../support/command-line/told-commands.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/machine/temporary-folder.ts';

/*
 * Azure's own command line reads the commands that errors tell. It reads them before it looks who is signed in, and nobody is.
 */
const lacksAz = !(process.env['PATH'] ?? '').split(delimiter).some((path) => existsSync(join(path, 'az')));

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await makeTemporaryFolder('az');
});
afterAll(() => folder.remove());

const names = {
  ...{ application: '3f0d3c9b-6d53-4f6e-9c11-2b1f6a1f6e01', vault: 'kv-prod', secret: 'db-user' },
  ...{ account: 'account', container: 'backups', blob: 'x.dump', subject: "repo:o/r:environment:Ann's" },
};
const calls = new Map(
  Object.values(toldCommands(names)).flatMap((told) => told.calls.map((call) => [call.join(' '), call])),
);

function az(args: readonly string[]): Promise<string> {
  const env = { ...process.env, AZURE_CONFIG_DIR: folder.path, AZURE_CORE_COLLECT_TELEMETRY: 'false' };
  return new Promise((resolve) => {
    execFile('az', [...args], { env, timeout: 100_000 }, (_, stdout, stderr) =>
      resolve(stdout + stderr),
    ).stdin?.end();
  });
}

describe.skipIf(lacksAz)(`az${lacksAz ? ' (needs az on the PATH)' : ''}`, () => {
  test('refuses an option that it does not have', { timeout: 120_000 }, async () => {
    expect(await az(['ad', 'sp', 'show', '--id', 'x', '--colour', 'red'])).toContain(
      'unrecognized arguments: --colour red',
    );
  });

  // Debian packages az without a part of its module for vaults, and then it reads none of its commands.
  test.each([...calls.values()].map((call) => [call.join(' '), call] as const))(
    'reads %s',
    { timeout: 120_000 },
    async (_, call) => {
      const said = await az(call);
      if (call[0] === 'keyvault' && said.includes("No module named 'azure.keyvault")) return;
      expect(said).toContain("Please run 'az login' to setup account.");
    },
  );
});
