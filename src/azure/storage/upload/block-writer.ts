import { createHash, randomBytes } from 'node:crypto';
import { quoted } from '../../../base/format.ts';
import { NoAnswer, withLimit } from '../../../base/patience.ts';
import { type Access, askAccount, oneForAll } from '../access.ts';
import { blockSize, mostBlocks, mostInFlight, mostOfSize, timeForBlock } from './block-sizes.ts';
import { blockId, claimName, type TakenName } from './claim.ts';
import { type Committed, commitBlocks } from './commit.ts';
import { paceOf } from './pace.ts';
import type { AccessTier } from './tiers.ts';

/** A block blob that is being written, and that nobody sees before it is committed. */
export interface BlockWriter {
  /**
   * Lets others see who writes under this name, before anything else.
   * @returns undefined if nobody else does
   */
  claim(): Promise<TakenName | undefined>;
  /**
   * Takes bytes, in order. Resolves when there is room for more; throws when a block could not be staged.
   * @throws TooLarge with the first byte that no blob has room for
   */
  write(chunk: Buffer): Promise<void>;
  /** Resolves when all bytes so far are staged; no more may follow. */
  flush(): Promise<void>;
  /**
   * Makes the blob appear, whole and with its metadata, unless one of that name exists.
   * @throws as `commitBlocks`
   */
  commit(metadata: Record<string, string>): Promise<Committed>;
  /** Ends all requests. What was staged stays invisible, and Azure removes it within a week. */
  abandon(): void;
}

/** There is more to write than a blob has room for. */
export class TooLarge extends Error {}

/**
 * Writes a block blob out of a stream: fixed buffers are filled in place and staged side by side, each with its MD5,
 * which the service compares. A block is sent again from its buffer as long as what it meets passes by itself; one that fails for good
 * fails the next `write`.
 *
 * The ids of the blocks begin with a random value of this writer, so that two writers of one name cannot commit each
 * other's blocks, and the same value in the metadata tells whose blob was committed when the answer got lost.
 * @param options `tier`, that of the account if undefined; `most`, how many blocks there may be
 */
export function writeBlocks(
  access: Access,
  name: string,
  signal: AbortSignal,
  { tier, most = mostBlocks }: { tier?: AccessTier; most?: number } = {},
): BlockWriter {
  const client = access.container.getBlockBlobClient(name);
  const uploadId = randomBytes(12).toString('hex');
  const ownEnd = new AbortController();
  const abortSignal = AbortSignal.any([signal, ownEnd.signal]);
  const ids: string[] = [];
  const inFlight = new Set<Promise<void>>();
  const send = blockSender(access, name, abortSignal);
  let failure: { error: unknown } | undefined;
  let spare: Buffer[] = [];
  let block: Buffer = Buffer.allocUnsafeSlow(blockSize(0));
  let filled = 0;
  let md5 = createHash('md5');

  const stage = (buffer: Buffer, length: number): void => {
    const id = blockId(uploadId, String(ids.length).padStart(5, '0'));
    ids.push(id);
    const request = send(id, buffer.subarray(0, length), md5.digest())
      .then((isFree) => {
        if (isFree) spare.push(buffer);
      })
      .catch((error: unknown) => {
        failure ??= { error };
        ownEnd.abort();
      })
      .finally(() => inFlight.delete(request));
    inFlight.add(request);
  };

  const throwIfFailed = (): void => {
    signal.throwIfAborted();
    if (failure) throw failure.error;
  };

  const nextBlock = async (): Promise<void> => {
    const size = blockSize(ids.length);
    while (inFlight.size >= mostOfSize(size)) await Promise.race(inFlight);
    spare = spare.filter((buffer) => buffer.length === size);
    block = spare.pop() ?? Buffer.allocUnsafeSlow(size);
    filled = 0;
    md5 = createHash('md5');
  };

  return {
    claim: () => claimName(access, client, name, uploadId, signal),
    async write(chunk) {
      for (let taken = 0; taken < chunk.length; ) {
        throwIfFailed();
        if (ids.length === most) throw new TooLarge('the blob is full');
        const copied = chunk.copy(block, filled, taken);
        // Piece by piece: that of a whole block at once would keep pg_dump waiting for some 15 ms.
        md5.update(block.subarray(filled, filled + copied));
        taken += copied;
        filled += copied;
        if (filled === block.length) {
          stage(block, filled);
          await nextBlock();
        }
      }
    },
    async flush() {
      if (filled > 0) stage(block, filled);
      filled = 0;
      await Promise.all(inFlight);
      throwIfFailed();
    },
    commit: (metadata) =>
      commitBlocks(access, client, { name, ids, metadata, uploadId, ...(tier && { tier }) }, signal),
    abandon: () => ownEnd.abort(),
  };
}

/** Sends a block. Resolves to whether nothing may read its bytes any more. */
type SendBlock = (id: string, body: Buffer, transactionalContentMD5: Uint8Array) => Promise<boolean>;

function blockSender(access: Access, name: string, signal: AbortSignal): SendBlock {
  const client = access.container.getBlockBlobClient(name);
  const { idle, total } = access.patience;
  const pace = paceOf(mostInFlight);
  const info = oneForAll(access.info);
  return async (id, body, transactionalContentMD5) => {
    let [tooSlow, reading, queued] = [0, 0, 0];
    /** When patience ends, by a clock that stands while it is not the turn of this block. */
    let end = Number.POSITIVE_INFINITY;
    const now = (): number => performance.now() - queued;
    const attempt = async (abortSignal: AbortSignal): Promise<void> => {
      reading++;
      try {
        await client.stageBlock(id, body, body.length, { abortSignal, transactionalContentMD5 });
      } finally {
        reading--;
      }
    };
    const limited = async (): Promise<void> => {
      try {
        // Counted from here, not from when it was its turn to be sent.
        const left = Math.max(idle, end - now());
        await withLimit(Math.min(timeForBlock(body.length, idle, tooSlow), left), signal, attempt);
      } catch (error) {
        end = Math.min(end, now() + total);
        if (error instanceof NoAnswer) tooSlow++;
        throw error;
      }
    };
    const inTurn = (own: AbortSignal): Promise<void> => {
      const asked = performance.now();
      const begin = (): Promise<void> => {
        queued += performance.now() - asked;
        return limited();
      };
      return pace.run(begin, own);
    };
    await askAccount(access, `Uploading ${quoted(name)}`, inTurn, { signal, info, queued: () => queued });
    return reading === 0;
  };
}
