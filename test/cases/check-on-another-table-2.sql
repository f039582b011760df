-- A domain whose check reads a table, and the check of a partitioned table.
CREATE TABLE zone (code text PRIMARY KEY); INSERT INTO zone VALUES ('EU'), ('US');
CREATE FUNCTION is_zone(c text) RETURNS boolean LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN EXISTS (SELECT FROM public.zone WHERE code = c); END $$;
CREATE DOMAIN "zone's code" AS text CONSTRAINT "it's known" CHECK (is_zone(VALUE));
CREATE TABLE account (id int PRIMARY KEY, zone "zone's code");
INSERT INTO account VALUES (1, 'EU'), (2, 'US');
CREATE TABLE bill (id int, zone text CONSTRAINT bill_zone CHECK (is_zone(zone))) PARTITION BY LIST (zone);
CREATE TABLE bill_eu PARTITION OF bill FOR VALUES IN ('EU');
INSERT INTO bill VALUES (1, 'EU');
