import type { Step } from '../base/step.ts';
import type { ListRequest } from './request.ts';
import type { ListResult } from './result.ts';

export async function list(_asked: ListRequest, _step: Step): Promise<ListResult> {
  throw new Error('not built yet');
}
