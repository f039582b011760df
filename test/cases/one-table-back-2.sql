-- A schema of an application, with a name that needs quotes and has a dash, beside the schema of everybody, with a large
-- object: a part of the kind that leaves data out without naming a table.
CREATE SCHEMA "my -- ""shop""";
CREATE TABLE "my -- ""shop"""."-order" (id int PRIMARY KEY);
INSERT INTO "my -- ""shop"""."-order" SELECT generate_series(1, 10);
CREATE TABLE precious AS SELECT generate_series(1, 1000) AS i;
SELECT lo_from_bytea(0, 'a scan of a contract');
