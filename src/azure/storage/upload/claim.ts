import type { BlockBlobClient } from '@azure/storage-blob';
import { quoted } from '../../../base/format.ts';
import { detailOf, isRestError } from '../../rest-error.ts';
import { type Access, askAccount } from '../access.ts';

/** A name that a new backup cannot have: there is a blob, or others write one. */
export interface TakenName {
  by: 'blob' | 'writer';
  /** How many of those who write come first, in an order that is the same for whoever looks. */
  ahead: number;
}

/** What writing meets if there is a blob of that name by now: only one that exists can have a lease. */
export const meansTaken = new Set(['BlobAlreadyExists', 'ConditionNotMet', 'LeaseIdMissing']);

/**
 * The id of a block: all of a blob have to be of one length.
 * @param uploadId whose block it is
 * @param part five characters
 */
export function blockId(uploadId: string, part: string): string {
  return Buffer.from(`${uploadId}-${part}`).toString('base64');
}

/** The block by which a writer is seen before it has anything to write. It never becomes a part of a blob. */
const claimed = 'claim';

/**
 * Lets others see that somebody writes under this name, then looks for others. Of two who begin at once, the one that looks later sees
 * the other; it may be that both do. A block that is never committed is no blob, nobody sees it in a list, and Azure removes it with the
 * commit of another, or within a week: https://learn.microsoft.com/rest/api/storageservices/put-block#remarks
 * @returns undefined if there are no others
 * @throws RestError and Error as `askAccount`
 */
export async function claimName(
  access: Access,
  client: BlockBlobClient,
  name: string,
  uploadId: string,
  signal: AbortSignal,
): Promise<TakenName | undefined> {
  const asking = { signal, limit: access.patience.answer };
  const what = `Claiming ${quoted(name)}`;
  const id = blockId(uploadId, claimed);
  try {
    await askAccount(access, what, (abortSignal) => client.stageBlock(id, '-', 1, { abortSignal }), asking);
    const look = (abortSignal: AbortSignal) => client.getBlockList('all', { abortSignal });
    const { uncommittedBlocks = [], committedBlocks = [] } = await askAccount(access, what, look, asking);
    if (committedBlocks.length > 0) return { by: 'blob', ahead: 0 }; // a moment ago
    const ids = uncommittedBlocks.map((block) => block.name);
    return rivalsIn(ids, uploadId);
  } catch (error) {
    const code = isRestError(error) ? detailOf(error).code : '';
    if (meansTaken.has(code)) return { by: 'blob', ahead: 0 };
    // Where an account says nothing of a blob before its commit, the condition of that is all there is.
    if (code !== 'BlobNotFound') throw error;
    access.info(`${quoted(name)} could not be claimed: the account does not show blocks before their commit`);
    return undefined;
  }
}

/** Others of whom there are blocks, by the ids of all that are not committed. */
export function rivalsIn(ids: readonly string[], uploadId: string): TakenName | undefined {
  const writers = new Set(ids.map(writerOf));
  writers.delete(uploadId);
  return writers.size === 0
    ? undefined
    : { by: 'writer', ahead: [...writers].filter((writer) => writer < uploadId).length };
}

function writerOf(id: string): string {
  return Buffer.from(id, 'base64').toString().replace(/-.*$/s, '');
}
