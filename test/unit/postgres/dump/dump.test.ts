import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { supportsZstd } from '../../../../src/postgres/dump/dump.ts';
import { makeTemporaryFolder } from '../../../support/machine/temporary-folder.ts';

const noSocket =
  'pg_dump: error: connection to server on socket "/nonexistent/.s.PGSQL.5432" failed: No such file or directory';

test.each([
  ['a client that only fails to connect has it', 17, noSocket, true],
  [
    'a client that was built without it has not',
    17,
    'pg_dump: error: this build does not support compression with ZSTD',
    false,
  ],
  ['a client before 16 has not', 15, noSocket, false],
])('%s', async (_, major, says, knows) => {
  const folder = await makeTemporaryFolder('zstd');
  const pgDump = join(folder.path, 'pg_dump');
  await writeFile(pgDump, `#!/bin/sh\necho '${says}' >&2\nexit 1\n`);
  await chmod(pgDump, 0o700);
  const client = { major, version: `${major}.1`, psql: '', pgDump, pgRestore: '' };
  expect(await supportsZstd(client, AbortSignal.timeout(60_000))).toBe(knows);
  await folder.remove();
});
