import type { Step } from '../../base/step.ts';
import { type LostPrivileges, lostBy, stillLost } from '../../postgres/privileges/lost-privileges.ts';
import { readOldDatabase } from '../../postgres/properties/old-database.ts';
import type { DatabaseProperties } from '../../postgres/properties/read.ts';
import { withSessionOverrides } from '../../postgres/server/session-overrides.ts';
import type { PropertySource } from './carry-over-notes.ts';
import type { Replacement } from './replacement.ts';

/** What a database is to have besides what `pg_restore` brings back. */
export interface CarryOverSource {
  /** Of the old database, or of the one that the backup was made of. */
  source: PropertySource;
  properties: DatabaseProperties;
  /** Undefined where the archive's own rights are restored, or where they cannot be found out. */
  privileges: (Omit<LostPrivileges, 'rights'> & Partial<Pick<LostPrivileges, 'rights'>>) | undefined;
}

/**
 * Finds out what a restored database is to have: what the old one has, whose place it takes. Where there is none, or only what is
 * left of one, it is what the backup says of the database that it was made of.
 * @param only whether it is asked for the properties alone, and not for who loses rights, which has to be asked in the database
 * @throws ProcessFailure
 */
export async function readCarryOverSource(
  { request, prepared, original }: Pick<Replacement, 'request' | 'prepared' | 'original'>,
  step: Pick<Step, 'info' | 'warn'>,
  only?: 'properties',
): Promise<CarryOverSource> {
  const { database, noOwner, noPrivileges } = request;
  const { psql, server } = prepared;
  const ofBackup: CarryOverSource = {
    source: 'original',
    properties: original?.properties ?? builtIn(server.role),
    privileges: original?.privileges,
  };
  if (!server.target) return ofBackup;
  const loses = only === undefined && (noOwner || noPrivileges);
  const all = await readOldDatabase(
    withSessionOverrides(psql, server.major),
    database,
    loses ? server.role : undefined,
  );
  if (all.state === 'invalid') {
    if (only === undefined)
      step.info(
        'The old database is what an interrupted drop has left, with nothing to carry over: settings and rights come from the backup',
      );
    return ofBackup;
  }
  if (all.state === 'unfinished') {
    return all.properties ? { ...ofBackup, source: 'old', properties: all.properties } : ofBackup;
  }
  const { properties, privileges, reason } = all;
  if (reason !== undefined)
    step.warn(
      `Who had privileges in the old database is unknown, since this role cannot connect to it: ${reason}`,
    );
  return { source: 'old', properties, privileges };
}

/** What a database has of which nothing is known. */
function builtIn(owner: string): DatabaseProperties {
  return {
    ...{ owner, tablespace: 'pg_default', connectionLimit: -1, allowConnections: true, isTemplate: false },
    ...{ comment: null, settings: [], grants: null },
  };
}

/** The same with the rights alone that a restore like this is expected to lose, for as long as there is nothing to ask. */
export function expectedLoss(
  belongings: CarryOverSource,
  { request }: Pick<Replacement, 'request'>,
): CarryOverSource {
  const { privileges } = belongings;
  if (!privileges?.rights) return belongings;
  return { ...belongings, privileges: lostBy(request, privileges.rights) };
}

/**
 * The same with the rights alone that have not come back with the archive.
 * @param restored what the restored database is called now
 * @throws ProcessFailure
 */
export async function actualLoss(
  belongings: CarryOverSource,
  { request, prepared }: Pick<Replacement, 'request' | 'prepared'>,
  restored: string,
): Promise<CarryOverSource> {
  const { privileges } = belongings;
  if (!privileges?.rights || (request.noOwner && request.noPrivileges)) return belongings;
  const { psql, server } = prepared;
  const lost = await stillLost(
    withSessionOverrides(psql, server.major),
    restored,
    server.role,
    privileges.rights,
  );
  return { ...belongings, privileges: lost };
}
