import { ProcessFailure } from '../../base/process.ts';
import { explainServerError } from '../errors/explain.ts';
import { type LostPrivileges, lostPrivileges } from '../privileges/lost-privileges.ts';
import { maintenanceDatabase } from '../server/server.ts';
import { ask, type Psql } from '../session/psql.ts';
import { type DatabaseProperties, readProperties } from './read.ts';
import { readReplacedMark, readRestoreMark } from './restore-mark.ts';

/** What a database has that its archive does not bring back. */
export type OldDatabase = { state: 'invalid' } | UnfinishedRestore | ReadableDatabase;

/** A restore into it was cut off. */
export interface UnfinishedRestore {
  state: 'unfinished';
  /** Of the database that it was to replace, where that is known. */
  properties?: DatabaseProperties;
}

export interface ReadableDatabase {
  state: 'valid';
  properties: DatabaseProperties;
  /** Undefined if they were not asked for, or cannot be found out. */
  privileges?: LostPrivileges;
  /** Why they cannot be found out: nobody gets into the database, or this role does not. */
  reason?: string;
}

/**
 * Reads what belongs to a database, and who loses rights in it. A drop that was cut off leaves a database that cannot be
 * entered, and only be dropped; it is `invalid`. https://www.postgresql.org/docs/release/15.4/ One that a restore was filling has
 * nothing of its own.
 * @param role who will own everything in the restored database; undefined if its archive brings the rights back
 * @throws Failure if there is no such database; ProcessFailure if the server refuses
 */
export async function readOldDatabase(
  psql: Psql,
  database: string,
  role: string | undefined,
): Promise<OldDatabase> {
  const read = await readProperties(psql, database);
  const replaced = readReplacedMark(read.comment); // one that a person has put back into its place
  const properties = replaced ? { ...read, comment: replaced.comment } : read;
  if (properties.connectionLimit === -2) return { state: 'invalid' };
  const mark = readRestoreMark(properties.comment);
  if (mark) return { state: 'unfinished', ...(mark.properties && { properties: mark.properties }) };
  if (role === undefined) return { state: 'valid', properties };
  try {
    return { state: 'valid', properties, privileges: await lostPrivileges(psql, database, role) };
  } catch (error) {
    // psql exits with 2 if it could not connect.
    if (!(error instanceof ProcessFailure && error.exitCode === 2)) throw error;
    if (!(await mayBeClosed(psql, database))) throw error;
    return { state: 'valid', properties, reason: explainServerError(error).cause };
  }
}

/** Whether something about the database itself keeps this role out; the server's words for it are in any language. */
async function mayBeClosed(psql: Psql, database: string): Promise<boolean> {
  const query = `SELECT json_build_object('closed', NOT datallowconn OR datconnlimit >= 0
      OR NOT has_database_privilege(oid, 'CONNECT'))
    FROM pg_database WHERE datname = :'database'`;
  return (await ask<{ closed: boolean }>(psql, maintenanceDatabase, query, { database })).closed;
}
