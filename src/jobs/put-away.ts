import { quoted } from '../format.ts';
import { dropQuietly } from '../postgres/leftovers.ts';
import { siblingName } from '../postgres/names.ts';
import { identifier, literal } from '../postgres/sql-text.ts';
import type { Step } from '../step.ts';
import type { CarriedOver } from './carry-over.ts';
import type { Replaced, Replacement } from './replacement.ts';
import { explain } from './restore-failures.ts';

/** Drops the old database after a swap, or leaves it under its new name. The restore has succeeded, whatever happens here. */
export async function putAway(
  previous: string,
  { withheld }: CarriedOver,
  { request, prepared }: Replacement,
  step: Step,
): Promise<Pick<Replaced, 'previousDatabase' | 'notes'>> {
  const { database, keepPrevious } = request;
  if (withheld.length > 0) {
    const text =
      `The old database is kept as ${quoted(previous)}, since nothing else has the value of ${withheld.join(', ')}, which is not ` +
      'shown here. An administrator copies what was set in it with psql and this query, then drops it:';
    step.warn(text);
    return { previousDatabase: previous, notes: [{ text, sql: copySettings(previous, database) }] };
  }
  if (keepPrevious) {
    step.info(`The old database is kept as ${quoted(previous)}`);
    const text = `The old database is kept as ${quoted(previous)}. To go back to it, with nobody connected to either, run this SQL in another database, such as postgres:`;
    return { previousDatabase: previous, notes: [{ text, sql: wayBack(previous, database) }] };
  }
  const left = await dropQuietly(prepared.psql, previous);
  if (!left) {
    step.info(`Dropped the old database`);
    return {};
  }
  const text =
    `The restore has succeeded, but the old database is still there as ${quoted(previous)}: ${explain(left.reason).cause}\n` +
    'Drop it when nobody needs it any more.';
  step.warn(text);
  return { notes: [{ text, sql: [`DROP DATABASE ${identifier(previous)};`] }] };
}

/** Statements that put a kept database into its old place: all of it, or nothing. */
function wayBack(previous: string, database: string): string[] {
  return [
    'BEGIN;',
    `ALTER DATABASE ${identifier(database)} RENAME TO ${identifier(siblingName(previous, 'undone'))};`,
    `ALTER DATABASE ${identifier(previous)} RENAME TO ${identifier(database)};`,
    'COMMIT;',
  ];
}

/** A query whose rows psql runs as statements: https://www.postgresql.org/docs/current/app-psql.html (\gexec) */
function copySettings(previous: string, database: string): string[] {
  return [
    `SELECT format('ALTER DATABASE %I SET %s = %L', ${literal(database)}, split_part(setting, '=', 1),`,
    "  substr(setting, strpos(setting, '=') + 1))",
    'FROM pg_db_role_setting CROSS JOIN unnest(setconfig) AS setting',
    "WHERE split_part(setting, '=', 1) LIKE '%.%' AND setrole = 0",
    `  AND setdatabase = (SELECT oid FROM pg_database WHERE datname = ${literal(previous)}) \\gexec`,
  ];
}
