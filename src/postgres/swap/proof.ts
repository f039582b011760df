import { ProcessFailure } from '../../base/process.ts';

/** A database that was looked at. Whatever it is called later, and whoever gets its name, it keeps its OID. */
export interface KnownDatabase {
  name: string;
  oid: number;
  /** What its comment has to be, word for word, where that is a mark of ours. */
  comment?: string;
}

/** What the server quotes in its error, in any language, if a proof fails. */
const mistaken = 'not the database that was looked at';

/**
 * A statement that fails unless the database of a name is the one with an OID. In one message with a statement that has renamed it, it is
 * a part of that transaction: what was renamed is looked at while nobody else can rename or drop it, and if it is another, nothing has
 * happened. Names and values are psql's variables, since a DO block takes none.
 * @param name the variable with the name
 * @param oid the variable with the OID
 * @param comment the variable with the comment, if that is to be compared
 */
export function proof(name: string, oid: string, comment?: string): string {
  const marked = comment === undefined ? '' : ` AND shobj_description(oid, 'pg_database') = :'${comment}'`;
  return `SELECT CAST(CASE WHEN EXISTS (SELECT FROM pg_database WHERE datname = :'${name}'
      AND oid::text = :'${oid}'${marked}) THEN '0' ELSE '${mistaken}' END AS int)`;
}

/** Whether something failed since another database was met than the one that was looked at. */
export function isMistaken(error: unknown): boolean {
  return error instanceof ProcessFailure && error.stderr.includes(`"${mistaken}"`);
}
