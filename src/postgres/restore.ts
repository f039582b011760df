import type { Writable } from 'node:stream';
import { Failure } from '../failure.ts';
import { quoted } from '../format.ts';
import { ProcessFailure, type RunningProcess, start } from '../process.ts';
import type { Client } from './client.ts';
import { type Connection, connectionString } from './connection.ts';
import { endOf } from './errors.ts';
import { type Psql, runScript } from './psql.ts';
import { adviceForRestore } from './restore-advice.ts';
import { collectErrors, describeError, entryOf, isHarmless, type RestoreError } from './restore-messages.ts';
import { identifier } from './sql-text.ts';

/** What to restore, where to, and how. */
export interface RestoreOrder {
  /** The database to fill, empty. */
  database: string;
  /** The archive: a file, or its bytes as they come, which one worker alone can read, in the order of the archive. */
  archive: string | AsyncIterable<Buffer>;
  /** How many sessions work at once. */
  jobs: number;
  /** A list of the entries to restore, for `--use-list`; all of them without it. */
  list?: string;
  /** Whether the connecting role will own every object, instead of the roles that the archive names. */
  noOwner: boolean;
  /** Whether nobody else gets rights, instead of those that the archive names. */
  noPrivileges: boolean;
  /** Further arguments of `pg_restore`. */
  options: readonly string[];
}

/** The arguments of `pg_restore` that choose what is restored, for a restore and for a list of its entries alike. */
export function choosing({
  noOwner,
  noPrivileges,
  options,
}: Pick<RestoreOrder, 'noOwner' | 'noPrivileges' | 'options'>): string[] {
  return [...(noOwner ? ['--no-owner'] : []), ...(noPrivileges ? ['--no-privileges'] : []), ...options];
}

/** Who is told what happens during a restore. */
export interface RestoreListener {
  /** Each entry as it is begun: `creating TABLE "public.mdl_course"`. */
  onEntry(entry: string): void;
  /** Each line of a warning or an error, without secrets and contents of rows. */
  onMessage(line: string): void;
}

/**
 * Fills an empty database from an archive. The first error ends it.
 *
 * `pg_restore` 17 and later sets `transaction_timeout` on any server; those before 17 answer with an error and nothing
 * else is wrong. That one error is passed over, any other is a failure. (Hence no `--exit-on-error`.)
 *
 * @throws Failure that says which entry failed, why, and what to do
 */
export async function restoreInto(
  client: Client,
  connection: Connection,
  order: RestoreOrder,
  { onEntry, onMessage }: RestoreListener,
  signal: AbortSignal,
): Promise<void> {
  const failed = new AbortController();
  let first: RestoreError | undefined;
  const errors = collectErrors((error) => {
    if (first || isHarmless(error, order.jobs > 1)) return;
    first = error;
    failed.abort();
    for (const line of describeError(error).split('\n')) onMessage(line);
  }, order.jobs > 1);
  let ended: ProcessFailure | undefined;
  try {
    const running = start({
      program: client.pgRestore,
      args: argumentsFor(order),
      env: connection.env,
      keepInput: typeof order.archive !== 'string',
      signal: AbortSignal.any([signal, failed.signal]),
      onStderrLine: (line) => {
        if (first) return;
        const entry = entryOf(line);
        if (entry !== undefined) onEntry(entry);
        else if (/^pg_restore: warning: (?!errors ignored)/.test(line)) onMessage(line);
        errors.take(line);
      },
    });
    running.finished.catch((error: unknown) => {
      // Nobody reads on. After status 1 all may be well, and then the rest of the content has to be read nonetheless.
      if (!(error instanceof ProcessFailure && error.exitCode === 1)) failed.abort();
    });
    running.stdout.resume();
    if (typeof order.archive !== 'string') await pour(order.archive, running, failed.signal);
    await running.finished;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ProcessFailure) ended = error;
    else if (!first) throw error;
  }
  const { found, ignored } = errors.result();
  // With several sessions pg_restore counts those of its first one, at its beginning and its end, and of the others what is not
  // part of their start (seen with 17 and 18).
  const expected = order.jobs > 1 ? 2 : found.length;
  const onlyHarmless = ended?.exitCode === 1 && found.length > 0 && ignored === expected;
  if (first || (ended && !onlyHarmless)) throw failureOf(client, order, first, ended);
}

/**
 * Gives a program bytes to read, as fast as it takes them. If it ends before it has read all, the rest is taken from the
 * source nonetheless: whoever made that may be counting.
 * @param enough ends it at once
 * @throws what the source throws, after the program has been ended
 */
async function pour(
  source: AsyncIterable<Buffer>,
  { stdin, stop }: RunningProcess,
  enough: AbortSignal,
): Promise<void> {
  try {
    for await (const chunk of source) {
      if (enough.aborted) break;
      if (stdin.writable && !stdin.write(chunk)) await room(stdin);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  stdin.end();
}

/** Resolves when there is room for more, or nobody reads any more. */
function room(stdin: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      stdin.off('drain', done).off('close', done);
      resolve();
    };
    stdin.on('drain', done).on('close', done);
  });
}

function argumentsFor(order: RestoreOrder): string[] {
  return [
    ...choosing(order),
    ...(order.list === undefined ? [] : [`--use-list=${order.list}`]),
    ...(order.jobs > 1 ? [`--jobs=${order.jobs}`] : []),
    ...['--verbose', '--no-password', '--dbname', connectionString(order.database)],
    ...(typeof order.archive === 'string' ? [order.archive] : []),
  ];
}

/** @param ended how `pg_restore` ended, if it was not ended because of the error */
function failureOf(
  client: Client,
  { database }: RestoreOrder,
  first: RestoreError | undefined,
  ended: ProcessFailure | undefined,
): Failure {
  return new Failure(
    {
      tried: `pg_restore ${client.version} into ${quoted(database)}`,
      cause: first ? describeError(first) : ended ? endOf(ended) : 'it was ended',
      advice: first ? adviceForRestore(first) : 'Mend the cause, then run the restore again.',
    },
    // What pg_restore wrote holds the statement, and rows.
    first ? {} : { cause: ended },
  );
}

/** Makes schemas. Throws a ProcessFailure. */
export async function createSchemas(psql: Psql, database: string, schemas: readonly string[]): Promise<void> {
  if (schemas.length === 0) return;
  await runScript(psql, database, schemas.map((name) => `CREATE SCHEMA ${identifier(name)};\n`).join(''));
}
