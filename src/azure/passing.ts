import { Failure } from '../base/failure.ts';
import type { Retry } from '../base/patience.ts';
import { passingTrouble } from '../base/system-errors.ts';
import { detailOf, isRestError, type RestError } from './rest-error.ts';

/** Refusals that pass by themselves. https://learn.microsoft.com/azure/architecture/best-practices/transient-faults */
const passingStatus = new Set([408, 429, 500, 502, 503, 504]);

/**
 * Whether an error of a request to Azure or GitHub passes by itself, by its status or by that of the connection; undefined if it does
 * not. A failure in the midst of a request is one of the sign-in for it, which has been tried for long enough.
 */
export function retryOf(error: unknown): Retry | undefined {
  if (error instanceof Failure) return undefined;
  if (isRestError(error) && error.statusCode !== undefined) {
    if (!passingStatus.has(error.statusCode)) return undefined;
    const after = retryAfter(error);
    return { why: detailOf(error).message, ...(after !== undefined && { after }) };
  }
  const why = passingTrouble(error);
  return why === undefined ? undefined : { why };
}

/**
 * When an answer asks to come again, in milliseconds from now: a number of seconds, or a date, as HTTP has it; or Azure's own in
 * milliseconds. https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function retryAfter({ response }: RestError, now = Date.now()): number | undefined {
  const milliseconds =
    response?.headers.get('retry-after-ms') ?? response?.headers.get('x-ms-retry-after-ms');
  if (milliseconds !== undefined && /^\d{1,9}$/.test(milliseconds)) return Number(milliseconds);
  const given = response?.headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,6}$/.test(given)) return 1000 * Number(given);
  const date = /^[A-Z][a-z]{2}, /.test(given) ? Date.parse(given) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
