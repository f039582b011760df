CREATE SCHEMA holidays;
CREATE TABLE holidays.day (country text, day date, UNIQUE (country, day));
INSERT INTO holidays.day VALUES ('DE', '2026-10-03'), ('FR', '2026-07-14');
GRANT USAGE ON SCHEMA holidays TO PUBLIC;
GRANT ALL ON holidays.day TO PUBLIC;
SELECT pg_catalog.pg_extension_config_dump('holidays.day', $$WHERE country <> 'FR'$$);
