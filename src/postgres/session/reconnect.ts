import { PassThrough } from 'node:stream';
import { type Command, type RunningProcess, start } from '../../base/process.ts';
import { connectFailure } from './connect-failure.ts';
import { environmentOf } from './connection.ts';
import type { Psql } from './psql-command.ts';
import { waits } from './waiting.ts';

/**
 * Runs something that begins by connecting. If that fails, and only then, it is run again: as soon as the server lets a psql in, where the
 * cause passes, and with the password that the vault has now, where the server takes the one no more that it took before.
 * @param attempt starts the program, with the environment of that moment
 * @throws what the attempt did, or the last of those psqls, if the server does not let it in for too long, or for good
 */
export async function whenConnected<T>(psql: Psql, database: string, attempt: () => Promise<T>): Promise<T> {
  const { admission } = psql.connection;
  const { insistence } = admission;
  let wait: ReturnType<typeof waits> | undefined;
  for (;;) {
    const { password } = admission;
    try {
      const result = await attempt();
      admission.worked = true;
      return result;
    } catch (error) {
      if (!insistence || psql.hurry?.aborted || !connectFailure(error)) throw error;
      wait ??= waits(psql, database, insistence);
      await wait(error, password);
    }
  }
}

/** A program that was let in, or will be. */
export interface ConnectedProcess extends Pick<RunningProcess, 'stdout' | 'finished' | 'stop'> {
  /** When it wrote something last, or began, by `performance.now()`. */
  lastHeard(): number;
}

/**
 * Starts a program that connects, as `whenConnected` runs it: what it writes is one stream, whichever attempt it comes from.
 * @param command but the environment and the signal, which are those of the connection and of `psql`
 */
export function startConnected(
  psql: Psql,
  database: string,
  command: Omit<Command, 'env' | 'signal'>,
): ConnectedProcess {
  const stopped = new AbortController();
  const signal = AbortSignal.any([psql.signal, stopped.signal]);
  const stdout = new PassThrough();
  let heard = performance.now();
  const finished = whenConnected({ ...psql, signal }, database, async () => {
    const running = start({ ...command, env: environmentOf(psql.connection), signal });
    running.stdout.on('data', () => {
      heard = performance.now();
    });
    running.stdout.pipe(stdout, { end: false });
    await running.finished;
  }).finally(() => stdout.end());
  finished.catch(() => {}); // whoever awaits it hears of it
  const stop = async (): Promise<void> => {
    stopped.abort();
    await finished.catch(() => {});
  };
  return { stdout, finished, stop, lastHeard: () => heard };
}
