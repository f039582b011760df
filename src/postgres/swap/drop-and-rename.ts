import { maintenanceDatabase } from '../server/server.ts';
import { ask, type Psql, runScript } from '../session/psql.ts';
import { isOurRole } from './database-state.ts';
import { whileEndingSessions } from './end-sessions.ts';

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
export async function dropAndRename(psql: Psql, old: string, fresh: string, session: string): Promise<void> {
  const script = `SET application_name = :'session'; SET statement_timeout = 0;
    DROP DATABASE IF EXISTS :"old";
    ALTER DATABASE :"fresh" RENAME TO :"old";`;
  await whileEndingSessions(psql, [old, fresh], () =>
    runScript(psql, maintenanceDatabase, script, { old, fresh, session }),
  );
}

/** Whether the session of a `dropAndRename` is still there: a lost connection does not end what the server is doing. */
export async function isAtWork(psql: Psql, session: string): Promise<boolean> {
  const query = `SELECT count(*) FROM pg_stat_activity WHERE application_name = :'session' AND ${isOurRole}`;
  return (await ask<number>(psql, maintenanceDatabase, query, { session })) > 0;
}
