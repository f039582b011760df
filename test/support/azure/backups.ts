import { randomBytes } from 'node:crypto';
import {
  type BlobItem,
  BlobServiceClient,
  type ContainerClient,
  StorageSharedKeyCredential,
} from '@azure/storage-blob';
import type { Account } from './azurite.ts';

/** A container of backups, seen past the action: with the account's key, not with the action's sign-in. */
export interface Backups {
  container: string;
  client: ContainerClient;
  /** The names of all published blobs. */
  list(): Promise<string[]>;
  /** The names of blobs that have staged blocks but were never committed. */
  listUncommitted(): Promise<string[]>;
  read(name: string): Promise<Buffer>;
  metadata(name: string): Promise<Record<string, string>>;
  put(name: string, content: Buffer | string, metadata?: Record<string, string>): Promise<void>;
  remove(name: string): Promise<void>;
}

/** The key of Azurite's built-in account, known to everybody. */
export const accountKey =
  'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/** Creates a container if it is not there: by default with a random name, so that no test sees another's blobs. */
export async function createBackups(
  { accountName, accountUrl }: Account,
  container = `backups-${randomBytes(6).toString('hex')}`,
): Promise<Backups> {
  const account = new BlobServiceClient(accountUrl, new StorageSharedKeyCredential(accountName, accountKey));
  const client = account.getContainerClient(container);
  await client.createIfNotExists();

  async function all(includeUncommitedBlobs: boolean): Promise<BlobItem[]> {
    const blobs: BlobItem[] = [];
    for await (const blob of client.listBlobsFlat({ includeUncommitedBlobs })) blobs.push(blob);
    return blobs;
  }

  async function list(): Promise<string[]> {
    return (await all(false)).map((blob) => blob.name);
  }

  return {
    container,
    client,
    list,
    listUncommitted: async () => {
      const published = new Set(await list());
      return (await all(true)).map((blob) => blob.name).filter((name) => !published.has(name));
    },
    read: (name) => client.getBlobClient(name).downloadToBuffer(),
    metadata: async (name) => (await client.getBlobClient(name).getProperties()).metadata ?? {},
    put: async (name, content, metadata = {}) => {
      await client.getBlockBlobClient(name).uploadData(Buffer.from(content), { metadata });
    },
    remove: async (name) => {
      await client.deleteBlob(name);
    },
  };
}
