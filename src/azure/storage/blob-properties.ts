import type { BlobClient, BlobGetPropertiesResponse } from '@azure/storage-blob';
import { quoted } from '../../base/format.ts';
import { detailOf, isRestError } from '../rest-error.ts';
import { type Access, askAccount } from './access.ts';

/**
 * Asks for a blob's properties, which is the first that every job asks of the account.
 * @throws RestError and Error as `askAccount`
 */
export function propertiesOf(
  access: Access,
  name: string,
  signal: AbortSignal,
): Promise<BlobGetPropertiesResponse> {
  const client = access.container.getBlockBlobClient(name);
  return askAccount(
    access,
    `Looking for ${quoted(name)}`,
    (abortSignal) => client.getProperties({ abortSignal }),
    {
      signal,
      limit: access.patience.answer,
    },
  );
}

/** A blob, by one request; undefined if there is none. */
export async function existingBlob(
  client: BlobClient,
  abortSignal: AbortSignal,
): Promise<BlobGetPropertiesResponse | undefined> {
  try {
    return await client.getProperties({ abortSignal });
  } catch (error) {
    if (isRestError(error) && detailOf(error).code === 'BlobNotFound') return undefined;
    throw error;
  }
}

/** How long may be waited for what is only good to know, in milliseconds. */
export const curiosity = 10_000;

/**
 * A blob's metadata, in any tier, if it comes in a few seconds: nothing depends on it.
 * @throws RestError and Error as `propertiesOf`
 */
export async function metadataOf(
  access: Access,
  name: string,
  signal: AbortSignal,
): Promise<Record<string, string>> {
  const soon = AbortSignal.any([signal, AbortSignal.timeout(curiosity)]);
  return (await propertiesOf({ ...access, info: () => {} }, name, soon)).metadata ?? {};
}

/**
 * Where the account has a hierarchical namespace (Data Lake Storage Gen2), a folder answers as a blob without content would, with this
 * in its metadata. https://learn.microsoft.com/azure/storage/blobs/data-lake-storage-introduction
 */
export function isFolder(metadata: Record<string, string> = {}): boolean {
  return Object.entries(metadata).some(
    ([key, value]) => key.toLowerCase() === 'hdi_isfolder' && value.toLowerCase() === 'true',
  );
}
