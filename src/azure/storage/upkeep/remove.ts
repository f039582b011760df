import { quoted } from '../../../base/format.ts';
import { withLimit } from '../../../base/patience.ts';
import { detailOf, isRestError } from '../../rest-error.ts';
import { type Access, askAccount, isRefused } from '../access.ts';
import { existingBlob } from '../blob-properties.ts';
import { changeFailure, onlyIfSame } from './errors.ts';

/** A blob as it was looked at. What is changed or deleted is this one, or nothing. */
export interface LookedAt {
  /** With its folders. */
  name: string;
  /** An empty one is refused. */
  etag: string;
}

/**
 * Deletes a blob if it is still the one that was looked at. One that has snapshots is refused by Azure, and stays: they are somebody
 * else's. An account may say of a blob that is not there that it is another. Where an answer got lost, a blob that is not there afterwards counts as deleted by this.
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
export async function deleteBlob(access: Access, blob: LookedAt, signal: AbortSignal): Promise<Deleted> {
  const { name } = blob;
  const conditions = onlyIfSame(access, 'delete', blob);
  const client = access.container.getBlobClient(name);
  const { answer } = access.patience;
  /** Whether a request was sent that may have been carried out, or may yet be. */
  let unknown = false;
  const attempt = async (own: AbortSignal): Promise<Deleted> => {
    const before = unknown;
    unknown = true;
    try {
      const send = (abortSignal: AbortSignal) => client.delete({ abortSignal, conditions });
      const { _response } = await withLimit(answer, own, send);
      const isPermanent = _response.headers.get('x-ms-delete-type-permanent');
      return { came: 'removed', ...(isPermanent !== undefined && { isKept: isPermanent === 'false' }) };
    } catch (error) {
      const code = isRestError(error) ? detailOf(error).code : '';
      const isMissing =
        code === 'BlobNotFound' ||
        (code === 'ConditionNotMet' && !(await withLimit(answer, own, (look) => existingBlob(client, look))));
      if (isMissing) return { came: before ? 'removed' : 'gone' };
      // It is there, and is another: none of the requests can be carried out any more.
      if (code === 'ConditionNotMet') unknown = false;
      else if (isRefused(error)) unknown = before;
      throw error;
    }
  };
  try {
    return await askAccount(access, `Deleting ${quoted(name)}`, attempt, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw changeFailure(access, 'delete', name, error, unknown);
  }
}
