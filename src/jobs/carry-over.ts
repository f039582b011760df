import { quoted } from '../format.ts';
import { applyProperties, type Part, type RefusedProperty } from '../postgres/apply-properties.ts';
import { lostBy, type PrivilegesLost, stillLost } from '../postgres/privileges.ts';
import type { DatabaseProperties } from '../postgres/properties.ts';
import { propertyStatements } from '../postgres/property-statements.ts';
import { type Psql, uninterrupted } from '../postgres/psql.ts';
import { readAll } from '../postgres/read-all.ts';
import { unhindered } from '../postgres/unhindered.ts';
import type { Step } from '../step.ts';
import { annotationOf, describeGiven, notesOfPrivileges, notesOfRefused } from './carry-over-notes.ts';
import type { Replacement } from './replacement.ts';
import { explain } from './restore-failures.ts';
import type { Note } from './result.ts';

/** What an old database has that its archive does not bring back. */
export interface Belongings {
  properties: DatabaseProperties;
  /** Undefined where the archive's own rights are restored. */
  privileges: PrivilegesLost | undefined;
}

/**
 * Finds out what has to be carried over to the database that takes the place of the old one, if there is one.
 * @param only whether it is asked for the properties alone, and not for who loses rights, which has to be asked in the database
 * @throws ProcessFailure
 */
export async function readBelongings(
  { request, prepared }: Pick<Replacement, 'request' | 'prepared'>,
  step: Pick<Step, 'info' | 'warn'>,
  only?: 'properties',
): Promise<Belongings | undefined> {
  const { database, noOwner, noPrivileges } = request;
  const { psql, server } = prepared;
  if (!server.target) return undefined;
  const loses = only === undefined && (noOwner || noPrivileges);
  const all = await readAll(unhindered(psql, server.major), database, loses ? server.role : undefined);
  if (all.state === 'invalid') {
    step.info('The old database was left by a drop that was cut off: there is nothing to carry over');
    return undefined;
  }
  const { properties, privileges, reason } = all;
  if (reason !== undefined)
    step.warn(
      `Nobody can be told who had rights in the old database, since this role cannot enter it: ${reason}`,
    );
  return { properties, privileges };
}

/** The same with the rights alone that a restore like this is expected to lose, for as long as there is nothing to ask. */
export function expectedLoss(belongings: Belongings, { request }: Pick<Replacement, 'request'>): Belongings {
  const { privileges } = belongings;
  return { ...belongings, privileges: privileges && lostBy(request, privileges) };
}

/**
 * The same with the rights alone that have not come back with the archive.
 * @param restored what the restored database is called now
 * @throws ProcessFailure
 */
export async function actualLoss(
  belongings: Belongings,
  { request, prepared }: Pick<Replacement, 'request' | 'prepared'>,
  restored: string,
): Promise<Belongings> {
  const { privileges } = belongings;
  if (!privileges || (request.noOwner && request.noPrivileges)) return belongings;
  const { psql, server } = prepared;
  const lost = await stillLost(unhindered(psql, server.major), restored, server.role, privileges);
  return { ...belongings, privileges: lost };
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
 * Gives a restored database a part of what the old one has: its settings, or the rest, which are rights, comment and connection
 * limit. As far as the role may; tells in the log what has been given.
 * @param current what the restored database is called now
 * @param database what it is called in the end
 * @returns what the role may not give
 */
export async function carryOver(
  psql: Psql,
  current: string,
  database: string,
  { properties }: Belongings,
  part: Part,
  step: Pick<Step, 'info'>,
): Promise<RefusedProperty[]> {
  const { given, refused } = await applyProperties(psql, current, properties, part, database);
  const words = describeGiven(given);
  if (words !== '') step.info(`Carried over from the old database: ${words}`);
  return refused;
}

/** What has become of all that belonged to an old database: what the role could not give, and who has lost rights. */
export function carriedOver(
  database: string,
  { privileges }: Belongings,
  refused: readonly RefusedProperty[],
): CarriedOver {
  return {
    notes: [...notesOfRefused(refused), ...notesOfPrivileges(database, privileges)],
    withheld: refused.flatMap(({ what, sql }) => (sql === undefined ? [what] : [])),
  };
}

/**
 * Writes the statements into the log that would give a restored database everything that belonged to the old one, as long
 * as there is an old one to ask: nothing is lost then whatever happens later. Values that look like secrets are not shown.
 * @param role who restores, and will own the restored database
 */
export function noteDown(
  database: string,
  role: string,
  { properties, privileges }: Belongings,
  step: Pick<Step, 'info'>,
): void {
  const statements = [
    ...propertyStatements(properties, role).flatMap(({ sql, secret }) =>
      secret === undefined ? [`${sql(database)};`] : [],
    ),
    ...(privileges ? [...privileges.script, ...privileges.administratorScript] : []),
  ];
  if (statements.length === 0) return;
  step.info('What belongs to the old database and is not in the backup, as SQL:');
  for (const statement of statements) step.info(`  ${statement}`);
}

/** Warns of what was not carried over. Only now, with the restored database in its place, is there something to do about it. */
export function warnOf(notes: readonly Note[], step: Pick<Step, 'warn'>): void {
  for (const note of notes) step.warn(annotationOf(note));
}

/** What of a part the role may not give, and what else there is to say. */
export interface Given {
  refused: RefusedProperty[];
  notes: Note[];
}

/** As `carryOver`, for when there is no way back: a cancel does not end it, and what fails is told. */
export async function tryToCarryOver(
  psql: Psql,
  database: string,
  belongings: Belongings | undefined,
  part: Part,
  step: Pick<Step, 'info' | 'warn'>,
): Promise<Given> {
  if (!belongings) return { refused: [], notes: [] };
  try {
    const refused = await carryOver(uninterrupted(psql), database, database, belongings, part, step);
    return { refused, notes: [] };
  } catch (error) {
    const what = part === 'settings' ? 'settings' : 'rights';
    const text =
      `Database ${quoted(database)} could not be given the ${what} of the old one: ${explain(error).cause}\n` +
      'The log has the statements that do.';
    step.warn(text);
    return { refused: [], notes: [{ text }] };
  }
}
