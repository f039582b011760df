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
  return run({
    ...psqlCommand(psql, database, { ON_ERROR_STOP: '1', ...variables }),
    input: script,
    signal: psql.signal,
  });
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

/** Asks one question, whose answer is one JSON value. Throws as `runScript` does. */
export async function ask<T>(
  psql: Psql,
  database: string,
  query: string,
  variables: Variables = {},
): Promise<T> {
  return JSON.parse(await runScript(psql, database, `${query};`, variables)) as T;
}
