-- Every kind of object that rights can be granted on, in many hands. Run by a superuser in a new database of the role
-- "owner"; the roles are owner, team, app, reader, "Hostile ""role""", chief (member of team).

GRANT CREATE ON DATABASE :"database" TO team, app;
SET ROLE owner;
CREATE SCHEMA "The ""odd"" schema;
--";
CREATE SCHEMA plain;
GRANT USAGE ON SCHEMA plain TO app, reader, "Hostile ""role""";
GRANT CREATE ON SCHEMA plain TO app WITH GRANT OPTION;
GRANT USAGE ON SCHEMA "The ""odd"" schema;
--" TO reader;

-- relations
CREATE TABLE plain.untouched (id int);
CREATE TABLE plain.item (id serial PRIMARY KEY, "Col, ""one""" text, secret text, more int GENERATED ALWAYS AS IDENTITY);
GRANT SELECT, INSERT ON plain.item TO app, reader;
GRANT UPDATE ON plain.item TO app WITH GRANT OPTION;
GRANT SELECT ("Col, ""one""", id), UPDATE (id) ON plain.item TO "Hostile ""role""";
GRANT REFERENCES (secret) ON plain.item TO team WITH GRANT OPTION;
GRANT SELECT (xmin) ON plain.item TO PUBLIC;
GRANT USAGE ON SEQUENCE plain.item_id_seq TO app;
GRANT ALL ON SEQUENCE plain.item_more_seq TO reader;
CREATE TABLE "The ""odd"" schema;
--"."Table 'x'
" (id int) PARTITION BY RANGE (id);
CREATE TABLE plain.part PARTITION OF "The ""odd"" schema;
--"."Table 'x'
" FOR VALUES FROM (0) TO (9);
GRANT ALL ON "The ""odd"" schema;
--"."Table 'x'
" TO "Hostile ""role""";
GRANT DELETE, TRUNCATE, TRIGGER ON plain.part TO app;
CREATE VIEW plain.view AS SELECT id FROM plain.item;
GRANT SELECT ON plain.view TO PUBLIC;
CREATE MATERIALIZED VIEW plain.materialized AS SELECT 1 AS one;
GRANT SELECT ON plain.materialized TO reader;
CREATE SEQUENCE plain.sequence;
GRANT SELECT, UPDATE ON SEQUENCE plain.sequence TO reader WITH GRANT OPTION;

-- routines
CREATE FUNCTION plain.open_to_all(a int, VARIADIC b text[]) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION plain.open_to_all() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION plain.closed(INOUT a numeric(3, 1), OUT b "char", c timestamptz DEFAULT now()) LANGUAGE sql AS 'SELECT $1, ''x''::"char"';
REVOKE ALL ON FUNCTION plain.closed(numeric, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION plain.closed(numeric, timestamptz) TO app, reader;
CREATE PROCEDURE plain.procedure(IN a int, INOUT b text) LANGUAGE plpgsql AS 'BEGIN END';
REVOKE ALL ON PROCEDURE plain.procedure(int, text) FROM PUBLIC;
GRANT EXECUTE ON PROCEDURE plain.procedure(int, text) TO app WITH GRANT OPTION;
CREATE AGGREGATE plain.total(int) (SFUNC = int4pl, STYPE = int, INITCOND = '0');
REVOKE ALL ON FUNCTION plain.total(int) FROM PUBLIC;
CREATE FUNCTION plain.finish(int, float8) RETURNS int LANGUAGE sql AS 'SELECT $1';
CREATE AGGREGATE plain.ordered(float8 ORDER BY int) (SFUNC = int4pl, STYPE = int, FINALFUNC = plain.finish, INITCOND = '0');
GRANT EXECUTE ON FUNCTION plain.ordered(float8, int) TO team;

-- types
CREATE TYPE plain."An enum" AS ENUM ('a');
CREATE TYPE plain.composite AS (a int);
CREATE TYPE plain.span AS RANGE (SUBTYPE = int);
CREATE DOMAIN plain.domain AS text;
REVOKE USAGE ON TYPE plain."An enum", plain.composite, plain.span FROM PUBLIC;
REVOKE USAGE ON DOMAIN plain.domain FROM PUBLIC;
GRANT USAGE ON TYPE plain."An enum" TO app WITH GRANT OPTION;
GRANT USAGE ON DOMAIN plain.domain TO reader;
REVOKE USAGE ON TYPE plain.item FROM PUBLIC;
CREATE FUNCTION plain.with_types(plain."An enum", plain.domain[], plain.composite) RETURNS int LANGUAGE sql AS 'SELECT 1';
GRANT EXECUTE ON FUNCTION plain.with_types(plain."An enum", plain.domain[], plain.composite) TO team;

-- large objects
SELECT lo_create(16001), lo_create(70002), lo_create(70003);
GRANT SELECT ON LARGE OBJECT 16001 TO reader;
GRANT UPDATE ON LARGE OBJECT 70002 TO app WITH GRANT OPTION;

-- handed on by others than the owner
SET ROLE app;
GRANT UPDATE ON plain.item TO team;
GRANT CREATE ON SCHEMA plain TO reader;

-- owned by others
CREATE TABLE plain.of_app (id int);
GRANT INSERT ON plain.of_app TO reader, owner;
CREATE FUNCTION plain.of_app() RETURNS int LANGUAGE sql AS 'SELECT 2';
REVOKE ALL ON FUNCTION plain.of_app() FROM PUBLIC;
CREATE SEQUENCE plain.of_app_too;
SELECT lo_create(70004), lo_create(16002); -- one below the first id of what users make
SET ROLE team;
CREATE SCHEMA team;
CREATE TABLE team.of_team (id int, gone int);
GRANT SELECT (id) ON team.of_team TO reader;
REVOKE DELETE ON team.of_team FROM team;
CREATE TYPE team.mood AS ENUM ('happy');

-- default privileges
SET ROLE owner;
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO reader;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA plain GRANT USAGE ON SEQUENCES TO app WITH GRANT OPTION;
ALTER DEFAULT PRIVILEGES GRANT USAGE ON SEQUENCES TO reader;
ALTER DEFAULT PRIVILEGES REVOKE DELETE ON TABLES FROM owner;
ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO "Hostile ""role""";
SET ROLE app;
ALTER DEFAULT PRIVILEGES IN SCHEMA plain GRANT ALL ON TABLES TO team;
ALTER DEFAULT PRIVILEGES REVOKE USAGE ON TYPES FROM PUBLIC;
RESET ROLE;

-- of a superuser, and a search path in which types need no schema
CREATE TABLE plain.of_superuser (id int);
GRANT SELECT ON plain.of_superuser TO reader;
ALTER DATABASE :"database" SET search_path TO plain;

-- objects of extensions and of the system
CREATE EXTENSION pg_trgm SCHEMA plain;
REVOKE EXECUTE ON FUNCTION plain.show_trgm(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION plain.show_trgm(text) TO app;
REVOKE EXECUTE ON FUNCTION pg_sleep(float8) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pg_read_file(text) TO reader;
GRANT SELECT (rolpassword), SELECT (oid) ON pg_authid TO app;
GRANT EXECUTE ON FUNCTION pg_ls_logdir() TO pg_monitor WITH GRANT OPTION; -- which has it without that option
REVOKE SELECT ON pg_stat_activity FROM PUBLIC;
REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC;
GRANT USAGE ON LANGUAGE plpgsql TO owner, app;
