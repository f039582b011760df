-- A domain and a partition key, whose functions call one in a schema of its own, with a name to quote: that one finds a type and
-- a function only by the search_path.
CREATE SCHEMA "My tools";
SET search_path = "My tools", public;
CREATE TABLE town (name text);
CREATE FUNCTION fold(t text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower($1)';
CREATE FUNCTION "Key"(t text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ DECLARE r town; BEGIN r.name := fold(t); RETURN r.name; END $$;
CREATE FUNCTION public.key_of(t text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN "My tools"."Key"(t); END $$;
CREATE DOMAIN public.keyed AS text CHECK (public.key_of(VALUE) <> 'none');
CREATE TABLE public.visit (town public.keyed) PARTITION BY LIST (public.key_of(town));
CREATE TABLE public.visit_a PARTITION OF public.visit FOR VALUES IN ('a');
INSERT INTO public.visit VALUES ('A'), ('a');
