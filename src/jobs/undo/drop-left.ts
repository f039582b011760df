import { quoted } from '../../base/format.ts';
import { unlessAborted } from '../../base/patience.ts';
import type { Step, Unfinished } from '../../base/step.ts';
import { readReplacedMark } from '../../postgres/properties/restore-mark.ts';
import { maintenanceDatabase } from '../../postgres/server/server.ts';
import { ask, type Psql, runScript } from '../../postgres/session/psql.ts';
import { identifier } from '../../postgres/session/sql-text.ts';
import { terminateCreation } from '../../postgres/swap/create.ts';
import { type DropOutcome, dropDatabase } from '../../postgres/swap/drop.ts';
import type { RestoreLock } from '../../postgres/swap/lock.ts';
import { proof } from '../../postgres/swap/proof.ts';
import { commentAgain, type Exchanged, putOldBack } from '../../postgres/swap/put-back.ts';
import { diagnose } from '../replace/failures.ts';
import { dropStatements, noteOfUnknownDrop, wayBack } from '../replace/retire-old.ts';
import { type Remnant, remnantsOf, type SeenDatabase, unfinishedInPlace } from './databases.ts';

/**
 * Puts the databases in order that a killed restore has left: drops those that nobody needs, puts an old one back whose place an empty one
 * has, names what it can't prove to be ours, and says so if what is in the place of the old one is not whole.
 * @param lock for restores of the database
 * @param psql of whoever holds it
 * @throws ProcessFailure if the server can't be asked; the reason of the signal of `psql` as soon as that is aborted
 */
export async function dropLeftDatabases(
  lock: RestoreLock,
  psql: Psql,
  unfinished: Unfinished,
  step: Pick<Step, 'info' | 'warn'>,
): Promise<void> {
  const { database, fresh } = unfinished;
  if (fresh && fresh.oid === undefined) await terminateCreation(psql, fresh.name);
  let seen = await lookAtServer(psql, unfinished);
  const empty = unfinishedInPlace(unfinished, seen);
  const needed = remnantsOf(unfinished, seen).find(({ state }) => state === 'needed');
  if (needed && empty && fresh) {
    step.info(`Putting the old database ${quoted(database)} back, in whose place an empty one is`);
    const own = { oid: empty.oid, first: fresh.name };
    const back = await putOldBack(lock, psql, exchangedBy(needed, database, own));
    if (back.state === 'swapped') step.info(`Database ${quoted(database)} is the old one again`);
    seen = await lookAtServer(psql, unfinished);
  }
  for (const left of remnantsOf(unfinished, seen)) {
    const { name, what, state } = left;
    if (state === 'ours') {
      step.info(
        `Dropping ${quoted(name)}, ${what === 'replaced' ? 'the old database' : 'half restored'}, which the restore has left`,
      );
      const dropping = dropDatabase(psql, left, { database, endSessions: true }, step);
      tellOfDrop(name, await withNameBack(psql, left, await unlessAborted(dropping, psql.signal)), step);
    } else if (state === 'needed') tellOfNeeded(left, unfinished, seen, step);
    else tellOfDoubtful(name, step);
  }
  const isNeeded = remnantsOf(unfinished, seen).some(({ state }) => state === 'needed');
  if (!isNeeded && unfinishedInPlace(unfinished, seen)) tellOfIncomplete(database, step);
}

/** What may be of the restore, and what has the name that it was for. */
async function lookAtServer(
  psql: Psql,
  { fresh, previous, database }: Unfinished,
): Promise<readonly SeenDatabase[]> {
  const question = `SELECT coalesce(json_agg(json_build_object('name', datname, 'oid', oid::bigint,
      'comment', shobj_description(oid, 'pg_database'), 'owned', pg_has_role(datdba, 'USAGE'),
      'open', datallowconn, 'limit', datconnlimit)), '[]')
    FROM pg_database WHERE datname IN (:'fresh', :'previous', :'database') OR datname ~ '_dropping_[0-9]{14}'`;
  const names = { fresh: fresh?.name ?? '', previous: previous?.name ?? '', database };
  return ask<SeenDatabase[]>(psql, maintenanceDatabase, question, names);
}

