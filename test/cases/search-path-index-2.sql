-- The same in SQL, in a constraint and in a materialized view.
CREATE EXTENSION unaccent;
CREATE FUNCTION folded(t text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT upper(unaccent($1))';
CREATE TABLE tag (name text, EXCLUDE USING btree (folded(name) WITH =));
INSERT INTO tag VALUES ('é'), ('o');
CREATE MATERIALIZED VIEW folded_tag AS SELECT folded(name) FROM tag;
