import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Faults } from '../support/faults/start-faults.ts';
import { descendantsOf } from '../support/runner/process-watch.ts';
import type { RunningStep } from '../support/runner/runner.ts';

/**
 * What a round meets with: the action's own process is killed alone, so that its children survive it, or with all of them; the network is
 * cut for good, by resets or in silence, or for a moment.
 */
export type Way = 'kill alone' | 'kill all' | 'cut' | 'silence' | 'blip';

/** What was done, and when. */
export interface Done {
  /** As `performance.now()` counts, and as `Date.now()` does. */
  at: number;
  time: number;
  /** Whether the network stayed cut until the step ended. */
  isForGood: boolean;
  /** The processes of the step at that moment. */
  processes: RunningProcess[];
}

interface RunningProcess {
  pid: number;
  started: string;
  command: string;
}

export function isKill(way: Way): boolean {
  return way === 'kill alone' || way === 'kill all';
}

/** `retry_timeout_seconds` of a step that meets with it: long where it has to get over it, or over the load of the machine, short where it can't. */
export function patienceFor(way: Way): string {
  return isKill(way) ? '300' : way === 'blip' ? '120' : '30';
}

/** Has a step meet with its fault. The network is mended when the step has ended, or after the moment. */
export function strike(way: Way, { child }: RunningStep, faults: Faults, moment: number): Done {
  const processes = child.pid === undefined ? [] : [child.pid, ...descendantsOf(child.pid)].flatMap(seen);
  const [at, time] = [performance.now(), Date.now()];
  if (way === 'kill alone') child.kill('SIGKILL');
  else if (way === 'kill all') for (const { pid } of processes) kill(pid);
  else {
    void faults.cut(way === 'silence' ? 'silently' : undefined);
    child.once('exit', () => void faults.mend());
    if (way === 'blip') void sleep(moment).then(() => faults.mend());
  }
  return { at, time, isForGood: way === 'cut' || way === 'silence', processes };
}

/** Those of the processes of a step that still run. */
export function stillRunning({ processes }: Done): RunningProcess[] {
  return processes.filter(({ pid, started }) => seen(pid).some((one) => one.started === started));
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it has just ended
  }
}

/** A process that runs; https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html (fields 3 and 22). */
function seen(pid: number): RunningProcess[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return [];
    const command = readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ').slice(0, 200);
    return [{ pid, started: fields[19] ?? '', command }];
  } catch {
    return [];
  }
}
