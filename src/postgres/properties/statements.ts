import { quoted } from '../../base/format.ts';
import { holdsCredential, identifier, isQuotedList, listElements, literal } from '../session/sql-text.ts';
import {
  type DatabaseProperties,
  type DatabaseRight,
  databaseRights,
  type Grant,
  type Setting,
} from './read.ts';

export type PropertyKind =
  | 'setting'
  | 'right'
  | 'withdrawn right'
  | 'comment'
  | 'connection limit'
  | 'closed to connections'
  | 'template'
  | 'as built in'
  | 'owner'
  | 'tablespace';

/** One property, and the statement that gives it to a database of any name. */
export interface PropertyStatement {
  kind: PropertyKind;
  /**
   * Whether it has to wait until all is done in the database: it may keep even the owner out, or lets others in. A database
   * is filled and analyzed under the settings that do not wait.
   */
  last: boolean;
  /** `the setting "search_path"` */
  what: string;
  sql: (database: string) => string;
  /** A part of the statement that looks like a secret, and is not to be shown. */
  secret?: string;
}

/**
 * The statements that give a new database, owned by `newOwner`, the properties of another: settings first, since functions
 * depend on them, and what may keep even its owner out last.
 */
export function propertyStatements(
  { owner, connectionLimit, allowConnections, isTemplate, comment, settings, grants }: DatabaseProperties,
  newOwner: string,
): PropertyStatement[] {
  const made = settings.map(settingStatement);
  const statements = [
    ...made.filter((setting) => !setting.last),
    ...made.filter((setting) => setting.last),
    ...grantStatements(grants, owner, newOwner),
  ];
  const add = (kind: PropertyKind, what: string, sql: (database: string) => string): void => {
    statements.push({ kind, last: true, what, sql: (database) => sql(identifier(database)) });
  };
  if (comment !== null)
    add('comment', 'the comment', (name) => `COMMENT ON DATABASE ${name} IS ${literal(comment)}`);
  // -2 is no limit but the mark of a database that a drop has left half done.
  if (connectionLimit >= 0)
    add(
      'connection limit',
      'the connection limit',
      (name) => `ALTER DATABASE ${name} CONNECTION LIMIT ${connectionLimit}`,
    );
  if (isTemplate)
    add('template', 'that it is a template', (name) => `ALTER DATABASE ${name} IS_TEMPLATE true`);
  if (!allowConnections)
    add(
      'closed to connections',
      'that nobody may connect',
      (name) => `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`,
    );
  return statements;
}

/**
 * A new database has the built-in rights: all for its owner, CONNECT and TEMPORARY for PUBLIC. An owner whose database
 * gets another one keeps its rights by a grant, the right to hand them on included.
 */
function grantStatements(grants: Grant[] | null, owner: string, newOwner: string): PropertyStatement[] {
  const sameOwner = owner === newOwner;
  if (grants === null) {
    return sameOwner ? [] : [granting({ grantee: owner, privileges: databaseRights, grantable: true })];
  }
  const statements = [revoking(databaseRights, null)];
  if (sameOwner) {
    const kept = grants.filter(({ grantee }) => grantee === owner).flatMap(({ privileges }) => privileges);
    const givenUp = databaseRights.filter((privilege) => !kept.includes(privilege));
    if (givenUp.length > 0) statements.push(revoking(givenUp, owner));
  }
  for (const grant of grants) {
    if (grant.grantee === newOwner) continue;
    statements.push(granting({ ...grant, grantable: grant.grantable || grant.grantee === owner }));
  }
  return statements;
}

function granting({ grantee, privileges, grantable }: Grant): PropertyStatement {
  const end = grantable ? ' WITH GRANT OPTION' : '';
  return {
    kind: 'right',
    last: true,
    what: `the right to ${privileges.join(', ')} for ${roleName(grantee)}`,
    sql: (database) =>
      `GRANT ${privileges.join(', ')} ON DATABASE ${identifier(database)} TO ${role(grantee)}${end}`,
  };
}

function revoking(privileges: readonly DatabaseRight[], grantee: string | null): PropertyStatement {
  return {
    kind: 'withdrawn right',
    last: true,
    what: `the lack of the right to ${privileges.join(', ')} for ${roleName(grantee)}`,
    sql: (database) =>
      `REVOKE ${privileges.join(', ')} ON DATABASE ${identifier(database)} FROM ${role(grantee)}`,
  };
}

function role(name: string | null): string {
  return name === null ? 'PUBLIC' : identifier(name);
}

function roleName(role: string | null): string {
  return role === null ? 'everybody (PUBLIC)' : quoted(role);
}

/**
 * Applications keep secrets in parameters of their own (`app.settings.jwt_secret`, `app.dsn`), and nobody knows how they call
 * them; the server has none among its own, nor have these extensions.
 */
const knownParameter =
  /^([^.]*$|(auto_explain|cron|pgaudit|pg_hint_plan|pg_stat_statements|plpgsql|postgis|timescaledb)\.)/i;

/** A library that this server lacks ends every session in the database at its start. */
const preloads = /^(local|session)_preload_libraries$/i;

function settingStatement({ role: whose, name, value }: Setting): PropertyStatement {
  const isList = isQuotedList(name);
  const elements = isList ? listElements(value) : [value];
  const to = elements.length === 0 ? "''" : elements.map(literal).join(', ');
  return {
    kind: 'setting',
    last: preloads.test(name),
    what: `the setting ${quoted(name)}${whose === null ? '' : ` of role ${quoted(whose)}`}`,
    sql: (database) => `${altering(whose, database)} SET ${parameterName(name)} TO ${to}`,
    ...((!knownParameter.test(name) || (!isList && holdsCredential(value))) && { secret: value }),
  };
}

/** The statement that lets nobody but its owner connect to a new database. */
export const closingStatement = (database: string): string =>
  `REVOKE CONNECT ON DATABASE ${identifier(database)} FROM PUBLIC`;

/** What gives a database that was closed, and has our comment, what is built in. */
export const openingStatement: PropertyStatement = {
  kind: 'as built in',
  last: true,
  what: 'the right to CONNECT for everybody (PUBLIC)',
  sql: (database) => `GRANT CONNECT ON DATABASE ${identifier(database)} TO PUBLIC`,
};
export const clearCommentStatement: PropertyStatement = {
  kind: 'as built in',
  last: true,
  what: 'the lack of a comment',
  sql: (database) => `COMMENT ON DATABASE ${identifier(database)} IS NULL`,
};

/** The statement that takes a setting back. */
export function resetStatement({ role: whose, name }: Setting, database: string): string {
  return `${altering(whose, database)} RESET ${parameterName(name)}`;
}

function altering(role: string | null, database: string): string {
  const name = identifier(database);
  return role === null ? `ALTER DATABASE ${name}` : `ALTER ROLE ${identifier(role)} IN DATABASE ${name}`;
}

/** Its parts are names, so that no word of the SQL standard stands for something else. */
function parameterName(name: string): string {
  return name.split('.').map(identifier).join('.');
}
