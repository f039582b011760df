import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process that is known again: ids are used again, but not together with the time of the start. */
export interface KnownProcess {
  id: number;
  /** In ticks of the kernel since the machine was started, as /proc has it. */
  started: string;
}

/**
 * The time at which a process was started, and whether it is one that still runs. Undefined if there is none, or no /proc.
 * https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html (fields 3 and 22; the name before them may hold anything)
 */
function lookAt(id: number): { started: string; runs: boolean } | undefined {
  try {
    const text = readFileSync(`/proc/${id}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { started: fields[19] ?? '', runs: fields[0] !== 'Z' && fields[0] !== 'X' };
  } catch {
    return undefined;
  }
}

/** Processes, as they can be found again later; those that have ended already, and all where there is no /proc, are left out. */
export function knownProcesses(ids: readonly number[]): KnownProcess[] {
  return ids.flatMap((id) => {
    const seen = lookAt(id);
    return seen?.runs ? [{ id, started: seen.started }] : [];
  });
}

/** Whether this very process still runs. */
export function stillRuns({ id, started }: KnownProcess): boolean {
  const seen = lookAt(id);
  return seen?.runs === true && seen.started === started;
}

/** Between two looks, and for how long a process may clean up, in milliseconds. */
const betweenLooks = 50;
const timeToEnd = 3_000;

/**
 * Ends processes, and waits until they are gone: first politely, upon which PostgreSQL's programs cancel their query on the server.
 * Never another's: one whose id has been given to another process since is left alone.
 * @returns those that were still there
 */
export async function endProcesses(known: readonly KnownProcess[]): Promise<KnownProcess[]> {
  const found = known.filter(stillRuns);
  for (const [signal, time] of [
    ['SIGINT', timeToEnd],
    ['SIGKILL', timeToEnd],
  ] as const) {
    for (const one of found.filter(stillRuns)) send(one.id, signal);
    for (const end = performance.now() + time; found.some(stillRuns) && performance.now() < end; )
      await sleep(betweenLooks);
  }
  return found;
}

/** For how long a package manager is waited for, in milliseconds: one that waits for another to end takes two minutes. */
export const longestInstallation = 150_000;

/**
 * Waits for processes that nobody may end.
 * @param longest in milliseconds
 * @param signal whether somebody does not let it wait
 * @param onWait is called once if there are any
 * @returns whether all of them are over
 */
export async function waitForProcesses(
  known: readonly KnownProcess[],
  longest: number,
  signal: AbortSignal,
  onWait: () => void,
): Promise<boolean> {
  const end = performance.now() + longest;
  if (known.some(stillRuns)) onWait();
  while (known.some(stillRuns)) {
    if (signal.aborted || performance.now() > end) return false;
    await sleep(betweenLooks, undefined, { signal }).catch(() => {});
  }
  return true;
}

function send(id: number, signal: NodeJS.Signals): void {
  try {
    process.kill(id, signal);
  } catch {
    // it has just ended, or another user runs it
  }
}
