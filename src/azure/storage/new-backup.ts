import type { ContainerClient } from '@azure/storage-blob';
import { Failure } from '../../base/failure.ts';
import { formatBytes, formatNumber, quoted } from '../../base/format.ts';
import { detailOf, isRestError } from '../rest-error.ts';
import type { Access } from './access.ts';
import { lookAdvice, placeOfBlob } from './blob-commands.ts';
import { propertiesOf } from './blob-properties.ts';
import { storageFailure } from './errors.ts';
import { describeBlob } from './stored-backup.ts';
import { bytesInBlocks, mostBlocks } from './upload/block-sizes.ts';
import { type BlockWriter, TooLarge, writeBlocks } from './upload/block-writer.ts';
import { meansTaken, type TakenName } from './upload/claim.ts';
import { CommittedNevertheless, CommitUnknown, TakenByAnother } from './upload/commit.ts';
import type { AccessTier } from './upload/tiers.ts';

/** A new backup while it is being written. */
export interface NewBackup extends Omit<BlockWriter, 'claim'> {
  name: string;
  url: string;
}

/** What makes a backup smaller. */
export const waysToFit =
  'Compress more (input compression), or leave out rows that you can do without (--exclude-table-data in pg_dump_options).';

/** The largest backup there can be, in bytes. */
export const largestBackup = bytesInBlocks(mostBlocks);

/**
 * Begins a new backup under a name that nobody else has, or is about to have: whoever begins later sees this one, also if it is at once.
 * Nothing is visible under the name before it is committed. What the backup does throws a `Failure`, also if by then a blob of this
 * name exists. That of a commit says what has become of the backup.
 * @param tier that of the account if undefined
 * @throws Failure if the container can't be reached with these rights
 */
export async function beginBackup(
  access: Access,
  name: string,
  signal: AbortSignal,
  tier?: AccessTier,
): Promise<NewBackup | TakenName> {
  if (await isTaken(access, name, signal)) return { by: 'blob', ahead: 0 };
  const { container } = access;
  const target = describeBlob(container, name);
  const writer = writeBlocks(access, name, signal, { ...(tier && { tier }) });
  const explained = async <T>(tried: string, work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      if (error instanceof CommittedNevertheless) throw endedAfterwards(name, error);
      if (error instanceof CommitUnknown) throw commitUnknown(container, name, tried, error);
      if (error instanceof TooLarge) throw tooLarge(target, error);
      signal.throwIfAborted();
      const isOthers =
        error instanceof TakenByAnother || (isRestError(error) && meansTaken.has(detailOf(error).code));
      throw isOthers ? nameTaken(target) : storageFailure(tried, error);
    }
  };
  const taken = await explained(`Writing ${target}`, writer.claim());
  if (taken) return taken;
  return {
    name,
    url: container.getBlockBlobClient(name).url,
    write: (chunk) => explained(`Writing ${target}`, writer.write(chunk)),
    flush: () => explained(`Writing ${target}`, writer.flush()),
    commit: (metadata) => explained(`Publishing ${target}`, writer.commit(metadata)),
    abandon: writer.abandon,
  };
}

async function isTaken(access: Access, name: string, signal: AbortSignal): Promise<boolean> {
  try {
    await propertiesOf(access, name, signal);
    return true;
  } catch (error) {
    signal.throwIfAborted();
    if (isRestError(error) && detailOf(error).code === 'BlobNotFound') return false;
    throw storageFailure(`Looking for a blob named ${describeBlob(access.container, name)}`, error);
  }
}

function tooLarge(target: string, cause: Error): Failure {
  return new Failure(
    {
      tried: `Writing ${target}`,
      cause: `the backup is larger than ${formatBytes(largestBackup)}, which is all that fits into its ${formatNumber(mostBlocks)} blocks`,
      advice: waysToFit,
      state: 'No backup was made.',
    },
    { cause },
  );
}

function nameTaken(target: string): Failure {
  return new Failure({
    tried: `Writing ${target}`,
    cause: 'a blob with this name exists, and a backup never replaces another',
    advice: 'Run the backup again: its name contains the time, and will be another one.',
    state: 'No backup was made.',
  });
}

/** Nobody could say what has become of a commit, or the job was cancelled in it. */
function commitUnknown(container: ContainerClient, name: string, tried: string, error: Error): Failure {
  const { cause } = error;
  const { explanation } = cause instanceof Failure ? cause : storageFailure(tried, cause);
  return new Failure(
    {
      ...explanation,
      advice: lookAdvice(placeOfBlob(container, name)),
      state: `It is not known whether backup ${quoted(name)} was made.`,
    },
    { cause },
  );
}

/** The job was cancelled while the backup was being committed, and that was carried out. */
function endedAfterwards(name: string, { cause }: Error): unknown {
  if (!(cause instanceof Failure)) return cause;
  const state = `Backup ${quoted(name)} is complete.`;
  return new Failure({ ...cause.explanation, advice: '', state }, { cause });
}
