import type { Command } from '../../base/process.ts';
import { type Connection, connectionString, environmentOf, optionsOf } from './connection.ts';

/** A `psql` program together with the server that it talks to. */
export interface Psql {
  program: string;
  connection: Connection;
  signal: AbortSignal;
  /** Once it is aborted, there is no time to try to connect again. */
  hurry?: AbortSignal;
  /** Is called when the server lets somebody in whom it did not let in before: then the time of `signal` begins again. */
  onceLetIn?: () => void;
}

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
      connectionString(database, connection),
    ],
    env: {
      ...environmentOf(connection),
      PGCLIENTENCODING: 'UTF8',
      PGOPTIONS: `${connection.env['PGOPTIONS'] ?? ''} ${ofQuestions}`,
    },
  };
}
