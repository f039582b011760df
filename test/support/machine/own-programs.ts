import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeTemporaryFolder } from './temporary-folder.ts';

/** Programs of our own, which are found before the machine's. */
export interface OwnPrograms {
  folder: string;
  /** With this a step finds ours first, and behind them what shell scripts need. */
  environment: { PATH: string };
  /** Adds a program, a script for bash. */
  add(name: string, script: string): Promise<void>;
  remove(): Promise<void>;
}

/** A place for programs that must not be the machine's own in a test, such as apt-get. */
export async function ownPrograms(): Promise<OwnPrograms> {
  const { path, remove } = await makeTemporaryFolder('programs');
  const folder = join(path, 'bin');
  return {
    folder,
    environment: { PATH: `${folder}:/usr/bin:/bin` },
    async add(name, script) {
      const file = join(folder, name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, `#!/bin/bash\n${script}\n`);
      await chmod(file, 0o755);
    },
    remove,
  };
}
