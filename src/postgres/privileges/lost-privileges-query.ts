/**
 * The question behind `rightsIn`, one JSON value. Its parts, each a step of the same train of thought:
 *
 * - `object`: everything in the database that rights can be granted on, with its owner and its rights, and the letter by
 *   which `acldefault` knows its kind. https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-ACLITEM-TABLE
 * - `known`: the same with what it will start with in the restored database. Where nobody changed anything that is the built-in
 *   default, for an extension's or the system's own object what `pg_init_privs` has, for schema public what `template0` has, in which it
 *   belongs to whoever owns the database, or before 15 to a superuser, or on Azure to `azure_pg_admin`.
 * - `was`, `will`: single rights, before and after. An owner could hand its rights on.
 * - `grant`, `revoke`: the difference, for those whom it concerns.
 */
export const privilegesQuery = `
WITH
restorer AS (
  SELECT r.oid AS me, r.rolsuper AS superuser, d.datdba, current_setting('server_version_num')::int AS version,
    (SELECT oid FROM pg_roles WHERE rolname = 'pg_database_owner') AS database_owner,
    (SELECT oid FROM pg_roles WHERE rolname = 'azure_pg_admin') AS provider
  FROM pg_roles AS r, pg_database AS d
  WHERE r.rolname = :'role' AND d.datname = current_database()),
space AS (
  SELECT oid, nspname, nspowner, nspacl FROM pg_namespace
  WHERE nspname !~ '^pg_(toast|temp_)' AND nspname <> 'information_schema'),
object (sort, class, oid, part, kind, owner, acl, name, part_name) AS (
  SELECT 1, 'pg_namespace'::regclass, oid, 0, 'n'::"char", nspowner, nspacl, format('SCHEMA %I', nspname), NULL
  FROM space
UNION ALL
  SELECT 2, 'pg_type'::regclass, t.oid, 0, 'T', typowner, typacl,
    format('%s %I.%I', CASE typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END, nspname, typname), NULL
  FROM pg_type AS t JOIN space AS n ON n.oid = typnamespace LEFT JOIN pg_class AS c ON c.oid = typrelid
  WHERE typtype <> 'm' AND typisdefined
    AND NOT EXISTS (SELECT FROM pg_type AS element WHERE element.typarray = t.oid)
    AND (typacl IS NOT NULL OR typtype <> 'c' OR relkind = 'c')
UNION ALL
  SELECT 3, 'pg_proc'::regclass, p.oid, 0, 'f', proowner, proacl,
    format('%s %I.%I(%s)', CASE prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END, nspname, proname,
      (SELECT string_agg(format_type(type, NULL), ', ' ORDER BY place)
        FROM unnest(proargtypes) WITH ORDINALITY AS a(type, place))), NULL
  FROM pg_proc AS p JOIN space AS n ON n.oid = pronamespace
UNION ALL
  SELECT CASE relkind WHEN 'S' THEN 6 ELSE 4 END, 'pg_class'::regclass, c.oid, 0,
    CASE relkind WHEN 'S' THEN 's'::"char" ELSE 'r' END, relowner, relacl,
    format('%s %I.%I', CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, nspname, relname), NULL
  FROM pg_class AS c JOIN space AS n ON n.oid = relnamespace
  WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
UNION ALL
  SELECT 5, 'pg_class'::regclass, c.oid, attnum, 'c', relowner, attacl,
    format('TABLE %I.%I', nspname, relname), format('%I', attname)
  FROM pg_attribute JOIN pg_class AS c ON c.oid = attrelid JOIN space AS n ON n.oid = relnamespace
  WHERE attacl IS NOT NULL AND NOT attisdropped
UNION ALL
  SELECT 7, 'pg_language'::regclass, oid, 0, 'l', lanowner, lanacl, format('LANGUAGE %I', lanname), NULL
  FROM pg_language WHERE lanpltrusted
UNION ALL
  SELECT 8, 'pg_foreign_data_wrapper'::regclass, oid, 0, 'F', fdwowner, fdwacl,
    format('FOREIGN DATA WRAPPER %I', fdwname), NULL
  FROM pg_foreign_data_wrapper
UNION ALL
  SELECT 9, 'pg_foreign_server'::regclass, oid, 0, 'S', srvowner, srvacl, format('FOREIGN SERVER %I', srvname), NULL
  FROM pg_foreign_server
UNION ALL
  SELECT 11, 'pg_largeobject'::regclass, oid, 0, 'L', lomowner, lomacl, format('LARGE OBJECT %s', oid), NULL
  FROM pg_largeobject_metadata),
known AS (
  SELECT o.sort, o.class, o.oid, o.part, o.owner, o.name, o.part_name, '' AS prefix, false AS is_default,
    is_public, foreign_object, coalesce(o.acl, acldefault(o.kind, o.owner)) AS acl,
    CASE WHEN is_public
      THEN ARRAY[makeaclitem(0, o.owner, 'USAGE', false)]
        || CASE WHEN version < 150000 THEN ARRAY[makeaclitem(0, o.owner, 'CREATE', false)] ELSE '{}' END
      ELSE coalesce(CASE WHEN foreign_object THEN initprivs END, acldefault(o.kind, o.owner)) END AS start,
    (SELECT count(*) FROM aclexplode(acldefault(o.kind, o.owner)) AS a WHERE a.grantee = o.owner) AS all_rights,
    NOT (superuser OR CASE
      WHEN is_public THEN CASE WHEN provider IS NULL THEN version >= 150000 ELSE pg_has_role(me, provider, 'USAGE') END
      WHEN foreign_object THEN o.owner = me
      ELSE true END) AS for_administrator
  FROM restorer CROSS JOIN object AS o
    CROSS JOIN LATERAL (SELECT o.sort = 1 AND o.name = 'SCHEMA public' AS is_public) AS p
    CROSS JOIN LATERAL (SELECT NOT is_public AND (o.oid < 16384 AND o.sort <> 11 OR EXISTS (
      SELECT FROM pg_depend AS d WHERE d.classid = o.class AND d.objid = o.oid AND d.deptype = 'e')) AS foreign_object) AS f
    LEFT JOIN pg_init_privs AS i ON i.classoid = o.class AND i.objoid = o.oid AND i.objsubid = o.part
  WHERE o.acl IS NOT NULL OR is_public OR NOT foreign_object AND o.owner <> me
UNION ALL
  SELECT 10, 'pg_default_acl'::regclass, a.oid, 0, defaclrole,
    CASE defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS' WHEN 'T' THEN 'TYPES'
      WHEN 'n' THEN 'SCHEMAS' ELSE 'LARGE OBJECTS' END, NULL,
    format('ALTER DEFAULT PRIVILEGES FOR ROLE %I ', rolname) || coalesce('IN SCHEMA ' || quote_ident(nspname) || ' ', ''), true,
    false, false, defaclacl, CASE WHEN defaclnamespace = 0 THEN built_in END,
    (SELECT count(*) FROM aclexplode(built_in) AS e WHERE e.grantee = defaclrole),
    NOT (superuser OR pg_has_role(me, defaclrole, 'USAGE'))
  FROM restorer CROSS JOIN pg_default_acl AS a JOIN pg_roles AS r ON r.oid = defaclrole
    LEFT JOIN pg_namespace AS n ON n.oid = defaclnamespace
    CROSS JOIN LATERAL (SELECT acldefault(CASE defaclobjtype WHEN 'S' THEN 's' ELSE defaclobjtype END, defaclrole)
      AS built_in) AS b),
was AS (
  SELECT class, oid, part, grantee, privilege_type, bool_or(grantable) AS grantable
  FROM (
    SELECT class, known.oid, part, whom AS grantee, privilege_type,
      is_grantable OR NOT is_default AND a.grantee = owner AS grantable
    FROM restorer CROSS JOIN known CROSS JOIN aclexplode(acl) AS a
      CROSS JOIN unnest(CASE WHEN NOT is_default AND a.grantee = database_owner THEN ARRAY[a.grantee, datdba] ELSE ARRAY[a.grantee] END)
        AS whom
    WHERE is_default OR NOT (foreign_object AND a.grantee = owner)) AS single
  GROUP BY class, oid, part, grantee, privilege_type),
will AS (
  SELECT class, oid, part, grantee, privilege_type, is_grantable AS grantable
  FROM known CROSS JOIN aclexplode(start)
  WHERE is_default OR grantee = 0 OR foreign_object AND grantee <> owner),
change AS (
  SELECT 'GRANT' AS verb, was.* FROM was LEFT JOIN will USING (class, oid, part, grantee, privilege_type)
  WHERE will.class IS NULL OR was.grantable AND NOT will.grantable
UNION ALL
  SELECT 'REVOKE', class, oid, part, grantee, privilege_type, false
  FROM will LEFT JOIN was USING (class, oid, part, grantee, privilege_type) WHERE was.class IS NULL),
concerned AS (
  SELECT change.*, sort, name, prefix, part_name, all_rights, for_administrator, is_default, owner,
    r.rolname, CASE WHEN grantee = 0 THEN 'PUBLIC' ELSE quote_ident(r.rolname) END AS whom
  FROM restorer CROSS JOIN change JOIN known USING (class, oid, part) LEFT JOIN pg_roles AS r ON r.oid = grantee
  WHERE (grantee = 0 OR r.oid IS NOT NULL)
    AND (is_default OR NOT coalesce(r.rolsuper, false)
      AND (grantee <> me OR known.is_public AND for_administrator AND version >= 150000)
      AND NOT (known.is_public AND (grantee IS NOT DISTINCT FROM database_owner OR grantee IS NOT DISTINCT FROM provider)))),
single AS (
  SELECT sort, class, oid, name, prefix, verb, whom, rolname, grantable, for_administrator, all_rights, is_default,
    coalesce(grantee = owner, false) AS of_owner, privilege_type, json_agg(part_name ORDER BY part) AS parts
  FROM concerned
  GROUP BY sort, class, oid, name, prefix, verb, whom, rolname, grantable, for_administrator, all_rights, is_default, grantee,
    owner, privilege_type),
owned AS (
  SELECT r.oid, count(*) AS objects
  FROM restorer CROSS JOIN pg_shdepend AS s JOIN pg_database AS d ON d.oid = s.dbid JOIN pg_roles AS r ON r.oid = refobjid
  WHERE d.datname = current_database() AND refclassid = 'pg_authid'::regclass AND deptype = 'o'
    AND s.classid NOT IN ('pg_default_acl'::regclass, 'pg_user_mapping'::regclass)
    AND NOT r.rolsuper AND r.oid <> me
    AND NOT (s.classid = 'pg_namespace'::regclass AND s.objid = to_regnamespace('public') AND r.oid IS NOT DISTINCT FROM provider)
    AND NOT EXISTS (
      SELECT FROM pg_depend AS e WHERE e.classid = s.classid AND e.objid = s.objid AND e.deptype = 'e')
    AND NOT EXISTS (
      SELECT FROM pg_class AS c WHERE s.classid = 'pg_class'::regclass AND c.oid = s.objid AND c.relpersistence = 't')
  GROUP BY r.oid)
SELECT json_build_object(
  'owned', (SELECT coalesce(json_object_agg(rolname, objects), '{}') FROM owned JOIN pg_roles USING (oid)),
  'changes', (SELECT coalesce(json_agg(change), '[]') FROM (
    SELECT sort, name, prefix, verb, whom, rolname AS role, grantable, for_administrator AS "forAdministrator",
      all_rights AS "allRights", is_default AS "isDefault", of_owner AS "ofOwner",
      json_agg(json_build_array(privilege_type, parts) ORDER BY privilege_type) AS privileges
    FROM single
    GROUP BY sort, class, oid, name, prefix, verb, whom, rolname, grantable, for_administrator, all_rights, is_default, of_owner)
  AS change))`;
