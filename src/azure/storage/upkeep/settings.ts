import { isRestError } from '../../rest-error.ts';
import { type Access, askAccount, passingOf } from '../access.ts';
import { curiosity } from '../blob-properties.ts';
import { explainStorageError } from '../errors.ts';

/** What the account has told, or why it has not. */
export type Told<T> = { told: T } | { why: string };

/** Asks for a setting of the account or the container, for a few seconds at most. Throws nothing, also when the signal is aborted. */
export async function settingOf<T>(
  access: Access,
  signal: AbortSignal,
  ask: (signal: AbortSignal) => Promise<T> | undefined,
): Promise<Told<T>> {
  const soon = AbortSignal.any([signal, AbortSignal.timeout(curiosity)]);
  const attempt = async (own: AbortSignal): Promise<T | undefined> => ask(own);
  const judge = (error: unknown) =>
    isRestError(error) && error.statusCode === 403 ? undefined : passingOf(access, error);
  try {
    const limit = access.patience.answer;
    const told = await askAccount(access, 'Asking for settings', attempt, {
      ...{ signal: soon, limit, judge, info: () => {} },
    });
    return told === undefined ? { why: 'the account was not asked' } : { told };
  } catch (error) {
    if (isRestError(error) && error.statusCode === 403) return { why: 'azure_client_id may not see it' };
    return { why: soon.aborted ? 'there was no answer in time' : explainStorageError(error).cause };
  }
}

/**
 * Why nothing that is written to the container can be deleted; undefined if it can, or nobody says so.
 */
export async function keptContainer(access: Access, signal: AbortSignal): Promise<string | undefined> {
  const container = await settingOf(access, signal, (abortSignal) =>
    access.container.getProperties({ abortSignal }),
  );
  signal.throwIfAborted();
  if (!('told' in container)) return undefined;
  const { hasLegalHold, hasImmutabilityPolicy, isImmutableStorageWithVersioningEnabled } = container.told;
  if (hasLegalHold) return 'the container has a legal hold';
  // With versions, what is deleted becomes an earlier version.
  if (hasImmutabilityPolicy && !isImmutableStorageWithVersioningEnabled)
    return 'the container has an immutability policy';
  return undefined;
}
