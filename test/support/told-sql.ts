import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { visible } from '../../src/base/format.ts';
import { clientOf } from './postgres/clients.ts';
import type { Login, PostgresServer } from './postgres/postgres-server.ts';

/** The statements of a summary, to the letter: the lines of its blocks of SQL. */
export function statementsIn(summary: string): string[] {
  return [...summary.matchAll(/^(`{3,})sql\n(.*?)\n\1$/gms)].flatMap(([, , block = '']) => block.split('\n'));
}

/** The statements that a summary has to show, no others: throws if they are not such as these, each on one line that shows all of it. */
export function statementsLike(summary: string, shapes: readonly RegExp[]): string[] {
  const found = statementsIn(summary);
  const fits = (statement: string, index: number): boolean =>
    shapes[index]?.test(statement) === true && visible(statement) === statement;
  if (found.length !== shapes.length || !found.every(fits))
    throw new Error(`Not ${shapes.join(' and ')}, but ${JSON.stringify(found)} in:\n${summary}`);
  return found;
}

/** Pastes lines into psql, which stops at the first error. Gives what it prints, row by row. */
export async function pasteInto(
  server: PostgresServer,
  lines: readonly string[],
  { database = 'postgres', login = server.superuser, rootCert }: Paste,
): Promise<string[]> {
  const { psql } = await clientOf(server.major);
  const environment = {
    ...{ PGHOST: server.host, PGPORT: String(server.port), PGDATABASE: database },
    ...{ PGUSER: login.user, PGPASSWORD: login.password, PGSSLROOTCERT: rootCert },
  };
  const args = ['--no-psqlrc', '--set=ON_ERROR_STOP=1', '--no-align', '--tuples-only', '--quiet'];
  const running = promisify(execFile)(psql, args, {
    env: { ...environment, PATH: process.env['PATH'] ?? '' },
  });
  running.child.stdin?.end(`${lines.join('\n')}\n`);
  return (await running).stdout.split('\n').slice(0, -1);
}

/** Where and as whom: the database `postgres` as the superuser, unless said otherwise. */
interface Paste {
  database?: string;
  login?: Login;
  rootCert: string;
}
