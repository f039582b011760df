import { quoted } from '../../base/format.ts';
import type { Step } from '../../base/step.ts';
import { siblingName } from '../../postgres/server/database-names.ts';
import { identifier, literal } from '../../postgres/session/sql-text.ts';
import { dropQuietly } from '../../postgres/swap/leftovers.ts';
import type { Note } from '../result.ts';
import type { CarriedOver } from './carry-over.ts';
import { diagnose } from './failures.ts';
import type { Replacement, ReplacementOutcome } from './replacement.ts';

/** Drops the old database after a swap, or leaves it under its new name. The restore has succeeded, whatever happens here. */
export async function retireOldDatabase(
  previous: string,
  { withheld }: CarriedOver,
  { request, prepared }: Replacement,
  step: Step,
): Promise<Pick<ReplacementOutcome, 'previousDatabase' | 'notes'>> {
  const { database, keepPrevious } = request;
  const notes: Note[] = [];
  if (withheld.length > 0) {
    const text =
      `The old database is kept as ${quoted(previous)}: only it has the value of ${withheld.join(', ')}, which is not shown here. As an ` +
      `administrator, copy what was set in it with psql and this query${keepPrevious ? '' : ', then drop it'}:`;
    const sql = copySettings(previous, database);
    step.warn(text, sql);
    notes.push({ text, sql });
  }
  if (keepPrevious) {
    step.info(`Old database kept as ${quoted(previous)}`);
    const text =
      `The old database is kept as ${quoted(previous)}. To go back to it, run this in database postgres while nobody is connected to ` +
      'either of the two:';
    notes.push({ text, about: 'undo', sql: wayBack(previous, database) });
    const drop = 'Drop the kept database when it is no longer needed:';
    notes.push({ text: drop, about: 'clean up', sql: [`DROP DATABASE ${identifier(previous)};`] });
  }
  if (notes.length > 0) {
    step.writeDown(undefined);
    return { previousDatabase: previous, notes };
  }
  const left = await dropQuietly(prepared.psql, previous);
  if (!left) {
    step.writeDown(undefined);
    step.info(`Dropped ${quoted(previous)}`);
    return {};
  }
  const note = noteOfLeftDatabase(previous, left.reason);
  step.warn(note.text, note.sql);
  return { notes: [note] };
}

/** What to tell of an old database that could not be dropped. A drop that is ended in the middle leaves a ruin. */
export function noteOfLeftDatabase(previous: string, reason: unknown): Note {
  const timedOut = reason instanceof DOMException && reason.name === 'TimeoutError';
  const text =
    `The restore succeeded, but the old database is still there as ${quoted(previous)}: ` +
    (timedOut
      ? 'dropping it took too long and was stopped, which may have left it unusable. Drop it:'
      : `${diagnose(reason).cause}\nDrop it once it is no longer needed:`);
  return { text, sql: [`DROP DATABASE ${identifier(previous)};`] };
}

/** Statements that put a kept database into its old place, both renamed or none. */
function wayBack(previous: string, database: string): string[] {
  return [
    'BEGIN;',
    `ALTER DATABASE ${identifier(database)} RENAME TO ${identifier(siblingName(previous, 'undone'))};`,
    `ALTER DATABASE ${identifier(previous)} RENAME TO ${identifier(database)};`,
    'COMMIT;',
  ];
}

/**
 * A query whose rows psql runs as statements, without anybody's functions in place of the system's:
 * https://www.postgresql.org/docs/current/app-psql.html (\gexec)
 */
function copySettings(previous: string, database: string): string[] {
  return [
    "SET search_path TO '';",
    [
      "SELECT CASE WHEN setrole = 0 THEN 'ALTER ' ELSE format('ALTER ROLE %I IN ', rolname) END",
      `|| format('DATABASE %I SET %s TO %L', ${literal(database)}::text, parameter, substr(line, strpos(line, '=') + 1))`,
      'FROM pg_db_role_setting LEFT JOIN pg_roles AS r ON r.oid = setrole',
      "CROSS JOIN unnest(setconfig) AS s(line), split_part(line, '=', 1) AS n(name),",
      "LATERAL (SELECT string_agg(quote_ident(part), '.' ORDER BY place) AS parameter",
      "FROM unnest(string_to_array(name, '.')) WITH ORDINALITY AS p(part, place)) AS quoted",
      "WHERE name LIKE '%.%' AND (setrole = 0 OR rolname IS NOT NULL)",
      `AND setdatabase = (SELECT oid FROM pg_database WHERE datname = ${literal(previous)}) \\gexec`,
    ].join(' '),
  ];
}
