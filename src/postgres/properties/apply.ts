import { quoted } from '../../base/format.ts';
import { maintenanceDatabase } from '../server/server.ts';
import type { Psql } from '../session/psql.ts';
import { identifier } from '../session/sql-text.ts';
import { tryEach, tryTogether } from '../session/try-statements.ts';
import { type DatabaseProperties, readProperties } from './read.ts';
import {
  clearCommentStatement,
  openingStatement,
  type PropertyKind,
  type PropertyStatement,
  propertyStatements,
  resetStatement,
} from './statements.ts';

/** What has become of the properties of another database. */
export interface Applied {
  /** What the new database has got, each by its kind. */
  given: PropertyKind[];
  refused: RefusedProperty[];
}

/** A property that a database has not got, because the role may not give it. */
export interface RefusedProperty {
  kind: PropertyKind;
  /** `the setting "log_min_duration_statement"` */
  what: string;
  /** In the server's words, where it was asked. */
  reason: string;
  /**
   * The statement for whoever may run it, with its semicolon; undefined where it would show what looks like a secret, in
   * a log that others may read.
   */
  sql: string | undefined;
}

/**
 * Gives a database the settings of another, as far as this role may: when it is full, since functions that ANALYZE runs depend on
 * them. Some get in the way of whoever works in the database afterwards (`default_transaction_read_only`, `role`): see `withSessionOverrides`.
 * @param database owned by the role
 * @param finalName what it will be called when somebody runs the statements that are returned
 * @throws ProcessFailure if the connection is lost; Failure if the database is not there
 */
export async function applySettings(
  psql: Psql,
  database: string,
  properties: DatabaseProperties,
  finalName: string,
): Promise<Applied> {
  const { owner } = await readProperties(psql, database);
  const statements = propertyStatements(properties, owner).filter(({ last }) => !last);
  const made = statements.map(({ sql }) => sql(database));
  return outcome(statements, await tryEach(psql, maintenanceDatabase, made), finalName);
}

/**
 * Gives a database all but the settings, at once: rights, comment and the like, as far as this role may. It lets others in, or keeps
 * even the owner out (a connection limit of 0): nothing may be left to do in there. Owner and tablespace are left as they are, and
 * reported if they differ: the role would lose the one, and the other moves every file.
 * @param database owned by the role, and closed to others
 * @param finalName as above
 * @param end `rehearse` only finds out what the role may
 * @returns besides, the statements that the role may run, for the database under its final name
 * @throws ProcessFailure if it could not be done; Failure if the database is not there
 */
export async function applyRest(
  psql: Psql,
  database: string,
  properties: DatabaseProperties,
  finalName: string,
  end: 'commit' | 'rehearse',
): Promise<Applied & { statements: string[] }> {
  const current = await readProperties(psql, database);
  const statements = restOf(properties, current.owner);
  const made = statements.map(({ sql }) => sql(database));
  const outcomes = await tryTogether(psql, maintenanceDatabase, made, end);
  const { given, refused } = outcome(statements, outcomes, finalName);
  return {
    given: given.filter((kind) => kind !== 'as built in'),
    refused: [...refused, ...ownerAndTablespaceChanges(properties, current, finalName)],
    statements: statements.flatMap(({ sql }, index) =>
      outcomes[index] === undefined ? [sql(finalName)] : [],
    ),
  };
}

/** All statements but those of settings, for a database that is closed to others and has a comment of ours. */
export function restOf(properties: DatabaseProperties, owner: string): PropertyStatement[] {
  return [
    ...(properties.grants === null ? [openingStatement] : []),
    ...(properties.comment === null ? [clearCommentStatement] : []),
    ...propertyStatements(properties, owner).filter(({ last }) => last),
  ];
}

function outcome(
  statements: readonly PropertyStatement[],
  outcomes: readonly (string | undefined)[],
  finalName: string,
): Applied {
  const refused = statements.flatMap(({ kind, what, sql, secret }, index): RefusedProperty[] => {
    const reason = outcomes[index];
    if (reason === undefined) return [];
    if (secret === undefined) return [{ kind, what, reason, sql: `${sql(finalName)};` }];
    const shown = secret === '' ? reason : reason.replaceAll(secret, '…');
    return [{ kind, what, reason: shown, sql: undefined }];
  });
  return {
    given: statements.flatMap(({ kind }, index) => (outcomes[index] === undefined ? [kind] : [])),
    refused,
  };
}

function ownerAndTablespaceChanges(
  was: DatabaseProperties,
  is: DatabaseProperties,
  finalName: string,
): RefusedProperty[] {
  const alter = `ALTER DATABASE ${identifier(finalName)}`;
  const differing: RefusedProperty[] = [];
  if (was.tablespace !== is.tablespace) {
    const reason = `it was ${quoted(was.tablespace)}, and is ${quoted(is.tablespace)} now`;
    const sql = `${alter} SET TABLESPACE ${identifier(was.tablespace)};`;
    differing.push({ kind: 'tablespace', what: 'the tablespace', reason, sql });
  }
  if (was.owner !== is.owner) {
    const reason = `it was ${quoted(was.owner)}, and is ${quoted(is.owner)} now, who restored it`;
    differing.push({
      kind: 'owner',
      what: 'the owner',
      reason,
      sql: `${alter} OWNER TO ${identifier(was.owner)};`,
    });
  }
  return differing;
}

/** Takes all settings from a database that it has been given. Throws a ProcessFailure if the connection is lost. */
export async function resetSettings(psql: Psql, database: string): Promise<void> {
  const { settings } = await readProperties(psql, database);
  const statements = settings.map((setting) => resetStatement(setting, database));
  await tryEach(psql, maintenanceDatabase, statements);
}

/**
 * Which settings of an old database would be lost with it: the role may not make them in another one, and their values look
 * like secrets, which are not written down anywhere.
 * @param empty a new database, owned by the role, to try them on
 * @returns what they are, in words
 * @throws ProcessFailure if the connection is lost
 */
export async function settingsThatWouldBeLost(
  psql: Psql,
  empty: string,
  properties: DatabaseProperties,
): Promise<string[]> {
  const secrets = propertyStatements(properties, properties.owner).filter(
    ({ secret }) => secret !== undefined,
  );
  if (secrets.length === 0) return [];
  const outcomes = await tryTogether(
    psql,
    maintenanceDatabase,
    secrets.map(({ sql }) => sql(empty)),
    'rehearse',
  );
  return secrets.flatMap(({ what }, index) => (outcomes[index] === undefined ? [] : [what]));
}
