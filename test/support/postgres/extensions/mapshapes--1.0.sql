-- Everybody may read the table, and nobody but who provides the extension may write in it.
CREATE TABLE @extschema@.ref_sys (srid int PRIMARY KEY CHECK (srid > 0), name text);
INSERT INTO @extschema@.ref_sys SELECT i, 'system ' || i FROM generate_series(1, 100) i;
GRANT SELECT ON @extschema@.ref_sys TO PUBLIC;
SELECT pg_catalog.pg_extension_config_dump('@extschema@.ref_sys', 'WHERE srid > 100');
