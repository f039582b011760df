import { setTimeout as sleep } from 'node:timers/promises';
import { formatDuration } from './format.ts';

/** For how long what passes by itself is waited for, in milliseconds: all of it derived from one time. */
export interface Patience {
  /** For something to work again, from its first failure on. */
  total: number;
  /** For the answer to a small request. */
  answer: number;
  /** For a byte on a connection that says nothing. */
  idle: number;
  /** For a right that was given a moment ago to become effective. */
  newRight: number;
  /** Before something is tried again for the first time. */
  pause: number;
}

/** Which times follow from `retry_timeout_seconds`. At its default of 300 all of them are as long as they get, besides `total`. */
export function patienceOf(seconds: number): Patience {
  const total = seconds * 1000;
  return {
    total,
    answer: Math.min(20_000, total / 15),
    idle: Math.min(60_000, total / 5),
    newRight: Math.min(120_000, (total * 2) / 5),
    pause: Math.min(1_000, total / 300),
  };
}

/** Why, and when, something is tried again. */
export interface Retry {
  /** What happened, as a part of a sentence for the log: `HTTP 503 ServerBusy`. */
  why: string;
  /** The least pause before the next attempt, in milliseconds: what the other side asked for. */
  after?: number;
  /**
   * For how long, in milliseconds, where that is less than `total`: from the first of the failures in a row on that are waited for this
   * long, so that what came before and would have been waited for longer does not count.
   */
  within?: number;
}

/** How something is tried again. */
export interface Persistence {
  patience: Patience;
  signal: AbortSignal;
  /** Is told of each failure that is followed by another attempt, and that something is still waited for. */
  info(line: string): void;
  /** Whether an error passes by itself; undefined if it does not. */
  judge(error: unknown): Retry | undefined;
  /** How long one attempt may take, in milliseconds, by how many were too slow before; without it, the attempt limits itself. */
  limit?: (tooSlow: number) => number;
  /** How many attempts there are at most. */
  most?: number;
  /** How long attempts have waited for their turn so far, in milliseconds: that time does not count. */
  queued?: () => number;
}

/** What one attempt is ended with where there was no answer within its limit. The code is that of a connection that timed out. */
export class NoAnswer extends Error {
  readonly code = 'ETIMEDOUT';

  constructor(milliseconds: number) {
    super(`no answer within ${formatDuration(milliseconds)}`);
    this.name = 'NoAnswer';
  }
}

/** The longest pause between two attempts, as a multiple of the first. */
const longestPause = 30;

/** After how long without a line the log says that something is still waited for, in milliseconds. */
const silence = 25_000;

/**
 * Tries something until it works, fails for good, or has failed for too long. Pauses double; a longer one that the other side asks for
 * is kept to, unless it would take more time than there is.
 * @param what is tried, at the beginning of a line of the log: `Reading secret "db-user"`
 * @param attempt has to end when its signal is aborted; it may have been carried out nevertheless
 * @throws what the last attempt threw: NoAnswer where it took longer than its limit; the signal's reason once that is aborted
 */
export async function patiently<T>(
  what: string,
  attempt: (signal: AbortSignal) => Promise<T>,
  { patience, signal, info, judge, limit, most = Number.POSITIVE_INFINITY, queued = () => 0 }: Persistence,
): Promise<T> {
  const began = performance.now();
  const waiting = setInterval(
    () => info(`${what}: waiting for ${formatDuration(performance.now() - began)}`),
    silence,
  );
  let tooSlow = 0;
  let first: number | undefined;
  let like: { within: number | undefined; since: number } | undefined;
  try {
    for (let tries = 1; ; tries++) {
      try {
        return await withLimit(limit?.(tooSlow), signal, attempt);
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof NoAnswer) tooSlow++;
        const retry = judge(error);
        const now = performance.now() - queued();
        first ??= now;
        if (!like || like.within !== retry?.within) like = { within: retry?.within, since: now };
        const pause = Math.max(retry?.after ?? 0, pauseBefore(tries, patience));
        const isOver =
          now - first + pause > patience.total || now - like.since + pause > (like.within ?? patience.total);
        if (!retry || tries >= most || isOver) throw error;
        info(`${what}: ${retry.why}. Trying again in ${formatDuration(pause)}`);
        waiting.refresh();
        await sleep(pause, undefined, { signal }).catch(() => signal.throwIfAborted());
      }
    }
  } finally {
    clearInterval(waiting);
  }
}

/** After how long something is tried again that has failed so often, in milliseconds, if nobody asks for more. */
export function pauseBefore(tries: number, { pause }: Patience): number {
  return pause * Math.min(2 ** (tries - 1), longestPause);
}

/** Waits for what others may wait for too, no longer than until the signal is aborted. */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = (): void => reject(signal.reason);
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
  });
}

/**
 * Runs one attempt under a signal that is aborted with the given one, and after the limit.
 * @param milliseconds no limit if undefined
 * @throws NoAnswer if the attempt ended because of the limit
 */
export async function withLimit<T>(
  milliseconds: number | undefined,
  signal: AbortSignal,
  attempt: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  if (milliseconds === undefined) return attempt(signal);
  const own = new AbortController();
  const end = (): void => own.abort(signal.reason);
  signal.addEventListener('abort', end, { once: true });
  const timer = setTimeout(() => own.abort(new NoAnswer(milliseconds)), milliseconds);
  try {
    return await attempt(own.signal);
  } catch (error) {
    throw own.signal.reason instanceof NoAnswer ? own.signal.reason : error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
}
