/** One way to do something. */
export interface Contender {
  name: string;
  /** What is timed. */
  run(): Promise<unknown>;
  /** Clears away what a run has left; not timed. */
  after?(): Promise<unknown>;
}

/** How long each run of a contender took, in milliseconds. */
export interface Measured {
  name: string;
  times: number[];
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
  const measured = contenders.map(({ name }): Measured => ({ name, times: [] }));
  for (let round = 0; round < rounds; round++) {
    for (const [index, { run, after }] of contenders.entries()) {
      await settle();
      const began = performance.now();
      await run();
      measured[index]?.times.push(performance.now() - began);
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
