import { setTimeout as sleep } from 'node:timers/promises';
import { maintenanceDatabase } from '../server/server.ts';
import { ask, type Psql, uninterrupted } from '../session/psql.ts';
import type { Session } from '../session/session.ts';

/** What is known before a swap, to tell afterwards whether it happened. Databases keep their OIDs when they are renamed. */
export interface BeforeSwap {
  /** OIDs; null if there is no such database. */
  current: number | null;
  fresh: number | null;
  /** The comment on `current`. */
  comment: string | null;
  /** The session that will do it, and when it began, since process IDs are used again. */
  pid: number;
  since: string;
}

/** Asks in the session that will do the swap. Throws a ProcessFailure. */
export async function readStateBeforeSwap(
  session: Session,
  current: string,
  fresh: string,
): Promise<BeforeSwap> {
  const question = `SELECT json_build_object(
    'current', (SELECT oid::bigint FROM pg_database WHERE datname = :'current'),
    'fresh', (SELECT oid::bigint FROM pg_database WHERE datname = :'fresh'),
    'comment', (SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = :'current'),
    'pid', pid, 'since', backend_start::text)
  FROM pg_stat_activity WHERE pid = pg_backend_pid()`;
  return JSON.parse(await session.run(question, { current, fresh }));
}

/** How long the server is asked what became of a swap, and the time between two questions, in milliseconds. */
const longestDoubt = 60_000;
const pauseBetweenLooks = 500;

/**
 * What became of a swap whose answer is lost. A lost connection does not end what the server is doing: the session is ended,
 * and only when it is gone, with its transaction, does the name of the new database tell.
 */
export async function stateAfterSwap(
  psql: Psql,
  { current, fresh }: { current: string; fresh: string },
  before: BeforeSwap,
): Promise<'swapped' | 'unchanged' | 'unknown'> {
  const patient = uninterrupted(psql, longestDoubt);
  while (!patient.signal.aborted) {
    try {
      if ((await sessionsLeft(patient, before)) === 0) {
        const name = await nameOfDatabase(patient, before.fresh);
        return name === current ? 'swapped' : name === fresh ? 'unchanged' : 'unknown';
      }
    } catch {
      // the server may be on its way back
    }
    await sleep(pauseBetweenLooks);
  }
  return 'unknown';
}

async function sessionsLeft(psql: Psql, { pid, since }: BeforeSwap): Promise<number> {
  const question = `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE pid = :'pid' AND backend_start::text = :'since'`;
  return ask<number>(psql, maintenanceDatabase, question, { pid: String(pid), since });
}

async function nameOfDatabase(psql: Psql, oid: number | null): Promise<string | null> {
  const question = "SELECT json_build_object('name', (SELECT datname FROM pg_database WHERE oid = :'oid'))";
  const variables = { oid: String(oid ?? 0) };
  return (await ask<{ name: string | null }>(psql, maintenanceDatabase, question, variables)).name;
}
