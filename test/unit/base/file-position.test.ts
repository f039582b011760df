import { open, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { positionIn } from '../../../src/base/file-position.ts';
import { makeTemporaryFolder } from '../../support/machine/temporary-folder.ts';

test.skipIf(process.platform !== 'linux')(
  'how far a process has read a file is told, by any of its names (on Linux)',
  async () => {
    const folder = await makeTemporaryFolder('file-position');
    const [file, link, other] = ['a file', 'a link', 'other'].map((name) => join(folder.path, name));
    await writeFile(String(file), Buffer.alloc(100_000));
    await writeFile(String(other), '');
    await symlink(String(file), String(link));
    expect(await positionIn(String(file), process.pid)).toBeUndefined();
    const handle = await open(String(file));
    try {
      await handle.read(Buffer.alloc(70_000), 0, 70_000); // without a position, as a stream is read
      expect(await positionIn(String(file), process.pid)).toBe(70_000);
      expect(await positionIn(String(link), process.pid)).toBe(70_000);
      expect(await positionIn(String(other), process.pid)).toBeUndefined();
    } finally {
      await handle.close();
    }
    expect(await positionIn(String(file), process.pid)).toBeUndefined();
    await folder.remove();
  },
);

test('of a process or a file that is not there nothing is told', async () => {
  expect(await positionIn(import.meta.filename, 2 ** 30)).toBeUndefined();
  expect(await positionIn('/nowhere/at all', process.pid)).toBeUndefined();
});
