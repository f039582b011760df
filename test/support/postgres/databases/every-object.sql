-- Every kind of object that a role without superuser can own, on PostgreSQL 14 to 18.
--
-- Runs as one plain query of several statements (no psql, no COPY) in an empty UTF8 database, as a role
-- that owns the database. Nothing else is presumed: no other role, no setting, no search_path.
--
-- Left out, because PostgreSQL keeps them from such a role: base types, operator classes and families,
-- event triggers, foreign data wrappers and servers, access methods, languages, transforms, text search
-- parsers and templates, subscriptions, publications of all tables or of a schema, LEAKPROOF functions,
-- functions that set a parameter of the superuser's, security labels.
--
-- Left out, because PostgreSQL itself cannot dump or restore them as such a role, or not faithfully:
--   * FORCE ROW LEVEL SECURITY: pg_dump refuses, as the owner would not see every row.
--   * A function in an index, a generated column or a materialized view that finds other objects
--     through search_path: pg_restore runs with an empty one.
--   * An exclusion constraint on a partitioned table (17): "cannot attach index … as a partition".
--   * A child table whose own columns stand before the inherited ones: they come back after them.
--   * A view that is nothing but VALUES: it comes back in another, equal spelling.
-- Left out, because the text to compare cannot show them: comment, settings and grants of the database;
-- grants to some large objects but not to others, by which pg_dump 17 groups the objects.
--
-- Grants and default privileges are made below, but --no-privileges keeps them out of that text.

------------------------------------------------------------------------------------------------------
-- Extensions: the trusted ones, some in public, some in a schema of their own

CREATE SCHEMA ext;
COMMENT ON SCHEMA ext IS 'Home of most extensions';

CREATE EXTENSION btree_gist SCHEMA public;
CREATE EXTENSION cube SCHEMA public;
CREATE EXTENSION pg_trgm SCHEMA public;
CREATE EXTENSION "uuid-ossp" SCHEMA public;
CREATE EXTENSION btree_gin SCHEMA ext;
CREATE EXTENSION citext SCHEMA ext;
CREATE EXTENSION dict_int SCHEMA ext;
CREATE EXTENSION fuzzystrmatch SCHEMA ext;
CREATE EXTENSION hstore SCHEMA ext;
CREATE EXTENSION intarray SCHEMA ext;
CREATE EXTENSION isn SCHEMA ext;
CREATE EXTENSION lo SCHEMA ext;
CREATE EXTENSION ltree SCHEMA ext;
CREATE EXTENSION pgcrypto SCHEMA ext;
CREATE EXTENSION seg SCHEMA ext;
CREATE EXTENSION tablefunc SCHEMA ext;
CREATE EXTENSION tcn SCHEMA ext;
CREATE EXTENSION tsm_system_rows SCHEMA ext;
CREATE EXTENSION tsm_system_time SCHEMA ext;
CREATE EXTENSION unaccent SCHEMA ext;
COMMENT ON EXTENSION hstore IS 'keys and values, with a comment of our own';

------------------------------------------------------------------------------------------------------
-- Types, domains, collations

CREATE SCHEMA depot;
COMMENT ON SCHEMA depot IS E'Goods, bays and movements\n\\restrict is only text here\n-- and so is this';

CREATE TYPE depot.state AS ENUM ('new', 'it''s "quoted"', 'größer', 'back\slash', '', 'gone');
ALTER TYPE depot.state ADD VALUE 'counted' BEFORE 'gone';
ALTER TYPE depot.state RENAME VALUE 'new' TO 'fresh';
COMMENT ON TYPE depot.state IS 'Where an article is in its life';

CREATE TYPE depot.empty_enum AS ENUM ();

CREATE TYPE depot.size AS (width numeric(8,2), height numeric(8,2), "depth in cm" numeric(8,2));
COMMENT ON TYPE depot.size IS 'A box';
COMMENT ON COLUMN depot.size."depth in cm" IS 'front to back';
CREATE TYPE depot.nothing AS ();

CREATE COLLATION depot.german_phonebook (provider = icu, locale = 'de-u-co-phonebk');
CREATE COLLATION depot.ignore_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE COLLATION depot.natural_numbers (provider = icu, locale = 'en-u-kn-true');
CREATE COLLATION depot.plain_bytes FROM "C";
COMMENT ON COLLATION depot.ignore_case IS 'A equals a';

CREATE DOMAIN depot.article_code AS text
  COLLATE "C"
  DEFAULT 'A-0000'
  CONSTRAINT "code has a letter" CHECK (VALUE ~ '^[A-Z]-[0-9]{4,}$')
  CONSTRAINT not_too_long CHECK (length(VALUE) < 20);
CREATE DOMAIN depot.required_code AS depot.article_code NOT NULL;
CREATE DOMAIN depot.percentages AS numeric(5,2)[] CHECK (100 >= ALL (VALUE));
CREATE DOMAIN depot.box AS depot.size CHECK ((VALUE).width > 0);
CREATE DOMAIN depot.even AS integer;
COMMENT ON DOMAIN depot.article_code IS 'The number on the label';
COMMENT ON CONSTRAINT not_too_long ON DOMAIN depot.article_code IS 'the label is small';

CREATE FUNCTION depot.distance(a double precision, b double precision) RETURNS double precision
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT a - b';
CREATE TYPE depot.temperature AS RANGE (
  subtype = double precision, subtype_diff = depot.distance, multirange_type_name = depot.temperatures);
CREATE TYPE depot.word_range AS RANGE (subtype = text, collation = depot.german_phonebook);
COMMENT ON TYPE depot.temperature IS 'From the coldest to the warmest';

------------------------------------------------------------------------------------------------------
-- Functions, procedures, aggregates, operators, casts, a conversion

CREATE FUNCTION depot.volume(box depot.size) RETURNS numeric
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN (box).width * (box).height * (box)."depth in cm";
COMMENT ON FUNCTION depot.volume(depot.size) IS 'cm³';

CREATE FUNCTION depot.volume(width numeric, height numeric DEFAULT 1, depth numeric DEFAULT 2 * 0.5)
  RETURNS numeric LANGUAGE sql IMMUTABLE
  BEGIN ATOMIC
    SELECT width * height * depth;
  END;

CREATE FUNCTION depot.longest(VARIADIC words text[]) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 12.5
  AS 'SELECT word FROM unnest(words) AS word ORDER BY length(word) DESC, word COLLATE "C" LIMIT 1';

CREATE FUNCTION depot.pair(anycompatible, anycompatible, OUT first anycompatible, OUT pair anycompatiblearray)
  LANGUAGE sql AS 'SELECT $1, ARRAY[$1, $2]';

CREATE FUNCTION depot.numbered(text[]) RETURNS TABLE (place integer, "the word" text)
  LANGUAGE plpgsql STABLE STRICT ROWS 17
  SET search_path = pg_catalog, pg_temp
  SET work_mem = '8MB'
  SET "DateStyle" = 'ISO, DMY'
  AS $outer$
BEGIN
  RETURN QUERY EXECUTE $inner$ SELECT i, $1[i] FROM generate_subscripts($1, 1) AS i $inner$ USING $1;
EXCEPTION
  WHEN division_by_zero THEN
    RAISE NOTICE 'never: %', $$quoted 'twice'$$;
END
$outer$;

CREATE FUNCTION depot.whose() RETURNS text
  LANGUAGE plpgsql SECURITY DEFINER PARALLEL RESTRICTED SET search_path FROM CURRENT
  AS 'BEGIN RETURN current_user; END';

