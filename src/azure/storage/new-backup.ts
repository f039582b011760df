import type { ContainerClient } from '@azure/storage-blob';
import { Failure } from '../../base/failure.ts';
import { detailOf, isRestError } from '../rest-error.ts';
import { propertiesOf } from './blob-properties.ts';
import { type BlockWriter, writeBlocks } from './block-writer.ts';
import { storageFailure } from './errors.ts';
import { describeBlob } from './stored-backup.ts';

/** A new backup while it is being written. */
export interface NewBackup extends BlockWriter {
  name: string;
  url: string;
}

/** What writing meets if there is a blob of that name by now: only one that exists can have a lease. */
const meansTaken = new Set(['BlobAlreadyExists', 'ConditionNotMet', 'LeaseIdMissing']);

/**
 * Whether there is a blob of this name already.
 * @throws Failure if the container can't be reached with these rights
 */
export async function isTaken(
  container: ContainerClient,
  name: string,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await propertiesOf(container.getBlockBlobClient(name), signal);
    return true;
  } catch (error) {
    signal.throwIfAborted();
    if (isRestError(error) && detailOf(error).code === 'BlobNotFound') return false;
    throw storageFailure(`Looking for a blob named ${describeBlob(container, name)}`, error);
  }
}

/**
 * Begins a new backup. Nothing is visible under its name before it is committed, and nothing is asked of the account
 * before the first block is full. What it does throws a `Failure`, also if by then a blob of this name exists.
 */
export function beginBackup(container: ContainerClient, name: string, signal: AbortSignal): NewBackup {
  const client = container.getBlockBlobClient(name);
  const target = describeBlob(container, name);
  const writer = writeBlocks(client, signal);
  const explained = async <T>(tried: string, work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      signal.throwIfAborted();
      if (isRestError(error) && meansTaken.has(detailOf(error).code)) throw nameTaken(target);
      throw storageFailure(tried, error);
    }
  };
  return {
    name,
    url: client.url,
    write: (chunk) => explained(`Writing ${target}`, writer.write(chunk)),
    flush: () => explained(`Writing ${target}`, writer.flush()),
    commit: (metadata) => explained(`Publishing ${target}`, writer.commit(metadata)),
    abandon: writer.abandon,
  };
}

function nameTaken(target: string): Failure {
  return new Failure({
    tried: `Writing ${target}`,
    cause: 'a blob with this name exists, and a backup never replaces another',
    advice: 'Run the backup again: its name contains the time, and will be another one.',
    state: 'No backup was made.',
  });
}
