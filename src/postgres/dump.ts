import { Failure } from '../failure.ts';
import { ProcessFailure, type RunningProcess, start } from '../process.ts';
import type { Client } from './client.ts';
import { type ChosenCompression, compressArgument } from './compression.ts';
import { type Connection, connectionString } from './connection.ts';
import { explainServerError } from './errors.ts';
import { whereTo } from './server.ts';

/** How long `pg_dump` waits for a lock that someone holds on a table, in milliseconds. */
const lockPatience = 300_000;

/**
 * Starts `pg_dump` in custom format. The archive is its standard output; `finished` tells whether it is complete, and
 * rejects with a `Failure` in the server's words if it is not.
 * @param warn is given what `pg_dump` says without failing, such as foreign keys in a circle
 */
export function dump(
  client: Client,
  connection: Connection,
  database: string,
  compression: ChosenCompression,
  warn: (line: string) => void,
  signal: AbortSignal,
): RunningProcess {
  const running = start({
    program: client.pgDump,
    args: [
      '--format=custom',
      `--compress=${compressArgument(compression, client.major)}`,
      `--lock-wait-timeout=${lockPatience}`,
      '--no-password',
      '--dbname',
      connectionString(database),
    ],
    env: connection.env,
    signal,
    onStderrLine: (line) => {
      if (/^pg_dump: (warning|hint|detail):/.test(line)) warn(line);
    },
  });
  const finished = running.finished.catch((error: unknown) => {
    if (!(error instanceof ProcessFailure)) throw error;
    const tried = `pg_dump of ${whereTo(connection, database)}`;
    throw new Failure({ tried, ...explainServerError(error) }, { cause: error });
  });
  finished.catch(() => {});
  return { ...running, finished };
}
