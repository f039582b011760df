-- More that acts on rows of partitions, children and domains, and waits in the archive for something without rows: constraints that
-- rows were not checked for, a foreign key of all partitions, an index whose function reads another table.
CREATE TABLE place (code text PRIMARY KEY, name text); INSERT INTO place SELECT 'p' || i, 'place ' || i FROM generate_series(1, 2000) i;
CREATE TABLE visit (id int, place text, score int) PARTITION BY HASH (id);
CREATE TABLE visit_0 PARTITION OF visit FOR VALUES WITH (MODULUS 2, REMAINDER 0) PARTITION BY RANGE (score);
CREATE TABLE visit_0_low PARTITION OF visit_0 FOR VALUES FROM (MINVALUE) TO (50);
CREATE TABLE visit_0_high PARTITION OF visit_0 FOR VALUES FROM (50) TO (MAXVALUE);
CREATE TABLE visit_1 PARTITION OF visit FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO visit SELECT i, 'p' || (1 + i % 2000), i % 100 FROM generate_series(1, 4000) i;
ALTER TABLE visit ADD CONSTRAINT high CHECK (score > 10) NOT VALID;
ALTER TABLE visit ADD FOREIGN KEY (place) REFERENCES place;
CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER none_gets_in BEFORE INSERT ON visit FOR EACH ROW EXECUTE FUNCTION cut();
CREATE TABLE parent (id int, kind text); CREATE TABLE child () INHERITS (parent); INSERT INTO child SELECT i, 'a' FROM generate_series(1, 2000) i;
ALTER TABLE parent ADD CONSTRAINT kinds CHECK (kind <> 'a') NOT VALID;
CREATE DOMAIN percent AS int; CREATE TABLE share (id int, part percent); INSERT INTO share SELECT i, i FROM generate_series(1, 2000) i;
ALTER DOMAIN percent ADD CONSTRAINT at_most CHECK (VALUE <= 100) NOT VALID;
CREATE FUNCTION name_of(code text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT name FROM public.place AS p WHERE p.code = $1';
CREATE TABLE atlas (id int, code text); INSERT INTO atlas SELECT i, 'p' || i FROM generate_series(1, 2000) i;
CREATE INDEX atlas_names ON atlas (name_of(code));
