import { setTimeout as sleep } from 'node:timers/promises';
import { endSessions } from './end-sessions.ts';
import { createOptions, type Locale } from './locale.ts';
import { ask, type Psql, runScript } from './psql.ts';
import { maintenanceDatabase } from './server.ts';

/**
 * Creates an empty database, owned by the role. `template0` is the one template that takes any encoding and locale.
 * @param locale as it should be; undefined for the server's own
 */
export async function createDatabase(
  psql: Psql,
  name: string,
  locale: Locale | undefined,
  major: number,
): Promise<void> {
  const options = locale ? createOptions(locale, major) : { sql: '', variables: {} };
  await runScript(
    psql,
    maintenanceDatabase,
    `SET statement_timeout = 0;\nCREATE DATABASE :"name" TEMPLATE template0 ${options.sql};`,
    { name, ...options.variables },
  );
}

/** Between two rounds of ending sessions, in milliseconds. */
const roundPause = 200;

/**
 * Drops `old`, if it is there, and gives its name to `fresh`.
 *
 * The drop holds new connections back by its lock and waits up to five seconds for the others to leave; meanwhile a
 * second session ends them, so an application that reconnects at once does not get in between. Only client sessions
 * are ended: a plain role may not end an autovacuum worker, which the drop sends away by itself. Sessions in `fresh` are
 * ended as well, since monitoring and poolers connect to whatever database they find.
 *
 * It takes seconds, and must not be cut off in the middle: give it a `psql` whose signal does not end it.
 * @param session a name for the session that does it, by which `isAtWork` finds it
 * @throws ProcessFailure; what it has done until then is for `databaseState` to find out
 */
export async function replaceDatabase(
  psql: Psql,
  old: string,
  fresh: string,
  session: string,
): Promise<void> {
  const script = `SET application_name = :'session'; SET statement_timeout = 0;
    DROP DATABASE IF EXISTS :"old";
    ALTER DATABASE :"fresh" RENAME TO :"old";`;
  let over = false;
  const replacing = runScript(psql, maintenanceDatabase, script, { old, fresh, session }).finally(() => {
    over = true;
  });
  const ending = (async () => {
    while (!over) {
      await runScript(psql, maintenanceDatabase, `${endSessions};`, { database: old, other: fresh }).catch(
        () => {},
      ); // the drop says who is left
      await sleep(roundPause);
    }
  })();
  const [replaced] = await Promise.allSettled([replacing, ending]);
  if (replaced.status === 'rejected') throw replaced.reason;
}

/** Drops a database, one that a drop has left behind half done included. Throws a `ProcessFailure` if the server refuses. */
export async function dropDatabase(psql: Psql, name: string): Promise<void> {
  await runScript(psql, maintenanceDatabase, 'DROP DATABASE IF EXISTS :"name";', { name });
}

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
export async function currentOid(psql: Psql, name: string): Promise<number | null> {
  const query =
    "SELECT json_build_object('oid', (SELECT oid::bigint FROM pg_database WHERE datname = :'name'))";
  return (await ask<{ oid: number | null }>(psql, maintenanceDatabase, query, { name })).oid;
}

/** Whether the session of a `replaceDatabase` is still there: a lost connection does not end what the server is doing. */
export async function isAtWork(psql: Psql, session: string): Promise<boolean> {
  const query = "SELECT count(*) FROM pg_stat_activity WHERE application_name = :'session'";
  return (await ask<number>(psql, maintenanceDatabase, query, { session })) > 0;
}
