import { quoted } from '../../base/format.ts';
import type { Step, Unfinished } from '../../base/step.ts';
import { readRestoreMark } from '../../postgres/properties/restore-mark.ts';
import { maintenanceDatabase } from '../../postgres/server/server.ts';
import { ask, type Psql } from '../../postgres/session/psql.ts';
import { identifier } from '../../postgres/session/sql-text.ts';
import { dropQuietly } from '../../postgres/swap/leftovers.ts';
import { diagnose } from '../replace/failures.ts';

/** A database of the server, as far as it says whose it is. */
export interface SeenDatabase {
  name: string;
  oid: number;
  comment: string | null;
  /** Whether the role may drop it. */
  owned: boolean;
}

/** A database that a killed restore has left, and whether it is certain that it is that one. */
export interface LeftDatabase {
  name: string;
  what: 'half restored' | 'replaced';
  ours: boolean;
}

/**
 * Which databases a restore has left that it would have dropped itself. The new one is ours if it has our mark, of this very run, and the
 * OID that was written down; it has neither its name nor the mark any more once the swap is done. The old one is the one of that OID, and
 * only once the new one bears its name.
 */
export function leftDatabases(
  { database, run, fresh, previous }: Unfinished,
  seen: readonly SeenDatabase[],
): LeftDatabase[] {
  const named = (name: string | undefined): SeenDatabase | undefined => seen.find((one) => one.name === name);
  const left: LeftDatabase[] = [];
  const filled = named(fresh?.name);
  if (fresh && filled) {
    const mark = readRestoreMark(filled.comment);
    const isMarked = mark?.database === database && mark.run === run;
    const ours = filled.owned && isMarked && (fresh.oid ?? filled.oid) === filled.oid;
    left.push({ name: filled.name, what: 'half restored', ours });
  }
  const old = named(previous?.name);
  if (previous && old) {
    const isSwapped = fresh?.oid !== undefined && named(database)?.oid === fresh.oid;
    left.push({ name: old.name, what: 'replaced', ours: old.owned && old.oid === previous.oid && isSwapped });
  }
  return left;
}

/**
 * Drops what a killed restore has left, and names what it can't prove to be ours.
 * @param psql of whoever holds the lock for restores of the database
 * @throws ProcessFailure if the server can't be asked
 */
export async function dropLeftDatabases(
  psql: Psql,
  unfinished: Unfinished,
  step: Pick<Step, 'info' | 'warn'>,
): Promise<void> {
  const names = { fresh: '', previous: '', database: unfinished.database };
  if (unfinished.fresh) names.fresh = unfinished.fresh.name;
  if (unfinished.previous) names.previous = unfinished.previous.name;
  const question = `SELECT coalesce(json_agg(json_build_object('name', datname, 'oid', oid::bigint,
      'comment', shobj_description(oid, 'pg_database'), 'owned', pg_has_role(datdba, 'USAGE'))), '[]')
    FROM pg_database WHERE datname IN (:'fresh', :'previous', :'database')`;
  const seen = await ask<SeenDatabase[]>(psql, maintenanceDatabase, question, names);
  for (const { name, what, ours } of leftDatabases(unfinished, seen)) {
    const sql = [`DROP DATABASE ${identifier(name)};`];
    if (!ours) {
      step.warn(
        `Database ${quoted(name)} is left. It was not dropped, since it may not be what this restore left. Check it, then drop it:`,
        sql,
      );
      continue;
    }
    step.info(`Dropping ${quoted(name)}, which the killed restore has left ${what}`);
    const failed = await dropQuietly(psql, name);
    if (failed)
      step.warn(`Database ${quoted(name)} is left: ${diagnose(failed.reason).cause}\nDrop it:`, sql);
    else step.info(`Dropped ${quoted(name)}`);
  }
}
