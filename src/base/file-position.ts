import { readdir, readFile, readlink, realpath } from 'node:fs/promises';

/**
 * How far a process of ours has come in a file that it reads, in bytes, as Linux tells it; undefined anywhere else, and if it has not
 * opened the file. Never throws. https://man7.org/linux/man-pages/man5/proc_pid_fdinfo.5.html
 */
export async function positionIn(file: string, processId: number): Promise<number | undefined> {
  const process = `/proc/${processId}`;
  try {
    const wanted = await realpath(file);
    for (const descriptor of await readdir(`${process}/fd`)) {
      const opened = await readlink(`${process}/fd/${descriptor}`).catch(() => ''); // closed meanwhile
      if (opened !== wanted) continue;
      const info = await readFile(`${process}/fdinfo/${descriptor}`, 'utf8');
      const digits = /^pos:\s*(\d+)$/m.exec(info)?.[1];
      return digits === undefined ? undefined : Number(digits);
    }
  } catch {
    // another system, or the process has ended
  }
  return undefined;
}
