import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { formatDuration, quoted } from '../../base/format.ts';
import { ProcessFailure } from '../../base/process.ts';
import { type Step, withProgress } from '../../base/step.ts';
import { maintenanceDatabase } from '../server/server.ts';
import { ask, type Psql, runScript } from '../session/psql.ts';
import { isOurRole } from './database-state.ts';
import { whileEndingSessions } from './end-sessions.ts';
import { droppingName } from './names.ts';
import { isMistaken, type KnownDatabase, proof } from './proof.ts';

/** What has become of a database that was to be dropped, as the server says when it is no longer at it. */
export type DropOutcome = { state: 'dropped' } | LeftDatabase;

export interface LeftDatabase {
  /**
   * `destroyed` is what a drop leaves that was cut off: it can only be dropped again. `another`: the database of that name is not the
   * one that was looked at, and was not touched. `unmarked`: it is that one, but its comment is not our mark any more, and it was not
   * touched either. `unknown`: the server could not be asked.
   */
  state: 'there' | 'destroyed' | 'another' | 'unmarked' | 'unknown';
  /** What it is called now, or was when that was seen last. */
  name: string;
  /** Of `another`: what the one that was looked at is called now; undefined if it is gone. */
  elsewhere?: string;
  /** Of `unknown`: what it may be called by now. */
  dropping?: string;
  reason: unknown;
}

/** Whether the end of the job has nothing to look for: what there is, if anything, is not for it to drop. */
export function isSettled({ state }: DropOutcome): boolean {
  return state === 'dropped' || state === 'another' || state === 'unmarked';
}

/** What a database is called that may have been renamed to be dropped. */
export function eitherName(name: string, dropping: string | undefined): string {
  return dropping === undefined ? quoted(name) : `${quoted(name)} or by now ${quoted(dropping)}`;
}

/** How a database is dropped. */
export interface DropOrder {
  /** Whose restore it belongs to; what it is called while it is dropped begins with that. */
  database: string;
  /** The comment that it gets before, by which the next restore knows what a kill has left. */
  mark?: string;
  /** Whether the sessions in it are ended; otherwise it is not dropped while there are any. */
  endSessions: boolean;
}

/** How long a server that does not answer is waited for, in milliseconds, if not less: it may be about to start again. */
const longestSilence = 60_000;

/** How long the answer to the question is waited for what has become of a database, in milliseconds. */
const longestStateAnswer = 20_000;

const dropScript = (order: DropOrder, known: KnownDatabase): string => {
  const message = [
    'ALTER DATABASE :"name" RENAME TO :"dropping"',
    proof('dropping', 'oid', known.comment === undefined ? undefined : 'comment'),
    ...(order.mark === undefined ? [] : [`COMMENT ON DATABASE :"dropping" IS :'mark'`]),
  ];
  // A lock that somebody holds is not waited for without end; what the server itself does takes as long as it takes.
  return `SET application_name = :'session'; SET statement_timeout = 0; SET lock_timeout = '60s';
    ${message.join(' \\;\n')};
    DROP DATABASE :"dropping";`;
};

/**
 * Drops a database that nobody needs any more, and no other: it first gets a name that nobody else knows, in one transaction with a look
 * whether it is the one that is meant. The drop takes as long as it takes, which the log tells, and what came of it is looked up.
 *
 * It holds new connections back by its lock and waits up to five seconds for the others to leave; meanwhile a second session ends them.
 * A cancel does not end it. Never throws, since what failed or succeeded before stays so.
 */
