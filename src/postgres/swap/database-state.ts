import { maintenanceDatabase } from '../server/server.ts';
import { ask, type Psql } from '../session/psql.ts';
/** Of `pg_stat_activity`: the sessions of the role that we signed in as. Any role may call its own as ours are called. */
export const isOurRole = 'usename = session_user';

/**
 * Whether a database is there. A drop that was interrupted leaves one that nobody can connect to any more, with a
 * connection limit of -2; it can only be dropped again.
 * https://www.postgresql.org/docs/release/15.4/ ("invalid" databases)
 */
export type DatabaseState = 'there' | 'destroyed' | 'absent';

export async function databaseState(psql: Psql, name: string): Promise<DatabaseState> {
  const query = `SELECT json_build_object('limit', (SELECT datconnlimit FROM pg_database WHERE datname = :'name'))`;
  const { limit } = await ask<{ limit: number | null }>(psql, maintenanceDatabase, query, { name });
  return limit === null ? 'absent' : limit === -2 ? 'destroyed' : 'there';
}

/** The OID of the database of that name, null if there is none. Throws a ProcessFailure. */
export async function oidOf(psql: Psql, name: string): Promise<number | null> {
  const query =
    "SELECT json_build_object('oid', (SELECT oid::bigint FROM pg_database WHERE datname = :'name'))";
  return (await ask<{ oid: number | null }>(psql, maintenanceDatabase, query, { name })).oid;
}
