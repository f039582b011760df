-- The same kind on every version: the function reads a date as the DateStyle of the database says.
-- Wanted besides: DateStyle = German, set for the database.
CREATE SCHEMA app;
CREATE FUNCTION app.day_of(t text) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN t::date - date '2000-01-01'; END $$;
CREATE TABLE app.a0 (t text);
INSERT INTO app.a0 SELECT to_char(date '2024-01-01' + i, 'DD.MM.YYYY') FROM generate_series(1, 500) i;
CREATE STATISTICS app.ks ON (app.day_of(t)) FROM app.a0;
CREATE TABLE app.a1 AS SELECT generate_series(1, 1000) i;
