-- Computed anew by a restore, before zone has its rows: label came back empty, without any error.
CREATE TABLE zone (code text PRIMARY KEY, name text); INSERT INTO zone VALUES ('EU', 'Europe'), ('US', 'America');
CREATE FUNCTION name_of(c text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN (SELECT name FROM public.zone WHERE code = c); END $$;
CREATE TABLE account (id int PRIMARY KEY, zone text, label text GENERATED ALWAYS AS (name_of(zone)) STORED);
INSERT INTO account VALUES (1, 'EU'), (2, 'US');
