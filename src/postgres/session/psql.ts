import { type Command, run } from '../../base/process.ts';
import { type Connection, connectionString, optionsOf } from './connection.ts';

/** A `psql` program together with the server that it talks to. */
export interface Psql {
  program: string;
  connection: Connection;
  signal: AbortSignal;
}

/**
 * Values for a script, used in it as `:'name'` (a literal) or `:"name"` (an identifier), both quoted by psql. They go to it by
 * standard input: a command line can be read by every user of the machine, and has no room for some thousand names.
 */
export type Variables = Readonly<Record<string, string>>;

/** The lines that give values to psql's variables. Between its quotes psql knows the escapes of C, and puts no variables in. */
export function setCommands(variables: Variables): string {
  const literal = (value: string) =>
    `'${value.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`;
  return Object.entries(variables)
    .map(([name, value]) => `\\set ${name} ${literal(value)}\n`)
    .join('');
}

/**
 * The first statement of each session of ours: from then on a name without a schema is the system's own. Otherwise the functions,
 * operators and views that anybody may have put into a schema of the database's search_path, `public` before version 15, would be
 * called in place of the system's where their types fit better, with our rights.
 *
 * It is no option of the connection, as other settings are. A login trigger (from 17 on) runs before anything else, by the
 * search_path that it was written for; with an empty one its function fails, and nobody gets into the database (tried with 17).
 * What an empty search_path leaves besides `pg_catalog` is the session's own temporary schema, into which nobody else gets.
 */
export const emptySearchPath = "SET search_path TO ''";

/**
 * With other values, which may be set for a database or a role, our questions would be answered otherwise than they are meant. They
 * are psql's alone: a function that a restore calls may depend on what is set.
 */
const ofQuestions = optionsOf({
  standard_conforming_strings: 'on', // or backslashes in our patterns would be escapes
  quote_all_identifiers: 'off', // or a name in the catalog would not be the one in a message
  DateStyle: 'ISO',
  client_min_messages: 'warning', // or an error is lost among what else the server tells
});

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
  return inOneSession(psql, database, `${emptySearchPath}; ${script}`, variables);
}

/**
 * As `runScript`, but with the search_path and all else that is set for the database or the role: for what has to be done as a user
 * of it would. Nothing in the script may call a function or an operator by its name alone, not even one of the system's.
 * @param onOutput is given what it prints as it comes, in pieces
 */
export async function runWithDatabaseSettings(
  psql: Psql,
  database: string,
  script: string,
  variables: Variables = {},
  onOutput?: (piece: string) => void,
): Promise<string> {
  const { env } = psql.connection;
  return inOneSession(psql, database, script, variables, env, onOutput);
}

function inOneSession(
  psql: Psql,
  database: string,
  script: string,
  variables: Variables,
  environment = {},
  onOutput?: (piece: string) => void,
): Promise<string> {
  const command = psqlCommand(psql, database);
  const input = setCommands({ ON_ERROR_STOP: '1', ...variables }) + script;
  const asked = { ...command, env: { ...command.env, ...environment }, input, signal: psql.signal };
  return run(asked, 'utf8', onOutput);
}

/** How psql is called: nothing of its own start-up file, no question for a password, plain output. */
export function psqlCommand(
  { connection, program }: Psql,
  database: string,
): Pick<Command, 'program' | 'args' | 'env'> {
  return {
    program,
    args: [
      '--no-psqlrc',
      '--no-password',
      '--quiet',
      '--no-align',
      '--tuples-only',
      '--dbname',
      connectionString(database),
    ],
    env: {
      ...connection.env,
      PGCLIENTENCODING: 'UTF8',
      PGOPTIONS: `${connection.env['PGOPTIONS'] ?? ''} ${ofQuestions}`,
    },
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
