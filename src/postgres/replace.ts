import { setTimeout as sleep } from 'node:timers/promises';
import { createOptions, type Locale } from './locale.ts';
import { type Psql, runScript } from './psql.ts';
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
 * are ended: a plain role may not end an autovacuum worker, which the drop sends away by itself.
 * @throws ProcessFailure; the old database is still there if the drop was refused
 */
export async function replaceDatabase(psql: Psql, old: string, fresh: string): Promise<void> {
  let over = false;
  const replacing = runScript(
    psql,
    maintenanceDatabase,
    `SET statement_timeout = 0;
     DROP DATABASE IF EXISTS :"old";
     ALTER DATABASE :"fresh" RENAME TO :"old";`,
    { old, fresh },
  ).finally(() => {
    over = true;
  });
  const ending = (async () => {
    while (!over) {
      await runScript(psql, maintenanceDatabase, endSessions, { old }).catch(() => {}); // the drop says who is left
      await sleep(roundPause);
    }
  })();
  const [replaced] = await Promise.allSettled([replacing, ending]);
  if (replaced.status === 'rejected') throw replaced.reason;
}

const endSessions = `
  SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = :'old' AND backend_type = 'client backend' AND pid <> pg_backend_pid()
    AND (pg_has_role(usesysid, 'USAGE') OR pg_has_role('pg_signal_backend', 'USAGE'))
    AND (NOT (SELECT rolsuper FROM pg_roles WHERE oid = usesysid)
      OR (SELECT rolsuper FROM pg_roles WHERE rolname = current_user));`;

/** Drops a database that nobody else knows of. Throws a `ProcessFailure` if the server refuses. */
export async function dropDatabase(psql: Psql, name: string): Promise<void> {
  await runScript(psql, maintenanceDatabase, 'DROP DATABASE IF EXISTS :"name";', { name });
}

/** Whether a database of this name exists. */
export async function databaseExists(psql: Psql, name: string): Promise<boolean> {
  const answer = await runScript(
    psql,
    maintenanceDatabase,
    "SELECT true FROM pg_database WHERE datname = :'name';",
    { name },
  );
  return answer.trim() === 't';
}
