-- More that is called like the server's own: functions for exact types, aggregates, operators, and views. What fits better than the
-- server's is called wherever public is in the search_path, the rest where public comes before pg_catalog there. Each says in the
-- server's log that it was called, which no rollback takes back.
-- No cast is among them: who makes one has to own one of its two types, and nobody owns the server's.
DO $plant$
DECLARE
  planted text;
BEGIN
  FOREACH planted IN ARRAY ARRAY[
    'format(text, name) RETURNS text', 'format(text, oid) RETURNS text', 'format(text, text, name, name) RETURNS text',
    'json_build_object(text, text, text, double precision) RETURNS json',
    'json_build_object(text, name, text, bigint) RETURNS json', 'json_build_object(text, boolean) RETURNS json',
    'json_build_object(text, oid) RETURNS json', 'json_build_object(text, bigint) RETURNS json',
    'to_jsonb(pg_catalog.pg_database) RETURNS jsonb', 'to_json(text) RETURNS json', 'to_json(text[]) RETURNS json',
    'json_array_elements_text(text) RETURNS SETOF text', 'unnest(text[]) RETURNS SETOF text',
    'shobj_description(oid, text) RETURNS text', 'has_database_privilege(oid, name) RETURNS boolean',
    'pg_has_role(oid, name) RETURNS boolean', 'pg_relation_size(oid) RETURNS bigint', 'lower(name) RETURNS text',
    'split_part(text, text, integer) RETURNS text', 'current_setting(text) RETURNS text',
    'current_setting(text, boolean) RETURNS text', 'set_config(text, text, boolean) RETURNS text',
    'pg_database_size(oid) RETURNS bigint', 'pg_database_size(name) RETURNS bigint', 'current_database() RETURNS name',
    'pg_get_userbyid(oid) RETURNS name', 'pg_has_role(oid, text) RETURNS boolean', 'pg_backend_pid() RETURNS integer',
    'pg_terminate_backend(integer) RETURNS boolean', 'pg_encoding_to_char(integer) RETURNS name',
    'pg_is_in_recovery() RETURNS boolean', 'pg_try_advisory_lock(bigint) RETURNS boolean',
    'pg_try_advisory_lock(integer, integer) RETURNS boolean', 'hashtext(text) RETURNS integer', 'has_database_privilege(oid, text) RETURNS boolean',
    'aclexplode(aclitem[]) RETURNS SETOF record', 'acldefault("char", oid) RETURNS aclitem[]',
    'format_type(oid, integer) RETURNS text', 'quote_ident(text) RETURNS text',
    'regexp_split_to_array(text, text) RETURNS text[]', 'to_char(timestamp without time zone, text) RETURNS text',
    'planted_concatenation(text, name) RETURNS text', 'planted_comparison(oid, integer) RETURNS boolean',
    'planted_comparison(name, name) RETURNS boolean', 'planted_step(json, json) RETURNS json',
    'planted_step(json, name) RETURNS json', 'planted_step(bigint) RETURNS bigint', 'planted_row() RETURNS boolean']
  LOOP
    EXECUTE pg_catalog.format('CREATE FUNCTION public.%s LANGUAGE plpgsql AS %L', planted,
      pg_catalog.format('BEGIN RAISE LOG ''planted: %%, for %%'', %L, current_user; RETURN%s; END', planted,
        CASE WHEN planted LIKE '%SETOF%' THEN '' ELSE ' NULL' END));
  END LOOP;
END $plant$;
CREATE AGGREGATE public.json_agg(json) (SFUNC = public.planted_step, STYPE = json);
CREATE AGGREGATE public.json_agg(name) (SFUNC = public.planted_step, STYPE = json);
CREATE AGGREGATE public.count(*) (SFUNC = public.planted_step, STYPE = bigint);
CREATE OPERATOR public.|| (LEFTARG = text, RIGHTARG = name, FUNCTION = public.planted_concatenation);
CREATE OPERATOR public.= (LEFTARG = oid, RIGHTARG = integer, FUNCTION = public.planted_comparison);
CREATE OPERATOR public.<> (LEFTARG = oid, RIGHTARG = integer, FUNCTION = public.planted_comparison);
CREATE OPERATOR public.= (LEFTARG = name, RIGHTARG = name, FUNCTION = public.planted_comparison);
CREATE VIEW public.pg_database AS SELECT * FROM pg_catalog.pg_database WHERE public.planted_row();
CREATE VIEW public.pg_roles AS SELECT * FROM pg_catalog.pg_roles WHERE public.planted_row();
CREATE VIEW public.pg_stat_activity AS SELECT * FROM pg_catalog.pg_stat_activity WHERE public.planted_row();
CREATE VIEW public.pg_class AS SELECT * FROM pg_catalog.pg_class WHERE public.planted_row();
CREATE VIEW public.pg_namespace AS SELECT * FROM pg_catalog.pg_namespace WHERE public.planted_row();
GRANT SELECT ON public.pg_database, public.pg_roles, public.pg_stat_activity, public.pg_class, public.pg_namespace TO PUBLIC;
