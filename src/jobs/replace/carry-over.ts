import { quoted } from '../../base/format.ts';
import type { Step } from '../../base/step.ts';
import { applyRest, applySettings, type RefusedProperty, restOf } from '../../postgres/properties/apply.ts';
import { propertyStatements } from '../../postgres/properties/statements.ts';
import { type Psql, uninterrupted } from '../../postgres/session/psql.ts';
import type { PrivilegesPlan } from '../preflight/privileges/plan.ts';
import type { Note } from '../result.ts';
import { describeGiven, notesOfPrivileges, notesOfRefused, type PropertySource } from './carry-over-notes.ts';
import type { CarryOverSource } from './carry-over-source.ts';
import { diagnose } from './failures.ts';

/** What has become of the belongings of a database. */
export interface CarriedOver {
  notes: Note[];
  /**
   * Settings that the role may not make and whose values look like secrets: they are not shown, and only the old database
   * has them.
   */
  withheld: string[];
}

/**
 * Gives a restored database the settings that it is to have, as far as the role may.
 * @param current what it is called now
 * @param database what it is called in the end
 * @returns those that the role may not make
 */
export async function applySettingsTo(
  psql: Psql,
  current: string,
  database: string,
  { properties, source }: CarryOverSource,
  step: Pick<Step, 'info'>,
): Promise<RefusedProperty[]> {
  const { given, refused } = await applySettings(psql, current, properties, database);
  tellGiven(describeGiven(given), source, step);
  return refused;
}

/**
 * Finds out what a restored database can be given besides settings, for the swap to give it.
 * @returns the statements, and what the role may not give
 */
export async function rehearseProperties(
  psql: Psql,
  current: string,
  database: string,
  { properties, source }: CarryOverSource,
  step: Pick<Step, 'info'>,
): Promise<{ statements: string[]; refused: RefusedProperty[] }> {
  const { given, refused, statements } = await applyRest(psql, current, properties, database, 'rehearse');
  tellGiven(describeGiven(given), source, step);
  return { statements, refused };
}

function tellGiven(words: string, source: PropertySource, step: Pick<Step, 'info'>): void {
  const from = source === 'old' ? 'the old database' : 'the backup';
  if (words !== '') step.info(`Carried over from ${from}: ${words}`);
}

/** What has become of all that a database was to have: what the role could not give, and who has lost rights. */
export function carriedOver(
  database: string,
  { privileges, source }: CarryOverSource,
  refused: readonly RefusedProperty[],
  { gaining }: Pick<PrivilegesPlan, 'gaining'>,
): CarriedOver {
  return {
    notes: [...notesOfRefused(refused, source), ...notesOfPrivileges(database, privileges, source, gaining)],
    withheld: source === 'old' ? refused.flatMap(({ what, sql }) => (sql === undefined ? [what] : [])) : [],
  };
}

/**
 * Writes down the statements that would give a restored database everything that belonged to the old one, as long
 * as there is an old one to ask: nothing is lost then whatever happens later. Values that look like secrets are not shown.
 * @param role who restores, and will own the restored database
 * @param write a line: into the log where the old one is about to be dropped, into debug logs where it stays until all is carried over
 */
export function logCarryOver(
  database: string,
  role: string,
  { properties, privileges, source }: CarryOverSource,
  write: (line: string) => void,
): void {
  if (source !== 'old') return;
  const statements = [
    ...propertyStatements(properties, role).flatMap(({ sql, secret }) =>
      secret === undefined ? [`${sql(database)};`] : [],
    ),
    ...(privileges ? [...privileges.script, ...privileges.administratorScript] : []),
  ];
  if (statements.length === 0) return;
  write('Properties and rights of the old database that are not in the backup, as SQL:');
  for (const statement of statements) write(`  ${statement}`);
}

/** Warns of what was not carried over. Only now, with the restored database in its place, is there something to do about it. */
export function warnOfNotes(notes: readonly Note[], step: Pick<Step, 'warn'>): void {
  for (const note of notes) if (!note.quiet) step.warn(note.text, note.sql);
}

/** What the role may not give, and what else there is to say. */
export interface CarryOverOutcome {
  refused: RefusedProperty[];
  notes: Note[];
}

/** As `applySettingsTo`, for when there is no way back: a cancel does not end it, and what fails is told. */
export async function tryToApplySettings(
  psql: Psql,
  database: string,
  belongings: CarryOverSource,
  step: Pick<Step, 'info' | 'warn'>,
): Promise<CarryOverOutcome> {
  try {
    const refused = await applySettingsTo(uninterrupted(psql), database, database, belongings, step);
    return { refused, notes: [] };
  } catch (error) {
    const statements = propertyStatements(belongings.properties, psql.connection.user).filter(
      ({ last }) => !last,
    );
    const sql = statements.flatMap((one) => (one.secret === undefined ? [`${one.sql(database)};`] : []));
    return failed(`The settings of database ${quoted(database)} could not be restored`, sql, error, step);
  }
}

/** Gives a database the rest of what it is to have, in the same way, and lets others in by that. */
export async function tryToApplyProperties(
  psql: Psql,
  database: string,
  { properties, source }: CarryOverSource,
  step: Pick<Step, 'info' | 'warn'>,
): Promise<CarryOverOutcome> {
  try {
    const patient = uninterrupted(psql);
    const { given, refused } = await applyRest(patient, database, properties, database, 'commit');
    tellGiven(describeGiven(given), source, step);
    return { refused, notes: [] };
  } catch (error) {
    const role = psql.connection.user;
    const sql = restOf(properties, role).map(({ sql }) => `${sql(database)};`);
    const text = `Only ${quoted(role)} can connect to database ${quoted(database)} yet, since its privileges could not be restored`;
    return failed(text, sql, error, step);
  }
}

/**
 * Leaves a database closed to others, whose rights in it could not be taken away, and tells what is left to do.
 * @param statements that would have taken them away, each without a semicolon
 */
export function leftClosed(
  database: string,
  role: string,
  statements: readonly string[],
  { properties }: CarryOverSource,
  error: unknown,
  step: Pick<Step, 'warn'>,
): CarryOverOutcome {
  const open = restOf(properties, role).map(({ sql }) => `${sql(database)};`);
  const text = `Only ${quoted(role)} can connect to database ${quoted(database)} yet, since privileges of others in it could not be revoked`;
  const inside = [`-- In database ${quoted(database)}:`, ...statements.map((sql) => `${sql};`)];
  const sql = [...inside, '-- Then, in database postgres:', ...open];
  return failed(text, sql, error, step, 'Run this in order:');
}

function failed(
  state: string,
  sql: readonly string[],
  error: unknown,
  step: Pick<Step, 'warn'>,
  advice = 'Run this in database postgres:',
): CarryOverOutcome {
  const text = `${state}: ${diagnose(error).cause}\n${advice}`;
  const note = { text, sql };
  step.warn(note.text, note.sql);
  return { refused: [], notes: [note] };
}
