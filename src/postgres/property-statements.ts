import { quoted } from '../format.ts';
import type { DatabaseProperties, Grant, Setting } from './properties.ts';
import { holdsCredential } from './secretive.ts';
import { identifier, listElements, literal } from './sql-text.ts';

export type PropertyKind =
  | 'setting'
  | 'right'
  | 'withdrawn right'
  | 'comment'
  | 'connection limit'
  | 'closed to connections'
  | 'owner'
  | 'tablespace';

/** One property, and the statement that gives it to a database of any name. */
export interface PropertyStatement {
  kind: PropertyKind;
  /** `the setting "search_path"` */
  what: string;
  sql: (database: string) => string;
  /** A part of the statement that looks like a secret, and is not to be shown. */
  secret?: string;
}

/**
 * The statements that give a new database, owned by `newOwner`, the properties of another. What may keep
 * even its owner out comes last.
 */
export function propertyStatements(
  { owner, connectionLimit, allowConnections, comment, settings, grants }: DatabaseProperties,
  newOwner: string,
): PropertyStatement[] {
  const statements = [...grantStatements(grants, owner, newOwner), ...settings.map(settingStatement)];
  if (comment !== null) {
    const sql = (database: string): string =>
      `COMMENT ON DATABASE ${identifier(database)} IS ${literal(comment)}`;
    statements.push({ kind: 'comment', what: 'the comment', sql });
  }
  // -2 is no limit but the mark of a database that a drop has left half done.
  if (connectionLimit >= 0) {
    const sql = (database: string): string =>
      `ALTER DATABASE ${identifier(database)} CONNECTION LIMIT ${connectionLimit}`;
    statements.push({ kind: 'connection limit', what: 'the connection limit', sql });
  }
  if (!allowConnections) {
    const sql = (database: string): string =>
      `ALTER DATABASE ${identifier(database)} ALLOW_CONNECTIONS false`;
    statements.push({ kind: 'closed to connections', what: 'that nobody may connect', sql });
  }
  return statements;
}

const allRights = ['CONNECT', 'CREATE', 'TEMPORARY'];

/**
 * A new database has the built-in rights: all for its owner, CONNECT and TEMPORARY for PUBLIC. An owner whose database
 * gets another one keeps its rights by a grant, the right to hand them on included.
 */
function grantStatements(grants: Grant[] | null, owner: string, newOwner: string): PropertyStatement[] {
  const sameOwner = owner === newOwner;
  if (grants === null) {
    return sameOwner ? [] : [granting({ grantee: owner, privileges: allRights, grantable: true })];
  }
  const statements = [revoking(allRights, null)];
  if (sameOwner) {
    const kept = grants.filter(({ grantee }) => grantee === owner).flatMap(({ privileges }) => privileges);
    const givenUp = allRights.filter((privilege) => !kept.includes(privilege));
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
    what: `the right to ${privileges.join(', ')} for ${named(grantee)}`,
    sql: (database) =>
      `GRANT ${privileges.join(', ')} ON DATABASE ${identifier(database)} TO ${role(grantee)}${end}`,
  };
}

function revoking(privileges: string[], grantee: string | null): PropertyStatement {
  return {
    kind: 'withdrawn right',
    what: `the lack of the right to ${privileges.join(', ')} for ${named(grantee)}`,
    sql: (database) =>
      `REVOKE ${privileges.join(', ')} ON DATABASE ${identifier(database)} FROM ${role(grantee)}`,
  };
}

function role(name: string | null): string {
  return name === null ? 'PUBLIC' : identifier(name);
}

function named(role: string | null): string {
  return role === null ? 'everybody (PUBLIC)' : quoted(role);
}

/**
 * The parameters whose lists the server quotes element by element; extensions cannot add any.
 * https://github.com/postgres/postgres/blob/master/src/backend/utils/misc/guc_parameters.dat (GUC_LIST_QUOTE)
 */
const quotedLists = new Set([
  'local_preload_libraries',
  'search_path',
  'session_preload_libraries',
  'shared_preload_libraries',
  'temp_tablespaces',
  'unix_socket_directories',
]);

/**
 * Applications keep secrets in parameters of their own (`app.settings.jwt_secret`, `app.dsn`), and nobody knows how they call
 * them; the server has none among its own, nor have these extensions.
 */
const knownParameter =
  /^([^.]*$|(auto_explain|cron|pgaudit|pg_hint_plan|pg_stat_statements|plpgsql|postgis|timescaledb)\.)/i;

function settingStatement({ role: whose, name, value }: Setting): PropertyStatement {
  const isList = quotedLists.has(name.toLowerCase());
  const elements = isList ? listElements(value) : [value];
  const to = elements.length === 0 ? "''" : elements.map(literal).join(', ');
  const setting = `SET ${name.split('.').map(identifier).join('.')} TO ${to}`;
  return {
    kind: 'setting',
    what: `the setting ${quoted(name)}${whose === null ? '' : ` of role ${quoted(whose)}`}`,
    sql: (database) =>
      whose === null
        ? `ALTER DATABASE ${identifier(database)} ${setting}`
        : `ALTER ROLE ${identifier(whose)} IN DATABASE ${identifier(database)} ${setting}`,
    ...((!knownParameter.test(name) || (!isList && holdsCredential(value))) && { secret: value }),
  };
}
