import { quoted } from '../../base/format.ts';
import type { Step } from '../../base/step.ts';
import { siblingName } from '../../postgres/server/database-names.ts';
import { identifier, literal } from '../../postgres/session/sql-text.ts';
import { dropDatabase, eitherName, isSettled, type LeftDatabase } from '../../postgres/swap/drop.ts';
import type { KnownDatabase } from '../../postgres/swap/proof.ts';
import type { Note } from '../result.ts';
import type { CarriedOver } from './carry-over.ts';
import { diagnose } from './failures.ts';
import type { Replacement, ReplacementOutcome } from './replacement.ts';

/** Drops the old database after a swap, or leaves it under its new name. The restore has succeeded, whatever happens here. */
export async function retireOldDatabase(
  known: KnownDatabase,
  { withheld }: CarriedOver,
  { request, prepared }: Replacement,
  step: Step,
): Promise<Pick<ReplacementOutcome, 'previousDatabase' | 'notes'>> {
  const { database, keepPrevious } = request;
  const { name: previous } = known;
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
  const dropped = await dropDatabase(prepared.psql, known, { database, endSessions: true }, step);
  if (isSettled(dropped)) step.writeDown(undefined);
  if (dropped.state === 'dropped') {
    step.info(`Dropped ${quoted(previous)}`);
    return {};
  }
  const note = noteOfLeftDatabase(dropped);
  step.warn(note.text, note.sql);
  return { notes: [note] };
}

/** What to tell of an old database that could not be dropped. A drop that is cut off in the middle leaves a ruin. */
export function noteOfLeftDatabase(left: LeftDatabase): Note {
  const { state, name, elsewhere, dropping, reason } = left;
  const { cause } = diagnose(reason);
  const sql = dropStatements(name, dropping); // the end of the job tries it again
  switch (state) {
    case 'another':
      if (elsewhere === undefined)
        return {
          text: `The old database is gone: somebody else has dropped it. Another one is called ${quoted(name)} now; it was left alone.`,
        };
      return {
        text:
          `The old database is still there as ${quoted(elsewhere)}: somebody else has renamed it. Another one is called ${quoted(name)} now; it was ` +
          `left alone.\nDrop ${quoted(elsewhere)} once it is no longer needed:`,
        sql: dropStatements(elsewhere),
      };
    case 'unmarked':
      return {
        text:
          `The old database is still there as ${quoted(name)}. It was not dropped, since somebody else has changed its comment, which marked ` +
          'it as no longer needed.\nDrop it once it is no longer needed:',
        sql,
      };
    case 'unknown':
      return noteOfUnknownDrop(left, (names) => `the old database, ${names},`);
    case 'destroyed':
      return {
        text: `The old database is still there as ${quoted(name)}, and unusable, since dropping it was cut off: ${cause}\nDrop it:`,
        sql,
      };
    case 'there':
      return {
        text: `The restore succeeded, but the old database is still there as ${quoted(name)}: ${cause}\nDrop it once it is no longer needed:`,
        sql,
      };
  }
}

/** What to tell of a database of which nobody knows whether it is dropped. @param what it is, made of its names */
export function noteOfUnknownDrop(
  { name, dropping, reason }: LeftDatabase,
  what: (names: string) => string = (names) => names,
): Note & { sql: readonly string[] } {
  const which = what(eitherName(name, dropping));
  return {
    text: `The server could not be asked whether ${which} is dropped: ${diagnose(reason).cause}\nIf it is still there, drop it:`,
    sql: dropStatements(name, dropping),
  };
}

/** Statements that drop a database, whichever of its names it has, and whether it is still there or not. */
export function dropStatements(...names: readonly (string | undefined)[]): string[] {
  return names.flatMap((name) =>
    name === undefined ? [] : [`DROP DATABASE IF EXISTS ${identifier(name)};`],
  );
}

/**
 * Statements that put an old database into its old place, both renamed or none.
 * @param comment the statement that gives it its comment, where it has a mark of ours in place of that
 */
export function wayBack(previous: string, database: string, comment?: string): string[] {
  return [
    'BEGIN;',
    `ALTER DATABASE ${identifier(database)} RENAME TO ${identifier(siblingName(previous, 'undone'))};`,
    `ALTER DATABASE ${identifier(previous)} RENAME TO ${identifier(database)};`,
    ...(comment === undefined ? [] : [`${comment};`]),
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
