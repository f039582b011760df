import type { Contexts, Value } from './expressions.ts';
import { evaluateAt, toText } from './values.ts';
import type { StrategyDefinition } from './workflow-file.ts';

/** One of the jobs that a matrix makes of a job. */
export interface Combination {
  /** What follows the job's id and, unless it has its own, its name: ` (a, b)`; nothing without a matrix. */
  suffix: string;
  /** The contexts `matrix` and `strategy`. */
  contexts: Contexts;
}

/** Makes the jobs of a matrix of lists, or of one that only includes; without a matrix there is one. */
export function combinationsOf(strategy: StrategyDefinition | undefined, contexts: Contexts): Combination[] {
  const { matrix = {} } = evaluateAt(strategy ?? {}, 'jobs.<job_id>.strategy', contexts) as {
    matrix?: Value;
  };
  const combinations = pairsOf(matrix as Record<string, Value>);
  const total = combinations.length;
  return combinations.map((pairs, index) => ({
    suffix: pairs.length === 0 ? '' : ` (${pairs.map(([, value]) => toText(value)).join(', ')})`,
    contexts: {
      matrix: Object.fromEntries(pairs),
      strategy: { 'fail-fast': true, 'job-index': index, 'job-total': total, 'max-parallel': total },
    },
  }));
}

function pairsOf({ include, ...matrix }: Record<string, Value>): [string, Value][][] {
  const vectors = Object.entries(matrix).map(([name, values]) => {
    if (name === 'exclude' || !Array.isArray(values)) {
      throw new Error(`A matrix with ${name} is not played here unless that is a list of its values`);
    }
    return values.map((value): [string, Value] => [name, value]);
  });
  if (include !== undefined) {
    if (vectors.length > 0 || !Array.isArray(include))
      throw new Error('A matrix with include is not played here unless it has nothing else');
    return include.map((one) => Object.entries(one as Record<string, Value>));
  }
  return vectors.reduce<[string, Value][][]>(
    (all, vector) => all.flatMap((one) => vector.map((pair) => [...one, pair])),
    [[]],
  );
}
