import { Failure } from '../../base/failure.ts';
import { quoted } from '../../base/format.ts';
import { ProcessFailure, run, start } from '../../base/process.ts';
import type { Client } from '../client/find.ts';
import { describeExit, explainServerError } from '../errors/explain.ts';
import { connectFailure } from '../session/connect-failure.ts';
import { type Connection, environmentOf } from '../session/connection.ts';
import { psqlCommand } from '../session/psql.ts';
import { whenConnected } from '../session/reconnect.ts';
import { adviceForRestore } from './errors/advice.ts';
import { describeError } from './errors/describe.ts';
import { collectErrors, entryOf, isHarmless, isWarning, type RestoreError } from './errors/messages.ts';
import { argumentsFor, type RestoreListener, type RestoreOrder, type RestorePass } from './order.ts';
import { pipeArchive } from './pipe-archive.ts';

/**
 * Runs `pg_restore` once. It is begun again only where it did not get to the server at all: whatever it has begun, nobody does twice.
 * An archive that is not a file can be read only once: a psql goes first then, to see that the server lets somebody in.
 * @throws Failure that says which entry failed, why, and what to do
 */
export async function runPass(
  client: Client,
  connection: Connection,
  server: { major: number },
  order: RestoreOrder,
  pass: RestorePass,
  listener: RestoreListener,
  signal: AbortSignal,
): Promise<void> {
  const { archive, database } = order;
  const psql = { program: client.psql, connection, signal };
  const attempt = () => tryPass(client, connection, server, order, pass, listener, signal);
  try {
    if (typeof archive === 'string') return await whenConnected(psql, database, attempt);
    if (connection.admission.insistence)
      await whenConnected(psql, database, () => run({ ...psqlCommand(psql, database), input: '', signal }));
    await attempt();
  } catch (error) {
    if (error instanceof Failure) throw withAdviceOnPassword(error);
    if (!(error instanceof ProcessFailure)) throw error;
    const tried = `pg_restore ${client.version} into ${quoted(database)}`;
    throw new Failure(
      { tried, ...explainServerError(error, { role: connection.user, database }) },
      { cause: error },
    );
  }
}

/** Between its sessions, pg_restore remembers the password that it began with. */
function withAdviceOnPassword(error: Failure): Failure {
  if (
    !/^(?:reconnection failed: )?connection to server .* failed: FATAL: {2}password authentication failed/.test(
      error.explanation.cause,
    )
  )
    return error;
  const advice =
    'The password was changed while pg_restore was working: at its end it connects again, with the password that it began with. Run the ' +
    'restore again.';
  return new Failure({ ...error.explanation, advice }, { cause: error.cause });
}

/**
 * `pg_restore` 17 and later sets `transaction_timeout` on any server; those before 17 answer with an error and nothing
 * else is wrong. There that one error is passed over, and any other is a failure; everywhere else the first error ends pg_restore.
 *
 * Whether it succeeded is said by its exit status and its own count of errors, and never by what looks like an error among what it
 * writes: only which error it was is found there.
 *
 * With a client 17 or newer, a server before 17 and several sessions, an error may be known only when the pass has come to its end:
 * where another session writes between the name of an entry and its error, that looks like what a name or a warning of a function
 * may hold, and is no reason to end pg_restore. The restore then fails later, and with the same error.
 */
async function tryPass(
  client: Client,
  connection: Connection,
  server: { major: number },
  order: RestoreOrder,
  pass: RestorePass,
  { progress, onMessage, onRead, onProcess }: RestoreListener,
  signal: AbortSignal,
): Promise<void> {
  const failed = new AbortController();
  const several = pass.jobs > 1;
  const isFirstSet = client.major >= 17 && server.major < 17;
  let harmless = 0;
  /** The first error that is certain; the first and the last that are not harmless; and the first of the server's. */
  const seen: { certain?: RestoreError; first?: RestoreError; last?: RestoreError; ofServer?: RestoreError } =
    {};
  let begun = 0;
  const errors = collectErrors((error, certain) => {
    // Each session makes it when it begins; with one session that is before the first entry.
    if (isFirstSet && (several || begun === 0) && isHarmless(error, several)) {
      harmless++;
      return;
    }
    seen.first ??= error;
    seen.last = error;
    if (!error.own) seen.ofServer ??= error;
    if (!certain || seen.certain) return;
    seen.certain = error;
    // Or it would go on; everywhere else it ends by itself, and so it does where it cannot connect.
    if (isFirstSet && (begun > 0 || !error.own)) failed.abort();
  }, several);
  let ended: ProcessFailure | undefined;
  // With several sessions pg_restore counts those of its first one, at its beginning and its end, and of the others what is not
  // part of their start (seen with 17 and 18).
  const expected = several ? 2 : 1;
  const isWell = ({ exitCode }: ProcessFailure): boolean => {
    const { ignored } = errors.result(); // with the error that was not at its end yet
    return exitCode === 1 && isFirstSet && ignored === expected && harmless >= expected;
  };
  try {
    const running = start({
      program: client.pgRestore,
      args: [...(isFirstSet ? [] : ['--exit-on-error']), ...argumentsFor(connection, order, pass)],
      env: environmentOf(connection),
      keepInput: typeof order.archive !== 'string',
      signal: AbortSignal.any([signal, failed.signal]),
      onStderrLine: (line) => {
        if (failed.signal.aborted) return;
        errors.take(line);
        progress.take(line, errors.isDoubtful() || seen.first !== undefined);
        if (entryOf(line) !== undefined) begun++;
        else if (isWarning(line)) onMessage(line);
      },
    });
    running.finished.catch((error: unknown) => {
      // Nobody reads on. If all is well, the rest of the content has to be read nonetheless.
      if (!(error instanceof ProcessFailure && isWell(error))) failed.abort();
    });
    running.stdout.resume();
    if (typeof order.archive !== 'string') await pipeArchive(order.archive, running, failed.signal, onRead);
    else if (running.id !== undefined) onProcess?.(running.id);
    await running.finished;
    return;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ProcessFailure) ended = error;
    else if (!seen.certain) throw error;
  }
  // Before it did anything: what it said first may no longer be among the last lines.
  if (begun === 0 && connectFailure(ended)) throw ended;
  if (ended && isWell(ended)) return;
  const likely = isFirstSet || several ? (seen.ofServer ?? seen.first) : seen.last;
  const first = seen.certain ?? likely;
  if (!first && ended?.cause !== undefined) throw ended; // it could not be started
  if (first) for (const line of describeError(first).split('\n')) onMessage(line);
  throw failureOf(client, order, first, ended);
}

/** @param ended how `pg_restore` ended, if it was not ended because of the error */
function failureOf(
  client: Client,
  { database, withoutRows }: RestoreOrder,
  first: RestoreError | undefined,
  ended: ProcessFailure | undefined,
): Failure {
  return new Failure({
    tried: `pg_restore ${client.version} into ${quoted(database)}`,
    cause: first ? describeError(first) : ended ? describeExit(ended) : 'it was ended',
    advice:
      first && !first.doubtful
        ? adviceForRestore(first, withoutRows)
        : 'Fix the cause, then run the restore again.',
  });
}
