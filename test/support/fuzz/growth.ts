/** Below this, in milliseconds, a time says nothing. */
const measurable = 8;

/** How long the longer of two texts may take, as a multiple of the other: it is four times as long, and 16 would be its square. */
const most = 9;

/** A ratio of single times below this is no square: nothing is measured again. */
const suspicious = 6;

/** How much of a processor work takes at best, in milliseconds of this thread: what else the machine does hardly counts. */
function fastest(work: () => unknown, times = 4): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < times; i++) {
    const begin = process.threadCpuUsage();
    work();
    const { user, system } = process.threadCpuUsage(begin);
    best = Math.min(best, (user + system) / 1_000);
    if (best > 300) break;
  }
  return best;
}

/**
 * Whether work grows faster than its input, as far as that can be measured.
 * @param work with an input of that many characters
 * @param length of the shorter input
 * @returns in words, undefined if it does not
 */
export function superlinear(work: (length: number) => () => unknown, length: number): string | undefined {
  const [larger, smaller] = [work(4 * length), work(length)];
  const once = fastest(larger, 1);
  if (once < measurable || once / fastest(smaller, 2) < suspicious) return undefined;
  const ratios = Array.from(
    { length: 3 },
    () => fastest(larger) / Math.max(fastest(smaller), measurable / most),
  );
  // Only what is so each time is no accident of a busy machine.
  const ratio = Math.min(...ratios);
  if (ratio > most) return `${ratio.toFixed(1)} times as long for ${4 * length} characters as for ${length}`;
  return undefined;
}
