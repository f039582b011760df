import type { Step } from '../base/step.ts';
import type { CheckRequest } from './request.ts';
import type { CheckResult } from './result.ts';

export async function check(_asked: CheckRequest, _step: Step): Promise<CheckResult> {
  throw new Error('not built yet');
}
