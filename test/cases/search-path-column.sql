-- A generated column whose function finds unaccent only with public in the search_path, which pg_restore empties.
CREATE EXTENSION unaccent;
CREATE FUNCTION slug(t text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN lower(unaccent(t)); END $$;
CREATE TABLE page (id int PRIMARY KEY, title text, slug text GENERATED ALWAYS AS (slug(title)) STORED);
INSERT INTO page (id, title) SELECT i, 'Äpfel & Öl ' || i FROM generate_series(1, 20) i;
