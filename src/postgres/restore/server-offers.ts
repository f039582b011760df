import { explainingErrors, maintenanceDatabase } from '../server/server.ts';
import { ask, type Psql } from '../session/psql.ts';
import { findObstacles, type Obstacles } from '../swap/end-sessions.ts';

/** What is asked about on behalf of an archive. */
export interface NamedObject {
  extensions: readonly string[];
  roles: readonly string[];
  tablespaces: readonly string[];
}

/** What a server offers to an archive, and what hangs on the database that is to be replaced. */
export interface PreflightFacts {
  superuser: boolean;
  /** The extensions that Azure's server parameter `azure.extensions` allows, in lower case; null where there is none. */
  allowedExtensions: string[] | null;
  /** Whether the role belongs to those that a provider lets do some of what is a superuser's elsewhere. */
  privileged: boolean;
  mayCreateSubscriptions: boolean;
  /**
   * Of those asked about, those that the server can install, whether this role may without a provider's help, the version that it
   * installs unless it is told otherwise, and all that it offers.
   */
  extensions: Record<string, { trusted: boolean; version: string; versions: string[] }>;
  /**
   * Of those asked about, those that there are, whether this role may give its objects to them, and whose rights, of this
   * role's and the others', they have.
   */
  roles: Record<string, { assumable: boolean; has: string[] }>;
  /** Of those asked about, those that this role may use. */
  tablespaces: string[];
  /** The database that is to be replaced, if there is one. */
  target: TargetAttachments | null;
  /** Sessions in it that this role may not end. */
  unendable: Obstacles['sessions'];
}

export interface TargetAttachments {
  /** In bytes; null if the role may not ask. */
  size: number | null;
  /** Logical replication slots: what others read its changes with. */
  slots: { name: string; active: boolean }[];
  /** Subscriptions: what it reads others' changes with. */
  subscriptions: { name: string; enabled: boolean }[];
}

/** Administrators as providers make them, who are no superusers. */
const privilegedRoles = ['azure_pg_admin', 'rds_superuser', 'cloudsqlsuperuser', 'alloydbsuperuser'];

/**
 * Asks what a restore of an archive into `target` would meet. Changes nothing.
 *
 * Columns that not every version has are read by way of JSON: `trusted` came with 13; `MEMBER` was split into `SET` and
 * `USAGE` with 16. https://www.postgresql.org/docs/16/release-16.html
 * @throws Failure if the server can't be reached or refuses
 */
export async function preflightFacts(
  psql: Psql,
  target: string,
  named: NamedObject,
): Promise<PreflightFacts> {
  const { extensions, roles, tablespaces } = named;
  return explainingErrors(psql, maintenanceDatabase, async () => {
    const facts = await ask<Omit<PreflightFacts, 'unendable'>>(psql, maintenanceDatabase, serverOffersQuery, {
      target,
      extensions: JSON.stringify(extensions),
      roles: JSON.stringify(roles),
      tablespaces: JSON.stringify(tablespaces),
      privileged: JSON.stringify(privilegedRoles),
    });
    const names = { database: target, other: target };
    const { sessions } = await ask<Obstacles>(psql, maintenanceDatabase, findObstacles, names);
    return { ...facts, unendable: sessions };
  });
}

const askedNames = (variable: string): string => `(SELECT json_array_elements_text(:'${variable}'))`;
const listOf = (columns: string): string => `coalesce(json_agg(json_build_object(${columns})), '[]')`;

const serverOffersQuery = `SELECT json_build_object(
  'superuser', (SELECT rolsuper FROM pg_roles WHERE rolname = current_user),
  'allowedExtensions', to_json(regexp_split_to_array(lower(current_setting('azure.extensions', true)), '[\\s,]+')),
  'privileged', EXISTS (SELECT FROM pg_roles
    WHERE rolname IN ${askedNames('privileged')} AND pg_has_role(oid, 'MEMBER')),
  'mayCreateSubscriptions', EXISTS (SELECT FROM pg_roles
    WHERE rolname = current_user AND rolsuper
      OR rolname = 'pg_create_subscription' AND pg_has_role(oid, 'USAGE')),
  'extensions', (SELECT coalesce(json_object_agg(name, json_build_object(
      'trusted', trusted, 'version', default_version, 'versions', versions)), '{}') FROM (
    SELECT a.name, a.default_version, coalesce(json_agg(v.version) FILTER (WHERE v.version IS NOT NULL), '[]') AS versions,
      coalesce(bool_or((to_jsonb(v) ->> 'trusted')::boolean OR NOT v.superuser)
        FILTER (WHERE v.version = a.default_version), false) AS trusted
    FROM pg_available_extensions AS a LEFT JOIN pg_available_extension_versions AS v ON v.name = a.name
    WHERE a.name IN ${askedNames('extensions')} GROUP BY 1, 2) AS available),
  'roles', (SELECT coalesce(json_object_agg(rolname, json_build_object(
      'assumable', pg_has_role(oid,
        CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END),
      'has', (SELECT json_agg(o.rolname) FROM pg_roles AS o
        WHERE (o.rolname IN ${askedNames('roles')} OR o.rolname = current_user) AND pg_has_role(r.oid, o.oid, 'USAGE')))), '{}')
    FROM pg_roles AS r WHERE rolname IN ${askedNames('roles')}),
  'tablespaces', (SELECT coalesce(json_agg(spcname), '[]') FROM pg_tablespace
    WHERE spcname IN ${askedNames('tablespaces')} AND has_tablespace_privilege(oid, 'CREATE')),
  'target', (SELECT json_build_object(
      'size', CASE WHEN has_database_privilege(d.oid, 'CONNECT') OR pg_has_role('pg_read_all_stats', 'USAGE')
        THEN pg_database_size(d.oid) END,
      'slots', (SELECT ${listOf(`'name', slot_name, 'active', active`)}
        FROM pg_replication_slots WHERE database = d.datname),
      'subscriptions', (SELECT ${listOf(`'name', subname, 'enabled', subenabled`)}
        FROM pg_subscription WHERE subdbid = d.oid))
    FROM pg_database AS d WHERE d.datname = :'target'))`;
