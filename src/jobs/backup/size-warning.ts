import { largestBackup, waysToFit } from '../../azure/storage/new-backup.ts';
import { formatBytes, quoted } from '../../base/format.ts';
import type { Step } from '../../base/step.ts';
import { type ChosenCompression, describeCompression } from '../../postgres/dump/compression.ts';
import { dumpedBytes } from '../../postgres/server/content.ts';
import type { DatabaseFacts } from '../../postgres/server/server.ts';
import type { Prepared } from '../preparation.ts';

/**
 * Warns before a dump if it may turn out larger than a backup can be. That is never certain: dead rows take room too, compression saves
 * some, and options leave rows out. So it is no error.
 */
export async function warnOfSize(
  { psql, server }: Prepared<DatabaseFacts>,
  database: string,
  compression: ChosenCompression,
  step: Pick<Step, 'warn'>,
): Promise<void> {
  if (server.size <= largestBackup) return;
  const bytes = await dumpedBytes(psql, database);
  const text = sizeWarning(database, bytes ?? server.size, compression, largestBackup);
  if (text !== undefined) step.warn(text);
}

/**
 * What is to be said of a database of this size.
 * @param bytes of rows and large objects, as they lie on the server
 * @param most how many a backup can have
 */
export function sizeWarning(
  database: string,
  bytes: number,
  compression: ChosenCompression,
  most: number,
): string | undefined {
  if (bytes <= most) return undefined;
  const smaller =
    compression.method === 'none'
      ? 'It is not compressed (compression: none), so it may be as large'
      : `Compression (${describeCompression(compression)}) has to make it smaller`;
  return (
    `The backup of database ${quoted(database)} may become too large: the tables have ${formatBytes(bytes)} on the server, without indexes, ` +
    `and a backup can have ${formatBytes(most)}. ${smaller}. If it reaches that size, the job fails at once. ${waysToFit}`
  );
}
