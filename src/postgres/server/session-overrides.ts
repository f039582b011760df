import { ask, type Psql } from '../session/psql.ts';
import { explainingErrors } from './server.ts';

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
export function withSessionOverrides(psql: Psql, major: number): Psql {
  const options = harmless.filter(([, , since]) => major >= since);
  return started(
    psql,
    options.map(([name, value]) => `-c ${name}=${value}`),
  );
}

/**
 * The same psql, whose sessions stay who they are where `ALTER DATABASE … SET role` makes everybody another role, who may not be
 * allowed to read everything. What is set for the login role itself is meant, and stays: a group that it works for, perhaps.
 * @throws Failure if the server refuses
 */
export async function asLoginRole(psql: Psql, database: string): Promise<Psql> {
  const ofDatabase = await explainingErrors(psql, database, () =>
    ask<boolean>(psql, database, roleOfDatabase),
  );
  return ofDatabase ? started(psql, ['-c role=none']) : psql;
}

/** What is set for a role wins over what is set for a database; a session knows its own `role` only by its effect. */
const roleOfDatabase = `SELECT to_json(current_user <> session_user AND coalesce(bool_or(setrole = 0), false)
    AND NOT coalesce(bool_or(setrole <> 0), false))
  FROM pg_db_role_setting
  WHERE setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
    AND setrole IN (0, (SELECT oid FROM pg_roles WHERE rolname = session_user))
    AND EXISTS (SELECT FROM unnest(setconfig) AS setting WHERE setting LIKE 'role=%')`;

function started(psql: Psql, options: readonly string[]): Psql {
  const { env } = psql.connection;
  const PGOPTIONS = [env['PGOPTIONS'] ?? '', ...options].join(' ').trim();
  return { ...psql, connection: { ...psql.connection, env: { ...env, PGOPTIONS } } };
}
