import type { Definition } from '../../archive/definitions.ts';
import { givesOwner } from '../../archive/ownership.ts';
import type { Entry } from '../../archive/table-of-contents.ts';

/** Objects that an archive gives to one role, in a schema of another's. */
export interface ForeignSchemaOwner {
  role: string;
  schema: string;
  /** The owner of the schema. */
  host: string;
}

/** Who owns the schema `public` of a new database from PostgreSQL 15 on: whoever owns the database. */
export const databaseOwner = 'pg_database_owner';

/**
 * The roles that get objects in schemas of others. An object is given only to a role that may create in its schema, and
 * pg_restore brings rights back last, after the owners: what those roles may do must come from elsewhere.
 * https://www.postgresql.org/docs/current/sql-altertable.html (OWNER TO)
 */
export function foreignSchemaOwners(
  entries: readonly Entry[],
  definitions: ReadonlyMap<number, Definition>,
): ForeignSchemaOwner[] {
  const owned = entries.flatMap(({ id, type }) => {
    const definition = definitions.get(id);
    return definition && givesOwner(definition.sql) ? [{ type, ...definition }] : [];
  });
  const hosts = new Map([['public', databaseOwner]]);
  for (const { type, name, owner } of owned) if (type === 'SCHEMA') hosts.set(name, owner);
  const found = new Map<string, ForeignSchemaOwner>();
  for (const { schema, owner: role } of owned) {
    const host = hosts.get(schema);
    if (host !== undefined && host !== role)
      found.set(JSON.stringify([role, schema]), { role, schema, host });
  }
  return [...found.values()];
}
