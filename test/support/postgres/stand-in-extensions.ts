import { copyFile, mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Extensions of our own that behave like well-known ones, as files for a server. */
const standIns = fileURLToPath(new URL('./extensions/', import.meta.url));

/**
 * Makes programs of a PostgreSQL server that have the stand-ins among their extensions: links to the given ones, which stay as they
 * are. The programs themselves are copied, since they look for their other files beside where a link leads.
 * https://github.com/postgres/postgres/blob/master/src/common/exec.c (find_my_exec)
 */
export async function withStandIns(programs: string, target: string): Promise<string> {
  const share = join('share', 'postgresql');
  const extensions = join(share, 'extension');
  await mkdir(join(target, 'bin'), { recursive: true });
  for (const name of await readdir(join(programs, 'bin')))
    await copyFile(join(programs, 'bin', name), join(target, 'bin', name));
  await symlink(join(programs, 'lib'), join(target, 'lib'));
  await mkdir(join(target, extensions), { recursive: true });
  for (const folder of [share, extensions]) {
    for (const name of await readdir(join(programs, folder)))
      if (name !== 'extension') await symlink(join(programs, folder, name), join(target, folder, name));
  }
  for (const name of await readdir(standIns))
    await copyFile(join(standIns, name), join(target, extensions, name));
  return target;
}
