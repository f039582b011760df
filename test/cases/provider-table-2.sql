-- Several tables and a sequence of a provider, in a schema that the extension makes, with names that need quotes.
CREATE EXTENSION gazetteer;
CREATE TABLE "Geo coder" AS SELECT i AS id, md5(i::text) AS hash FROM generate_series(1, 50) i;