CREATE FUNCTION depot."strange Body, (really)"() RETURNS text LANGUAGE plpgsql
  AS E'\r\n/* lines end as on Windows\r\n\\restrict notACommand\n\\unrestrict notACommand\n\\.\n*/\n'
     'BEGIN\r\n\tRETURN ''$$ $_$ $function$ %s \\ ü 🐘'';\r\nEND\r\n';
COMMENT ON FUNCTION depot."strange Body, (really)"() IS '';
COMMENT ON FUNCTION depot.whose() IS E'first line\n\\connect nowhere\n''quotes'' and "quotes", $1, 100%\ttab';

CREATE PROCEDURE depot.double_it(INOUT n integer, note text DEFAULT NULL)
  LANGUAGE plpgsql AS 'BEGIN n := n * 2; END';
COMMENT ON PROCEDURE depot.double_it(integer, text) IS 'n becomes 2n';

CREATE AGGREGATE depot.product(numeric) (
  sfunc = numeric_mul, stype = numeric, initcond = '1', combinefunc = numeric_mul, parallel = safe);
CREATE AGGREGATE depot.total(bigint) (
  sfunc = int8pl, stype = bigint, initcond = '0',
  msfunc = int8pl, minvfunc = int8mi, mstype = bigint, minitcond = '0');
CREATE FUNCTION depot.nth_of(sorted numeric[], n integer) RETURNS numeric
  LANGUAGE sql IMMUTABLE AS 'SELECT sorted[n]';
CREATE AGGREGATE depot.nth(integer ORDER BY numeric) (
  sfunc = array_append, stype = numeric[], initcond = '{}', finalfunc = depot.nth_of);
COMMENT ON AGGREGATE depot.product(numeric) IS 'all multiplied';
COMMENT ON AGGREGATE depot.nth(integer ORDER BY numeric) IS 'the n-th of the sorted';

CREATE FUNCTION depot.same_volume(depot.size, depot.size) RETURNS boolean
  LANGUAGE sql IMMUTABLE RETURN depot.volume($1) = depot.volume($2);
CREATE FUNCTION depot.other_volume(depot.size, depot.size) RETURNS boolean
  LANGUAGE sql IMMUTABLE RETURN depot.volume($1) <> depot.volume($2);
CREATE OPERATOR depot.=== (
  function = depot.same_volume, leftarg = depot.size, rightarg = depot.size,
  commutator = OPERATOR(depot.===), negator = OPERATOR(depot.!==),
  restrict = eqsel, join = eqjoinsel, hashes, merges);
CREATE OPERATOR depot.!== (
  function = depot.other_volume, leftarg = depot.size, rightarg = depot.size,
  commutator = OPERATOR(depot.!==), negator = OPERATOR(depot.===), restrict = neqsel, join = neqjoinsel);
CREATE OPERATOR depot.@# (function = depot.volume, rightarg = depot.size);
COMMENT ON OPERATOR depot.=== (depot.size, depot.size) IS 'holds as much';

CREATE FUNCTION depot.state_number(depot.state) RETURNS integer
  LANGUAGE sql IMMUTABLE STRICT AS 'SELECT array_position(enum_range($1), $1)';
CREATE FUNCTION depot.size_label(depot.size) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT RETURN concat_ws(' x ', ($1).width, ($1).height, ($1)."depth in cm");
CREATE CAST (depot.state AS integer) WITH FUNCTION depot.state_number(depot.state) AS ASSIGNMENT;
CREATE CAST (depot.size AS varchar) WITH FUNCTION depot.size_label(depot.size);
CREATE CAST (varchar AS depot.size) WITH INOUT AS ASSIGNMENT;
COMMENT ON CAST (depot.state AS integer) IS 'its place in the list';

CREATE CONVERSION depot.latin1_in FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
CREATE DEFAULT CONVERSION depot.latin1_out FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
COMMENT ON CONVERSION depot.latin1_in IS 'as the built-in one';

------------------------------------------------------------------------------------------------------
-- Text search

