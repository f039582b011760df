import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { patienceOf } from '../../../../src/base/patience.ts';
import { clearLeftovers } from '../../../../src/jobs/replace/clear-leftovers.ts';
import { restoreMark } from '../../../../src/postgres/properties/restore-mark.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../../../support/machine/temporary-folder.ts';

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await makeTemporaryFolder('leftovers');
});
afterEach(() => folder.remove());

test('of a leftover whose drop nobody can be asked about, it is not said that it was not dropped, and both its names are told', async () => {
  const program = path.join(folder.path, 'psql');
  const said = 'psql: error: connection to server at "h" (::1), port 1 failed: Connection refused';
  await writeFile(program, `#!/bin/sh\necho '${said}' >&2\nexit 2\n`);
  await chmod(program, 0o700);
  const insistence = { patience: patienceOf(0.2), info: () => {}, readPassword: async () => '' };
  const psql = {
    program,
    connection: {
      address: { host: 'db.example.com', port: 5432, sslMode: 'verify-full' as const },
      ...{ user: 'u', env: { PATH: process.env['PATH'] ?? '' } },
      admission: { password: '', worked: true, insistence },
    },
    signal: AbortSignal.timeout(30_000),
  };
  const name = 'a "b"_restore_20261122154210';
  const comment = restoreMark({ database: 'a "b"', run: '7/1' });
  const found = {
    target: null,
    beside: [{ name, oid: 7, comment, owned: true, limit: null, ruined: false, sessions: 0 }],
  };
  const lost = new AbortController().signal;
  const lock = {
    ...{ database: 'a "b"', lost, strangers: [] },
    session: { run: async () => JSON.stringify(found), lost, close: async () => {} },
    confirm: async () => {},
    release: async () => {},
  };
  const warned: [string, readonly string[] | undefined][] = [];
  const step = {
    info: () => {},
    warn: (text: string, sql?: readonly string[]) => void warned.push([text, sql]),
  };

  const [note, ...others] = await clearLeftovers(lock, { psql }, step);
  expect(others).toEqual([]);
  expect(note?.text).toMatch(
    /^The server could not be asked whether "a \\"b\\"_restore_\d{14}" or by now "a \\"b\\"_dropping_\d{14}", which a killed restore has left, is dropped: /,
  );
  expect(note?.text).not.toContain('It was not dropped');
  expect(note?.sql).toEqual([
    'DROP DATABASE IF EXISTS "a ""b""_restore_20261122154210";',
    expect.stringMatching(/^DROP DATABASE IF EXISTS "a ""b""_dropping_\d{14}";$/),
  ]);
  expect(warned).toEqual([[note?.text, note?.sql]]);
});
