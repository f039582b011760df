import { Failure } from '../failure.ts';
import { quoted } from '../format.ts';
import { ProcessFailure, run } from '../process.ts';
import type { Client } from './client.ts';
import { type Connection, connectionString } from './connection.ts';
import { adviceFor, endOf, explainServerError } from './errors.ts';
import { type Psql, runScript } from './psql.ts';
import { collectErrors, describeErrors, entryOf, isHarmless } from './restore-messages.ts';

/** The restoring role owns everything, and nobody else gets rights. */
const withoutOwners = ['--no-owner', '--no-privileges'] as const;

/**
 * The number of entries that a restore works through.
 * @throws Failure if this `pg_restore` cannot read the archive
 */
export async function countEntries(client: Client, file: string, signal: AbortSignal): Promise<number> {
  const list = await readArchive(client, [...withoutOwners, '--list', file], signal);
  return list.split('\n').filter((line) => /^\d+; /.test(line)).length;
}

/**
 * Reads and decompresses a whole archive without a server. Finds every cut; content that was changed is found in gzip
 * data only, since `pg_dump` writes the other methods without checksums.
 * @throws Failure if the archive is damaged
 */
export async function readThrough(client: Client, file: string, signal: AbortSignal): Promise<void> {
  await readArchive(client, ['--file=/dev/null', file], signal);
}

async function readArchive(client: Client, args: readonly string[], signal: AbortSignal): Promise<string> {
  try {
    return await run({
      program: client.pgRestore,
      args,
      env: { LC_ALL: 'C', PATH: process.env['PATH'] },
      signal,
    });
  } catch (error) {
    if (!(error instanceof ProcessFailure)) throw error;
    const { cause } = explainServerError(error);
    throw new Failure(
      {
        tried: `Reading the archive with pg_restore ${client.version}`,
        cause,
        advice: 'Nothing was changed. Choose another backup.',
      },
      { cause: error },
    );
  }
}

/**
 * Fills an empty database from an archive. The connecting role will own every object.
 *
 * `pg_restore` 17 and later sets `transaction_timeout` on any server; those before 17 answer with an error and nothing
 * else is wrong. That one error is passed over, any other is a failure.
 *
 * @param onEntry is told each entry as it is begun: `creating TABLE "public.mdl_course"`
 * @param onMessage is given each line of a warning or an error
 * @throws Failure that says which entries failed, and why
 */
export async function restoreInto(
  client: Client,
  connection: Connection,
  database: string,
  file: string,
  onEntry: (entry: string) => void,
  onMessage: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const errors = collectErrors((error, lines) => {
    if (!isHarmless(error)) lines.forEach(onMessage);
  });
  const args = [...withoutOwners, '--verbose', '--no-password', '--dbname', connectionString(database), file];
  try {
    await run({
      program: client.pgRestore,
      args,
      env: connection.env,
      signal,
      onStderrLine: (line) => {
        const entry = entryOf(line);
        if (entry !== undefined) onEntry(entry);
        else if (/^pg_restore: warning: (?!errors ignored)/.test(line)) onMessage(line);
        errors.take(line);
      },
    });
  } catch (error) {
    if (!(error instanceof ProcessFailure)) throw error;
    const { found, ignored } = errors.result();
    const serious = found.filter((one) => !isHarmless(one));
    const onlyHarmless =
      error.exitCode === 1 && found.length > 0 && serious.length === 0 && ignored === found.length;
    if (onlyHarmless) return;
    throw new Failure(
      {
        tried: `pg_restore ${client.version} into ${quoted(database)}`,
        cause: serious.length > 0 ? describeErrors(serious) : endOf(error),
        advice: adviceFor(serious[0]?.message ?? '') ?? 'Mend the cause, then run the restore again.',
      },
      { cause: error },
    );
  }
}

/** Collects the statistics that the planner needs; an archive has none, unless a `pg_dump` from 18 on was asked for them. */
export async function analyze(psql: Psql, database: string): Promise<void> {
  // The shared catalogs are not this role's to analyze, and the server says so for each of them.
  await runScript(psql, database, 'SET client_min_messages = error; SET statement_timeout = 0; ANALYZE;');
}
