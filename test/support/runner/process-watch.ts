import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** A process that was seen while a step ran. */
export interface SeenProcess {
  pid: number;
  /** The name of the program, without its folder. */
  program: string;
  /** Every command line that the process had, its arguments separated by spaces. */
  commandLines: string[];
  /** The most memory that it ever had resident (VmHWM), in bytes. */
  peakMemory: number;
  /** Whether it was still running when the watch ended. */
  alive: boolean;
}

/** A watch over a process and all that descend from it. */
export interface ProcessWatch {
  stop(): SeenProcess[];
}

/**
 * Looks at a process tree every 20 ms, through /proc. What lives for a shorter time may be missed; a
 * system without /proc shows nothing.
 */
export function watchProcesses(root: number): ProcessWatch {
  const seen = new Map<number, SeenProcess>();

  function look(): void {
    // Whoever was seen once is looked at again, since an orphan no longer hangs in the tree.
    const queue = [root, ...seen.keys()];
    const done = new Set<number>();
    for (let pid = queue.shift(); pid !== undefined; pid = queue.shift()) {
      if (done.has(pid)) continue;
      done.add(pid);
      note(pid);
      queue.push(...childrenOf(pid));
    }
  }

  function note(pid: number): void {
    const state = read(`/proc/${pid}/status`);
    const args = read(`/proc/${pid}/cmdline`).split('\0').slice(0, -1);
    const known = seen.get(pid);
    const alive = state !== '' && !/^State:\s+Z/m.test(state);
    if (args[0] === undefined) {
      if (known) known.alive = alive;
      return;
    }
    const program = basename(args[0]);
    const peakMemory = 1024 * Number(/^VmHWM:\s+(\d+) kB/m.exec(state)?.[1] ?? 0);
    const commandLine = args.join(' ');
    // A fork looks like its parent, memory included, until it becomes another program.
    const sameProgram = known?.program === program;
    seen.set(pid, {
      pid,
      program,
      commandLines: [...new Set([...(known?.commandLines ?? []), commandLine])],
      peakMemory: sameProgram ? Math.max(known.peakMemory, peakMemory) : peakMemory,
      alive,
    });
  }

  look();
  const timer = setInterval(look, 20);

  return {
    stop: () => {
      clearInterval(timer);
      look();
      return [...seen.values()];
    },
  };
}

/** The processes that descend from one, now. */
export function descendantsOf(pid: number): number[] {
  return childrenOf(pid).flatMap((child) => [child, ...descendantsOf(child)]);
}

function childrenOf(pid: number): number[] {
  let threads: string[] = [];
  try {
    threads = readdirSync(`/proc/${pid}/task`);
  } catch {
    // it has ended
  }
  return threads
    .flatMap((thread) => read(`/proc/${pid}/task/${thread}/children`).split(' '))
    .filter(Boolean)
    .map(Number);
}

/** The text of a file that may vanish at any moment. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
