DO $$ BEGIN
  IF current_database() IS DISTINCT FROM current_setting('sundial.database_name', true) THEN
    RAISE EXCEPTION 'pg_sundial lives in % alone', current_setting('sundial.database_name', true);
  END IF;
END $$;
CREATE SCHEMA sundial;
CREATE FUNCTION sundial.now() RETURNS time LANGUAGE sql AS 'SELECT localtime';
GRANT USAGE ON SCHEMA sundial TO PUBLIC;
