import { formatDuration } from '../../base/format.ts';
import { run } from '../../base/process.ts';
import { type Psql, psqlCommand } from './psql-command.ts';
import { whileAnswered } from './pulse.ts';
import { whenConnected } from './reconnect.ts';

export { type Psql, psqlCommand };

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
  const { PGOPTIONS = '' } = psql.connection.env;
  return inOneSession(psql, database, script, variables, { PGOPTIONS }, onOutput);
}

function inOneSession(
  psql: Psql,
  database: string,
  script: string,
  variables: Variables,
  environment: { PGOPTIONS?: string } = {},
  onOutput?: (piece: string) => void,
): Promise<string> {
  return whenConnected(psql, database, () => {
    const command = psqlCommand(psql, database);
    const input = inputOf(script, variables);
    const asked = { ...command, env: { ...command.env, ...environment }, input, signal: psql.signal };
    return run(asked, onOutput);
  });
}

/** The first error ends it. */
function inputOf(script: string, variables: Variables): string {
  return setCommands({ ON_ERROR_STOP: '1', ...variables }) + script;
}

/**
 * For what must not be left half done: a cancel does not end it. The runner's kill, ten seconds later, would; so after a cancel no
 * connection is tried again.
 * @param milliseconds for a server that lets nobody in, and again for what is done once it does
 */
export function uninterrupted(psql: Psql, milliseconds = 60_000): Psql {
  const over = new AbortController();
  const end = (): void => {
    over.abort(new DOMException(`it took longer than ${formatDuration(milliseconds)}`, 'TimeoutError'));
  };
  const timer = setTimeout(end, milliseconds).unref();
  const onceLetIn = (): void => {
    psql.onceLetIn?.();
    timer.refresh();
  };
  return { ...psql, signal: over.signal, hurry: psql.signal, onceLetIn };
}

/**
 * Asks one question, whose answer is one JSON value. Throws as `runScript` does, and a Failure if the server answers nobody for too long.
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
  const input = inputOf(script, variables);
  const answer = await whenConnected(psql, database, () =>
    whileAnswered(psql, database, (signal) => run({ ...psqlCommand(psql, database), input, signal })),
  );
  return JSON.parse(answer) as T;
}
