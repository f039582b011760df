-- The rows are right, only the order in which they are loaded is not: zzz_zone comes after account.
CREATE TABLE zzz_zone (code text PRIMARY KEY); INSERT INTO zzz_zone VALUES ('EU'), ('US');
CREATE FUNCTION known_zone(c text) RETURNS boolean LANGUAGE sql STABLE AS 'SELECT EXISTS (SELECT FROM public.zzz_zone WHERE code = c)';
CREATE TABLE account (id int PRIMARY KEY, zone text CHECK (known_zone(zone)));
INSERT INTO account VALUES (1, 'EU'), (2, 'US');
