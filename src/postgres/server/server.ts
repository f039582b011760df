import { Failure } from '../../base/failure.ts';
import { ProcessFailure } from '../../base/process.ts';
import { explainServerError } from '../errors/explain.ts';
import { describeDatabase, directConnectionParameter } from '../session/connection.ts';
import { ask, type Psql } from '../session/psql.ts';
import { restoreMarkBeginning } from './database-names.ts';
import type { Locale } from './locale.ts';

export interface Server {
  /** `17.6` */
  version: string;
  major: number;
  /** Whether the session is with the server itself, and not lent by a pooler such as pgBouncer. */
  direct: boolean;
  /** How many more sessions of this role it would take at once, about; undefined if that was not asked. */
  spareSessions?: number;
}

export interface DatabaseFacts extends Server {
  /** In bytes, as it lies on the server's disk. */
  size: number;
  locale: Locale;
}

/** What a restore has to know before it changes anything. */
export interface RestoreFacts extends Server {
  /** Whether it is a cluster of Azure's (Citus), which has one database and makes no other. */
  elasticCluster: boolean;
  inRecovery: boolean;
  readOnly: boolean;
  role: string;
  mayCreateDatabases: boolean;
  /** The database that is to be replaced, if there is one. */
  target: TargetFacts | null;
}

export interface TargetFacts {
  /** By which it is known again, whatever it is called. */
  oid: number;
  owner: string;
  /** Whether the role may drop and rename it: it is the owner, or has the owner's privileges. */
  owned: boolean;
  isTemplate: boolean;
  /** Whether a drop was cut off, or a restore into it: it has nothing that would have to be kept. */
  unfinished: boolean;
  preparedTransactions: number;
  /** Names of the applications that are connected, with how many sessions each has. */
  sessions: Record<string, number>;
  locale: Locale;
}

/**
 * The columns of `pg_database` differ between versions (`daticulocale` in 15 and 16, `datlocale` since 17), hence
 * the detour over JSON: a column that is not there is null.
 */
const localeOf = (row: string): string => `json_build_object(
    'encoding', pg_encoding_to_char(${row}.encoding),
    'collation', ${row}.datcollate,
    'characterType', ${row}.datctype,
    'provider', coalesce(to_jsonb(${row}) ->> 'datlocprovider', ''),
    'locale', coalesce(to_jsonb(${row}) ->> 'datlocale', to_jsonb(${row}) ->> 'daticulocale', ''),
    'icuRules', coalesce(to_jsonb(${row}) ->> 'daticurules', ''))`;

/**
 * Who may not see another role's sessions is not told their kind either, only that they are there; the server's own
 * processes have no user.
 */
export const isClient =
  "usesysid IS NOT NULL AND coalesce(backend_type, 'client backend') = 'client backend'";

/** Servers before 10, which have no `backend_type`, can be asked as well, and be told of as too old. */
const sessions = `(SELECT datid, usesysid, application_name, to_jsonb(a) ->> 'backend_type' AS backend_type
              FROM pg_stat_activity AS a) AS a`;

const version = `
    'version', split_part(current_setting('server_version'), ' ', 1),
    'major', current_setting('server_version_num')::int / 10000,
    'direct', coalesce(current_setting('${directConnectionParameter}', true) = 'on', false),
    'spareSessions', least(
      current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
        - coalesce(current_setting('reserved_connections', true)::int, 0)
        - (SELECT count(*) FROM ${sessions} WHERE ${isClient}),
      (SELECT nullif(rolconnlimit, -1) - (SELECT count(*) FROM ${sessions} WHERE usesysid = r.oid)
        FROM pg_roles AS r WHERE rolname = session_user),
      (SELECT nullif(datconnlimit, -1) - (SELECT count(*) FROM ${sessions} WHERE datid = d.oid AND ${isClient})
        FROM pg_database AS d WHERE datname = current_database()))`;

/**
 * Asks about the server and one of its databases, connected to that database.
 * @throws Failure if the server can't be reached or refuses
 */
export async function databaseFacts(psql: Psql, database: string): Promise<DatabaseFacts> {
  return explainingErrors(psql, database, () =>
    ask<DatabaseFacts>(
      psql,
      database,
      `SELECT json_build_object(${version},
    'size', pg_database_size(oid),
    'locale', ${localeOf('pg_database')})
  FROM pg_database WHERE datname = current_database()`,
    ),
  );
}

/** The database to be in while another one is dropped, made or renamed. */
export const maintenanceDatabase = 'postgres';

/**
 * Asks how large a database is on the server's disk. It is not entered, so that nothing which is set for it plays a part.
 * @returns bytes
 * @throws Failure if the server can't be reached or refuses
 */
export async function databaseSize(psql: Psql, database: string): Promise<number> {
  return explainingErrors(psql, maintenanceDatabase, () =>
    ask<number>(psql, maintenanceDatabase, "SELECT pg_database_size(:'database')", { database }),
  );
}

/**
 * Asks what a restore of `target` would meet. Changes nothing.
 * @throws Failure if the server can't be reached or refuses
 */
export async function restoreFacts(psql: Psql, target: string): Promise<RestoreFacts> {
  return explainingErrors(psql, maintenanceDatabase, () =>
    ask<RestoreFacts>(
      psql,
      maintenanceDatabase,
      `SELECT json_build_object(${version},
    'elasticCluster', current_setting('citus.version', true) IS NOT NULL AND current_setting('azure.extensions', true) IS NOT NULL,
    'inRecovery', pg_is_in_recovery(),
    'readOnly', current_setting('transaction_read_only')::boolean,
    'role', current_user,
    'mayCreateDatabases', (SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user),
    'target', (SELECT json_build_object(
        'oid', d.oid::bigint,
        'owner', pg_get_userbyid(d.datdba),
        'owned', pg_has_role(d.datdba, 'USAGE'),
        'isTemplate', d.datistemplate,
        'unfinished', d.datconnlimit = -2 OR coalesce(starts_with(shobj_description(d.oid, 'pg_database'), :'mark'), false),
        'preparedTransactions', (SELECT count(*) FROM pg_prepared_xacts WHERE database = d.datname),
        'sessions', (SELECT coalesce(json_object_agg(application, sessions), '{}') FROM (
            SELECT coalesce(nullif(application_name, ''), 'unnamed') AS application, count(*) AS sessions
            FROM ${sessions} WHERE datid = d.oid AND ${isClient}
            GROUP BY 1) AS connected),
        'locale', ${localeOf('d')})
      FROM pg_database AS d WHERE d.datname = :'target'))`,
      { target, mark: restoreMarkBeginning },
    ),
  );
}

/** Gives an error of psql as a `Failure` that names the server, the database and the role. psql exits with 2 if it could not connect. */
export async function explainingErrors<T>(psql: Psql, database: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ProcessFailure)) throw error;
    throw new Failure(
      {
        tried: `${error.exitCode === 2 ? 'Connecting to' : 'Asking'} ${describeDatabase(psql.connection, database)}`,
        ...explainServerError(error, { role: psql.connection.user, database }),
      },
      { cause: error },
    );
  }
}
