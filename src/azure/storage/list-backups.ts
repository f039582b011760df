import type { ContainerListBlobFlatSegmentResponse } from '@azure/storage-blob';
import { formatTimestamp, quoted } from '../../base/format.ts';
import { type Access, askAccount } from './access.ts';
import { partsOfBackupName } from './backup-names.ts';
import { curiosity } from './blob-properties.ts';

/** A backup as a listing shows it. */
export interface ListedBackup {
  name: string;
  /** When it was begun: 14 digits, UTC. */
  timestamp: string;
  /** In bytes. */
  size: number;
}

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
  access: Access,
  prefix: string,
  most: number,
  signal: AbortSignal,
): Promise<ListedBackup[] | undefined> {
  // Nobody waits for it but the reader of an error. A list whose pages never end is ended by this, too.
  const abortSignal = AbortSignal.any([signal, AbortSignal.timeout(curiosity)]);
  try {
    return await newest(access, prefix, most, abortSignal);
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}

async function newest(
  access: Access,
  prefix: string,
  most: number,
  signal: AbortSignal,
): Promise<ListedBackup[] | undefined> {
  const found: ListedBackup[] = [];
  const add = (items: readonly { name: string; properties: { contentLength?: number } }[]): void => {
    for (const { name, properties } of items) {
      const parts = partsOfBackupName(name);
      if (parts?.prefix !== prefix) continue;
      found.push({ name, timestamp: parts.timestamp, size: properties.contentLength ?? 0 });
    }
    found.sort((a, b) => b.timestamp.localeCompare(a.timestamp)).splice(most);
  };

  const first = await pageOf(access, prefix, { maxPageSize: few }, signal);
  if (!first) return [];
  if (!first.continuationToken) {
    add(first.segment.blobItems);
    return found;
  }
  const now = new Date();
  for (let ago = 0; ago < months && found.length < most; ago++) {
    const month = formatTimestamp(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - ago))).slice(
      0,
      6,
    );
    for (let next: string | undefined = ''; next !== undefined; ) {
      const settings = next === '' ? {} : { continuationToken: next };
      const page = await pageOf(access, `${prefix}${month}`, settings, signal);
      add(page?.segment.blobItems ?? []);
      next = page?.continuationToken || undefined;
    }
  }
  return found.length === 0 ? undefined : found;
}

type ListPage = ContainerListBlobFlatSegmentResponse;

/** A page of the blobs whose names begin like this. What is waited for is not told: nothing depends on a list. */
function pageOf(
  access: Access,
  prefix: string,
  settings: { maxPageSize?: number; continuationToken?: string },
  signal: AbortSignal,
): Promise<ListPage | undefined> {
  const attempt = async (abortSignal: AbortSignal): Promise<ListPage | undefined> => {
    const pages = access.container.listBlobsFlat({ prefix, abortSignal }).byPage(settings);
    const { value, done } = await pages.next();
    return done ? undefined : value;
  };
  const limit = access.patience.answer;
  return askAccount(access, `Listing ${quoted(prefix)}`, attempt, { signal, limit, info: () => {} });
}
