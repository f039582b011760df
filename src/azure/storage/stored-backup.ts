import type { ContainerClient } from '@azure/storage-blob';
import { quoted } from '../../base/format.ts';

/** A backup as it lies in the container. */
export interface StoredBackup {
  name: string;
  url: string;
  /** In bytes. */
  size: number;
  /** Names this very content: later reads are bound to it. */
  etag: string;
  metadata: Record<string, string>;
}

/** A blob and where it is: `"x.dump" in container "backups" on account.blob.core.windows.net`. */
export function describeBlob(container: ContainerClient, name: string): string {
  return `${quoted(name)} in container ${quoted(container.containerName)} on ${new URL(container.url).host}`;
}
