import { AnonymousCredential, ContainerClient } from '@azure/storage-blob';
import type { Access } from '../../../src/azure/storage/access.ts';
import { type Patience, patienceOf } from '../../../src/base/patience.ts';

/** The way to a container whose requests are not signed and tried once by the SDK, with the lines that it writes to the log. */
export function accessTo(
  url: string,
  patience: Patience = patienceOf(10),
  folder = '',
): Access & { lines: string[] } {
  const lines: string[] = [];
  return {
    container: new ContainerClient(url, new AnonymousCredential(), { retryOptions: { maxTries: 1 } }),
    folder,
    patience,
    info: (line) => void lines.push(line),
    signIn: async () => {},
    proven: false,
    reached: false,
    lines,
  };
}
