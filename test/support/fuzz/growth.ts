/** Less than this, in milliseconds of the processor, grows into nothing that anybody would wait for. */
const measurable = 8;

/**
 * How long work is repeated to be measured, in milliseconds of the processor: the kernel may count a thread's time in steps of 4 ms
 * (at 250 ticks a second), so that one run of 1 ms takes nothing or four times as long.
 */
const span = 40;

/** How long the longer of two texts may take, as a multiple of the other: it is four times as long, and 16 would be its square. */
const most = 9;

/** How often it has to be so: what is so each time is no accident of a busy machine, or of a compiler that is not there yet. */
const tries = 5;

/** @returns how much of the processor this thread has had, in milliseconds: what else the machine does hardly counts */
function now(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** How long work takes, in milliseconds of the processor: on average, as often as it takes to be measured. */
function timeOf(work: () => unknown): number {
  const begin = now();
  for (let times = 1; ; times++) {
    work();
    const spent = now() - begin;
    if (spent >= span) return spent / times;
  }
}

/**
 * Whether work grows faster than its input, as far as that can be measured.
 * @param work with an input of that many characters
 * @param length of the shorter input
 * @returns in words, undefined if it does not
 */
export function superlinear(work: (length: number) => () => unknown, length: number): string | undefined {
  const larger = work(4 * length);
  const begin = now();
  larger();
  if (now() - begin < measurable) return undefined;
  const smaller = work(length);
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < tries && least > most; i++) least = Math.min(least, timeOf(larger) / timeOf(smaller));
  return least > most
    ? `${least.toFixed(1)} times as long for ${4 * length} characters as for ${length}`
    : undefined;
}
