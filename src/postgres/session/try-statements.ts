import { randomBytes } from 'node:crypto';
import { type Psql, runScript, type runWithDatabaseSettings } from './psql.ts';

/**
 * Runs statements one after the other in one session, each in a transaction of its own; one that the server refuses does
 * not keep the others from being run.
 * @param statements single statements without a semicolon at the end, which return no rows
 * @param run how the script is run
 * @returns for each statement the server's message, or undefined where it went well
 * @throws ProcessFailure if the connection was lost, or could not be made
 */
export async function tryEach(
  psql: Psql,
  database: string,
  statements: readonly string[],
  run: typeof runWithDatabaseSettings = runScript,
): Promise<(string | undefined)[]> {
  const refusals = await tryEachForCode(psql, database, statements, run);
  return refusals.map((refusal) => refusal?.message);
}

/** What the server said to a statement. */
export interface Refusal {
  /** https://www.postgresql.org/docs/current/errcodes-appendix.html */
  sqlState: string;
  /** Without detail, hint and context. */
  message: string;
}

/**
 * As `tryEach`, with the code of each error.
 * @param run is given, last, what is told of each outcome as soon as it is there, in pieces
 * @param onOutcome is called when a statement has been run
 */
export async function tryEachForCode(
  psql: Psql,
  database: string,
  statements: readonly string[],
  run: typeof runWithDatabaseSettings,
  onOutcome: () => void = () => {},
): Promise<(Refusal | undefined)[]> {
  const mark = `end-of-outcome-${randomBytes(8).toString('hex')}\n`;
  const parts = statements.map((statement) => `${statement};\n${tellOutcome}\\echo ${mark}`);
  let end = '';
  const count = (piece: string): void => {
    const [first = '', ...others] = (end + piece).split(mark);
    end = (others.at(-1) ?? first).slice(-mark.length);
    for (const _ of others) onOutcome();
  };
  const output = await run(psql, database, `\\set ON_ERROR_STOP 0\n${parts.join('')}`, {}, count);
  const outcomes = output.split(mark);
  if (outcomes.length !== statements.length + 1)
    throw new Error('psql did not tell what came of all statements');
  return outcomes.slice(0, -1).map((outcome) => {
    const [, sqlState = '', message] = /^failed: (\w{5}) (.*)\n$/s.exec(outcome) ?? [];
    return message === undefined ? undefined : { sqlState, message };
  });
}

/**
 * psql keeps the last error in these variables: https://www.postgresql.org/docs/current/app-psql.html#APP-PSQL-VARIABLES
 * It tells them itself: a query would be one more that may fail, and in a session whose search_path may lead anywhere.
 */
const tellOutcome = `\\if :ERROR
  \\echo failed: :LAST_ERROR_SQLSTATE :LAST_ERROR_MESSAGE
\\endif
`;

/**
 * As `tryEach`, but all in one transaction: what the server accepts is there at once for everybody, or, if it is only rehearsed,
 * not at all.
 * @throws ProcessFailure if the transaction could not be committed, too
 */
export async function tryTogether(
  psql: Psql,
  database: string,
  statements: readonly string[],
  end: 'commit' | 'rehearse',
): Promise<(string | undefined)[]> {
  const command = end === 'commit' ? 'COMMIT' : 'ROLLBACK';
  // psql makes a savepoint before each statement, and goes back to it after an error.
  return tryEach(psql, database, statements, (with_, where, script) =>
    runScript(
      with_,
      where,
      `\\set ON_ERROR_ROLLBACK on\nBEGIN;\n${script}\\set ON_ERROR_STOP 1\n${command};\n`,
    ),
  );
}