export async function dropDatabase(
  psql: Psql,
  known: KnownDatabase,
  order: DropOrder,
  step: Pick<Step, 'info'>,
): Promise<DropOutcome> {
  const { insistence } = psql.connection.admission;
  const longest = Math.min(longestSilence, insistence?.patience.total ?? longestSilence);
  const hurry = AbortSignal.any([psql.signal, AbortSignal.timeout(longest)]);
  const patient: Psql = { ...psql, signal: new AbortController().signal, hurry };
  const describe = (elapsed: number): string => `${formatDuration(elapsed)}: dropping ${quoted(known.name)}`;
  return withProgress(step, describe, async () => {
    let { name } = known;
    for (const begun = performance.now(); ; await sleep(1_000)) {
      const outcome = await tryToDrop(patient, { ...known, name }, order, longest);
      if (!wasCutOff(outcome) || performance.now() - begun > longest) return outcome;
      name = outcome.name;
    }
  });
}

/** Whether the connection was lost, or there was none, and the database is left by that. psql exits with 2 then. */
function wasCutOff(outcome: DropOutcome): outcome is LeftDatabase {
  return (
    (outcome.state === 'there' || outcome.state === 'destroyed') &&
    outcome.reason instanceof ProcessFailure &&
    outcome.reason.exitCode === 2
  );
}

async function tryToDrop(
  psql: Psql,
  known: KnownDatabase,
  order: DropOrder,
  silence: number,
): Promise<DropOutcome> {
  const session = `postgres-azure-backup drop ${randomBytes(4).toString('hex')}`;
  const { name, oid, comment = '' } = known;
  const dropping = droppingName(order.database);
  const work = (): Promise<unknown> =>
    runScript(psql, maintenanceDatabase, dropScript(order, known), {
      ...{ name, oid: String(oid), comment, dropping, session, mark: order.mark ?? '' },
    });
  try {
    await (order.endSessions ? whileEndingSessions(psql, [oid], work) : work());
    return { state: 'dropped' };
  } catch (reason) {
    try {
      const found = await whatBecame(psql, known, session, silence);
      const isElsewhere = found.name !== null && ![name, dropping].includes(found.name);
      if (isMistaken(reason) || (isElsewhere && found.another))
        return { ...mistakenFor(known, found.name), name, reason };
      if (found.name === null) return { state: 'dropped' };
      return { state: found.limit === -2 ? 'destroyed' : 'there', name: found.name, reason };
    } catch {
      return { state: 'unknown', name, dropping, reason };
    }
  }
}

/** What is true of a database whose proof has failed. @param now what it is called, by its OID; null if it is gone */
function mistakenFor(
  { name, comment }: KnownDatabase,
  now: string | null,
): Pick<LeftDatabase, 'state' | 'elsewhere'> {
  if (now === name) return { state: comment === undefined ? 'there' : 'unmarked' };
  return { state: 'another', ...(now !== null && { elsewhere: now }) };
}

/**
 * What a database is called, if it is there, once the server is no longer at work on it: a lost connection does not end what the server
 * is doing; and whether another has its name.
 * @param longest for how long a server that does not answer is asked, in milliseconds
 * @throws what asking failed with
 */
async function whatBecame(
  psql: Psql,
  { name, oid }: KnownDatabase,
  session: string,
  longest: number,
): Promise<{ name: string | null; limit: number | null; another: boolean }> {
  const question = `SELECT json_build_object(
      'atWork', EXISTS (SELECT FROM pg_stat_activity WHERE application_name = :'session' AND ${isOurRole}),
      'name', (SELECT datname FROM pg_database WHERE oid::text = :'oid'),
      'limit', (SELECT datconnlimit FROM pg_database WHERE oid::text = :'oid'),
      'another', EXISTS (SELECT FROM pg_database WHERE datname = :'name' AND oid::text <> :'oid'))`;
  type Answer = { atWork: boolean; name: string | null; limit: number | null; another: boolean };
  for (let heard = performance.now(); ; await sleep(500)) {
    try {
      const asking = { ...psql, signal: AbortSignal.timeout(longestStateAnswer) };
      const variables = { session, oid: String(oid), name };
      const found = await ask<Answer>(asking, maintenanceDatabase, question, variables);
      if (!found.atWork) return found;
      heard = performance.now();
    } catch (error) {
      if (performance.now() - heard > longest) throw error;
    }
  }
}
