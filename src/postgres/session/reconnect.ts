import { PassThrough } from 'node:stream';
import { causeOf } from '../../base/failure.ts';
import { inOneLine } from '../../base/format.ts';
import { patiently, type Retry } from '../../base/patience.ts';
import { type Command, type RunningProcess, run, start } from '../../base/process.ts';
import { type ConnectFailure, connectFailure } from './connect-failure.ts';
import { type Admission, environmentOf, type Insistence } from './connection.ts';
import { type Psql, psqlCommand } from './psql-command.ts';

/**
 * Runs something that begins by connecting. If that fails, and only then, it is run again: as soon as the server lets a psql in, where the
 * cause passes, and with the password that the vault has now, where the server takes the one no more that it took before.
 * @param attempt starts the program, with the environment of that moment
 * @throws what the attempt did, or the last of those psqls, if the server does not let it in for too long, or for good
 */
export async function whenConnected<T>(psql: Psql, database: string, attempt: () => Promise<T>): Promise<T> {
  const { admission } = psql.connection;
  const { insistence } = admission;
  let since = Number.NaN;
  for (;;) {
    const { password } = admission;
    try {
      const result = await attempt();
      admission.worked = true;
      return result;
    } catch (error) {
      const failure = connectFailure(error);
      if (!failure || !insistence || psql.hurry?.aborted) throw error;
      const now = performance.now();
      if (Number.isNaN(since)) since = now;
      if (now - since > 2 * insistence.patience.total) throw error; // a psql gets in every time, and this does not
      if (await hasAnotherPassword(failure, admission, insistence, password)) continue;
      await untilLetIn(psql, database, insistence, error);
    }
  }
}

/** Waits until a psql gets in. @param known what became of the first attempt to connect */
async function untilLetIn(
  psql: Psql,
  database: string,
  { patience, info }: Insistence,
  known: unknown,
): Promise<void> {
  const { address, admission } = psql.connection;
  let first: { error: unknown } | undefined = { error: known };
  let last = known;
  const signal = psql.hurry ? AbortSignal.any([psql.signal, psql.hurry]) : psql.signal;
  const attempt = async (): Promise<void> => {
    const { error } = first ?? {};
    first = undefined;
    if (error !== undefined) throw error;
    const { password } = admission;
    try {
      await run({ ...psqlCommand(psql, database), input: '', signal });
    } catch (reason) {
      last = reason;
      const failure = connectFailure(reason);
      if (!failure || !admission.insistence) throw reason;
      if (!(await hasAnotherPassword(failure, admission, admission.insistence, password))) throw reason;
    }
  };
  const judge = (error: unknown): Retry | undefined =>
    retryOfConnecting(connectFailure(error), admission, patience.total);
  try {
    await patiently(`Connecting to ${address.host}:${address.port}`, attempt, {
      patience,
      signal,
      info,
      judge,
    });
  } catch (error) {
    psql.signal.throwIfAborted();
    throw psql.hurry?.aborted ? last : error;
  }
}

/** A name that does not exist, a port where nothing listens, and a firewall are waited for briefly, unless they were none before. */
function retryOfConnecting(
  failure: ConnectFailure | undefined,
  { worked }: Admission,
  total: number,
): Retry | undefined {
  if (failure?.kind !== 'passing' && failure?.kind !== 'doubtful') return undefined;
  const within = failure.kind === 'passing' || worked ? total : total / 10;
  return { why: failure.said, within };
}

/** Whether a login was rejected that worked before, and there is another password now, which counts from then on. */
async function hasAnotherPassword(
  { kind }: ConnectFailure,
  admission: Admission,
  insistence: Insistence,
  used: string,
): Promise<boolean> {
  if (kind !== 'rejected' || !admission.worked) return false;
  if (admission.password === used) {
    admission.renewal ??= renew(admission, insistence).finally(() => {
      delete admission.renewal;
    });
    await admission.renewal;
  }
  return admission.password !== used;
}

/** Never throws: without a new password, it is for the server's refusal to be told. */
async function renew(admission: Admission, { info, readPassword }: Insistence): Promise<void> {
  info('The server rejects the password that it accepted before. Reading it again');
  try {
    const password = await readPassword();
    info(password === admission.password ? 'It is the same password' : 'Connecting with the new password');
    admission.password = password;
  } catch (error) {
    info(`It could not be read: ${inOneLine(causeOf(error))}`);
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
