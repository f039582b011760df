import { quoted } from '../format.ts';
import { attempt } from './attempt.ts';
import { type DatabaseProperties, readProperties } from './properties.ts';
import { type PropertyKind, propertyStatements, resetStatement } from './property-statements.ts';
import type { Psql } from './psql.ts';
import { maintenanceDatabase } from './server.ts';
import { identifier } from './sql-text.ts';

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
 * Which properties: the settings, when the database is full, since functions that ANALYZE runs depend on them; the rest when nothing
 * is left to do in there, since it may keep even the owner out (a connection limit of 0) and lets others in.
 */
export type Part = 'settings' | 'rest';

/**
 * Gives a database a part of the properties of another, as far as this role may. Owner and tablespace are left as they are, and
 * reported with the rest if they differ: the role would lose the one, and the other moves every file.
 *
 * Some settings get in the way of whoever works in the database afterwards (`default_transaction_read_only`,
 * `statement_timeout`, `role`): see `unhindered`.
 * @param database owned by the role, with nothing but built-in properties
 * @param finalName what it will be called when somebody runs the statements that are returned
 * @throws ProcessFailure if the connection is lost; Failure if the database is not there
 */
export async function applyProperties(
  psql: Psql,
  database: string,
  properties: DatabaseProperties,
  part: Part,
  finalName: string,
): Promise<Applied> {
  const current = await readProperties(psql, database);
  const statements = propertyStatements(properties, current.owner).filter(
    ({ last }) => last === (part === 'rest'),
  );
  const outcomes = await attempt(
    psql,
    maintenanceDatabase,
    statements.map(({ sql }) => sql(database)),
  );
  const refused = statements.flatMap(({ kind, what, sql, secret }, index): RefusedProperty[] => {
    const reason = outcomes[index];
    if (reason === undefined) return [];
    if (secret === undefined) return [{ kind, what, reason, sql: `${sql(finalName)};` }];
    const shown = secret === '' ? reason : reason.replaceAll(secret, '…');
    return [{ kind, what, reason: shown, sql: undefined }];
  });
  return {
    given: statements.flatMap(({ kind }, index) => (outcomes[index] === undefined ? [kind] : [])),
    refused: part === 'rest' ? [...refused, ...moved(properties, current, finalName)] : refused,
  };
}

function moved(was: DatabaseProperties, is: DatabaseProperties, finalName: string): RefusedProperty[] {
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
  await attempt(psql, maintenanceDatabase, statements);
}
