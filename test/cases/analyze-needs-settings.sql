-- Statistics on an expression whose function finds another one through the search_path of the database. ANALYZE runs the
-- function, and fails without that setting; from 17 on it does in any case, since it has a search_path of its own.
-- Wanted besides: search_path = app, public, set for the database.
CREATE SCHEMA app;
SET search_path = app, public;
CREATE FUNCTION app.norm(t text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower(t)';
CREATE FUNCTION app.key_of(t text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN norm(t); END $$;
CREATE TABLE app.a0 (t text);
INSERT INTO app.a0 SELECT 'T' || i FROM generate_series(1, 5000) i;
CREATE STATISTICS app.ks ON (app.key_of(t)) FROM app.a0;
CREATE TABLE app.a1 AS SELECT generate_series(1, 1000) i;
