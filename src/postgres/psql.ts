import { type Command, run } from '../process.ts';
import { type Connection, connectionString } from './connection.ts';

/** A `psql` program together with the server that it talks to. */
export interface Psql {
  program: string;
  connection: Connection;
  signal: AbortSignal;
}

/** Values for a script, used in it as `:'name'` (a literal) or `:"name"` (an identifier), both quoted by psql. */
export type Variables = Readonly<Record<string, string>>;

/**
 * The first statement of each session of ours: from then on a name without a schema is the system's own. Otherwise the functions,
 * operators and views that anybody may have put into a schema of the database's search_path, `public` before version 15, would be
 * called in place of the system's where their types fit better, with our rights.
 *
 * It is no option of the connection, as other settings are. A login trigger (from 17 on) runs before anything else, by the
 * search_path that it was written for; with an empty one its function fails, and nobody gets into the database (tried with 17).
 * What an empty search_path leaves besides `pg_catalog` is the session's own temporary schema, into which nobody else gets.
 */
export const systemOnly = "SET search_path TO ''";

/**
 * Runs a script in one session and returns what it printed, unaligned and without headers. The first error ends it.
 * The script comes by standard input, because psql puts variables in there and not in `--command`.
 * @throws ProcessFailure with the server's message in `stderr`
 */
export async function runScript(
  psql: Psql,
  database: string,
  script: string,
  variables: Variables = {},
): Promise<string> {
  return inOneSession(psql, database, `${systemOnly}; ${script}`, variables);
}

function inOneSession(psql: Psql, database: string, input: string, variables: Variables): Promise<string> {
  const command = psqlCommand(psql, database, { ON_ERROR_STOP: '1', ...variables });
  return run({ ...command, input, signal: psql.signal });
}

/** How psql is called: nothing of its own start-up file, no question for a password, plain output. */
export function psqlCommand(
  { connection, program }: Psql,
  database: string,
  variables: Variables,
): Pick<Command, 'program' | 'args' | 'env'> {
  const settings = Object.entries(variables).map(([name, value]) => `--set=${name}=${value}`);
  return {
    program,
    args: [
      '--no-psqlrc',
      '--no-password',
      '--quiet',
      '--no-align',
      '--tuples-only',
      ...settings,
      '--dbname',
      connectionString(database),
    ],
    env: { ...connection.env, PGCLIENTENCODING: 'UTF8' },
  };
}

/** For what must not be left half done: a cancel does not end it. The runner's kill, ten seconds later, would. */
export function uninterrupted(psql: Psql, milliseconds = 60_000): Psql {
  return { ...psql, signal: AbortSignal.timeout(milliseconds) };
}

/**
 * Asks one question, whose answer is one JSON value. Throws as `runScript` does.
 *
 * It comes in one message, hence one transaction, with a search_path for that alone: the first questions find out whether a pooler
 * answers, and in a session of a pooler's nothing may stay as we set it.
 */
export async function ask<T>(
  psql: Psql,
  database: string,
  query: string,
  variables: Variables = {},
): Promise<T> {
  const script = `SET LOCAL search_path TO '' \\; ${query};`;
  return JSON.parse(await inOneSession(psql, database, script, variables)) as T;
}
