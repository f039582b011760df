import { readDefinitions, readLargeObjectRights } from '../../postgres/archive/definitions.ts';
import { readDatabaseScript } from '../../postgres/archive/read-database.ts';
import { readContents } from '../../postgres/archive/table-of-contents.ts';
import type { Client } from '../../postgres/client/find.ts';
import { existingRoles } from '../../postgres/privileges/existing-roles.ts';
import { privilegesLostInArchive } from '../../postgres/privileges/lost-in-archive.ts';
import type { LostPrivileges } from '../../postgres/privileges/lost-privileges.ts';
import { parseDatabaseProperties } from '../../postgres/properties/from-archive.ts';
import type { DatabaseProperties } from '../../postgres/properties/read.ts';
import { parseGrants } from '../../postgres/properties/serialize.ts';
import { allRoles, namedRoles } from '../../postgres/restore/entries/named-roles.ts';
import type { Psql } from '../../postgres/session/psql.ts';
import type { BackupMetadata } from '../archive/metadata.ts';

/** What a backup says of the database that it was made of, for where that is gone. */
export interface SourceDatabase {
  properties: DatabaseProperties;
  /** Undefined where the archive's own rights and owners are restored. */
  privileges: Omit<LostPrivileges, 'rights'> | undefined;
}

/** What is to be restored, and of what. */
interface OriginalOrder {
  noOwner: boolean;
  noPrivileges: boolean;
  /** Of `pg_restore`, those that choose entries. */
  options: readonly string[];
  record: Partial<BackupMetadata>;
}

/**
 * Reads it from the archive, and from what was recorded with the backup where the archive has been made without rights.
 * @param file with the archive's table of contents
 * @param scratchFile a file of that name to be written
 * @throws Failure if the archive cannot be read; ProcessFailure if the server refuses
 */
export async function readSourceDatabase(
  client: Client,
  file: string,
  { noOwner, noPrivileges, options, record }: OriginalOrder,
  psql: Psql,
  scratchFile: (name: string) => string,
): Promise<SourceDatabase> {
  const { signal } = psql;
  const script = await readDatabaseScript(client, file, scratchFile('database.list'), signal);
  const properties = parseDatabaseProperties(script.sql);
  if (!script.hasRights && !script.hasAnyRights)
    properties.grants = parseGrants(record.database_rights) ?? null;
  if (!noOwner && !noPrivileges) return { properties, privileges: undefined };

  const entries = await readContents(client, file, options, signal);
  const list = scratchFile('all.list');
  const definitions = new Map([
    ...(await readDefinitions(client, file, entries, [], list, signal)),
    ...(await readLargeObjectRights(client, file, entries, list, signal)),
  ]);
  const names = [...allRoles(namedRoles(entries, definitions))];
  const there = await existingRoles(psql, names);
  const lost = privilegesLostInArchive(
    noPrivileges ? entries : entries.filter(({ type }) => !/ACL$/.test(type)),
    definitions,
    there,
    noOwner,
  );
  const missing = names.filter((name) => !there.known.has(name));
  return { properties, privileges: { ...lost, ...(missing.length > 0 && { missingRoles: missing }) } };
}
