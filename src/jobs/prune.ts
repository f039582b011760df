import type { Step } from '../base/step.ts';
import { openStore, placeToShow } from './open-store.ts';
import type { PruneRequest } from './request.ts';
import type { PruneResult } from './result.ts';
import { applyRetention } from './retention/apply.ts';

/**
 * Deletes the backups of a database that the rules of a retention do not keep: works with the container alone, so that it can run under
 * another identity than the one that makes backups. Where some cannot be deleted, the others are, and the result has the problem.
 * @throws Failure if nothing was deleted
 */
export async function prune(request: PruneRequest, step: Step): Promise<PruneResult> {
  const clock = performance.now();
  const { source, patience } = request;
  const store = await openStore(request, step);
  const { outcome, notes, problem } = await applyRetention(store, request, patience, step);
  return {
    ...{ job: 'prune', source, outcome, notes },
    place: placeToShow(request.store),
    duration: performance.now() - clock,
    ...(problem && { problem }),
  };
}
