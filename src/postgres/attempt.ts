import { type Psql, runScript } from './psql.ts';

/**
 * Runs statements one after the other in one session, each in a transaction of its own; one that the server refuses does
 * not keep the others from being run.
 * @param statements single statements without a semicolon at the end
 * @returns for each statement the server's message, or undefined where it went well
 * @throws ProcessFailure if the connection was lost, or could not be made
 */
export async function attempt(
  psql: Psql,
  database: string,
  statements: readonly string[],
): Promise<(string | undefined)[]> {
  const parts = statements.map((statement) => `${statement};\n${tellOutcome}`);
  const output = await runScript(psql, database, `${noTimeouts}\n${parts.join('')}`);
  const outcomes = output.split('\n');
  return statements.map((_, index) => (JSON.parse(outcomes[index] ?? '') as string | null) ?? undefined);
}

const noTimeouts = 'SET statement_timeout = 0; SET lock_timeout = 0;\n\\set ON_ERROR_STOP 0';

/** psql keeps the last error in these variables: https://www.postgresql.org/docs/current/app-psql.html#APP-PSQL-VARIABLES */
const tellOutcome = `\\if :ERROR
  SELECT to_json(:'LAST_ERROR_MESSAGE'::text);
\\else
  SELECT json 'null';
\\endif
`;
