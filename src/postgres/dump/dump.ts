import { Failure } from '../../base/failure.ts';
import { ProcessFailure, run } from '../../base/process.ts';
import type { Client } from '../client/find.ts';
import { type Connection, connectionString, describeDatabase } from '../session/connection.ts';
import { type ConnectedProcess, startConnected } from '../session/reconnect.ts';
import { type ChosenCompression, canCompress, compressArgument } from './compression.ts';
import { explainDumpError } from './explain.ts';

/** How long `pg_dump` waits for a lock that someone holds on a table, in milliseconds, unless its options say otherwise. */
const lockWaitTimeout = 300_000;

/**
 * Starts `pg_dump` in custom format. The archive is its standard output; `finished` tells whether it is complete, and
 * rejects with a `Failure` in the server's words if it is not.
 * @param options further arguments of `pg_dump`
 * @param warn is given the warnings of `pg_dump`
 */
export function dump(
  client: Client,
  connection: Connection,
  database: string,
  compression: ChosenCompression,
  options: readonly string[],
  warn: (line: string) => void,
  signal: AbortSignal,
): ConnectedProcess {
  const psql = { program: client.psql, connection, signal };
  const running = startConnected(psql, database, {
    program: client.pgDump,
    args: [
      '--format=custom',
      `--compress=${compressArgument(compression, client.major)}`,
      `--lock-wait-timeout=${lockWaitTimeout}`,
      '--no-password',
      ...options,
      '--dbname',
      connectionString(database, connection),
    ],
    onStderrLine: (line) => {
      if (/^pg_dump: warning:/.test(line)) warn(line);
    },
  });
  const finished = running.finished.catch(async (error: unknown) => {
    if (!(error instanceof ProcessFailure)) throw error;
    const tried = `pg_dump of ${describeDatabase(connection, database)}`;
    const explanation = await explainDumpError(psql, database, error);
    throw new Failure({ tried, ...explanation, ...adviceOnOptions(error.stderr, options) }, { cause: error });
  });
  finished.catch(() => {});
  return { ...running, finished };
}

/**
 * Options that `pg_dump` has and cannot work with: two that exclude each other, a value that is none, a pattern that fits nothing.
 * These are its own words, which LC_ALL keeps English whatever the server speaks.
 */
const optionProblem =
  /^pg_dump: error: (options? -|unrecognized section name|invalid value .* for option|no matching |could not open filter file|--\S+ must be in range)/m;

function adviceOnOptions(stderr: string, options: readonly string[]): { advice?: string } {
  if (options.length === 0 || !optionProblem.test(stderr)) return {};
  return { advice: 'Correct pg_dump_options, then run the job again.' };
}

/**
 * Whether this `pg_dump` was built with zstd, which a version 16 or newer may lack. It checks that before it connects, so
 * it is sent to a socket that does not exist, and what it complains of tells.
 */
export async function supportsZstd(client: Client, signal: AbortSignal): Promise<boolean> {
  if (!canCompress({ method: 'zstd' }, client.major)) return false;
  const args = ['--format=custom', '--compress=zstd', '--no-password', '--dbname=host=/nonexistent'];
  try {
    await run({ program: client.pgDump, args, env: { LC_ALL: 'C', PATH: process.env['PATH'] }, signal });
  } catch (error) {
    if (!(error instanceof ProcessFailure)) throw error;
    return error.stderr.includes('/nonexistent');
  }
  return true;
}
