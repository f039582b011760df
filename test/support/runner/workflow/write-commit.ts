import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Commit } from './repositories.ts';

const thisRepository = join(import.meta.dirname, '..', '..', '..', '..');

/** What a commit is made of. */
export interface CommitOptions extends Omit<Commit, 'folder'> {
  /** Their contents, by path. */
  files?: Record<string, string>;
  /** What is taken from this working tree, files or folders. */
  linked?: string[];
}

/** Writes the files of a commit into a new folder inside `parent`. */
export async function writeCommit(parent: string, options: CommitOptions): Promise<Commit> {
  const { files = {}, linked = [], ...commit } = options;
  const folder = await mkdtemp(join(parent, `${commit.sha}-`));
  const place = async (path: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    return join(folder, path);
  };
  for (const [path, text] of Object.entries(files)) await writeFile(await place(path), text);
  for (const path of linked) await symlink(join(thisRepository, path), await place(path));
  return { ...commit, folder };
}
