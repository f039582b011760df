import { quoted } from '../../../base/format.ts';
import {
  databaseOwner,
  foreignSchemaOwners,
} from '../../../postgres/restore/entries/foreign-schema-owners.ts';
import { type PublicSchema, publicSchema } from '../../../postgres/server/public-schema.ts';
import { identifier, toPaste } from '../../../postgres/session/sql-text.ts';
import { type Finding, firstFew } from '../finding.ts';
import type { EmptyCheck, EmptyContext } from './check.ts';

/** The entries that make an object in their schema, and so need the right to create there. */
const createStatement =
  /^(TABLE|VIEW|MATERIALIZED VIEW|FOREIGN TABLE|SEQUENCE|FUNCTION|PROCEDURE|AGGREGATE|TYPE|SHELL TYPE|DOMAIN|OPERATOR|OPERATOR CLASS|OPERATOR FAMILY|COLLATION|CONVERSION|TEXT SEARCH \w+|STATISTICS|INDEX|CONSTRAINT)$/;

/**
 * Schema `public` of a new database is the template's: its owner may be somebody else (on Azure, `azure_pg_admin`), and what had been
 * granted in the old database is not there. Who gets objects has to be allowed to create there as well, since pg_restore brings rights
 * back last.
 */
export function publicSchemaFindings({
  entries,
  definitions,
  role,
  superuser,
  major,
}: EmptyContext): EmptyCheck | undefined {
  const made = entries.filter(({ type, schema }) => schema === 'public' && createStatement.test(type));
  if (superuser || made.length === 0) return undefined;
  const what = firstFew(made.map(({ type, name }) => `${type} ${quoted(name)}`));
  const receivers = foreignSchemaOwners(entries, definitions)
    .filter(({ host }) => host === databaseOwner)
    .map((owner) => owner.role);
  return async (psql, database) => {
    const found = await publicSchema(psql, database, receivers);
    if (!found) return [lackingInPublic(what)];
    if (!found.mayCreate) return [closedPublicSchema(role, what, found, major)];
    return receiverFindings(found.shutOut);
  };
}

function lackingInPublic(what: string): Finding {
  return {
    level: 'error',
    text: `New databases on this server have no schema public (template0 has none), and the backup has objects there: ${what}.`,
    remedy: `As a superuser, create schema public with psql:\n${inTemplate(['CREATE SCHEMA public AUTHORIZATION pg_database_owner;'])}`,
  };
}

/**
 * What there is to say of a schema `public` in which the role may not create. Tried on 14, 15 and 17: each remedy lets the role create in
 * `public` of a database that is made afterwards.
 * @param what is to be created there
 */
export function closedPublicSchema(role: string, what: string, found: PublicSchema, major: number): Finding {
  const { owner, ownedBySuperuser, member } = found;
  const text =
    `The role ${quoted(role)} may not create in schema public of a new database on this server, which belongs to ${quoted(owner)}, ` +
    `and the backup has objects there: ${what}.`;
  if (!ownedBySuperuser && owner !== databaseOwner) {
    const onAzure = owner === 'azure_pg_admin';
    const who = onAzure ? "As the server's administrator" : 'As an administrator of the server';
    const grant = `GRANT ${onAzure ? owner : identifier(owner)} TO ${identifier(role)}`;
    const inherit = major >= 16 ? `${grant} WITH INHERIT TRUE` : `ALTER ROLE ${identifier(role)} INHERIT`;
    return { level: 'error', text, remedy: `${who}, run:\n${toPaste(`${member ? inherit : grant};`)}` };
  }
  const statements =
    major >= 14
      ? [`ALTER SCHEMA public OWNER TO ${databaseOwner};`, `GRANT ALL ON SCHEMA public TO ${databaseOwner};`]
      : ['GRANT CREATE ON SCHEMA public TO PUBLIC;'];
  const remedy = `New databases are copies of template0. As a superuser, run this with psql:\n${inTemplate(statements)}`;
  return { level: 'error', text, remedy };
}

function inTemplate(statements: readonly string[]): string {
  return [
    'ALTER DATABASE template0 ALLOW_CONNECTIONS true;',
    '\\connect template0',
    ...statements,
    '\\connect postgres',
    'ALTER DATABASE template0 ALLOW_CONNECTIONS false;',
  ].join('\n');
}

function receiverFindings(shutOut: readonly string[]): Finding[] {
  if (shutOut.length === 0) return [];
  const text = `Roles that own objects in schema public of the backup may not create there in a new database: ${firstFew(shutOut.map(quoted))}.`;
  return [{ level: 'error', text, remedy: 'Restore without owners (no_owner: true).' }];
}
