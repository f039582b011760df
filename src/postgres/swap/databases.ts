import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createOptions, type Locale } from '../server/locale.ts';
import { maintenanceDatabase } from '../server/server.ts';
import { ask, type Psql, runScript } from '../session/psql.ts';
import { endSessions } from './end-sessions.ts';

/**
 * Creates an empty database, owned by the role. `template0` is the one template that takes any encoding and locale.
 * @param locale as it should be; undefined for the server's own
 * @param beforeOpened statements, each with its semicolon, that are run before anybody but a superuser can connect to it
 */
export async function createDatabase(
  psql: Psql,
  name: string,
  locale: Locale | undefined,
  major: number,
  beforeOpened = '',
): Promise<void> {
  const options = locale ? createOptions(locale, major) : { sql: '', variables: {} };
  await runScript(
    psql,
    maintenanceDatabase,
    `SET application_name = :'creator'; SET statement_timeout = 0;\nCREATE DATABASE :"name" TEMPLATE template0 ${options.sql}${
      beforeOpened === ''
        ? ';'
        : ` CONNECTION LIMIT 0;\n${beforeOpened}\nALTER DATABASE :"name" CONNECTION LIMIT -1;`
    }`,
    { name, creator: creatorOf(name), ...options.variables },
  );
}

/** Of `pg_stat_activity`: the sessions of the role that we signed in as. Any role may call its own as ours are called. */
const isOurs = 'usename = session_user';

/** How the session is called that creates a database, in the 63 bytes that a server keeps of such a name. */
function creatorOf(database: string): string {
  return `postgres-azure-backup create ${createHash('sha256').update(database).digest('hex').slice(0, 16)}`;
}

/** Between two looks whether a session has ended, in milliseconds, and how often it is looked for. */
const endPause = 100;
const endLooks = 100;

/**
 * Ends the session that creates a database, if it is still at work: a lost connection does not end what the server is doing, and the
 * database would come to be after it was dropped.
 * @throws ProcessFailure if the server can't be reached; Error if it does not end the session
 */
export async function endCreation(psql: Psql, database: string): Promise<void> {
  const question = `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = :'creator' AND ${isOurs}`;
  for (let look = 0; look < endLooks; look++) {
    const creator = creatorOf(database);
    if ((await ask<number>(psql, maintenanceDatabase, question, { creator })) === 0) return;
    await sleep(endPause);
  }
  throw new Error(`The server is still creating ${database}`);
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
  await endCreation(psql, name);
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
  const query = `SELECT count(*) FROM pg_stat_activity WHERE application_name = :'session' AND ${isOurs}`;
  return (await ask<number>(psql, maintenanceDatabase, query, { session })) > 0;
}
