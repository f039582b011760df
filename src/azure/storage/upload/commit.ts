import type { BlobGetPropertiesResponse, BlockBlobClient } from '@azure/storage-blob';
import { quoted } from '../../../base/format.ts';
import { withLimit } from '../../../base/patience.ts';
import { detailOf, isRestError } from '../../rest-error.ts';
import { type Access, askAccount } from '../access.ts';

/** The key of the metadata that tells this run's blob from any other. */
const uploadIdKey = 'upload_id';

/** What is to become a blob. */
export interface Staged {
  name: string;
  /** Of the blocks, in their order. */
  ids: string[];
  metadata: Record<string, string>;
  /** Tells whose blob it is. */
  uploadId: string;
}

/** There is a blob of this name, of somebody else. */
export class TakenByAnother extends Error {}

/** Nobody could say whether the blob is there: its cause is the last that was met. */
export class CommitUnknown extends Error {}

/** The commit was ended, and the blob is there: its cause is why. */
export class CommittedNevertheless extends Error {}

/** How long the blob is looked for in the end, in milliseconds: the runner gives a job that is cancelled 7.5 s. */
const timeToLook = 3_000;

/**
 * Makes a blob of its blocks, if there is none of that name. A commit that nothing is known of may have been carried out: before it is
 * sent again, the blob is looked for, for as long as a commit is tried again.
 * @throws TakenByAnother, CommitUnknown and CommittedNevertheless
 * @throws RestError what the account refused with; Error if it could not be reached. No blob was made then.
 */
export async function commitBlocks(
  access: Access,
  client: BlockBlobClient,
  staged: Staged,
  signal: AbortSignal,
): Promise<void> {
  const { patience } = access;
  /** Whether one was sent that may have been carried out, or may yet be. */
  let unknown = false;

  const isThere = async (own: AbortSignal): Promise<boolean> => {
    const found = await withLimit(patience.answer, own, (abortSignal) => look(client, abortSignal));
    if (found && found.metadata?.[uploadIdKey] !== staged.uploadId)
      throw new TakenByAnother('a blob of that name exists');
    return found !== undefined;
  };

  const attempt = async (own: AbortSignal): Promise<void> => {
    if (unknown && (await isThere(own))) return;
    const before = unknown;
    unknown = true;
    try {
      await withLimit(patience.idle, own, (abortSignal) => commit(client, staged, abortSignal));
    } catch (error) {
      if (isConflict(error) && (await isThere(own))) return;
      if (isConflict(error) || isRefused(error)) unknown = before;
      throw error;
    }
  };

  try {
    await askAccount(access, `Committing ${quoted(staged.name)}`, attempt, { signal });
  } catch (error) {
    if (!unknown || error instanceof TakenByAnother) throw error;
    const found = await isThere(AbortSignal.timeout(timeToLook)).catch((reason: unknown) => {
      if (reason instanceof TakenByAnother) throw reason;
    });
    if (found && signal.aborted) throw new CommittedNevertheless('it was committed', { cause: error });
    if (found) return;
    throw new CommitUnknown('the outcome is unknown', { cause: error }); // what was not answered may still be carried out
  }
}

async function commit(
  client: BlockBlobClient,
  { ids, metadata, uploadId }: Staged,
  abortSignal: AbortSignal,
): Promise<void> {
  await client.commitBlockList(ids, {
    abortSignal,
    conditions: { ifNoneMatch: '*' },
    blobHTTPHeaders: { blobContentType: 'application/octet-stream' },
    metadata: { ...metadata, [uploadIdKey]: uploadId },
  });
}

/** The blob of this name; undefined if there is none. */
async function look(
  client: BlockBlobClient,
  abortSignal: AbortSignal,
): Promise<BlobGetPropertiesResponse | undefined> {
  try {
    return await client.getProperties({ abortSignal });
  } catch (error) {
    if (isRestError(error) && detailOf(error).code === 'BlobNotFound') return undefined;
    throw error;
  }
}

/** Whether an answer says that there is a blob, which may be the one that an earlier attempt has made. */
function isConflict(error: unknown): boolean {
  return isRestError(error) && (error.statusCode === 409 || error.statusCode === 412);
}

/**
 * Whether an answer says that nothing was done. One of a time-out, or of a fault of the service, does not:
 * https://learn.microsoft.com/rest/api/storageservices/common-rest-api-error-codes
 */
function isRefused(error: unknown): boolean {
  if (!isRestError(error)) return false;
  const { statusCode = 500 } = error; // none if no answer came
  return statusCode < 500 ? statusCode !== 408 : detailOf(error).code === 'ServerBusy';
}
