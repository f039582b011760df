-- The same with a procedure and a view, and beside them what works with its user's rights, or belongs to the restoring role.
CREATE TABLE secret (i int); ALTER TABLE secret OWNER TO weak;
CREATE PROCEDURE "do it"() LANGUAGE sql SECURITY DEFINER BEGIN ATOMIC SELECT 1; END; ALTER PROCEDURE "do it"() OWNER TO weak;
CREATE VIEW open AS SELECT 1 AS i; ALTER VIEW open OWNER TO weak;
CREATE FUNCTION plain(t text DEFAULT 'LANGUAGE sql SECURITY DEFINER') RETURNS text LANGUAGE sql AS 'SELECT $1 -- SECURITY DEFINER';
ALTER FUNCTION plain(text) OWNER TO weak;
CREATE VIEW own AS SELECT 1 AS i; CREATE FUNCTION own() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
CREATE VIEW invoked WITH (security_invoker) AS SELECT 1 AS i; ALTER VIEW invoked OWNER TO weak;
