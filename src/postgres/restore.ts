import { Failure } from '../failure.ts';
import { ProcessFailure, run } from '../process.ts';
import type { Client } from './client.ts';
import { type Connection, connectionString } from './connection.ts';
import { explainServerError } from './errors.ts';
import { runScript } from './psql.ts';

/** One error that `pg_restore` reported. */
export interface RestoreError {
  /** The entry of the archive that it belongs to: `TABLE public.mdl_course`. */
  entry: string;
  message: string;
  /** The statement that the server refused, if it was one. */
  statement: string;
}

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
 * @param onError is given each line of an error
 * @throws Failure that says which entries failed, and why
 */
export async function restoreInto(
  client: Client,
  connection: Connection,
  database: string,
  file: string,
  onEntry: (entry: string) => void,
  onError: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const errors = collectErrors();
  try {
    await run({
      program: client.pgRestore,
      args: [...withoutOwners, '--verbose', '--no-password', '--dbname', connectionString(database), file],
      env: connection.env,
      signal,
      onStderrLine: (line) => {
        const entry = entryOf(line);
        if (entry !== undefined) onEntry(entry);
        else if (errors.take(line)) onError(line);
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
        tried: `pg_restore ${client.version} into ${JSON.stringify(database)}`,
        cause: serious.length > 0 ? describeErrors(serious) : explainServerError(error).cause,
        advice: explainServerError(error, 'Mend the cause, then run the restore again.').advice,
      },
      { cause: error },
    );
  }
}

/** Collects the statistics that the planner needs; an archive has none of them before version 18. */
export async function analyze(
  client: Client,
  connection: Connection,
  database: string,
  signal: AbortSignal,
): Promise<void> {
  const psql = { program: client.psql, connection, signal };
  // The shared catalogs are not this role's to analyze, and the server says so for each of them.
  await runScript(psql, database, 'SET client_min_messages = error; SET statement_timeout = 0; ANALYZE;');
}

/** What `pg_restore --verbose` is at: `processing data for table "public.mdl_course"`. */
export function entryOf(line: string): string | undefined {
  return /^pg_restore: ((?:creating|processing data for|executing|restoring) .*)$/.exec(line)?.[1];
}

const harmlessStatement = 'SET transaction_timeout = 0;';

function isHarmless(error: RestoreError): boolean {
  return error.statement === harmlessStatement;
}

/**
 * Picks the errors out of what `pg_restore --verbose` writes. An error spans lines: the entry, the server's message,
 * then the statement.
 */
export function collectErrors(): {
  /** Takes the next line; returns whether it belongs to an error. */
  take(line: string): boolean;
  result(): { found: RestoreError[]; ignored: number };
} {
  const found: RestoreError[] = [];
  let entry = '';
  let ignored = 0;
  let part: 'message' | 'statement' = 'message';
  let open: RestoreError | undefined;
  return {
    take(line) {
      const said = /^pg_restore: (?:(error|warning|detail|hint): )?(.*)$/s.exec(line);
      if (said) {
        const [, level, words = ''] = said;
        entry = /^from TOC entry \d+; \d+ \d+ (.*)$/.exec(words)?.[1] ?? entry;
        ignored = Number(/^errors ignored on restore: (\d+)$/.exec(words)?.[1] ?? ignored);
        open = undefined;
        if (level !== 'error') return false;
        const message = words.replace(/^could not execute query: (ERROR: +)?/, '');
        open = { entry, message, statement: '' };
        part = 'message';
        found.push(open);
      } else if (open && part === 'message' && line.startsWith('Command was: ')) {
        part = 'statement';
        open.statement = line.slice('Command was: '.length);
      } else if (open && line !== '') {
        open[part] += `\n${line}`;
      }
      return open !== undefined;
    },
    result: () => ({ found, ignored }),
  };
}

const shownErrors = 5;
const shownStatement = 200;

function describeErrors(errors: readonly RestoreError[]): string {
  const shown = errors.slice(0, shownErrors).map(({ entry, message, statement }) => {
    const short = statement.length > shownStatement ? `${statement.slice(0, shownStatement)}…` : statement;
    return `- ${entry === '' ? '' : `${entry}: `}${message}${short === '' ? '' : `\n  ${short}`}`;
  });
  const more = errors.length - shown.length;
  if (more > 0) shown.push(`- and ${more} more, all of them in the log`);
  return `${errors.length === 1 ? 'an error' : `${errors.length} errors`}\n${shown.join('\n')}`;
}
