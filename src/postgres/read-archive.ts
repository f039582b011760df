import { Failure } from '../failure.ts';
import { ProcessFailure, run } from '../process.ts';
import type { Client } from './client.ts';
import { explainServerError } from './errors.ts';

/** A file ends before what was to be read from it is complete. */
export class CutOff extends Failure {}

/**
 * Lets `pg_restore` read an archive without a server.
 * @returns what it prints
 * @throws CutOff if the file ends too early
 * @throws Failure if it cannot be read for another reason
 */
export async function readArchive(
  client: Client,
  args: readonly string[],
  signal: AbortSignal,
): Promise<string> {
  try {
    const env = { LC_ALL: 'C', PATH: process.env['PATH'] };
    return await run({ program: client.pgRestore, args, env, signal });
  } catch (error) {
    if (!(error instanceof ProcessFailure)) throw error;
    const { cause } = explainServerError(error);
    // Its own words, which LC_ALL keeps English.
    // https://github.com/postgres/postgres/blob/master/src/bin/pg_dump/pg_backup_utils.h (READ_ERROR_EXIT)
    const Kind = cause.includes('could not read from input file: end of file') ? CutOff : Failure;
    throw new Kind(
      {
        tried: `Reading the archive with pg_restore ${client.version}`,
        cause,
        advice: 'Nothing was changed. Choose another backup.',
      },
      { cause: error },
    );
  }
}

/**
 * Reads and decompresses a whole archive without a server. Finds every cut; content that was changed is found in gzip
 * data only, since `pg_dump` writes the other methods without checksums.
 * @throws Failure if the archive is damaged
 */
export async function readThrough(client: Client, file: string, signal: AbortSignal): Promise<void> {
  await readArchive(client, ['--file=/dev/null', file], signal);
}
