import type { Diagnosis } from '../../base/failure.ts';
import { type AskedSecret, howToSet, setAttribute } from './asked-secret.ts';

/** A secret as far as it says whether it can be used. */
export interface FoundSecret {
  value: string;
  notBefore?: Date;
  expires?: Date;
}

/**
 * What is wrong with a secret that the vault handed out, and what to do; undefined if nothing is. Key Vault hands out
 * expired ones, and those that are not valid yet, as it hands out others: it always takes the newest version.
 * https://learn.microsoft.com/azure/key-vault/secrets/about-secrets#date-time-controlled-operations
 */
export function problemWithSecret(
  { value, notBefore, expires }: FoundSecret,
  asked: AskedSecret,
  now = new Date(),
): Diagnosis | undefined {
  if (expires && expires < now) {
    return {
      cause: `the secret expired at ${withoutMilliseconds(expires)}`,
      advice:
        `${howToSet(asked)}\nIf the value is still right, set another expiry date instead:\n` +
        setAttribute(asked, `--expires ${inAYear(now)}`),
    };
  }
  if (notBefore && notBefore > now) {
    return {
      cause: `the secret is not valid before ${withoutMilliseconds(notBefore)}`,
      advice:
        'Run the job again then. If the server has the new password already, set another activation date:\n' +
        setAttribute(asked, `--not-before ${withoutMilliseconds(now)}`),
    };
  }
  const again = `Check ${asked.input}, or set the secret again. ${howToSet(asked)}`;
  if (!value.trim()) return { cause: 'the secret is empty', advice: again };
  if (value.includes('\0')) return { cause: 'the secret contains a NUL', advice: again };
  return undefined;
}

/** The beginning of this day a year later, in the form that `az` takes. */
function inAYear(now: Date): string {
  const day = new Date(Date.UTC(now.getUTCFullYear() + 1, now.getUTCMonth(), now.getUTCDate()));
  return withoutMilliseconds(day);
}

/** A time as `az` takes it. */
function withoutMilliseconds(time: Date): string {
  return time.toISOString().replace(/\.\d{3}Z$/, 'Z');
}
