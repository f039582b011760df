-- What a role without superuser cannot restore, and what a database is not whole without.
CREATE TABLE note (id int PRIMARY KEY, words text);

CREATE FUNCTION internal_one(text) RETURNS text LANGUAGE internal STRICT AS 'textin';
CREATE FUNCTION in_c() RETURNS trigger LANGUAGE c AS '$libdir/refint', 'check_primary_key';
CREATE FUNCTION leakproof() RETURNS boolean LANGUAGE sql LEAKPROOF AS 'SELECT true';
CREATE FUNCTION supported() RETURNS boolean LANGUAGE sql SUPPORT pg_catalog.textlike_support AS 'SELECT true';
CREATE FUNCTION harmless() RETURNS text LANGUAGE sql AS $$SELECT '
    LANGUAGE c'$$;
CREATE PROCEDURE harmless_too() LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE of_internal(internal) (SFUNC = int8_avg_combine, STYPE = internal);
CREATE AGGREGATE harmless_sum(int) (SFUNC = int4pl, STYPE = int);

CREATE TYPE base;
CREATE FUNCTION base_in(cstring) RETURNS base LANGUAGE internal STRICT IMMUTABLE AS 'int4in';
CREATE FUNCTION base_out(base) RETURNS cstring LANGUAGE internal STRICT IMMUTABLE AS 'int4out';
CREATE TYPE base (INPUT = base_in, OUTPUT = base_out, LIKE = int4);
CREATE TYPE only_a_shell;
CREATE TYPE pair AS (a int, b text);
CREATE TYPE mood AS ENUM ('fine');
CREATE TYPE span AS RANGE (SUBTYPE = int4);
CREATE DOMAIN positive AS int CHECK (value > 0);

CREATE CAST (int8 AS timestamptz) WITHOUT FUNCTION;
CREATE FUNCTION pair_text(pair) RETURNS text LANGUAGE sql AS 'SELECT $1.b';
CREATE CAST (pair AS text) WITH FUNCTION pair_text(pair);
CREATE FUNCTION same(pair, pair) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
CREATE OPERATOR === (LEFTARG = pair, RIGHTARG = pair, FUNCTION = same);
CREATE OPERATOR FAMILY family USING btree;
CREATE OPERATOR CLASS class FOR TYPE pair USING hash AS OPERATOR 1 === (pair, pair);

CREATE TEXT SEARCH PARSER parser
  (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
COMMENT ON TEXT SEARCH PARSER parser IS 'x';
CREATE TEXT SEARCH TEMPLATE template (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY dictionary (TEMPLATE = simple);
CREATE TEXT SEARCH CONFIGURATION configuration (PARSER = default);
CREATE ACCESS METHOD method TYPE INDEX HANDLER bthandler;
CREATE TRANSFORM FOR pair LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal));
CREATE FOREIGN DATA WRAPPER wrapper;
CREATE CONVERSION conversion FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
CREATE EXTENSION pageinspect;
