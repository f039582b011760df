import type { Step } from '../base/step.ts';
import type { ProtectRequest } from './request.ts';
import type { ProtectResult } from './result.ts';

export async function protect(_asked: ProtectRequest, _step: Step): Promise<ProtectResult> {
  throw new Error('not built yet');
}
