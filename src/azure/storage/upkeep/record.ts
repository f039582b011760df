import type { BlobGetPropertiesResponse } from '@azure/storage-blob';
import { quoted } from '../../../base/format.ts';
import { withLimit } from '../../../base/patience.ts';
import { detailOf, isRestError } from '../../rest-error.ts';
import { type Access, askAccount, isRefused } from '../access.ts';
import { curiosity, existingBlob } from '../blob-properties.ts';
import { changeFailure, deletedMeanwhile, onlyIfSame } from './errors.ts';
import type { LookedAt } from './remove.ts';

/**
 * Replaces what is written down with a blob, if it is still the one that was looked at. Where an answer got lost, the blob has another
 * ETag by then if the request was carried out: what is written down with it tells.
 * @returns its new ETag
 * @throws Failure
 */
export async function recordMetadata(
  access: Access,
  blob: LookedAt,
  metadata: Record<string, string>,
  signal: AbortSignal,
): Promise<string> {
  const { name } = blob;
  const conditions = onlyIfSame(access, 'record', blob);
  const client = access.container.getBlobClient(name);
  const written = await keysAsWritten(access, name, signal);
  const asWritten = Object.fromEntries(
    Object.entries(metadata).map(([key, value]) => [written.get(key.toLowerCase()) ?? key, value]),
  );
  const { answer } = access.patience;
  /** Whether a request was sent that may have been carried out, or may yet be. */
  let unknown = false;

  const attempt = async (own: AbortSignal): Promise<string> => {
    const before = unknown;
    unknown = true;
    try {
      const write = (abortSignal: AbortSignal) => client.setMetadata(asWritten, { abortSignal, conditions });
      return String((await withLimit(answer, own, write)).etag);
    } catch (error) {
      if (isRestError(error) && detailOf(error).code === 'ConditionNotMet') {
        const found = await withLimit(answer, own, (look) => existingBlob(client, look));
        if (before && found && isSame(found, metadata)) return String(found.etag);
        unknown = false; // none of the requests can be carried out any more
        if (!found) throw deletedMeanwhile();
      } else if (isRefused(error)) unknown = before;
      throw error;
    }
  };
  try {
    return await askAccount(access, `Writing the metadata of ${quoted(name)}`, attempt, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw changeFailure(access, 'record', name, error, unknown);
  }
}

/**
 * The keys of a blob's metadata by the same in lower case, as headers tell them: what somebody else wrote down stays as it was written.
 * Lists tell that; where they do not come in a few seconds, the keys stay as they are given.
 */
async function keysAsWritten(
  access: Access,
  name: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const soon = AbortSignal.any([signal, AbortSignal.timeout(curiosity)]);
  const attempt = async (abortSignal: AbortSignal): Promise<string[]> => {
    // The first of all names that begin like this is this one.
    const options = { prefix: name, includeMetadata: true, abortSignal };
    const pages = access.container.listBlobsFlat(options).byPage({ maxPageSize: 1 });
    const [first] = (await pages.next()).value?.segment.blobItems ?? [];
    return first?.name === name ? Object.keys(first.metadata ?? {}) : [];
  };
  const asking = { signal: soon, limit: access.patience.answer, info: () => {} };
  const keys = await askAccount(access, `Listing ${quoted(name)}`, attempt, asking).catch(() => []);
  signal.throwIfAborted();
  return new Map(keys.map((key) => [key.toLowerCase(), key]));
}

/** Keys are told in lower case, whatever they were written in. */
function isSame(
  { metadata: found = {} }: BlobGetPropertiesResponse,
  wanted: Record<string, string>,
): boolean {
  const lower = (of: Record<string, string>): string =>
    JSON.stringify(
      Object.entries(of)
        .map(([key, value]) => [key.toLowerCase(), value])
        .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)),
    );
  return lower(found) === lower(wanted);
}