CREATE TEXT SEARCH DICTIONARY depot.no_accents (template = ext.unaccent, rules = 'unaccent');
CREATE TEXT SEARCH DICTIONARY depot.short_words (template = pg_catalog.simple, stopwords = english, accept = false);
CREATE TEXT SEARCH DICTIONARY depot.stems (template = snowball, language = 'german');
CREATE TEXT SEARCH CONFIGURATION depot.articles (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION depot.articles
  ALTER MAPPING FOR hword, hword_part, word WITH depot.no_accents, depot.short_words, depot.stems;
ALTER TEXT SEARCH CONFIGURATION depot.articles DROP MAPPING FOR email, url;
COMMENT ON TEXT SEARCH DICTIONARY depot.no_accents IS 'é is e';
COMMENT ON TEXT SEARCH CONFIGURATION depot.articles IS 'English without accents';

------------------------------------------------------------------------------------------------------
-- Sequences

CREATE SEQUENCE depot.countdown AS smallint INCREMENT BY -3 MINVALUE -100 MAXVALUE 90 START 90 CACHE 4 CYCLE;
SELECT nextval('depot.countdown'), nextval('depot.countdown');
CREATE SEQUENCE depot.untouched START 9223372036854775807;
CREATE SEQUENCE depot."Ticket no." MINVALUE 0 START 0;
SELECT setval('depot."Ticket no."', 41, false);
COMMENT ON SEQUENCE depot.countdown IS 'round and round';

------------------------------------------------------------------------------------------------------
-- Tables and constraints

CREATE TABLE depot.bay (
  bay_id integer GENERATED ALWAYS AS IDENTITY (START 10 INCREMENT 10),
  bay_code ext.citext NOT NULL,
  label text COLLATE depot.german_phonebook DEFAULT 'Bay' || ' ' || 'unnamed',
  gone_soon text,
  floor_space numeric(10,3) CHECK (floor_space >= 0),
  height numeric(10,3),
  room numeric GENERATED ALWAYS AS (floor_space * height) STORED,
  tags ext.hstore DEFAULT '"safe"=>"yes"',
  path ext.ltree,
  token uuid DEFAULT public.uuid_generate_v5(public.uuid_ns_url(), 'depot'),
  CONSTRAINT bay_pkey PRIMARY KEY (bay_id) INCLUDE (label),
  CONSTRAINT "bay code, once" UNIQUE (bay_code) DEFERRABLE INITIALLY DEFERRED
) WITH (fillfactor = 70, autovacuum_enabled = false, toast.autovacuum_vacuum_threshold = 99);
ALTER TABLE depot.bay DROP COLUMN gone_soon;
INSERT INTO depot.bay (bay_code, label, floor_space, height, path)
  SELECT 'B' || i, CASE WHEN i % 5 > 0 THEN 'Stellplatz Ä' || i END, i * 1.5, 3, ('hall.row' || i % 3)::ext.ltree
  FROM generate_series(1, 40) AS i;
COMMENT ON TABLE depot.bay IS 'A place on the floor';
COMMENT ON COLUMN depot.bay.room IS 'computed, never entered';
COMMENT ON CONSTRAINT "bay code, once" ON depot.bay IS 'checked at commit';
COMMENT ON INDEX depot.bay_pkey IS 'made by the constraint';

CREATE TABLE depot.article (
  article_id bigint GENERATED BY DEFAULT AS IDENTITY
    (SEQUENCE NAME depot.article_numbers START 1000 INCREMENT 7 CACHE 5 MAXVALUE 99999),
  code depot.required_code UNIQUE,
  name varchar(80) NOT NULL,
  state depot.state NOT NULL DEFAULT 'fresh',
  box depot.box,
  old_boxes depot.size[],
  shares depot.percentages DEFAULT '{50,50}',
  made_of text[] NOT NULL DEFAULT ARRAY['wood', 'NULL', NULL, 'a "quoted", one'],
  best_kept depot.temperature,
  not_at depot.temperatures,
  description text,
  words tsvector GENERATED ALWAYS AS (to_tsvector('depot.articles'::regconfig, coalesce(description, ''))) STORED,
  weight real CONSTRAINT "weight > 0" CHECK (weight > 0) NO INHERIT,
  added timestamptz DEFAULT '2024-02-29 12:00:00+01',
  replaced_by bigint,
  PRIMARY KEY (article_id),
  CONSTRAINT not_itself CHECK (replaced_by <> article_id),
  CONSTRAINT replaced_by_article FOREIGN KEY (replaced_by) REFERENCES depot.article ON DELETE SET NULL
);
INSERT INTO depot.article (code, name, state, box, old_boxes, best_kept, not_at, description, weight)
  SELECT 'A-' || lpad(i::text, 4, '0'), 'Article ' || i,
    ('{fresh,"it''s \"quoted\"",größer,"back\\slash","",gone}'::depot.state[])[1 + i % 6],
    CASE WHEN i % 4 > 0 THEN ROW(i, i / 2.0, 1)::depot.size END,
    CASE WHEN i % 3 > 0 THEN ARRAY[ROW(1, NULL, i)::depot.size, NULL] END,
    depot.temperature(i, CASE WHEN i % 9 > 0 THEN i + 10.5 END, '(]'),
    depot.temperatures(depot.temperature(-5, 0), depot.temperature(i + 50, i + 60.25)),
    CASE i % 3 WHEN 0 THEN 'A crate of the café''s cups, number ' || i WHEN 1 THEN 'shelf ' || i END,
    i / 3.0
  FROM generate_series(1, 200) AS i;
UPDATE depot.article SET replaced_by = article_id + 7 WHERE article_id % 5 = 0;
COMMENT ON CONSTRAINT not_itself ON depot.article IS 'no circle of one';

CREATE TABLE depot.movement (
  movement_id bigserial PRIMARY KEY,
  article_id bigint NOT NULL REFERENCES depot.article ON UPDATE CASCADE ON DELETE RESTRICT,
  bay_id integer REFERENCES depot.bay ON DELETE SET DEFAULT DEFERRABLE INITIALLY DEFERRED DEFAULT 10,
  pieces integer NOT NULL,
  moved_at timestamp(3) NOT NULL,
  note jsonb
);
INSERT INTO depot.movement (article_id, bay_id, pieces, moved_at, note)
  SELECT 1000 + 7 * (i * 31 % 200), 10 + 10 * (i % 40), 1 + i * i % 97,
    timestamp '2023-01-01' + i * interval '1 h 7 min 0.123 s',
    CASE WHEN i % 10 > 0 THEN jsonb_build_object('by', 'scanner ' || i % 6, 'seen', i % 2 = 0, 'lot', ARRAY[i, i + 1]) END
  FROM generate_series(1, 5000) AS i;

-- Two tables that refer to each other
CREATE TABLE depot.team (team_id integer PRIMARY KEY, lead_id integer NOT NULL);
CREATE TABLE depot.worker (
  worker_id integer PRIMARY KEY,
  team_id integer NOT NULL REFERENCES depot.team ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE,
  badge text,
  UNIQUE (team_id, worker_id)
);
ALTER TABLE depot.team ADD CONSTRAINT lead_is_in_team FOREIGN KEY (team_id, lead_id)
  REFERENCES depot.worker (team_id, worker_id) MATCH FULL DEFERRABLE INITIALLY DEFERRED;
INSERT INTO depot.team SELECT i, i * 10 FROM generate_series(1, 5) AS i;
INSERT INTO depot.worker SELECT i * 10 + j, i, 'badge ' || i || '/' || j
  FROM generate_series(1, 5) AS i, generate_series(0, 3) AS j;
SET CONSTRAINTS ALL IMMEDIATE;

-- Rows that break rules which are declared NOT VALID
CREATE TABLE depot.legacy (legacy_id integer, pieces integer, halves depot.even);
INSERT INTO depot.legacy VALUES (1, -1, 3), (999, 5, 4), (NULL, NULL, NULL);
ALTER TABLE depot.legacy ADD CONSTRAINT pieces_positive CHECK (pieces > 0) NOT VALID;
ALTER TABLE depot.legacy ADD CONSTRAINT legacy_bay FOREIGN KEY (legacy_id) REFERENCES depot.bay NOT VALID;
ALTER DOMAIN depot.even ADD CONSTRAINT really_even CHECK (VALUE % 2 = 0) NOT VALID;
COMMENT ON CONSTRAINT pieces_positive ON depot.legacy IS 'from now on';

CREATE TABLE depot.booking (
  bay_id integer NOT NULL,
  during tsrange NOT NULL,
  cancelled boolean NOT NULL DEFAULT false,
  area box,
  CONSTRAINT no_double_booking EXCLUDE USING gist (bay_id WITH =, during WITH &&)
    INCLUDE (cancelled) WHERE (NOT cancelled) DEFERRABLE,
  CONSTRAINT areas_apart EXCLUDE USING gist (area WITH &&)
);
INSERT INTO depot.booking
  SELECT i % 3, tsrange(timestamp '2024-01-01' + i * interval '1 day', timestamp '2024-01-02' + i * interval '1 day'),
    i % 4 = 0, box(point(i, i), point(i + 0.5, i + 0.5))
  FROM generate_series(1, 30) AS i;
INSERT INTO depot.booking VALUES (1, 'empty', false, NULL), (1, '(,2020-01-01]', true, NULL), (2, '(,)', true, NULL);
COMMENT ON CONSTRAINT no_double_booking ON depot.booking IS 'one at a time';

-- Odd shapes
CREATE TABLE depot.empty_table (id integer PRIMARY KEY, words text DEFAULT 'none');
CREATE TABLE depot.no_columns ();
INSERT INTO depot.no_columns DEFAULT VALUES;
INSERT INTO depot.no_columns DEFAULT VALUES;
INSERT INTO depot.no_columns DEFAULT VALUES;
CREATE TABLE depot.all_dropped (a integer, b text);
INSERT INTO depot.all_dropped VALUES (1, 'one'), (2, 'two');
ALTER TABLE depot.all_dropped DROP COLUMN a, DROP COLUMN b;
CREATE TABLE depot.only_generated (always integer GENERATED ALWAYS AS (6 * 7) STORED);
INSERT INTO depot.only_generated DEFAULT VALUES;
CREATE UNLOGGED TABLE depot.scratch (id serial, words text);
INSERT INTO depot.scratch (words) SELECT 'scratch ' || i FROM generate_series(1, 20) AS i;
CREATE TABLE depot.typed_size OF depot.size (
  width WITH OPTIONS NOT NULL DEFAULT 1, PRIMARY KEY (width, height), CHECK (width < height * 10));
INSERT INTO depot.typed_size VALUES (1, 2, 3), (2, 3, NULL);
CREATE TABLE depot.rows_of_rows (pair depot.typed_size, many depot.movement[], of_catalog regclass, kind regtype);
INSERT INTO depot.rows_of_rows VALUES
  (ROW(5, 6, 7), ARRAY[ROW(1, 2, 3, 4, '2020-01-01', '{"a": [null]}')::depot.movement], 'depot.bay', 'depot.size[]'),
  (NULL, '{}', 'depot."Ticket no."', 'timestamp with time zone');

-- Inheritance
CREATE TABLE depot.thing (
  thing_id integer NOT NULL, name text DEFAULT 'a thing', CONSTRAINT has_number CHECK (thing_id > 0));
CREATE TABLE depot.priced (name text, price money DEFAULT 1.5, CHECK (name <> '') NO INHERIT);
CREATE TABLE depot.forklift (wheels smallint DEFAULT 4, name text DEFAULT 'a forklift', PRIMARY KEY (thing_id))
  INHERITS (depot.thing, depot.priced);
CREATE TABLE depot.big_forklift (CONSTRAINT has_number CHECK (thing_id > 0)) INHERITS (depot.forklift);
CREATE TABLE depot.late_child (thing_id integer NOT NULL, name text, extra text, CONSTRAINT has_number CHECK (thing_id > 0));
ALTER TABLE depot.late_child INHERIT depot.thing;
INSERT INTO depot.thing VALUES (1);
INSERT INTO depot.priced VALUES ('rope', 2.5);
INSERT INTO depot.forklift (thing_id, price) VALUES (2, 3000), (3, NULL);
INSERT INTO depot.big_forklift (thing_id, wheels) VALUES (4, 6);
INSERT INTO depot.late_child VALUES (5, 'late', 'extra');

-- How columns are stored
CREATE TABLE depot.stored (
  id integer PRIMARY KEY, plain text, main text, external text, extended text COMPRESSION pglz, modern text);
ALTER TABLE depot.stored
  ALTER main SET STORAGE MAIN, ALTER external SET STORAGE EXTERNAL, ALTER plain SET STORAGE PLAIN,
  ALTER extended SET STATISTICS 777, ALTER main SET (n_distinct = -0.5, n_distinct_inherited = 100),
  SET (toast_tuple_target = 4000, parallel_workers = 3);
DO $$ BEGIN
  ALTER TABLE depot.stored ALTER modern SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN NULL; -- a server that was built without lz4
END $$;
INSERT INTO depot.stored SELECT i, 'plain', repeat('m', i * 1000), repeat('e', i * 1000), repeat('x', i * 1000), repeat('l', i * 1000)
  FROM generate_series(1, 5) AS i;

------------------------------------------------------------------------------------------------------
-- Partitions

CREATE TABLE depot.reading (
  sensor integer NOT NULL, taken_on date NOT NULL, kind text, value double precision DEFAULT 0,
  PRIMARY KEY (sensor, taken_on, kind)
) PARTITION BY RANGE (taken_on);
CREATE TABLE depot.reading_2023 PARTITION OF depot.reading FOR VALUES FROM (MINVALUE) TO ('2024-01-01');
CREATE TABLE depot.reading_2024 PARTITION OF depot.reading (value DEFAULT 24, CONSTRAINT warm CHECK (value > -300))
  FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') PARTITION BY LIST (kind);
CREATE TABLE depot.reading_2024_heat PARTITION OF depot.reading_2024 FOR VALUES IN ('heat', 'cold');
CREATE TABLE depot."reading 2024 other" PARTITION OF depot.reading_2024 DEFAULT;
CREATE TABLE depot.reading_rest PARTITION OF depot.reading DEFAULT WITH (fillfactor = 50);
-- This one comes from elsewhere: its columns are in another order and one was dropped
CREATE TABLE ext.reading_2025 (kind text NOT NULL, junk integer, value double precision, taken_on date NOT NULL, sensor integer NOT NULL);
ALTER TABLE ext.reading_2025 DROP COLUMN junk;
ALTER TABLE depot.reading ATTACH PARTITION ext.reading_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
INSERT INTO depot.reading
  SELECT i % 7, date '2023-06-01' + i, CASE i % 3 WHEN 0 THEN 'heat' WHEN 1 THEN 'cold' ELSE 'damp' END, i / 7.0
  FROM generate_series(1, 1200) AS i;
COMMENT ON TABLE depot.reading IS 'split by year';
COMMENT ON TABLE depot.reading_2024 IS 'split again by kind';
CREATE INDEX reading_value ON depot.reading (value DESC NULLS LAST) INCLUDE (kind);
CREATE INDEX ON ONLY depot.reading (kind);
COMMENT ON INDEX depot.reading_value IS 'on every part';

CREATE TABLE depot.hashed (id integer, state depot.state, words text) PARTITION BY HASH (id, words);
CREATE TABLE depot.hashed_0 PARTITION OF depot.hashed FOR VALUES WITH (MODULUS 3, REMAINDER 0);
CREATE TABLE depot.hashed_1 PARTITION OF depot.hashed FOR VALUES WITH (MODULUS 3, REMAINDER 1);
CREATE TABLE depot.hashed_2 PARTITION OF depot.hashed FOR VALUES WITH (MODULUS 6, REMAINDER 2);
CREATE TABLE depot.hashed_5 PARTITION OF depot.hashed FOR VALUES WITH (MODULUS 6, REMAINDER 5);
INSERT INTO depot.hashed SELECT i, 'fresh', 'word ' || i FROM generate_series(1, 100) AS i;

CREATE TABLE depot.listed (region text, grade integer, half boolean) PARTITION BY LIST (lower(region));
CREATE TABLE depot.listed_north PARTITION OF depot.listed FOR VALUES IN ('north', 'it''s "north"');
CREATE TABLE depot.listed_null PARTITION OF depot.listed FOR VALUES IN (NULL) PARTITION BY RANGE (grade, half);
CREATE TABLE depot.listed_null_low PARTITION OF depot.listed_null FOR VALUES FROM (MINVALUE, MINVALUE) TO (5, true);
CREATE TABLE depot.listed_null_high PARTITION OF depot.listed_null FOR VALUES FROM (5, true) TO (MAXVALUE, MAXVALUE);
INSERT INTO depot.listed VALUES ('NORTH', 1, true), ('It''s "North"', 2, NULL), (NULL, 4, false), (NULL, 5, true), (NULL, 50, false);

CREATE TABLE depot.no_partitions (id integer) PARTITION BY LIST (id);

CREATE TABLE depot.reading_remark (
  remark_id integer PRIMARY KEY, sensor integer, taken_on date, kind text, remark text,
  FOREIGN KEY (sensor, taken_on, kind) REFERENCES depot.reading ON DELETE CASCADE);
INSERT INTO depot.reading_remark SELECT row_number() OVER (ORDER BY taken_on), sensor, taken_on, kind, 'seen'
  FROM depot.reading WHERE sensor = 3 AND kind = 'heat';

------------------------------------------------------------------------------------------------------
-- Indexes and statistics

CREATE INDEX movement_big ON depot.movement (article_id DESC NULLS LAST, moved_at) INCLUDE (pieces) WHERE pieces > 50;
CREATE INDEX movement_day ON depot.movement (date_trunc('day', moved_at), ((note ->> 'by') COLLATE "C")) WITH (fillfactor = 60);
CREATE INDEX movement_note ON depot.movement USING gin (note jsonb_path_ops) WITH (fastupdate = off);
CREATE INDEX movement_when ON depot.movement USING brin (moved_at timestamp_minmax_multi_ops)
  WITH (pages_per_range = 4, autosummarize = on);
CREATE INDEX movement_hash ON depot.movement USING hash (bay_id);
CREATE INDEX article_words ON depot.article USING gist (words tsvector_ops (siglen = 100));
CREATE INDEX article_name ON depot.article USING gin (name public.gin_trgm_ops);
CREATE INDEX article_name_start ON depot.article (name varchar_pattern_ops, lower(name) COLLATE depot.german_phonebook);
CREATE INDEX article_best ON depot.article USING spgist (best_kept);
CREATE INDEX article_state ON depot.article USING gin (state, name public.gin_trgm_ops, code);
CREATE INDEX bay_tags ON depot.bay USING gist (tags ext.gist_hstore_ops (siglen = 32), path ext.gist_ltree_ops);
CREATE UNIQUE INDEX bay_label ON depot.bay (label COLLATE depot.ignore_case text_ops ASC NULLS FIRST);
CREATE UNIQUE INDEX worker_badge ON depot.worker (badge);
ALTER TABLE depot.worker ALTER badge SET NOT NULL, REPLICA IDENTITY USING INDEX worker_badge;
ALTER TABLE depot.team REPLICA IDENTITY FULL;
ALTER TABLE depot.legacy REPLICA IDENTITY NOTHING;
ALTER TABLE depot.movement CLUSTER ON movement_day;
ALTER INDEX depot.movement_day ALTER COLUMN 1 SET STATISTICS 500;
COMMENT ON INDEX depot.movement_big IS 'only the large ones';

CREATE STATISTICS depot.movement_pairs (ndistinct, dependencies) ON article_id, bay_id FROM depot.movement;
CREATE STATISTICS depot.movement_common (mcv) ON bay_id, pieces, (pieces % 10) FROM depot.movement;
CREATE STATISTICS depot.movement_expression ON (note ->> 'by') FROM depot.movement;
ALTER STATISTICS depot.movement_common SET STATISTICS 250;
COMMENT ON STATISTICS depot.movement_pairs IS 'articles have a home';

------------------------------------------------------------------------------------------------------
-- Views

CREATE VIEW depot.large_movement AS
  SELECT movement_id, pieces, moved_at FROM depot.movement WHERE pieces > 90
  WITH CASCADED CHECK OPTION;
CREATE VIEW depot.larger_movement WITH (security_barrier) AS
  SELECT * FROM depot.large_movement WHERE pieces > 95 WITH LOCAL CHECK OPTION;
ALTER VIEW depot.large_movement ALTER COLUMN moved_at SET DEFAULT '2024-01-01';
CREATE RECURSIVE VIEW depot.chain (article_id, successor, depth) AS
  SELECT article_id, replaced_by, 1 FROM depot.article WHERE replaced_by IS NOT NULL
  UNION ALL
  SELECT chain.article_id, article.replaced_by, depth + 1
  FROM chain JOIN depot.article ON article.article_id = chain.successor
  WHERE article.replaced_by IS NOT NULL AND depth < 50;
CREATE VIEW depot.fixed ("no", "the ""word""", box) AS
  SELECT * FROM (VALUES (1, 'one', ROW(1, 2, 3)::depot.size), (2, E'two\n\\lines', NULL)) AS fixed (a, b, c);
-- A view and a function that hang on a primary key, which pg_dump writes after them
CREATE VIEW depot.pieces_by_article AS
  SELECT article.article_id, article.name, article.state::integer AS state_number, sum(pieces) AS pieces,
    depot.product(1 + article_id % 2) AS product, depot.nth(2) WITHIN GROUP (ORDER BY pieces) AS second,
    rank() OVER (PARTITION BY article.state ORDER BY sum(pieces) DESC)
  FROM depot.article JOIN depot.movement USING (article_id)
  GROUP BY article.article_id;
CREATE FUNCTION depot.busy_articles(at_least bigint) RETURNS SETOF depot.pieces_by_article
  LANGUAGE sql STABLE
  BEGIN ATOMIC
    SELECT * FROM depot.pieces_by_article WHERE pieces >= at_least;
  END;
CREATE FUNCTION depot.names_by_key() RETURNS TABLE (article_id bigint, name text)
  LANGUAGE sql STABLE
  BEGIN ATOMIC
    SELECT article.article_id, article.name FROM depot.article GROUP BY article.article_id;
  END;
CREATE VIEW depot.operators AS
  SELECT a.article_id, a.box OPERATOR(depot.===) b.box AS same, OPERATOR(depot.@#) a.box AS volume,
    a.code::ext.citext OPERATOR(ext.=) lower(b.code)::ext.citext AS same_code
  FROM depot.article AS a JOIN depot.article AS b ON b.article_id = a.replaced_by;
COMMENT ON VIEW depot.chain IS 'follow the successors';
COMMENT ON COLUMN depot.fixed."the ""word""" IS 'a column of a view';

CREATE MATERIALIZED VIEW depot.monthly (month, pieces) WITH (fillfactor = 90) AS
  SELECT date_trunc('month', moved_at), sum(pieces) FROM depot.movement GROUP BY 1 ORDER BY 1;
CREATE UNIQUE INDEX ON depot.monthly (month);
CREATE MATERIALIZED VIEW depot.monthly_of_monthly AS SELECT avg(pieces) AS average FROM depot.monthly;
CREATE MATERIALIZED VIEW depot.not_filled AS SELECT * FROM depot.pieces_by_article WITH NO DATA;
CREATE INDEX not_filled_name ON depot.not_filled (name);
CREATE MATERIALIZED VIEW depot.by_key AS
  SELECT article_id, code, max(moved_at) AS latest
  FROM depot.article LEFT JOIN depot.movement USING (article_id) GROUP BY article.article_id;
COMMENT ON MATERIALIZED VIEW depot.monthly IS 'refreshed at night';
COMMENT ON COLUMN depot.monthly.pieces IS 'in and out';

------------------------------------------------------------------------------------------------------
-- Triggers and rules

CREATE TABLE depot.journal (
  entry_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, relation name, operation text, arguments text[], new_row text);
CREATE FUNCTION depot.write_down() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  INSERT INTO depot.journal (relation, operation, arguments, new_row)
    VALUES (tg_relid::regclass::text, tg_op || ' ' || tg_when || ' ' || tg_level, tg_argv,
      CASE WHEN tg_level = 'ROW' THEN new::text END);
  RETURN new;
END
$$;
CREATE FUNCTION depot.count_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO depot.journal (relation, operation)
    SELECT tg_table_name, count(*) || ' rows' FROM before_rows FULL JOIN after_rows USING (team_id);
  RETURN NULL;
END
$$;

CREATE TRIGGER each_row BEFORE INSERT OR UPDATE OF pieces, bay_id ON depot.movement
  FOR EACH ROW WHEN (new.pieces > 1000 AND new.note ->> 'it''s' IS NULL)
  EXECUTE FUNCTION depot.write_down('it''s', 'back\slash', E'new\nline', '', 'ü');
CREATE TRIGGER each_statement AFTER DELETE OR TRUNCATE ON depot.movement
  FOR EACH STATEMENT EXECUTE FUNCTION depot.write_down();
CREATE TRIGGER with_tables AFTER UPDATE ON depot.team
  REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows
  FOR EACH STATEMENT EXECUTE FUNCTION depot.count_changes();
CREATE TRIGGER view_instead INSTEAD OF INSERT OR UPDATE OR DELETE ON depot.fixed
  FOR EACH ROW EXECUTE FUNCTION depot.write_down();
CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON depot.worker FROM depot.team
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION depot.write_down('at commit');
CREATE TRIGGER switched_off AFTER INSERT ON depot.worker FOR EACH ROW EXECUTE FUNCTION depot.write_down();
CREATE TRIGGER on_replica AFTER INSERT ON depot.worker FOR EACH ROW EXECUTE FUNCTION depot.write_down();
CREATE TRIGGER on_both AFTER INSERT ON depot.worker FOR EACH ROW EXECUTE FUNCTION depot.write_down();
ALTER TABLE depot.worker
  DISABLE TRIGGER switched_off, ENABLE REPLICA TRIGGER on_replica, ENABLE ALWAYS TRIGGER on_both;
CREATE TRIGGER on_parts AFTER INSERT ON depot.reading FOR EACH ROW EXECUTE FUNCTION depot.write_down();
ALTER TABLE depot.reading_rest DISABLE TRIGGER on_parts;
CREATE TRIGGER tell_others AFTER INSERT ON depot.team FOR EACH ROW
  EXECUTE FUNCTION ext.triggered_change_notification('team');
COMMENT ON TRIGGER each_row ON depot.movement IS 'the suspicious ones';
INSERT INTO depot.movement (article_id, bay_id, pieces, moved_at) VALUES (1000, 10, 1001, '2024-06-01');
INSERT INTO depot.fixed VALUES (3, 'three', NULL);
UPDATE depot.team SET lead_id = lead_id + 1 WHERE team_id = 2;

CREATE TABLE depot.ruled (id integer, words text);
INSERT INTO depot.ruled VALUES (1, 'kept');
CREATE RULE also_journal AS ON INSERT TO depot.ruled WHERE new.id > 10
  DO ALSO INSERT INTO depot.journal (relation, operation) VALUES ('ruled', 'rule ' || new.words);
CREATE RULE never_delete AS ON DELETE TO depot.ruled DO INSTEAD NOTHING;
CREATE RULE "two ""things""" AS ON UPDATE TO depot.ruled
  DO INSTEAD (SELECT 1; NOTIFY ruled);
ALTER TABLE depot.ruled DISABLE RULE never_delete, ENABLE ALWAYS RULE also_journal;
CREATE RULE view_insert AS ON INSERT TO depot.pieces_by_article
  DO INSTEAD INSERT INTO depot.ruled VALUES (new.article_id, new.name);
COMMENT ON RULE also_journal ON depot.ruled IS 'written twice';

------------------------------------------------------------------------------------------------------
-- Row level security, grants, publications

ALTER TABLE depot.worker ENABLE ROW LEVEL SECURITY;
ALTER TABLE depot.scratch ENABLE ROW LEVEL SECURITY;
CREATE POLICY everybody_reads ON depot.worker FOR SELECT TO PUBLIC USING (badge NOT LIKE '%secret%');
CREATE POLICY owner_writes ON depot.worker TO CURRENT_USER
  USING (team_id > 0) WITH CHECK (EXISTS (SELECT FROM depot.team WHERE team.team_id = worker.team_id));
CREATE POLICY "no, ""never""" ON depot.worker AS RESTRICTIVE FOR UPDATE TO pg_monitor, pg_read_all_data USING (false);
COMMENT ON POLICY everybody_reads ON depot.worker IS 'but not the secret ones';

GRANT USAGE ON SCHEMA depot TO PUBLIC;
GRANT SELECT, INSERT (bay_code), UPDATE (label) ON depot.bay TO PUBLIC;
GRANT SELECT ON depot.article TO pg_monitor WITH GRANT OPTION;
REVOKE EXECUTE ON FUNCTION depot.whose() FROM PUBLIC;
REVOKE DELETE ON depot.ruled FROM CURRENT_USER;
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA depot GRANT USAGE ON SEQUENCES TO pg_monitor;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

CREATE PUBLICATION movements FOR TABLE depot.movement, ONLY depot.thing WITH (publish = 'insert, update');
CREATE PUBLICATION "all parts" FOR TABLE depot.reading WITH (publish_via_partition_root = true);
CREATE PUBLICATION of_nothing;
COMMENT ON PUBLICATION movements IS 'to the ledger';

------------------------------------------------------------------------------------------------------
-- Large objects

SELECT lo_from_bytea(900001, 'short'),
  lo_from_bytea(900002, ''),
  lo_from_bytea(900003, (SELECT string_agg(sha512(i::text::bytea), '' ORDER BY i) FROM generate_series(1, 40000) AS i)),
  lo_from_bytea(900004, (SELECT string_agg(set_byte('\x00', 0, i), '' ORDER BY i) FROM generate_series(0, 255) AS i)),
  lo_from_bytea(4294967295, convert_to('the highest number', 'UTF8'));
SELECT lo_put(900001, 300000, 'far behind a hole');
COMMENT ON LARGE OBJECT 900003 IS 'two and a half megabytes; it''s not text';
CREATE TABLE depot.photo (photo_id integer PRIMARY KEY, picture ext.lo);
INSERT INTO depot.photo VALUES (1, 900003), (2, 900004), (3, NULL);
CREATE TRIGGER remove_picture BEFORE UPDATE OR DELETE ON depot.photo
  FOR EACH ROW EXECUTE FUNCTION ext.lo_manage(picture);

------------------------------------------------------------------------------------------------------
-- Values

CREATE SCHEMA "values";

CREATE TABLE "values".large (id integer PRIMARY KEY, words text, bytes bytea, document jsonb);
INSERT INTO "values".large VALUES
  (1, repeat('All work and no play. ', 50000), NULL, NULL),
  (2, NULL, (SELECT string_agg(sha256(i::text::bytea), '' ORDER BY i) FROM generate_series(1, 32768) AS i), NULL),
  (3, NULL, NULL, (SELECT jsonb_object_agg('key ' || i, repeat('v', i % 100)) FROM generate_series(1, 15000) AS i)),
  (4, repeat(E'\\\t\n', 350000), decode(repeat('00', 1048576), 'hex'), NULL);

CREATE TABLE "values".bytes (id integer, bytes bytea);
INSERT INTO "values".bytes
  SELECT -1, string_agg(set_byte('\x00', 0, i), '' ORDER BY i) FROM generate_series(0, 255) AS i
  UNION ALL SELECT i, set_byte('\x00', 0, i) FROM generate_series(0, 255) AS i
  UNION ALL SELECT 256, '' UNION ALL SELECT 257, NULL;

-- Every character of Unicode's first plane but the surrogates, and some beyond it
CREATE TABLE "values".characters (block text, characters text);
INSERT INTO "values".characters
  SELECT to_hex(i / 256) || '00', string_agg(chr(i), '' ORDER BY i)
  FROM generate_series(1, 65535) AS i WHERE i NOT BETWEEN 55296 AND 57343 GROUP BY i / 256 ORDER BY i / 256;
INSERT INTO "values".characters VALUES
  ('emoji', '🐘👩‍🔧🇩🇪👍🏽'), ('last', chr(1114111)), ('decomposed', U&'e\0301 A\030A'),
  ('two ways', 'اب ab אב'), ('no break', U&'a\00A0b\FEFFc\200Bd');

CREATE TABLE "values".texts (id integer GENERATED ALWAYS AS IDENTITY, value text);
INSERT INTO "values".texts (value) VALUES
  (''), (NULL), (' '), ('  both ends  '), (E'\t'), (E'tab\tin between'), (E'\n'), (E'\r\n'), (E'ends with newline\n'),
  (E'\r'), ('\'), ('\\'), ('\N'), ('\.'), (E'\n\\.\n'), ('\t is not a tab'), ('\x41'), (E'\b\f\v\x01\x1f\x7f'),
  ('"double"'), ('''single'''), ('$$dollar$$'), ('$1 :name :''x'' %s %% {} ;'), ('-- no comment'), ('/* none'),
  (E'\\restrict notACommand\n\\unrestrict notACommand'), ('\connect postgres'), ('COPY x FROM stdin;'), ('NULL'), ('null');

CREATE TABLE "values".numbers (
  "small" smallint, "int" integer, "big" bigint, "real" real, "double" double precision, "any" numeric, "fixed" numeric(30,10), "money" money);
INSERT INTO "values".numbers VALUES
  (-32768, -2147483648, -9223372036854775808, '-Infinity', '-Infinity', '-Infinity', -99999999999999999999.9999999999, -92233720368547758.08),
  (32767, 2147483647, 9223372036854775807, 'Infinity', 'Infinity', 'Infinity', 99999999999999999999.9999999999, 92233720368547758.07),
  (0, 0, 0, 'NaN', 'NaN', 'NaN', 'NaN', 0),
  (1, 1, 1, '-0', '-0', 10::numeric ^ 1000, 0.0000000001, 0.01),
  (-1, -1, -1, 1.17549435e-38, 5e-324, 10::numeric ^ -1000, 1.5, -0.01),
  (NULL, NULL, NULL, 0.1, 0.1, 1.000, NULL, NULL),
  (NULL, NULL, NULL, 3.4028235e38, 1.7976931348623157e308, 0.3000000000000000000000000000000000001, NULL, NULL),
  (NULL, NULL, NULL, 16777217, 0.30000000000000004, repeat('123456789', 1000)::numeric, NULL, NULL);

CREATE TABLE "values".times (
  "date" date, "time" time, "timetz" time with time zone, "timestamp" timestamp, "timestamptz" timestamptz, "interval" interval, "days" interval day, "short" timestamp(0));
INSERT INTO "values".times VALUES
  ('-infinity', '00:00', '00:00+15:59', '-infinity', '-infinity', '-178000000 years', '-1 day', NULL),
  ('infinity', '24:00', '24:00-15:59', 'infinity', 'infinity', '178000000 years', '1 day', '1999-12-31 23:59:59.6'),
  ('4714-11-24 BC', '23:59:59.999999', '12:00:00.5+05:45', '4714-11-24 00:00:00 BC', '4714-11-25 00:00:00+00 BC', '1 mon -1 day 00:00:00.000001', NULL, NULL),
  ('5874897-12-31', NULL, NULL, '294276-12-31 23:59:59.999999', '294276-12-31 23:59:59.999999+00', '-1 year 2 mons -3 days 04:05:06.7', NULL, NULL),
  ('0044-03-15 BC', NULL, NULL, '2024-02-29', '2024-10-27 02:30:00 Europe/Berlin', '0', NULL, NULL),
  (NULL, NULL, NULL, NULL, '1893-03-31 23:59:59 Europe/Berlin', '2147483647 days', NULL, NULL);

CREATE TABLE "values".others (
  "yes" boolean, "one" "char", "four" character(4), "name" name, "bit" bit(5), "bits" bit varying, "uuid" uuid,
  "inet" inet, "cidr" cidr, "mac" macaddr, "mac8" macaddr8, "lsn" pg_lsn, "snapshot" pg_snapshot, "xid" xid8, "oid" oid,
  "vector" tsvector, "query" tsquery, "path" jsonpath, "cube" public.cube, "isbn" ext.isbn13, "seg" ext.seg, "ints" ext.query_int);
INSERT INTO "values".others VALUES
  (true, 'x', 'ab', 'a name', '10110', '', '00000000-0000-0000-0000-000000000000', '::1', '10.0.0.0/8', '00:00:5e:00:53:af',
   '00:00:5e:ef:10:00:00:0d', '16/B374D848', '10:20:10,14,15', '18446744073709551615', 4294967295, 'a:1A fat:2B,4C ''it''''s'':5',
   'fat & (rat | !cat:AB) <-> ''it''''s''', '$.a[*] ? (@.b like_regex "^\\d+$" flag "i").c', '(1,2),(3,4)', '978-0-306-40615-7', '1.50 .. ~2.5', '1&(2|!3)'),
  (false, '', '', '', '00000', repeat('10', 5000)::bit varying, 'ffffffff-ffff-ffff-ffff-ffffffffffff', '192.0.2.1/24', '2001:db8::/32',
   NULL, NULL, '0/0', NULL, '0', 0, '', '', '$', '(1)', NULL, '<5', NULL),
  (NULL, NULL, 'ü🐘', 'üü', NULL, '1', NULL, '::ffff:192.0.2.1', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

CREATE TABLE "values".shapes ("point" point, "line" line, "lseg" lseg, "box" box, "open" path, "polygon" polygon, "circle" circle);
INSERT INTO "values".shapes VALUES
  ('(0.1,-0)', '{1,-1,0}', '[(0,0),(1,1e300)]', '(1,1),(0,0)', '[(0,0),(1,1),(2,0)]', '((0,0),(1,1),(2,0))', '<(0,0),0.1>'),
  ('(NaN,Infinity)', '{0,-1,5}', NULL, NULL, '((0,0),(1,1))', NULL, '<(-Infinity,1),0>');

CREATE TABLE "values".ranges ("int" int4range, "big" int8multirange, "num" numrange, "ts" tstzrange, "dates" datemultirange, "words" depot.word_range);
INSERT INTO "values".ranges VALUES
  ('[1,5)', '{[1,3),[7,9)}', '(1.5,]', '[2024-01-01,infinity)', '{[2024-01-01,2024-02-01),(,2000-01-01)}', '["a, ""b""","ö\\(")'),
  ('empty', '{}', '(,)', 'empty', '{(,)}', '(,z]');

CREATE TABLE "values".arrays ("ints" integer[], "texts" text[], "deep" integer[][][], "boxes" depot.box[], "states" depot.state[], "ranges" int4range[], "docs" jsonb[], "codes" depot.article_code[]);
INSERT INTO "values".arrays VALUES
  ('{1,NULL,3}', ARRAY['', NULL, 'NULL', 'null', ' ', 'a,b', '{}', '"', '\', E'\n'], '{{{1,2},{3,4}},{{5,6},{7,NULL}}}',
   ARRAY[ROW(1, 2, NULL)::depot.box, NULL], ARRAY['', 'back\slash', NULL]::depot.state[], '{"[1,2)",empty}', ARRAY['{"a": "\\"}', 'null', NULL]::jsonb[], '{A-0001,NULL}'),
  ('[-2:0]={7,8,9}', '{}', '{}', '{}', '{}', '{}', '{}', NULL),
  ('[0:0]={NULL}', '[5:6]={a,b}', '[1:1][-2:-1][3:3]={{{1},{2}}}', NULL, NULL, NULL, NULL, NULL);

CREATE TABLE "values".documents (id integer, "json" json, "jsonb" jsonb, "xml" xml);
INSERT INTO "values".documents (id, "json", "jsonb") VALUES
  (1, ' { "kept" : 1 ,  "kept":2, "space":   [ ] } ', '{"last": 1, "last": 2, "": {"": []}}'),
  (2, 'null', 'null'), (3, NULL, NULL), (4, '"\u0000 \ud83d\ude00 \/"', '"\ud83d\ude00 \\ \" \/ \u000a \u001f"'),
  (5, '1.000e+400', '1.000e+400'), (6, '[]', '[[], {}, "", 0, -0, 0.10, true, false, null]'),
  (7, E'{\n\t"lines": "a\\\\nb"\r\n}', '{"\\.": "\\N", "\t": "tab"}');
DO $$ BEGIN
  INSERT INTO "values".documents (id, "xml") VALUES (8, '<a b="1">&lt;<!-- c --><![CDATA[ ]]></a>'), (9, 'text only');
EXCEPTION WHEN feature_not_supported THEN NULL; -- a server that was built without libxml
END $$;

------------------------------------------------------------------------------------------------------
-- Awkward names, each for one object of every kind

CREATE SCHEMA odd_types;
CREATE SCHEMA odd_tables;
CREATE SCHEMA odd_views;
CREATE SCHEMA odd_sequences;
CREATE SCHEMA odd_search;
CREATE SCHEMA odd_domains;

DO $odd$
DECLARE
  n text;
  i integer := 0;
BEGIN
  FOREACH n IN ARRAY ARRAY[
    'select', 'user', 'MixedCase', 'with space', ' spaces around ', 'a.b', '.', '"', 'quo"te', '""', 'it''s', '''', '100%', '%s %I %%',
    'back\slash', '\', '\.', '\restrict', '-dash', '--comment', '/* comment */', ';', '$1', '$$', ':colon', ':"name"', '@at', '#hash', '&', '|', '<>',
    '*', '?', '!', '~', '^', '`', '=', 'a=b', 'postgresql://x', 'dbname=postgres', '(paren', '[0]', '{brace}', ',', '0', '1e5', 'NULL', 'größer',
    'naïve', 'ﬀ', '表', 'שלום', '🐘', E'e\u0301', E'line\nbreak', E'carriage\r\nreturn', E'tab\there', E'\x01', E'\u00a0', 'pg temp', 'public.bay',
    repeat('x', 63), repeat('ü', 31) || 'x', repeat('"', 63)]
  LOOP
    i := i + 1;
    EXECUTE format('CREATE SCHEMA %I', n);
    EXECUTE format('COMMENT ON SCHEMA %I IS %L', n, n);
    EXECUTE format('CREATE TABLE %1$I.%1$I (%1$I text DEFAULT %2$L, id integer GENERATED BY DEFAULT AS IDENTITY, CONSTRAINT %1$I CHECK (%1$I <> ''''))', n, n);
    EXECUTE format('INSERT INTO %1$I.%1$I VALUES (%2$L), (DEFAULT)', n, n);
    EXECUTE format('COMMENT ON COLUMN %1$I.%1$I.%1$I IS %2$L', n, n);
    EXECUTE format('CREATE FUNCTION %1$I.%1$I() RETURNS trigger LANGUAGE plpgsql AS %2$L', n, 'BEGIN RETURN NULL; END');
    EXECUTE format('COMMENT ON FUNCTION %1$I.%1$I() IS %2$L', n, n);
    EXECUTE format('CREATE TRIGGER %1$I AFTER INSERT ON %1$I.%1$I FOR EACH ROW EXECUTE FUNCTION %1$I.%1$I(%2$L)', n, n);
    EXECUTE format('COMMENT ON TRIGGER %1$I ON %1$I.%1$I IS %2$L', n, n);
    EXECUTE format('CREATE RULE %1$I AS ON DELETE TO %1$I.%1$I DO NOTHING', n);
    EXECUTE format('CREATE POLICY %1$I ON %1$I.%1$I USING (%1$I IS NOT NULL)', n);
    EXECUTE format('CREATE PUBLICATION %1$I FOR TABLE %1$I.%1$I', n);
    EXECUTE format('CREATE FUNCTION odd_types.%1$I(%1$I text, OUT %2$I text) LANGUAGE sql IMMUTABLE AS %3$L', n, 'the ' || left(n, 20), 'SELECT $1');
    EXECUTE format('CREATE AGGREGATE odd_types.%1$I(integer) (sfunc = int4pl, stype = integer)', n);
    EXECUTE format('CREATE TYPE odd_types.%1$I AS ENUM (%2$L, %3$L)', n, n, 'not ' || left(n, 20));
    EXECUTE format('CREATE DOMAIN odd_domains.%1$I AS text CONSTRAINT %1$I CHECK (VALUE <> %2$L)', n, n);
    EXECUTE format('CREATE SEQUENCE odd_sequences.%1$I', n);
    EXECUTE format('SELECT setval(%L, %s)', format('odd_sequences.%I', n), i);
    EXECUTE format('CREATE TABLE odd_tables.%1$I (id bigint DEFAULT nextval(%2$L) CONSTRAINT %3$I PRIMARY KEY, %3$I odd_types.%3$I, words text)',
      'table ' || i, format('odd_sequences.%I', n), n);
    EXECUTE format('CREATE INDEX ON odd_tables.%1$I (odd_types.%2$I(words))', 'table ' || i, n);
    EXECUTE format('CREATE STATISTICS odd_tables.%1$I ON id, %1$I FROM odd_tables.%2$I', n, 'table ' || i);
    EXECUTE format('CREATE VIEW odd_views.%1$I AS SELECT %1$I AS %1$I, %2$L AS %3$I FROM %1$I.%1$I AS %1$I', n, n, 'the ' || left(n, 20));
    EXECUTE format('CREATE COLLATION odd_types.%1$I FROM "C"', n);
    EXECUTE format('CREATE TEXT SEARCH CONFIGURATION odd_search.%1$I (COPY = simple)', n);
    EXECUTE format('CREATE TEXT SEARCH DICTIONARY odd_search.%1$I (template = simple)', n);
  END LOOP;
END
$odd$;

------------------------------------------------------------------------------------------------------
-- What only newer servers know

DO $$
DECLARE
  version integer := current_setting('server_version_num')::integer / 10000;
BEGIN
  IF version >= 15 THEN
    -- Before 15 the schema public belongs to the superuser
    COMMENT ON SCHEMA public IS 'Open to all';
    EXECUTE 'CREATE TABLE depot.since_15 (a integer, b integer, UNIQUE NULLS NOT DISTINCT (a, b),
      FOREIGN KEY (a, b) REFERENCES depot.worker (team_id, worker_id) ON DELETE SET NULL (b))';
    EXECUTE 'INSERT INTO depot.since_15 VALUES (1, NULL), (NULL, NULL)';
    EXECUTE 'CREATE VIEW depot.as_reader WITH (security_invoker = true) AS SELECT * FROM depot.worker';
    EXECUTE 'CREATE UNLOGGED SEQUENCE depot.forgetful';
    EXECUTE 'CREATE PUBLICATION some_rows FOR TABLE depot.movement (movement_id, pieces) WHERE (pieces > 10)
      WITH (publish = ''insert'')';
    EXECUTE 'CREATE INDEX reading_value_again ON depot.reading (value) WITH (deduplicate_items = off)';
  END IF;
  IF version >= 16 THEN
    EXECUTE 'CREATE COLLATION depot.sharp_s_last (provider = icu, locale = ''de'', rules = ''& z < ß'')';
    EXECUTE 'CREATE TABLE depot.since_16 (a text STORAGE EXTERNAL, b boolean CHECK (a IS JSON ARRAY))';
    EXECUTE 'INSERT INTO depot.since_16 VALUES (''[]'')';
  END IF;
  IF version >= 17 THEN
    EXECUTE 'CREATE COLLATION depot.built_in (provider = builtin, locale = ''C.UTF-8'')';
    EXECUTE 'CREATE TABLE depot.since_17 (id integer GENERATED BY DEFAULT AS IDENTITY, during interval)
      PARTITION BY RANGE (id)';
    EXECUTE 'CREATE TABLE depot.since_17_low PARTITION OF depot.since_17 FOR VALUES FROM (1) TO (100)';
    EXECUTE 'INSERT INTO depot.since_17 (during) VALUES (''infinity''), (''-infinity'')';
    EXECUTE 'CREATE VIEW depot.from_json AS SELECT * FROM
      JSON_TABLE(''[{"a": 1}, {"a": 2}]''::jsonb, ''$[*]'' COLUMNS (place FOR ORDINALITY, a integer PATH ''$.a''))';
  END IF;
  IF version >= 18 THEN
    EXECUTE 'CREATE TABLE depot.since_18 (id integer, during daterange, doubled integer GENERATED ALWAYS AS (id * 2),
      words text, CONSTRAINT never_checked CHECK (id > 100) NOT ENFORCED, PRIMARY KEY (id, during WITHOUT OVERLAPS))';
    EXECUTE 'INSERT INTO depot.since_18 VALUES (1, ''[2024-01-01,2024-02-01)''), (1, ''[2024-02-01,2024-03-01)'')';
    EXECUTE 'ALTER TABLE depot.since_18 ADD CONSTRAINT has_words NOT NULL words NOT VALID';
    EXECUTE 'CREATE TABLE depot.since_18_child (id integer, during daterange,
      FOREIGN KEY (id, PERIOD during) REFERENCES depot.since_18 (id, PERIOD during))';
    EXECUTE 'INSERT INTO depot.since_18_child VALUES (1, ''[2024-01-15,2024-02-15)'')';
  END IF;
END
$$;
