-- CREATE ROLE reporter first. With no_privileges: false all of this comes back, and there is nothing to warn of.
CREATE TABLE t (i int, j int); GRANT SELECT ON t TO reporter;
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; REVOKE EXECUTE ON FUNCTION f() FROM PUBLIC; GRANT EXECUTE ON FUNCTION f() TO reporter;
