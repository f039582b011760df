import type { BlobItem, ContainerListBlobFlatSegmentResponse } from '@azure/storage-blob';
import { Failure } from '../../base/failure.ts';
import { quoted } from '../../base/format.ts';
import { isRestError } from '../rest-error.ts';
import { type Access, askAccount, passingOf } from './access.ts';
import { isFolder } from './blob-properties.ts';
import { storageFailure } from './errors.ts';

/** A blob as a listing shows it, with what is written down with it. */
export interface ListedBlob {
  /** With its folders. */
  name: string;
  /** In bytes. */
  size: number;
  etag: string;
  /** The keys in lower case, as the blob itself tells them. */
  metadata: Record<string, string>;
  /** Writing metadata does not change it. */
  createdOn?: Date;
  /** As Azure names it: `Hot`; empty where the account does not say it. */
  tier: string;
  /** Whether it is on its way out of the archive tier. */
  isRehydrating: boolean;
  /** Until when a policy on the blob itself keeps it: one on the whole container is not told with each blob. */
  immutableUntil?: Date;
  hasLegalHold: boolean;
}

/** What lies in a folder of a container. */
export interface Listing {
  /** In the order of the account: that of the names. */
  blobs: ListedBlob[];
  /** The account's time when it was asked. */
  now: Date;
}

type InventoryPage = ContainerListBlobFlatSegmentResponse;

/** How much is asked for besides names and sizes. */
type Detail = 'all' | 'metadata';

/** How many blobs are listed by one request: with 8 KiB of metadata each, which is the most, an answer of 8 MiB. */
const blobsInPage = 1_000;

/**
 * Lists every blob of the folder, with its metadata. What passes by itself is waited for as long for all pages together as for one
 * request; how many pages there are is not limited, unless the account begins from the front again.
 * @param pageSize how many blobs are listed by one request
 * @throws Failure
 */
export async function inventoryOfBlobs(
  access: Access,
  signal: AbortSignal,
  pageSize = blobsInPage,
): Promise<Listing> {
  const pages = pagesOf(access, signal, pageSize);
  const blobs: ListedBlob[] = [];
  let now: Date | undefined;
  try {
    for await (const page of pages) {
      now ??= page.date ?? new Date();
      for (const item of page.segment.blobItems) if (!isFolder(item.metadata)) blobs.push(listedBlob(item));
    }
    return { blobs, now: now ?? new Date() };
  } catch (error) {
    signal.throwIfAborted();
    throw storageFailure(`Listing ${describeFolder(access)}`, error);
  }
}

/** `the blobs in container "backups" on account.blob.core.windows.net`, or those of a folder. */
function describeFolder({ container, folder }: Access): string {
  const place = `container ${quoted(container.containerName)} on ${new URL(container.url).host}`;
  return folder === '' ? `the blobs in ${place}` : `the folder ${quoted(folder)} in ${place}`;
}

async function* pagesOf(
  access: Access,
  signal: AbortSignal,
  maxPageSize: number,
): AsyncGenerator<InventoryPage> {
  const { patience } = access;
  const seen = new Set<string>();
  let detail: Detail = 'all';
  let left = patience.total;
  for (let token: string | undefined = ''; token !== undefined; ) {
    const settings = { maxPageSize, ...(token !== '' && { continuationToken: token }) };
    let failedFirst: number | undefined;
    const ask = (how: Detail): Promise<InventoryPage | undefined> =>
      askAccount(access, `Listing ${quoted(access.folder)}`, (own) => pageWith(access, how, settings, own), {
        ...{ signal, limit: patience.idle, patience: { ...patience, total: left } },
        judge: (error) => {
          failedFirst ??= performance.now();
          return passingOf(access, error);
        },
      });
    const page: InventoryPage | undefined = await ask(detail).catch((error: unknown) => {
      if (detail === 'metadata' || !mayMeanDetail(error)) throw error;
      detail = 'metadata';
      return ask(detail);
    });
    if (failedFirst !== undefined) left = Math.max(0, left - (performance.now() - failedFirst));
    if (!page) return;
    yield page;
    token = page.continuationToken || undefined;
    if (token !== undefined && seen.has(token)) throw endless();
    if (token !== undefined) seen.add(token);
  }
}

/**
 * Whether an answer may be about what was asked for besides: accounts with a hierarchical namespace have no immutability of single blobs,
 * and older ones than the service of today have never heard of it.
 */
function mayMeanDetail(error: unknown): boolean {
  return (
    isRestError(error) && (error.statusCode === 400 || error.statusCode === 409 || error.statusCode === 501)
  );
}

async function pageWith(
  { container, folder }: Access,
  detail: Detail,
  settings: { maxPageSize: number; continuationToken?: string },
  abortSignal: AbortSignal,
): Promise<InventoryPage | undefined> {
  const isAll = detail === 'all';
  const options = {
    ...{ abortSignal, includeMetadata: true, includeImmutabilityPolicy: isAll, includeLegalHold: isAll },
    ...(folder !== '' && { prefix: folder }),
  };
  const { value, done } = await container.listBlobsFlat(options).byPage(settings).next();
  return done ? undefined : value;
}

function listedBlob({ name, properties, metadata = {} }: BlobItem): ListedBlob {
  const { createdOn, immutabilityPolicyExpiresOn: immutableUntil } = properties;
  return {
    name,
    size: properties.contentLength ?? 0,
    etag: asHeader(properties.etag),
    metadata: Object.fromEntries(
      Object.entries(metadata).flatMap(([key, value]) =>
        typeof value === 'string' ? [[key.toLowerCase(), value]] : [],
      ),
    ),
    ...(createdOn && { createdOn }),
    tier: properties.accessTier ?? '',
    isRehydrating: properties.archiveStatus !== undefined,
    ...(immutableUntil && { immutableUntil }),
    hasLegalHold: properties.legalHold ?? false,
  };
}

/** An ETag as headers have it: lists leave its quotation marks out. */
function asHeader(etag: string): string {
  return etag === '' || etag.startsWith('"') || etag.startsWith('W/') ? etag : `"${etag}"`;
}

function endless(): Failure {
  return new Failure({
    cause: 'the list has no end: the account names a page as the next that it has given before',
    advice: 'Run the job again; if it keeps failing, find out what answers in place of the account.',
  });
}
