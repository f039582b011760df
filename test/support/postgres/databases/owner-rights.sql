-- What works with its owner's rights, in many hands, and whether everybody may use it. Run by a superuser in a new database of the
-- role "owner", who is no superuser and a member of nobody; besides, there are the roles weak, hr, app and stranger. In front of each,
-- what "stranger" gets for it here.

GRANT CREATE ON SCHEMA public TO weak, hr;

SET ROLE owner;
CREATE TABLE public.secret AS SELECT 1 AS i;
CREATE TABLE public.log (i int);
CREATE TABLE public.filtered AS SELECT g AS i FROM generate_series(1, 9) AS g;
ALTER TABLE public.filtered ENABLE ROW LEVEL SECURITY;
CREATE POLICY one ON public.filtered FOR SELECT TO weak USING (i = 1);
GRANT SELECT ON public.filtered TO weak;
SET ROLE hr;
CREATE TABLE public.pay AS SELECT 1 AS i;
RESET ROLE;

-- of another owner, who may not read: permission denied
SET ROLE weak;
CREATE FUNCTION public.reads() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN RETURN (SELECT count(*) FROM public.secret); END';
CREATE FUNCTION public."reads ""(it)""; --"(a "char", b numeric(3, 1)[], VARIADIC c text[]) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
  AS 'BEGIN RETURN (SELECT count(*) FROM public.secret); END';
CREATE PROCEDURE public.fills(INOUT a int DEFAULT 1) LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN INSERT INTO public.log VALUES (a); END';
CREATE VIEW public.seen AS SELECT * FROM public.secret;
CREATE VIEW public.seen_twice AS SELECT i FROM public.seen;
GRANT SELECT ON public.seen, public.seen_twice TO PUBLIC, app;
CREATE FUNCTION public.step(int, int) RETURNS int LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN RETURN $1 + (SELECT count(*) FROM public.secret); END';
RESET ROLE;
SET ROLE owner;
CREATE AGGREGATE public.sum_of(int) (SFUNC = public.step, STYPE = int, INITCOND = '0');
CREATE AGGREGATE public.count_of(*) (SFUNC = int4inc, STYPE = int, INITCOND = '0');
RESET ROLE;

-- with a row of nine: the one that its owner may see
SET ROLE weak;
CREATE MATERIALIZED VIEW public.stored AS SELECT * FROM public.filtered;
GRANT SELECT (i) ON public.stored TO PUBLIC;
-- a rule, done with the rights of the table's owner: permission denied
CREATE TABLE public.ruled (i int);
CREATE RULE too AS ON INSERT TO public.ruled DO ALSO INSERT INTO public.log VALUES (new.i);
GRANT INSERT ON public.ruled TO PUBLIC;
RESET ROLE;

-- of the restoring role itself, who may not read what belongs to another: permission denied
SET ROLE owner;
CREATE FUNCTION public.reads_pay() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN RETURN (SELECT count(*) FROM public.pay); END';
RESET ROLE;

-- closed to all but one
SET ROLE weak;
CREATE FUNCTION public.closed() RETURNS name LANGUAGE sql SECURITY DEFINER AS 'SELECT current_user';
REVOKE EXECUTE ON FUNCTION public.closed() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.closed() TO app;
-- as its user: permission denied, and nothing has to be done
CREATE FUNCTION public.plain() RETURNS bigint LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT count(*) FROM public.secret); END';
RESET ROLE;
-- of a superuser, who had all rights
CREATE FUNCTION public.mighty() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
