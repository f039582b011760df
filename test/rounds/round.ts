import { setTimeout as sleep } from 'node:timers/promises';
import { path, seed } from '../support/fuzz/rounds.ts';
import { pseudoRandom } from '../unit/support/pseudo-random.ts';
import { type Fell, Histogram } from './histogram.ts';

/** One round: everything about it follows from the seed and its number. */
export interface Round {
  kind: string;
  /** From 0 on. */
  number: number;
  /** How many there are of its kind. */
  of: number;
  /** A number from 0 up to 1. */
  random(): number;
  /** A number of milliseconds, or of anything else, from `least` to `most`. */
  between(least: number, most: number): number;
  /** One of the keys, each as often as its weight says. */
  oneOf<Key extends string>(weights: Readonly<Record<Key, number>>): Key;
}

/** Whether there are as many rounds as the figures in docs/reliability.md come from, or as few as there is time for. */
export const isLong = process.env['CRASH_ROUNDS'] === 'long';

/**
 * The rounds of a kind, of which FUZZ_PATH may name one: `backup:17`.
 * @param count how many there are, `short` of them unless `isLong`
 */
export function roundsOf(kind: string, { short, long }: { short: number; long: number }): Round[] {
  const of = isLong || path !== undefined ? long : short;
  const all = Array.from({ length: of }, (_, number) => makeRound(kind, number, of));
  return path === undefined ? all : all.filter(({ number }) => `${kind}:${number}` === path);
}

function makeRound(kind: string, number: number, of: number): Round {
  const random = pseudoRandom(Math.imul(seed ^ hash(kind), 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b));
  return {
    ...{ kind, number, of, random },
    between: (least, most) => least + random() * (most - least),
    oneOf<Key extends string>(weights: Readonly<Record<Key, number>>): Key {
      const keys = Object.keys(weights) as Key[];
      let left = random() * keys.reduce((sum, key) => sum + weights[key], 0);
      const found =
        keys.find((key) => {
          left -= weights[key];
          return left < 0;
        }) ?? keys.at(-1);
      if (found === undefined) throw new Error('There is nothing to choose from');
      return found;
    },
  };
}

function hash(text: string): number {
  return [...text].reduce((sum, letter) => Math.imul(sum, 31) + (letter.codePointAt(0) ?? 0), 7) | 0;
}

/** Whatever a round meets with, it is over by then, in milliseconds. */
const longest = 400_000;

async function tooLong(): Promise<never> {
  await sleep(longest, undefined, { ref: false });
  throw new Error(`It was not over after ${longest / 1000} s`);
}

/**
 * Plays rounds, some at once, and prints where their faults fell. What fails ends none of the others.
 * @throws Error that says how to play each again that failed
 */
export async function play(
  rounds: readonly Round[],
  atOnce: number,
  playOne: (round: Round) => Promise<Fell>,
): Promise<Histogram> {
  const histogram = new Histogram();
  const failures: string[] = [];
  const waiting = [...rounds];
  const worker = async (): Promise<void> => {
    for (let round = waiting.shift(); round; round = waiting.shift()) {
      try {
        const fell = await Promise.race([playOne(round), tooLong()]);
        histogram.add(fell);
        if (isLong) console.log(`${round.kind}:${round.number} ${JSON.stringify(fell)}`);
      } catch (error) {
        const again = `FUZZ_SEED=${seed} FUZZ_PATH=${round.kind}:${round.number} npx vitest run test/thorough/rounds.test.ts`;
        failures.push(`${error instanceof Error ? error.stack : error}\n\nTo play it again: ${again}`);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const { kind } = rounds[0] ?? { kind: 'no' };
  console.log(`${kind} rounds of FUZZ_SEED=${seed}\n${histogram}`);
  if (failures.length > 0) throw new Error([`${failures.length} rounds failed`, ...failures].join('\n\n'));
  return histogram;
}
