-- Its setting is not called after the extension, and its message says no name; another extension stays.
CREATE EXTENSION pg_sundial; CREATE EXTENSION hstore; CREATE TABLE t AS SELECT hstore('a', '1') AS h;
