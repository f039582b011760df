import type { BlobGetPropertiesResponse, BlockBlobClient } from '@azure/storage-blob';

/** How long the account may take for the first answer, in milliseconds: all retries of the SDK end before. */
const propertiesTimeout = 30_000;

/**
 * Asks for a blob's properties, which is the first that every job asks of the account: if nobody answers, people should know
 * soon. Where a firewall drops what it does not let through, the SDK's own five attempts take eleven minutes.
 * @throws RestError what the account refused with; an Error like Node's own (ETIMEDOUT) if there is no answer in time
 */
export async function propertiesOf(
  client: BlockBlobClient,
  signal: AbortSignal,
): Promise<BlobGetPropertiesResponse> {
  const late = AbortSignal.timeout(propertiesTimeout);
  try {
    return await client.getProperties({ abortSignal: AbortSignal.any([signal, late]) });
  } catch (error) {
    signal.throwIfAborted();
    if (!late.aborted) throw error;
    const { hostname } = new URL(client.url);
    throw Object.assign(new Error('no answer', { cause: error }), { code: 'ETIMEDOUT', hostname });
  }
}

/**
 * A blob's metadata, in any tier.
 * @throws RestError and Error as `propertiesOf`
 */
export async function metadataOf(
  client: BlockBlobClient,
  signal: AbortSignal,
): Promise<Record<string, string>> {
  return (await propertiesOf(client, signal)).metadata ?? {};
}
