DROP FUNCTION @extschema@.grown(int);
