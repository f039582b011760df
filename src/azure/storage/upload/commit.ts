import type { BlockBlobClient } from '@azure/storage-blob';
import { quoted } from '../../../base/format.ts';
import { withLimit } from '../../../base/patience.ts';
import { detailOf, isRestError } from '../../rest-error.ts';
import { type Access, askAccount, isRefused, passingOf } from '../access.ts';
import { existingBlob } from '../blob-properties.ts';
import { explainStorageError } from '../errors.ts';
import type { AccessTier } from './tiers.ts';

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
  /** That of the account if undefined. */
  tier?: AccessTier;
}

/** What came of a commit. */
export interface Committed {
  /** In which tier the blob is not, and why, if the account refuses the one that was asked for. */
  refusedTier?: { tier: AccessTier; cause: string };
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
 * sent again, the blob is looked for, for as long as a commit is tried again. A tier that the account refuses is left out: a backup in
 * another tier is a backup.
 * @throws TakenByAnother, CommitUnknown and CommittedNevertheless
 * @throws RestError what the account refused with; Error if it could not be reached. No blob was made then.
 */
export async function commitBlocks(
  access: Access,
  client: BlockBlobClient,
  staged: Staged,
  signal: AbortSignal,
): Promise<Committed> {
  const { patience } = access;
  let refusedTier: Committed['refusedTier'];
  /** Whether one was sent that may have been carried out, or may yet be. */
  let unknown = false;

  const isThere = async (own: AbortSignal): Promise<boolean> => {
    const found = await withLimit(patience.answer, own, (abortSignal) => existingBlob(client, abortSignal));
    if (found && found.metadata?.[uploadIdKey] !== staged.uploadId)
      throw new TakenByAnother('a blob of that name exists');
    return found !== undefined;
  };

  const committed = (): Committed => (refusedTier ? { refusedTier } : {});

  const inTier = async (own: AbortSignal): Promise<void> => {
    const { tier } = refusedTier ? {} : staged;
    const send = (how: Staged) =>
      withLimit(patience.idle, own, (abortSignal) => commit(client, how, abortSignal));
    const { tier: _, ...withoutTier } = staged;
    if (tier === undefined) return send(withoutTier);
    await send(staged).catch((error: unknown) => {
      if (passingOf(access, error) || !mayMeanTier(error)) throw error;
      refusedTier = { tier, cause: explainStorageError(error).cause };
      return send(withoutTier);
    });
  };

  const attempt = async (own: AbortSignal): Promise<void> => {
    if (unknown && (await isThere(own))) return;
    const before = unknown;
    unknown = true;
    try {
      await inTier(own);
    } catch (error) {
      if (isConflict(error) && (await isThere(own))) return;
      if (isConflict(error) || isRefused(error)) unknown = before;
      throw error;
    }
  };

  try {
    await askAccount(access, `Committing ${quoted(staged.name)}`, attempt, { signal });
    return committed();
  } catch (error) {
    if (!unknown || error instanceof TakenByAnother) throw error;
    const found = await isThere(AbortSignal.timeout(timeToLook)).catch((reason: unknown) => {
      if (reason instanceof TakenByAnother) throw reason;
    });
    if (found && signal.aborted) throw new CommittedNevertheless('it was committed', { cause: error });
    if (found) return committed();
    throw new CommitUnknown('the outcome is unknown', { cause: error }); // what was not answered may still be carried out
  }
}

/** As Azure writes them. */
const nameOfTier: Record<AccessTier, string> = { hot: 'Hot', cool: 'Cool', cold: 'Cold' };

/**
 * Whether an answer may be about the tier: accounts of premium performance and of the first generation have none, and older services do
 * not know all. Codes for that differ; where it is not the tier, the same answer comes again without it.
 */
function mayMeanTier(error: unknown): boolean {
  return isRestError(error) && (error.statusCode === 400 || /Tier|NotSupported/.test(detailOf(error).code));
}

async function commit(
  client: BlockBlobClient,
  { ids, metadata, uploadId, tier }: Staged,
  abortSignal: AbortSignal,
): Promise<void> {
  await client.commitBlockList(ids, {
    abortSignal,
    conditions: { ifNoneMatch: '*' },
    blobHTTPHeaders: { blobContentType: 'application/octet-stream' },
    metadata: { ...metadata, [uploadIdKey]: uploadId },
    ...(tier && { tier: nameOfTier[tier] }),
  });
}

/** Whether an answer says that there is a blob, which may be the one that an earlier attempt has made. */
function isConflict(error: unknown): boolean {
  return isRestError(error) && (error.statusCode === 409 || error.statusCode === 412);
}
