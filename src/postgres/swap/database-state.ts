import { maintenanceDatabase } from '../server/server.ts';
import { ask, type Psql } from '../session/psql.ts';

/** Of `pg_stat_activity`: the sessions of the role that we signed in as. Any role may call its own as ours are called. */
export const isOurRole = 'usename = session_user';

/** The OID of the database of that name, null if there is none. Throws a ProcessFailure. */
export async function oidOf(psql: Psql, name: string): Promise<number | null> {
  const query =
    "SELECT json_build_object('oid', (SELECT oid::bigint FROM pg_database WHERE datname = :'name'))";
  return (await ask<{ oid: number | null }>(psql, maintenanceDatabase, query, { name })).oid;
}
