-- As a superuser first: CREATE EXTENSION postgres_fdw; GRANT USAGE ON FOREIGN DATA WRAPPER postgres_fdw TO the owner. In a new
-- database nobody has granted that, and nobody can beforehand.
CREATE SERVER other FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', dbname 'postgres');
CREATE FOREIGN TABLE far (datname name) SERVER other OPTIONS (schema_name 'pg_catalog', table_name 'pg_database');
