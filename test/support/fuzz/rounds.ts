import fc from 'fast-check';
import { test } from 'vitest';
import { watched } from './hang-watch.ts';

/**
 * How many rounds a property gets. FUZZ_ROUNDS says it; a plain `npm test` takes few, so that the fuzz is over in seconds.
 */
const rounds = Number(process.env['FUZZ_ROUNDS'] || 150);

/** FUZZ_SEED: what the rounds are made from; `fresh` for others each time. A plain `npm test` has the same ones always. */
export const seed = seedFrom(process.env['FUZZ_SEED'] || '20261127');

/** FUZZ_PATH: the one round to be played again, as the error says it. */
export const path = process.env['FUZZ_PATH'];

function seedFrom(text: string): number {
  if (text === 'fresh') return Date.now() | 0;
  if (!/^-?\d+$/.test(text)) throw new Error(`FUZZ_SEED must be a whole number or "fresh", and is ${text}`);
  return Number(text) | 0;
}

/** What a property may differ in. */
interface Cost {
  /** How many times as long a round takes as those of others: there are so many times fewer. */
  weight?: number;
}

/**
 * A test that tries a property with many values, always the same ones for a seed. What fails is made as small as possible, and
 * the error says how to play it again. A round that hangs ends the whole process with a message that says the same.
 * @param holds throws if the property does not hold
 */
export function property<T extends [unknown, ...unknown[]]>(
  name: string,
  values: { [K in keyof T]: fc.Arbitrary<T[K]> },
  holds: (...values: T) => void | Promise<void>,
  { weight = 1 }: Cost = {},
): void {
  const numRuns = Math.max(10, Math.ceil(rounds / weight));
  const timeout = 120_000 + numRuns * weight * 100;
  test(name, { timeout }, async () => {
    await watched(`${name} (FUZZ_SEED=${seed})`, async (begin) => {
      const tried = fc.asyncProperty(...values, async (...given: T) => {
        begin();
        await holds(...given);
      });
      const limits = { interruptAfterTimeLimit: timeout - 15_000, markInterruptAsFailure: true };
      const replay = path === undefined ? {} : { path };
      const result = await fc.check(tried, { numRuns, seed, ...limits, ...replay });
      if (!result.failed) return;
      const again = `FUZZ_SEED=${result.seed} FUZZ_PATH=${result.counterexamplePath} npx vitest run test/fuzz --testNamePattern '${name}'`;
      const cause = result.errorInstance;
      const found = result.interrupted
        ? `not finished in ${timeout} ms, after ${result.numRuns} rounds`
        : `${cause instanceof Error ? cause.stack : String(cause)}\n\nwith ${shown(result.counterexample)}`;
      throw new Error(`${found}\n\nTo play it again: ${again}`);
    });
  });
}

/** The values in a form that can be copied into a test, cut where they are very long. */
function shown(values: unknown): string {
  const text = fc.stringify(values);
  return text.length > 4_000 ? `${text.slice(0, 4_000)}… (${text.length} characters)` : text;
}

/**
 * What work comes to, if it ends or fails as it may.
 * @param expected the kinds of errors that it may throw; any other goes on
 */
export function outcome<T>(
  expected: readonly (new (...args: never[]) => Error)[],
  work: () => T,
): { value: T } | { error: Error } {
  try {
    return { value: work() };
  } catch (error) {
    if (error instanceof Error && expected.some((Kind) => error instanceof Kind)) return { error };
    throw error;
  }
}
