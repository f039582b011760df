import { randomBytes } from 'node:crypto';
import { start } from '../../base/process.ts';
import { isPlain } from '../archive/statements.ts';
import { emptySearchPath, type Psql, psqlCommand, setCommands } from '../session/psql.ts';
import { identifier } from '../session/sql-text.ts';

/** What came of a statement that takes rights away. */
export type RevokeOutcome = 'done' | 'no such object' | 'refused';

/** How many statements are one message, hence one transaction. */
const statementsAtOnce = 500;

/**
 * Takes rights away, as far as the role may, in any number: many statements are one message, and only where one of them fails, each
 * is one. Whatever is refused does not keep the others from being done.
 * @param statements each without a semicolon; one that is run twice does no harm. One that is not of names and words alone is refused,
 * and not run
 * @param role whose objects they are about, if it is not the one that is connected
 * @returns what came of each
 * @throws ProcessFailure if the connection was lost, or could not be made
 */
export async function revokeEach(
  psql: Psql,
  database: string,
  statements: readonly string[],
  role?: string,
): Promise<RevokeOutcome[]> {
  const outcomes = statements.map((sql): RevokeOutcome => (isPlain(sql) ? 'done' : 'refused'));
  const sound = Array.from(statements.keys()).filter((place) => outcomes[place] === 'done');
  const chunks = Array.from({ length: Math.ceil(sound.length / statementsAtOnce) }, (_, i) =>
    sound.slice(i * statementsAtOnce, (i + 1) * statementsAtOnce),
  );
  const textOf = (places: readonly number[]): string =>
    places.map((place) => statements[place]).join(' \\;\n');
  const states = await runBatch(psql, database, chunks.map(textOf), role);
  const left = chunks.flatMap((places, i) => ((states[i] ?? []).length > 0 ? places : []));
  if (left.length === 0) return outcomes;
  const single = await runBatch(
    psql,
    database,
    left.map((place) => textOf([place])),
    role,
  );
  left.forEach((place, i) => {
    outcomes[place] = outcomeOf(single[i] ?? []);
  });
  return outcomes;
}

/**
 * undefined_table, undefined_column, undefined_function, undefined_object, invalid_schema_name, wrong_object_type: a part of a backup was
 * restored, or the old database has what the backup has not. https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const notThere = new Set(['42P01', '42703', '42883', '42704', '3F000', '42809']);

/**
 * A role that has a right but does not own the object is not refused: the server warns (01006, privilege_not_revoked), and nothing
 * has changed.
 */
function outcomeOf(states: readonly string[]): RevokeOutcome {
  if (states.length === 0) return 'done';
  return states.every((state) => notThere.has(state)) ? 'no such object' : 'refused';
}

/** @returns the SQLSTATEs of the errors and warnings that each message was answered with */
async function runBatch(
  psql: Psql,
  database: string,
  messages: readonly string[],
  role: string | undefined,
): Promise<string[][]> {
  const mark = `end-of-outcome-${randomBytes(8).toString('hex')}`;
  const command = psqlCommand(psql, database);
  const answers: string[][] = [[]];
  const running = start({
    ...command,
    input:
      `${setCommands({ ON_ERROR_STOP: '1', VERBOSITY: 'sqlstate' })}${emptySearchPath};\n${role === undefined ? '' : `SET ROLE ${identifier(role)};\n`}\\set ON_ERROR_STOP 0\n` +
      messages.map((message) => `${message};\n\\warn ${mark}\n`).join(''),
    signal: psql.signal,
    onStderrLine: (line) => {
      if (line === mark) answers.push([]);
      else answers.at(-1)?.push(/\b([0-9A-Z]{5})$/.exec(line)?.[1] ?? line);
    },
  });
  running.stdout.resume();
  await running.finished;
  if (answers.length !== messages.length + 1)
    throw new Error('psql did not tell what came of all statements');
  return answers.slice(0, -1);
}
