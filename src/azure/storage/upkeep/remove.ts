import type { BlobClient } from '@azure/storage-blob';
import { quoted } from '../../../base/format.ts';
import { detailOf, isRestError } from '../../rest-error.ts';
import { type Access, askAccount, isRefused } from '../access.ts';
import { changeFailure } from './errors.ts';

/** A blob as it was looked at. What is changed or deleted is this one, or nothing. */
export interface LookedAt {
  /** With its folders. */
  name: string;
  etag: string;
}

/**
 * Deletes a blob if it is still the one that was looked at. One that has snapshots is refused by Azure, and stays: they are somebody
 * else's. Where an answer got lost, a blob that is not there afterwards counts as deleted by this.
 * @returns `gone` if somebody else has deleted it
 * @throws Failure
 */
export async function removeBlob(
  access: Access,
  blob: LookedAt,
  signal: AbortSignal,
): Promise<'removed' | 'gone'> {
  return (await deleteBlob(access, blob, signal)).came;
}

/** What came of deleting a blob. */
interface Deleted {
  came: 'removed' | 'gone';
  /** Whether soft delete keeps it; undefined if the answer does not say so. */
  isKept?: boolean;
}

/**
 * Deletes a blob, as `removeBlob` does.
 * @throws Failure
 */
export async function deleteBlob(
  access: Access,
  { name, etag }: LookedAt,
  signal: AbortSignal,
): Promise<Deleted> {
  const client = access.container.getBlobClient(name);
  /** Whether a request was sent that may have been carried out, or may yet be. */
  let unknown = false;
  const attempt = async (abortSignal: AbortSignal): Promise<Deleted> => {
    const before = unknown;
    unknown = true;
    try {
      const { _response } = await client.delete({ abortSignal, conditions: { ifMatch: etag } });
      const isPermanent = _response.headers.get('x-ms-delete-type-permanent');
      return { came: 'removed', ...(isPermanent !== undefined && { isKept: isPermanent === 'false' }) };
    } catch (error) {
      if (isRefused(error)) unknown = before;
      if (await meansGone(error, client, abortSignal)) return { came: before ? 'removed' : 'gone' };
      // It is there, and is another: none of the requests can be carried out any more.
      if (isRestError(error) && detailOf(error).code === 'ConditionNotMet') unknown = false;
      throw error;
    }
  };
  try {
    const asking = { signal, limit: access.patience.answer };
    return await askAccount(access, `Deleting ${quoted(name)}`, attempt, asking);
  } catch (error) {
    signal.throwIfAborted();
    throw changeFailure(access, 'delete', name, error, unknown);
  }
}

/** Whether an answer means that there is no such blob: one that is not there has no ETag that could be the one that was looked at. */
async function meansGone(error: unknown, client: BlobClient, abortSignal: AbortSignal): Promise<boolean> {
  const code = isRestError(error) ? detailOf(error).code : '';
  if (code !== 'ConditionNotMet') return code === 'BlobNotFound';
  return !(await client.exists({ abortSignal }));
}