/** What an old database is put back with, whose mark has the comment that it had. */
function exchangedBy(
  { what: _, state: __, ...old }: Remnant,
  database: string,
  empty: Exchanged['empty'],
): Exchanged {
  return { database, old, comment: readReplacedMark(old.comment ?? null)?.comment ?? null, empty };
}

/** What could not be dropped is called again as the step has told it, for whoever pastes what that has shown. */
async function withNameBack(psql: Psql, { name, oid }: Remnant, outcome: DropOutcome): Promise<DropOutcome> {
  if ((outcome.state !== 'there' && outcome.state !== 'destroyed') || outcome.name === name) return outcome;
  const script = `ALTER DATABASE :"now" RENAME TO :"before" \\; ${proof('before', 'oid')};`;
  const names = { now: outcome.name, before: name, oid: String(oid) };
  return runScript(psql, maintenanceDatabase, script, names).then(
    () => ({ ...outcome, name }),
    () => outcome,
  );
}

/** @param before what it was called */
function tellOfDrop(before: string, outcome: DropOutcome, step: Pick<Step, 'info' | 'warn'>): void {
  if (outcome.state === 'dropped') {
    step.info(`Dropped ${quoted(before)}`);
    return;
  }
  const { name, elsewhere, state, reason } = outcome;
  if (state === 'another') {
    const text = `A database that this restore did not make is called ${quoted(name)} now; it was left alone.`;
    if (elsewhere === undefined) step.warn(text);
    else
      step.warn(
        `${text} What the restore has left is called ${quoted(elsewhere)}. Drop it:`,
        dropStatements(elsewhere),
      );
  } else if (state === 'unmarked') tellOfDoubtful(name, step);
  else if (state === 'unknown') {
    const { text, sql } = noteOfUnknownDrop(outcome);
    step.warn(text, sql);
  } else
    step.warn(`Database ${quoted(name)} is left: ${diagnose(reason).cause}\nDrop it:`, dropStatements(name));
}

/** What is called as something that the restore has made, and may not be that: it does not bear its mark. */
function tellOfDoubtful(name: string, step: Pick<Step, 'warn'>): void {
  step.warn(
    `Database ${quoted(name)} is left. It was not dropped, since it may not be what this restore left. Check it, then drop it:`,
    [`DROP DATABASE ${identifier(name)};`],
  );
}

/**
 * The restore was killed between the exchange with an empty database and the drop of the old one, which could not be put back; or somebody
 * has dropped or replaced what had taken the place of the old one.
 */
function tellOfNeeded(
  { name, comment }: Remnant,
  unfinished: Unfinished,
  seen: readonly SeenDatabase[],
  step: Pick<Step, 'warn'>,
): void {
  const { database } = unfinished;
  const own = readReplacedMark(comment ?? null)?.comment ?? null;
  const current = seen.some((one) => one.name === database);
  const state = unfinishedInPlace(unfinished, seen)
    ? `Database ${quoted(database)} is not restored.`
    : current
      ? `What is called ${quoted(database)} now is not what the restore had put there; it was left alone.`
      : `There is no database ${quoted(database)} any more.`;
  const where = current ? ' while nobody is connected to either of the two' : '';
  const commented = commentAgain(database, own);
  step.warn(
    `${state} The old one is there as ${quoted(name)}. To go back to it, run this in database postgres${where}:`,
    current ? wayBack(name, database, commented) : intoFreePlace(name, database, commented),
  );
}

/** Statements that put an old database into its old place, which nothing has. */
function intoFreePlace(previous: string, database: string, comment: string): string[] {
  return [
    'BEGIN;',
    `ALTER DATABASE ${identifier(previous)} RENAME TO ${identifier(database)};`,
    `${comment};`,
    'COMMIT;',
  ];
}

/** The restore ended before it had filled the database in its place: there is neither a whole new one nor an old one. */
function tellOfIncomplete(database: string, step: Pick<Step, 'warn'>): void {
  step.warn(
    `Database ${quoted(database)} is incomplete. Run the restore again with the same backup. This one ended before the database was full, and ` +
      'until a restore has completed, only the owner and superusers can connect.',
  );
}
