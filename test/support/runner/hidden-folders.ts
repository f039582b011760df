import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';

/** Whether this process may hide folders from a program: that takes a mount of its own (Linux, root). */
export function mayHideFolders(): boolean {
  try {
    execFileSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'none', tmpdir()], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** What to run a program with so that it, and whatever it starts, sees these folders as empty ones. It keeps its process ID. */
export function hiding(folders: readonly string[], program: string): [string, ...string[]] {
  if (folders.length === 0) return [program];
  const script =
    'for folder; do shift; [ "$folder" = -- ] && break; mount -t tmpfs none "$folder"; done; exec "$@"';
  return ['unshare', '--mount', 'sh', '-ec', script, 'hide', ...folders, '--', program];
}
