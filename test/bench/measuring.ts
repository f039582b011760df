import { cpus } from 'node:os';

/** One way to do something. */
export interface Contender {
  name: string;
  /** What is timed. */
  run(): Promise<unknown>;
  /** Clears away what a run has left; not timed. */
  after?(): Promise<unknown>;
}

/** What was seen of each run of a contender. */
export interface Measured {
  name: string;
  /** In milliseconds. */
  times: number[];
  /** How many cores of the machine were at work, whoever's work it was; on average. */
  cores: number[];
}

/**
 * Measures contenders in turns, so that a machine that is busier for a while is so for all of them.
 * @param settle is called before each run, and not timed
 */
export async function race(
  contenders: readonly Contender[],
  rounds: number,
  settle: () => Promise<unknown> = async () => {},
): Promise<Measured[]> {
  const measured = contenders.map(({ name }): Measured => ({ name, times: [], cores: [] }));
  for (let round = 0; round < rounds; round++) {
    for (const [index, { run, after }] of contenders.entries()) {
      await settle();
      const [began, worked] = [performance.now(), timeAtWork()];
      await run();
      const time = performance.now() - began;
      measured[index]?.times.push(time);
      measured[index]?.cores.push((timeAtWork() - worked) / time);
      await after?.();
    }
  }
  return measured;
}

/** The value in the middle, or between the two that are there. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error('Nothing was measured');
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [(sorted.length - 1) >> 1, sorted.length >> 1];
  return ((sorted[low] ?? 0) + (sorted[high] ?? 0)) / 2;
}

/** Of all cores together since the machine was started, in milliseconds. */
function timeAtWork(): number {
  return cpus().reduce((sum, { times: { user, nice, sys, irq } }) => sum + user + nice + sys + irq, 0);
}
