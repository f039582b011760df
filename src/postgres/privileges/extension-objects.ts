import { ask, type Psql } from '../session/psql.ts';

/** What of an extension works with a role's rights, whoever uses it. */
export interface ExtensionObjects {
  /** How `GRANT` names it. */
  object: string;
  /** What everybody (PUBLIC) may do with it by that; undefined if nothing. */
  right: 'EXECUTE' | 'SELECT' | undefined;
  /** Whether it is a function of triggers, which nobody needs a right for. */
  unasked: boolean;
}

/**
 * Finds functions with SECURITY DEFINER, and views without security_invoker, of extensions that belong to whoever created
 * the extension: of those that need no superuser. Of those that need one, they belong to a superuser, of trusted ones to the server's first, as
 * they did before. No archive says whose they were. Tried on 18 with an extension of each kind;
 * https://www.postgresql.org/docs/current/extend-extensions.html (superuser, trusted)
 * @param owner who has created the extensions
 * @throws ProcessFailure if the server refuses
 */
export async function extensionObjects(
  psql: Psql,
  database: string,
  owner: string,
): Promise<ExtensionObjects[]> {
  return ask<ExtensionObjects[]>(psql, database, query, { owner });
}

const query = `WITH part AS (
  SELECT d.classid, d.objid FROM pg_extension AS e
    JOIN pg_available_extension_versions AS v ON v.name = extname AND v.version = extversion AND NOT v.superuser
    JOIN pg_depend AS d ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid AND d.deptype = 'e'),
me AS (SELECT oid FROM pg_roles WHERE rolname = :'owner'),
work AS (
  SELECT format('%s %I.%I(%s)', CASE prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END, nspname, proname,
      (SELECT string_agg(format_type(type, NULL), ', ' ORDER BY place)
        FROM unnest(proargtypes) WITH ORDINALITY AS a(type, place))) AS object,
    CASE WHEN has_function_privilege('public', p.oid, 'EXECUTE') THEN 'EXECUTE' END AS right,
    prorettype IN ('trigger'::regtype, 'event_trigger'::regtype) AS unasked
  FROM part JOIN pg_proc AS p ON classid = 'pg_proc'::regclass AND p.oid = objid JOIN me ON me.oid = proowner
    JOIN pg_namespace AS n ON n.oid = pronamespace
  WHERE prosecdef
UNION ALL
  SELECT format('TABLE %I.%I', nspname, relname), 'SELECT', false
  FROM part JOIN pg_class AS c ON classid = 'pg_class'::regclass AND c.oid = objid JOIN me ON me.oid = relowner
    JOIN pg_namespace AS n ON n.oid = relnamespace
  WHERE relkind IN ('v', 'm') AND has_table_privilege('public', c.oid, 'SELECT')
    AND NOT coalesce((SELECT option_value::boolean FROM pg_options_to_table(reloptions)
      WHERE option_name = 'security_invoker'), false))
SELECT coalesce(json_agg(work), '[]') FROM work`;
