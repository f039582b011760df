-- What a role without superuser cannot restore, and what a database is whole without.
-- plpgsql made anew has an entry in the archive, and in the new database it belongs to a superuser already.
DROP EXTENSION plpgsql;
CREATE EXTENSION plpgsql;
CREATE EXTENSION hstore;
COMMENT ON EXTENSION hstore IS 'a comment of our own';

CREATE TABLE note (id int PRIMARY KEY, words text);
INSERT INTO note SELECT g, md5(g::text) FROM generate_series(1, 100) AS g;

CREATE FUNCTION audit() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER "on every command" ON ddl_command_end EXECUTE FUNCTION audit();
ALTER EVENT TRIGGER "on every command" DISABLE;
COMMENT ON EVENT TRIGGER "on every command" IS 'x';

CREATE PUBLICATION everything FOR ALL TABLES;
COMMENT ON PUBLICATION everything IS 'x';
CREATE SCHEMA part;
CREATE PUBLICATION parts FOR TABLES IN SCHEMA part;
CREATE PUBLICATION notes FOR TABLE note;
COMMENT ON PUBLICATION notes IS 'it can be restored';

GRANT SELECT ON pg_catalog.pg_authid TO CURRENT_USER WITH GRANT OPTION;
REVOKE EXECUTE ON FUNCTION pg_catalog.lo_create(oid) FROM PUBLIC;
