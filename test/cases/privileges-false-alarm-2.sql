-- The same with rights on columns, schemas, sequences, types and large objects, default privileges, and names that need quotes.
CREATE SCHEMA "My schema"; GRANT USAGE ON SCHEMA "My schema" TO PUBLIC;
CREATE TABLE "My schema"."a, b" (i int, "the, j" int); GRANT SELECT ("the, j"), UPDATE (i, "the, j") ON "My schema"."a, b" TO reporter;
GRANT INSERT ON "My schema"."a, b" TO PUBLIC; GRANT DELETE ON "My schema"."a, b" TO reporter WITH GRANT OPTION;
CREATE SEQUENCE s; GRANT USAGE ON SEQUENCE s TO reporter;
CREATE TYPE kind AS ENUM ('a'); REVOKE USAGE ON TYPE kind FROM PUBLIC;
SELECT lo_create(4711); GRANT SELECT ON LARGE OBJECT 4711 TO reporter;
ALTER DEFAULT PRIVILEGES IN SCHEMA "My schema" GRANT SELECT ON TABLES TO reporter;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
