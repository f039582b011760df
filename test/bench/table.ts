import { type Measured, median } from './measuring.ts';

/** A table in Markdown. All columns but the first are numbers. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(head),
    `|${head.map((_, index) => (index === 0 ? '---|' : '---:|')).join('')}`,
    ...rows.map(line),
  ].join('\n');
}

/**
 * Times of whole jobs, and how many times as long the subject takes as each other: below 1, the subject is quicker.
 * @param subject the name of the one that is compared with all
 * @param ratio what the column says in which it is
 */
export function comparison(
  title: string,
  subject: string,
  all: readonly Measured[],
  ratio = 'the action against it',
): string {
  const own = median(all.find(({ name }) => name === subject)?.times ?? []);
  const rows = all.map(({ name, times, cores }) => [
    name,
    inSeconds(median(times)),
    `${inSeconds(Math.min(...times))} to ${inSeconds(Math.max(...times))}`,
    median(cores).toFixed(1),
    (own / median(times)).toFixed(2),
  ]);
  return table([title, 'median', 'from, to', 'cores at work', ratio], rows);
}

/** Times of short runs, and what each takes above the first. */
export function differences(title: string, all: readonly Measured[]): string {
  const base = median(all[0]?.times ?? []);
  const rows = all.map(({ name, times }, index) => [
    name,
    inMilliseconds(median(times)),
    index === 0 ? '' : inMilliseconds(median(times) - base),
  ]);
  return table([title, 'median', `above ${all[0]?.name}`], rows);
}

/** @param bytes by the name of what had them */
export function memory(title: string, bytes: ReadonlyMap<string, number>): string {
  return table(
    [title, 'VmHWM'],
    Array.from(bytes, ([name, peak]) => [name, `${(peak / 1024 ** 2).toFixed(0)} MiB`]),
  );
}

/** @param seconds by whose they were */
export function processor(title: string, seconds: ReadonlyMap<string, number>): string {
  return table(
    [title, 'seconds of one core'],
    Array.from(seconds, ([name, time]) => [name, time.toFixed(1)]),
  );
}

const inSeconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
const inMilliseconds = (milliseconds: number): string => `${milliseconds.toFixed(0)} ms`;
