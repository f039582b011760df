-- Statistics on expressions that cannot be computed for the rows that are there, whatever the settings are: of one partition of a
-- nested table, of a materialized view, and of a table whose name needs care.
CREATE SCHEMA "s; DROP";
CREATE FUNCTION public.inverse(i int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1000 / i';
CREATE TABLE public.log (at int, i int) PARTITION BY RANGE (at);
CREATE TABLE public.log_1 PARTITION OF public.log FOR VALUES FROM (0) TO (100);
CREATE TABLE public.log_2 PARTITION OF public.log FOR VALUES FROM (100) TO (200) PARTITION BY RANGE (at);
CREATE TABLE public.log_2a PARTITION OF public.log_2 FOR VALUES FROM (100) TO (150);
CREATE TABLE public.log_2b PARTITION OF public.log_2 FOR VALUES FROM (150) TO (200);
INSERT INTO public.log SELECT i, i FROM generate_series(1, 199) i;
INSERT INTO public.log VALUES (1, 0);
CREATE STATISTICS public.of_log_1 ON (public.inverse(i)) FROM public.log_1;
CREATE TABLE "s; DROP"."It's ""quoted""" (i int);
INSERT INTO "s; DROP"."It's ""quoted""" SELECT i FROM generate_series(0, 99) i;
CREATE STATISTICS "s; DROP".of_it ON (public.inverse(i)) FROM "s; DROP"."It's ""quoted""";
CREATE TABLE public.fine AS SELECT generate_series(1, 1000) i;
