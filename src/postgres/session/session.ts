import { randomBytes } from 'node:crypto';
import { unlessAborted } from '../../base/patience.ts';
import { type Command, ProcessFailure, start } from '../../base/process.ts';
import { emptySearchPath, type Psql, psqlCommand, setCommands, type Variables } from './psql.ts';
import { whileAnswered } from './pulse.ts';
import { whenConnected } from './reconnect.ts';

/** One session on the server, in a psql that stays until it is closed. */
export interface Session {
  /**
   * Runs one statement, given without its semicolon, and returns what it prints, lines without the last newline. Several
   * statements joined by `\;` go to the server as one message, and are one transaction. Calls wait for each other.
   * @throws ProcessFailure with the server's message; `sqlStateOf` tells an error that the server answered with, after
   * which the session is outside of any transaction and can be used on, from a session that is lost
   */
  run(statement: string, variables?: Variables): Promise<string>;
  /** Aborted when the session has ended without having been closed; the reason is a ProcessFailure. */
  lost: AbortSignal;
  /** Ends the session, whatever it is doing. Never throws. */
  close(): Promise<void>;
}

/**
 * Opens a session. A cancel of the step does not end it once it is open: whoever opened it closes it. It ends with this process, even if
 * that is killed, since psql's standard input is a pipe from here.
 * @param applicationName how it is called in `pg_stat_activity`
 * @throws ProcessFailure if psql cannot connect; Failure if the server lets it in and answers nobody
 */
export async function openSession(
  psql: Psql,
  database: string,
  { applicationName }: { applicationName: string },
): Promise<Session> {
  psql.signal.throwIfAborted();
  return whenConnected(psql, database, async () => {
    const command = psqlCommand(psql, database);
    const session = converse({ ...command, env: { ...command.env, PGAPPNAME: applicationName } });
    try {
      await whileAnswered(psql, database, (signal) => unlessAborted(session.run(emptySearchPath), signal));
    } catch (error) {
      await session.close();
      throw error;
    }
    return session;
  });
}

/** The five characters of an error that the server answered with, `55006`. https://www.postgresql.org/docs/current/errcodes-appendix.html */
export function sqlStateOf(error: unknown): string | undefined {
  const cause = error instanceof ProcessFailure ? error.cause : undefined;
  return cause instanceof Error ? /^SQLSTATE (\w{5})$/.exec(cause.message)?.[1] : undefined;
}

/** How long psql may take to leave when its input is closed, in milliseconds. */
const closeTimeout = 2_000;

/** Talks to a psql that is called like this. After every statement it is told to print a line that ends the answer. */
function converse(command: Omit<Command, 'signal'>): Session {
  const never = new AbortController().signal;
  const said = answers();
  const running = start({
    ...command,
    keepInput: true,
    signal: never,
    onStderrLine: (line) => said.add(`${line}\n`),
  });
  const printed = answers();
  running.stdout.setEncoding('utf8').on('data', printed.add);

  const lost = new AbortController();
  let closed = false;
  let over: ProcessFailure | undefined;
  const ended = running.finished
    .then(() => new ProcessFailure(command.program, 'has been closed', 0, ''))
    .catch(({ program, ending, exitCode, stderr }: ProcessFailure) => {
      const last = stderr.replace(/^.*end-of-answer-\w+(\n|$)/s, ''); // what came before was said of other statements
      return new ProcessFailure(program, ending, exitCode, last);
    })
    .then((failure) => {
      over = failure;
      for (const { fail } of [printed, said]) fail(failure);
      if (!closed) lost.abort(failure);
    });

  async function answer(statement: string, variables: Variables): Promise<string> {
    if (over) throw over;
    const mark = `end-of-answer-${randomBytes(8).toString('hex')}\n`;
    const both = Promise.all([printed.until(mark), said.until(mark)]);
    running.stdin.write(
      `${setCommands(variables)}${statement}\n;\n\\echo :ERROR :SQLSTATE\n\\echo ${mark}\\warn ${mark}`,
    );
    const [text, complaints] = await both;
    const [, rows = '', failed, sqlState] = /^(?:(.*)\n)?(true|false) (\w{5})\n$/s.exec(text) ?? [];
    if (failed === 'false') return rows;
    const cause = new Error(`SQLSTATE ${sqlState}`);
    throw new ProcessFailure(command.program, 'was given an error', null, complaints.trim(), { cause });
  }

  async function run(statement: string, variables: Variables = {}): Promise<string> {
    try {
      return await answer(statement, variables);
    } catch (error) {
      if (sqlStateOf(error)) await answer('ROLLBACK', {}).catch(() => {}); // warns where there is nothing to roll back
      throw error;
    }
  }

  let last: Promise<unknown> = Promise.resolve();
  return {
    lost: lost.signal,
    run(statement, variables) {
      const result = last.then(() => run(statement, variables));
      last = result.catch(() => {});
      return result;
    },
    async close() {
      closed = true;
      running.stdin.end();
      const timer = setTimeout(() => void running.stop(), closeTimeout);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** What a program prints, one answer after the other. */
export interface Answers {
  add(text: string): void;
  /** All that comes from now on, up to a mark; one at a time. */
  until(mark: string): Promise<string>;
  /** Nothing more will come: whoever waits is given the reason. */
  fail(reason: unknown): void;
}

/** Takes text in pieces, and hands it out up to a mark that is printed at the end of each answer. */
export function answers(): Answers {
  let pieces: string[] = [];
  /** What comes last, as much as the mark is long: to look at all of it with each piece would take the square of the time. */
  let end = '';
  let waiting: { mark: string; resolve(text: string): void; reject(reason: unknown): void } | undefined;
  return {
    add(piece) {
      if (!waiting) return;
      pieces.push(piece);
      end = (end + piece).slice(-waiting.mark.length);
      if (end !== waiting.mark) return;
      waiting.resolve(pieces.join('').slice(0, -waiting.mark.length));
      waiting = undefined;
    },
    until(mark) {
      [pieces, end] = [[], ''];
      return new Promise((resolve, reject) => {
        waiting = { mark, resolve, reject };
      });
    },
    fail(reason) {
      waiting?.reject(reason);
    },
  };
}
