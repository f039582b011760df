CREATE FUNCTION @extschema@.grown(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1 + 1';
CREATE FUNCTION @extschema@.still_there(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1';
