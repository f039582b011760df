import { readFileSync } from 'node:fs';

/** SQL that fills an empty database with every kind of object that a role without superuser can own. */
export interface SeedScript {
  /** One query of several statements, to be sent as the owner of the database. */
  readonly sql: string;
  /** Roles that have to exist besides that owner. */
  readonly roles: readonly string[];
}

export function everyObject(): SeedScript {
  return { sql: readFileSync(new URL('every-object.sql', import.meta.url), 'utf8'), roles: [] };
}
