-- Functions called like the server's own, for types that fit better: before version 15 any role may put them into public.
CREATE FUNCTION format(text, name, name) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE LOG 'planted: format, for %', current_user; RAISE EXCEPTION 'public.format was called as %', current_user; END $$;
CREATE FUNCTION quote_ident(name) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE LOG 'planted: quote_ident, for %', current_user; RAISE EXCEPTION 'public.quote_ident was called'; END $$;
CREATE TABLE t AS SELECT generate_series(1, 1000) i;
GRANT SELECT ON t TO PUBLIC;
