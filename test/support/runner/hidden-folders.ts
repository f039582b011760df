import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import type { ServerUser } from '../postgres/postgres-programs.ts';

/** The machine as a step sees it, where that is not the machine as it is. */
export interface OwnMachine {
  /** Folders that are empty to the step. */
  hidden?: readonly string[];
  /** Folders that are on a disk of their own, of so many bytes. */
  disks?: readonly { folder: string; bytes: number }[];
  /** Whom the step runs as. */
  user?: ServerUser;
}

/** Whether this process may hide folders from a program: that takes a mount of its own (Linux, root). */
export function mayHideFolders(): boolean {
  try {
    execFileSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'none', tmpdir()], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/**
 * What to run a program with so that it, and whatever it starts, sees such a machine. It keeps its process ID. Another user may not enter
 * the folders above this repository, so that is put at `place` for it.
 */
export function on(
  { hidden = [], disks = [], user }: OwnMachine,
  repository: string,
  place: string,
  program: string,
): [string, ...string[]] {
  if (hidden.length === 0 && disks.length === 0 && !user) return [program];
  const steps = [
    ...(user ? [['mount', '--bind', repository, place]] : []),
    ...hidden.map((folder) => ['mount', '-t', 'tmpfs', 'none', folder]),
    ...disks.map(({ folder, bytes }) => [
      'mount',
      '-t',
      'tmpfs',
      '-o',
      `size=${bytes},mode=777`,
      'none',
      folder,
    ]),
  ];
  const change = user
    ? ['setpriv', `--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups', '--']
    : [];
  const own = user ? program.replace(repository, place) : program;
  const script = [...steps.map(inShell), `exec ${inShell([...change, own])} "$@"`].join('\n');
  return ['unshare', '--mount', 'sh', '-ec', script, 'on'];
}

function inShell(words: readonly string[]): string {
  return words.map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(' ');
}
