-- The rows are fine, only the index's function does not find unaccent. A server 17 or newer would not have made this index.
CREATE EXTENSION unaccent;
CREATE FUNCTION plain_name(t text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT AS $$ BEGIN RETURN lower(unaccent(t)); END $$;
CREATE TABLE person (id int PRIMARY KEY, name text);
INSERT INTO person SELECT i, 'Zoë ' || i FROM generate_series(1, 50) i;
CREATE INDEX person_plain ON person (plain_name(name));
