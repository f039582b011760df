import type { ContainerClient } from '@azure/storage-blob';
import { formatTimestamp } from '../../base/format.ts';
import { partsOfBackupName } from './backup-names.ts';

/** A backup as a listing shows it. */
export interface ListedBackup {
  name: string;
  /** When it was begun: 14 digits, UTC. */
  timestamp: string;
  /** In bytes. */
  size: number;
}

/** How long a listing may take, in milliseconds: nobody waits for it but the reader of an error. */
const listTimeout = 10_000;

/** How many backups are listed as a whole: a page of 5,000, Azure's largest, takes seconds to be read. */
const few = 200;

/** How far back the newest of more than these are looked for. */
const months = 24;

/**
 * The newest backups whose names begin with `prefix`, the newest first. Azure lists names in the order of the alphabet, so
 * the newest come last: where they are more than a few, it is asked month by month instead, from this one back.
 * @param most how many are wanted
 * @returns undefined if they may not be listed, that takes too long, or all of very many are old
 */
export async function newestBackups(
  container: ContainerClient,
  prefix: string,
  most: number,
  signal: AbortSignal,
): Promise<ListedBackup[] | undefined> {
  const abortSignal = AbortSignal.any([signal, AbortSignal.timeout(listTimeout)]);
  try {
    return await newest(container, prefix, most, abortSignal);
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}

async function newest(
  container: ContainerClient,
  prefix: string,
  most: number,
  abortSignal: AbortSignal,
): Promise<ListedBackup[] | undefined> {
  const blobs = (begin: string) => container.listBlobsFlat({ prefix: begin, abortSignal });
  const found: ListedBackup[] = [];
  const add = (items: readonly { name: string; properties: { contentLength?: number } }[]): void => {
    for (const { name, properties } of items) {
      const parts = partsOfBackupName(name);
      if (parts?.prefix !== prefix) continue;
      found.push({ name, timestamp: parts.timestamp, size: properties.contentLength ?? 0 });
    }
    found.sort((a, b) => b.timestamp.localeCompare(a.timestamp)).splice(most);
  };

  const first = await blobs(prefix).byPage({ maxPageSize: few }).next();
  if (first.done) return [];
  if (!first.value.continuationToken) {
    add(first.value.segment.blobItems);
    return found;
  }
  const now = new Date();
  for (let ago = 0; ago < months && found.length < most; ago++) {
    const month = formatTimestamp(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - ago))).slice(
      0,
      6,
    );
    for await (const page of blobs(`${prefix}${month}`).byPage()) add(page.segment.blobItems);
  }
  return found.length === 0 ? undefined : found;
}
