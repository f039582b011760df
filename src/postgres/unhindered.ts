import type { Psql } from './psql.ts';

/**
 * What may be set for a database, or for a role in it, and would get in the way of our own sessions there: they would read only,
 * be somebody else, be ended, or not begin at all.
 */
const harmless: readonly [name: string, value: string, since: number][] = [
  ['default_transaction_read_only', 'off', 0],
  ['role', 'none', 0],
  ['statement_timeout', '0', 0],
  ['lock_timeout', '0', 0],
  ['idle_in_transaction_session_timeout', '0', 0],
  ['transaction_timeout', '0', 17],
  ['exit_on_error', 'off', 0],
  ['local_preload_libraries', '', 0],
];

/**
 * The same psql, whose sessions work in a database as if nothing were set for it that hinders them. What they do not ask for is
 * theirs as it is for everybody there. A server ends a session that asks for a parameter which it does not know.
 * https://www.postgresql.org/docs/current/config-setting.html (what a session is started with has its way)
 * @param major of the server
 */
export function unhindered(psql: Psql, major: number): Psql {
  const options = harmless
    .filter(([, , since]) => major >= since)
    .map(([name, value]) => `-c ${name}=${value}`);
  const { env } = psql.connection;
  const PGOPTIONS = [env['PGOPTIONS'] ?? '', ...options].join(' ').trim();
  return { ...psql, connection: { ...psql.connection, env: { ...env, PGOPTIONS } } };
}
