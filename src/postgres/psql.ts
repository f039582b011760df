import { run } from '../process.ts';
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
  const { connection, program, signal } = psql;
  const settings = Object.entries({ ON_ERROR_STOP: '1', ...variables }).map(
    ([name, value]) => `--set=${name}=${value}`,
  );
  return run({
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
    input: script,
    signal,
  });
}

/** Asks one question, whose answer is one JSON value. Throws as `runScript` does. */
export async function ask<T>(
  psql: Psql,
  database: string,
  query: string,
  variables: Variables = {},
): Promise<T> {
  return JSON.parse(await runScript(psql, database, `${query};`, variables)) as T;
}
