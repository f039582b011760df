import { quoted } from '../format.ts';
import { applyProperties, type Refused } from '../postgres/apply-properties.ts';
import { type PrivilegesLost, privilegesLost } from '../postgres/privileges.ts';
import { type DatabaseProperties, readProperties } from '../postgres/properties.ts';
import type { Psql } from '../postgres/psql.ts';
import type { Step } from '../step.ts';
import { some } from './finding.ts';
import { explain } from './restore-failures.ts';
import type { Note } from './result.ts';

/** What an old database has that its archive does not bring back. */
export interface Belongings {
  properties: DatabaseProperties;
  /** Undefined where the archive's own rights are restored. */
  privileges: PrivilegesLost | undefined;
}

/**
 * Finds out what has to be carried over to the database that takes the place of `database`.
 * @param role who restores
 * @param noPrivileges whether rights in the archive are left out
 * @throws ProcessFailure
 */
export async function readBelongings(
  psql: Psql,
  database: string,
  role: string,
  noPrivileges: boolean,
): Promise<Belongings> {
  const properties = await readProperties(psql, database);
  return { properties, privileges: noPrivileges ? await privilegesLost(psql, database, role) : undefined };
}

/** What has become of an old database's belongings. */
export interface CarriedOver {
  notes: Note[];
  /**
   * Settings that the role may not make and whose values look like secrets: they are not shown, and only the old database
   * has them.
   */
  withheld: string[];
}

/**
 * Gives a restored database the settings, rights, comment and connection limit of the old one, as far as the role may,
 * and tells what it may not, and who has lost rights in the database.
 * @param current what the restored database is called now
 * @param database what it is called in the end
 */
export async function carryOver(
  psql: Psql,
  current: string,
  database: string,
  { properties, privileges }: Belongings,
  step: Pick<Step, 'info' | 'warn'>,
): Promise<CarriedOver> {
  const refused = await applyProperties(psql, current, properties, database);
  const notes = [...notesOf(refused), ...notesOfPrivileges(database, privileges)];
  const carried = describe(properties);
  if (carried !== '') step.info(`Carried over from the old database: ${carried}`);
  for (const { text, sql } of notes) {
    const statements = sql && sql.length > 0 ? ` ${whereTheSqlIs(sql)}` : '';
    step.warn(`${text}${statements}`);
  }
  return { notes, withheld: refused.flatMap(({ what, sql }) => (sql === undefined ? [what] : [])) };
}

/** As `carryOver`, for when the restore has succeeded whatever happens here. */
export async function tryToCarryOver(...all: Parameters<typeof carryOver>): Promise<Note[]> {
  const [, , database, , step] = all;
  try {
    return (await carryOver(...all)).notes;
  } catch (error) {
    const text =
      `Database ${quoted(database)} is restored, but could not be given the settings and rights of the old one: ` +
      explain(error).cause;
    step.warn(text);
    return [{ text }];
  }
}

function describe({ settings, grants, comment, connectionLimit }: DatabaseProperties): string {
  const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;
  return [
    settings.length > 0 && count(settings.length, 'setting'),
    grants && count(grants.length, 'right'),
    comment !== null && 'the comment',
    connectionLimit !== -1 && `the connection limit of ${connectionLimit}`,
  ]
    .filter((part) => typeof part === 'string')
    .join(', ');
}

function notesOf(refused: readonly Refused[]): Note[] {
  if (refused.length === 0) return [];
  const what = refused
    .map(
      ({ what, reason, sql }) =>
        `- ${what}: ${reason}${sql === undefined ? ' (its value is not shown here)' : ''}`,
    )
    .join('\n');
  return [
    {
      text: `This role could not give the restored database all that belonged to the old one:\n${what}`,
      sql: refused.flatMap(({ sql }) => sql ?? []),
    },
  ];
}

function notesOfPrivileges(database: string, lost: PrivilegesLost | undefined): Note[] {
  if (!lost) return [];
  const { roles, grantedToPublic, revokedFromPublic, script, administratorScript } = lost;
  const sql = [
    ...script,
    ...(administratorScript.length > 0
      ? ['-- The rest is for an administrator of the server.', ...administratorScript]
      : []),
  ];
  if (sql.length === 0) return [];
  const who = roles.map(({ role, owns, holds }) => {
    const parts = [holds > 0 && `rights on ${holds}`, owns > 0 && `owner of ${owns}`];
    return `${quoted(role)} (${parts.filter((part) => part !== false).join(', ')})`;
  });
  const everybody = [
    grantedToPublic > 0 && `everybody had rights on ${grantedToPublic} objects`,
    revokedFromPublic > 0 && `${revokedFromPublic} objects had been closed to everybody, and are open again`,
  ].filter((part) => part !== false);
  const text =
    `Rights in the old database are not in the restored ${quoted(database)}, where all belongs to the role that restored` +
    `${who.length > 0 ? `. Without them are ${some(who)}` : ''}${everybody.length > 0 ? `; ${everybody.join(', and ')}` : ''}.`;
  return [{ text, sql }];
}

/** A long script is for the page of the run; a short one stands in the annotation, too. */
function whereTheSqlIs(sql: readonly string[]): string {
  const all = sql.join('\n');
  return all.length > 1_500
    ? `The ${sql.length} statements that give them back are in the summary of the job.`
    : `To be run in the restored database:\n${all}`;
}
