import type { Step } from '../base/step.ts';
import type { PruneRequest } from './request.ts';
import type { PruneResult } from './result.ts';

export async function prune(_asked: PruneRequest, _step: Step): Promise<PruneResult> {
  throw new Error('not built yet');
}
