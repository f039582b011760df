-- As every database with PostGIS: the extension's table belongs to its provider, and pg_dump writes down its data though there is no row to take along.
CREATE EXTENSION mapshapes;
CREATE TABLE place (id int PRIMARY KEY, name text);
INSERT INTO place SELECT i, 'place ' || i FROM generate_series(1, 50) i;
