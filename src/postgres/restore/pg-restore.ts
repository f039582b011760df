import { Failure } from '../../base/failure.ts';
import { quoted } from '../../base/format.ts';
import { ProcessFailure, start } from '../../base/process.ts';
import type { TableName } from '../archive/tables-without-rows.ts';
import type { Client } from '../client/find.ts';
import { describeExit } from '../errors/explain.ts';
import { type Connection, connectionString } from '../session/connection.ts';
import { type Psql, runScript } from '../session/psql.ts';
import { identifier } from '../session/sql-text.ts';
import type { EntryProgress } from './entry-progress.ts';
import { adviceForRestore } from './errors/advice.ts';
import { describeError } from './errors/describe.ts';
import { collectErrors, entryOf, isHarmless, isWarning, type RestoreError } from './errors/messages.ts';
import { pipeArchive } from './pipe-archive.ts';

/** What to restore, where to, and how. */
export interface RestoreOrder {
  /** The database to fill, empty. */
  database: string;
  /** The archive: a file, or its bytes as they come, which one worker alone can read, in the order of the archive. */
  archive: string | AsyncIterable<Buffer>;
  /** How it is worked through; an archive that is not a file can be so only once. */
  passes: readonly RestorePass[];
  /** Whether the connecting role will own every object, instead of the roles that the archive names. */
  noOwner: boolean;
  /** Whether nobody else gets rights, instead of those that the archive names. */
  noPrivileges: boolean;
  /** Further arguments of `pg_restore`. */
  options: readonly string[];
  /** Tables that the archive has no rows for, which may be why a foreign key fails. */
  withoutRows?: readonly TableName[];
}

/** One call of `pg_restore`. */
export interface RestorePass {
  /** How many sessions work at once. */
  jobs: number;
  /** A list of the entries to restore, for `--use-list`; all of them without it. */
  list?: string;
  /** The ids of these entries, where they are known. */
  ids?: readonly number[];
}

/** The arguments of `pg_restore` that choose what is restored, for a restore and for a list of its entries alike. */
export function selectionArguments({
  noOwner,
  noPrivileges,
  options,
}: Pick<RestoreOrder, 'noOwner' | 'noPrivileges' | 'options'>): string[] {
  return [...(noOwner ? ['--no-owner'] : []), ...(noPrivileges ? ['--no-privileges'] : []), ...options];
}

/** Who is told what happens during a restore. */
export interface RestoreListener {
  /** Is told how far it has come. */
  progress: Pick<EntryProgress, 'take' | 'endPass'>;
  /** How many bytes of an archive that comes as a stream pg_restore has been given, more each time. */
  onRead?(bytes: number): void;
  /** Each call of pg_restore that reads a file, as it is begun. */
  onProcess?(id: number): void;
  /** Each line of a warning or an error, without secrets and contents of rows. */
  onMessage(line: string): void;
}

/**
 * Fills an empty database from an archive, in one pass or several. The first error ends it.
 * @param server that the database is on
 * @throws Failure that says which entry failed, why, and what to do
 */
export async function restoreInto(
  client: Client,
  connection: Connection,
  server: { major: number },
  order: RestoreOrder,
  listener: RestoreListener,
  signal: AbortSignal,
): Promise<void> {
  for (const pass of order.passes) {
    await runPass(client, connection, server, order, pass, listener, signal);
    listener.progress.endPass(pass.ids);
  }
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
async function runPass(
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
    if (isFirstSet) failed.abort(); // or it would go on; everywhere else it ends by itself
  }, several);
  let ended: ProcessFailure | undefined;
  try {
    const running = start({
      program: client.pgRestore,
      args: [...(isFirstSet ? [] : ['--exit-on-error']), ...argumentsFor(order, pass)],
      env: connection.env,
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
      // Nobody reads on. After status 1 all may be well, and then the rest of the content has to be read nonetheless.
      if (!(isFirstSet && error instanceof ProcessFailure && error.exitCode === 1)) failed.abort();
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
  const { ignored } = errors.result();
  // With several sessions pg_restore counts those of its first one, at its beginning and its end, and of the others what is not
  // part of their start (seen with 17 and 18).
  const expected = several ? 2 : 1;
  if (ended?.exitCode === 1 && isFirstSet && ignored === expected && harmless >= expected) return;
  const likely = isFirstSet || several ? (seen.ofServer ?? seen.first) : seen.last;
  const first = seen.certain ?? likely;
  if (first) for (const line of describeError(first).split('\n')) onMessage(line);
  throw failureOf(client, order, first, ended);
}

function argumentsFor(order: RestoreOrder, { jobs, list }: RestorePass): string[] {
  return [
    ...selectionArguments(order),
    ...(list === undefined ? [] : [`--use-list=${list}`]),
    ...(jobs > 1 ? [`--jobs=${jobs}`] : []),
    ...['--verbose', '--no-password', '--dbname', connectionString(order.database)],
    ...(typeof order.archive === 'string' ? [order.archive] : []),
  ];
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

/** Makes schemas. Throws a ProcessFailure. */
export async function createSchemas(psql: Psql, database: string, schemas: readonly string[]): Promise<void> {
  if (schemas.length === 0) return;
  await runScript(psql, database, schemas.map((name) => `CREATE SCHEMA ${identifier(name)};\n`).join(''));
}
