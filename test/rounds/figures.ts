import { availableParallelism } from 'node:os';
import type { Histogram } from './histogram.ts';
import { isKill } from './ways.ts';

/** Between what docs/reliability.md has the figures of the last long run. */
export const markers = ['<!-- The last long run -->', '<!-- Until here -->'] as const;

/** What the rounds of a long run came to. */
export interface LongRun {
  seed: number;
  /** How many rounds were played at once. */
  atOnce: number;
  /** How many blocks the backups had. */
  blocks: number;
  backup: Histogram;
  swap: Histogram;
  drop: Histogram;
}

/** How many rounds killed the step in a phase. */
export function killsIn({ count }: Histogram, phase: RegExp): number {
  return count((one) => isKill(one.way) && phase.test(one.phase));
}

/** The phases that matter most, by what is in their names. */
export const phases = {
  beforeCommit: /^2 /,
  aroundCommit: /within 50 ms/,
  aroundRename: /around the rename/,
};

/** The figures of a long run, as docs/reliability.md has them, with the markers around them. */
export function figuresOf({ seed, atOnce, blocks, backup, swap, drop }: LongRun): string {
  const [begin, end] = markers;
  const day = new Date().toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
  const kills = (of: Histogram, phase = /^/): number => killsIn(of, phase);
  const [last = '', ...others] = [
    `The last long run was on ${day}, with \`FUZZ_SEED=${seed}\`, on ${availableParallelism()} cores, ${atOnce} rounds at once.`,
    `**${backup.all.length} backups** of a database of 45 MB, whose archive has ${blocks} blocks. ${kills(backup)} were killed: ${kills(backup, phases.beforeCommit)} between the first staged block and the commit request, and ${kills(backup, phases.aroundCommit)} within 50 ms around that request. By way: ${backup.ways()}.`,
    backup.table(),
    ...([swap, drop] as const).flatMap((of, place) => [
      `**${of.all.length} restores by \`${place === 0 ? 'swap' : 'drop'}\`.** ${kills(of)} were killed: ${kills(of, phases.aroundRename)} within 100 ms around the rename. By way: ${of.ways()}.`,
      of.table(),
    ]),
  ];
  return [begin, last, ...others, end].join('\n\n');
}
