import { Failure } from '../../base/failure.ts';
import type { Step } from '../../base/step.ts';
import type { Client } from '../../postgres/client/find.ts';
import {
  type ChosenCompression,
  type Compression,
  canCompress,
  describeCompression,
  resolveCompression,
} from '../../postgres/dump/compression.ts';
import { supportsZstd } from '../../postgres/dump/dump.ts';

/** How a client is to compress a backup. @throws Failure if it cannot do it as it is asked to */
export async function chooseCompression(
  compression: Compression,
  client: Client,
  { signal }: Pick<Step, 'signal'>,
): Promise<ChosenCompression> {
  if (canCompress(compression, client.major)) {
    const hasZstd = compression.method === 'auto' && (await supportsZstd(client, signal));
    return resolveCompression(compression, hasZstd);
  }
  throw new Failure({
    tried: `Compressing with ${describeCompression(compression)}`,
    cause: `pg_dump ${client.version} on this machine supports only gzip; lz4 and zstd need version 16`,
    advice: 'Use compression: auto, or a runner with a client 16 or newer.',
  });
}
