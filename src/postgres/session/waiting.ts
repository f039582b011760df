import { setTimeout as sleep } from 'node:timers/promises';
import { type Patience, patiently, pauseBefore, type Retry } from '../../base/patience.ts';
import { run } from '../../base/process.ts';
import { type ConnectFailure, connectFailure } from './connect-failure.ts';
import type { Insistence } from './connection.ts';
import { hasAnotherPassword } from './new-password.ts';
import { type Psql, psqlCommand } from './psql-command.ts';

/** How many new passwords are tried for one connection: a vault and a server that keep to different ones would go on for ever. */
const mostPasswords = 3;

/**
 * Prepares the waits of one program that has to connect. All of them have one clock, from its first failure on, and the pauses double with
 * each: it may be let in no time at all where a psql is.
 * @returns waits until a psql gets in, or there is another password; it is given why the program could not connect, and with which password
 * it tried, and throws that, or what became of the last psql, if the server does not let it in for too long, or for good
 */
export function waits(
  psql: Psql,
  database: string,
  insistence: Insistence,
): (known: unknown, used: string) => Promise<void> {
  const { address, admission } = psql.connection;
  const { patience, info } = insistence;
  const signal = psql.hurry ? AbortSignal.any([psql.signal, psql.hurry]) : psql.signal;
  const timeLeft = timeToConnect(() => admission.worked, patience);
  let [rounds, passwords] = [0, 0];

  return async (known, used) => {
    const after = pauseBefore(++rounds, patience);
    let first: { error: unknown } | undefined = { error: known };
    let last = known;
    const attempt = async (): Promise<void> => {
      const password = first ? used : admission.password;
      try {
        const { error } = first ?? {};
        first = undefined;
        if (error !== undefined) throw error;
        await run({ ...psqlCommand(psql, database), input: '', signal });
      } catch (error) {
        if (!signal.aborted) last = error;
        const failure = connectFailure(error);
        if (!failure || passwords === mostPasswords) throw error;
        if (!(await hasAnotherPassword(failure, admission, insistence, password))) throw error;
        await sleep(passwords++ * patience.pause, undefined, { signal });
      }
    };
    const left = timeLeft();
    const judge = (error: unknown): Retry | undefined => {
      const failure = connectFailure(error);
      return failure && isRetried(failure) ? { why: failure.said, after, within: left(failure) } : undefined;
    };
    const what = `Connecting to ${address.host}:${address.port}`;
    try {
      await patiently(what, attempt, { patience, signal, info, judge });
    } catch (error) {
      if (psql.hurry?.aborted || isOutOfTime(psql.signal)) throw last;
      psql.signal.throwIfAborted();
      throw error;
    }
    psql.onceLetIn?.();
  };
}

function isRetried({ kind }: ConnectFailure): boolean {
  return kind === 'passing' || kind === 'doubtful';
}

/** Whether nobody has cancelled: the time is over, and what it was spent on is to be told. */
function isOutOfTime({ reason }: AbortSignal): boolean {
  return reason instanceof DOMException && reason.name === 'TimeoutError';
}

/**
 * For how long it is tried to connect, in milliseconds from the beginning of one wait on. A name that does not exist, a port where nothing
 * listens, and a firewall are waited for briefly, from the first such failure in a row on, unless the server has let the job in before,
 * or has said anything at all; but for longer than the longest pause, so that one of them is never the end.
 */
function timeToConnect(
  worked: () => boolean,
  { total, pause }: Patience,
): () => (failure: Pick<ConnectFailure, 'kind' | 'answered'>) => number {
  let answered = false;
  let since: number | undefined;
  let unlikely: number | undefined;
  return () => {
    const begun = performance.now();
    since ??= begun;
    const all = since - begun + total;
    return (failure) => {
      answered ||= worked() || failure.answered;
      unlikely = failure.kind === 'doubtful' && !answered ? (unlikely ?? performance.now()) : undefined;
      return unlikely === undefined ? all : Math.min(all, unlikely - begun + total / 10 + pause);
    };
  };
}
