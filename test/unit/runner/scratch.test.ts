import { access, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { clientTool, folderForUnpacking } from '../../../src/postgres/client/install/tool-cache.ts';
import { isScratch, makeScratch, removeFolder } from '../../../src/runner/scratch.ts';
import { makeTemporaryFolder } from '../../support/machine/temporary-folder.ts';

test("the folder of the step's files goes with what was being unpacked elsewhere, and is no error once it is gone", async () => {
  const folder = await makeTemporaryFolder('scratch');
  const cache = join(folder.path, 'cache');
  await mkdir(cache);
  const scratch = await makeScratch(folder.path);
  const unpacking = await folderForUnpacking(cache, clientTool, scratch);
  expect(isScratch(scratch)).toBe(true);
  await removeFolder(scratch);
  for (const gone of [scratch, join(unpacking, '..')]) await expect(access(gone)).rejects.toThrow('ENOENT');
  await expect(access(join(cache, clientTool))).resolves.toBeUndefined();
  await removeFolder(scratch);
  await folder.remove();
});
