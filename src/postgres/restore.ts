import { Failure } from '../failure.ts';
import { quoted } from '../format.ts';
import { ProcessFailure, run } from '../process.ts';
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
  /** The archive. */
  file: string;
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
    if (first || isHarmless(error)) return;
    first = error;
    failed.abort();
    for (const line of describeError(error).split('\n')) onMessage(line);
  });
  let ended: ProcessFailure | undefined;
  try {
    await run({
      program: client.pgRestore,
      args: argumentsFor(order),
      env: connection.env,
      signal: AbortSignal.any([signal, failed.signal]),
      onStderrLine: (line) => {
        if (first) return;
        const entry = entryOf(line);
        if (entry !== undefined) onEntry(entry);
        else if (/^pg_restore: warning: (?!errors ignored)/.test(line)) onMessage(line);
        errors.take(line);
      },
    });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ProcessFailure) ended = error;
    else if (!first) throw error;
  }
  const { found, ignored } = errors.result();
  const onlyHarmless = ended?.exitCode === 1 && found.length > 0 && ignored === found.length;
  if (first || (ended && !onlyHarmless)) throw failureOf(client, order, first, ended);
}

function argumentsFor(order: RestoreOrder): string[] {
  return [
    ...choosing(order),
    ...(order.list === undefined ? [] : [`--use-list=${order.list}`]),
    ...['--verbose', '--no-password', '--dbname', connectionString(order.database), order.file],
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

/** Collects the statistics that the planner needs; an archive has none, unless a `pg_dump` from 18 on was asked for them. */
export async function analyze(psql: Psql, database: string): Promise<void> {
  // The shared catalogs are not this role's to analyze, and the server says so for each of them.
  await runScript(psql, database, 'SET client_min_messages = error; SET statement_timeout = 0; ANALYZE;');
}
