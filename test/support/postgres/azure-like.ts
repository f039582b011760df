import { copyFile, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { escapeIdentifier, escapeLiteral } from 'pg';
import type { Login, Session } from './postgres-server.ts';

/*
 * A server as Azure runs it, as far as a real PostgreSQL can: a Flexible Server as Microsoft describes it.
 * https://learn.microsoft.com/azure/postgresql/security/security-access-control
 * https://learn.microsoft.com/azure/postgresql/extensions/errors-extensions
 */

/** The one superuser, whom nobody is but the provider: extensions' objects belong to it. */
export const azureSuperuser = 'azuresu';

/** The extensions that the server parameter `azure.extensions` allows. */
const allowed = [
  'BTREE_GIN',
  'BTREE_GIST',
  'CITEXT',
  'CUBE',
  'DICT_INT',
  'FUZZYSTRMATCH',
  'HSTORE',
  'INTARRAY',
  'ISN',
  'LO',
  'LTREE',
  'PAGEINSPECT',
  'PG_TRGM',
  'PGCRYPTO',
  'POSTGRES_FDW',
  'SEG',
  'TABLEFUNC',
  'TCN',
  'TSM_SYSTEM_ROWS',
  'TSM_SYSTEM_TIME',
  'UNACCENT',
  'UUID-OSSP',
];

export const azureSettings = { 'azure.extensions': allowed.join(',') };

/**
 * Makes programs of a PostgreSQL server whose extensions are as Azure's: members of `azure_pg_admin` create those that are allowed,
 * trusted by PostgreSQL or not, and nobody else creates any. The given programs stay as they are: what can be is a link to them;
 * the programs proper look for their other files beside where a link leads, and are copied.
 */
export async function withAzureExtensions(programs: string, target: string): Promise<string> {
  const share = join('share', 'postgresql');
  const extensions = join(share, 'extension');
  await mkdir(join(target, 'bin'), { recursive: true });
  await mkdir(join(target, extensions), { recursive: true });
  await symlink(join(programs, 'lib'), join(target, 'lib'));
  for (const name of await readdir(join(programs, 'bin')))
    await copyFile(join(programs, 'bin', name), join(target, 'bin', name));
  for (const name of await readdir(join(programs, share)))
    if (name !== 'extension') await symlink(join(programs, share, name), join(target, share, name));
  for (const name of await readdir(join(programs, extensions))) {
    const content = await readFile(join(programs, extensions, name), 'utf8');
    await writeFile(join(target, extensions, name), asOnAzure(name, content));
  }
  return target;
}

/** A file of an extension: the control file makes it trusted, the script with which it is created asks who creates it. */
function asOnAzure(file: string, content: string): string {
  if (/^plpgsql\b/.test(file)) return content;
  if (file.endsWith('.control')) {
    return `${content.replace(/^\s*(trusted|superuser)\b.*$/gm, '')}\nsuperuser = true\ntrusted = true\n`;
  }
  const [extension = '', , update] = file.replace(/\.sql$/, '').split('--');
  return update === undefined ? `${guard(extension)}\n${content}` : content;
}

/** By the words of Azure's own errors. */
function guard(extension: string): string {
  const name = escapeLiteral(extension);
  return `DO $guard$ BEGIN
  IF NOT pg_catalog.pg_has_role(session_user, 'azure_pg_admin', 'MEMBER') THEN
    RAISE insufficient_privilege USING MESSAGE = 'Only members of "azure_pg_admin" are allowed to use CREATE EXTENSION';
  ELSIF NOT pg_catalog.upper(${name}) = ANY (pg_catalog.string_to_array(pg_catalog.current_setting('azure.extensions'), ',')) THEN
    RAISE insufficient_privilege USING MESSAGE = pg_catalog.format(
      'extension "%s" is not allow-listed for "azure_pg_admin" users in Azure Database for PostgreSQL', ${name});
  END IF;
END $guard$;`;
}

/**
 * Makes a new server's roles and databases those of Azure: schema `public` of every new database belongs to `azure_pg_admin`, and
 * the provider's own databases let nobody in.
 * @returns the server's administrator, who is a member and no superuser
 */
export async function setUpAzure(
  query: (sql: string, session?: Session) => Promise<unknown>,
): Promise<Login> {
  const admin: Login = { user: 'server_admin', password: 'password of the administrator' };
  await query('CREATE ROLE azure_pg_admin');
  await query(
    `CREATE ROLE ${escapeIdentifier(admin.user)} LOGIN CREATEDB CREATEROLE PASSWORD ${escapeLiteral(admin.password)}`,
  );
  await query(`GRANT azure_pg_admin TO ${escapeIdentifier(admin.user)} WITH ADMIN OPTION`);
  await query('ALTER DATABASE template0 ALLOW_CONNECTIONS true');
  for (const database of ['template0', 'template1', 'postgres'])
    await query('ALTER SCHEMA public OWNER TO azure_pg_admin', { database });
  await query('ALTER DATABASE template0 ALLOW_CONNECTIONS false');
  for (const database of ['azure_maintenance', 'azure_sys']) {
    await query(`CREATE DATABASE ${database}`);
    await query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
  }
  return admin;
}
