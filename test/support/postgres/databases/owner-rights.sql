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

-- triggers, whose functions nobody needs a right for: permission denied
SET ROLE weak;
CREATE TABLE public.guarded (i int);
CREATE FUNCTION public.guards() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN INSERT INTO public.log VALUES (new.i); RETURN new; END';
REVOKE EXECUTE ON FUNCTION public.guards() FROM PUBLIC;
CREATE TRIGGER guard BEFORE INSERT ON public.guarded FOR EACH ROW EXECUTE FUNCTION public.guards();
GRANT INSERT ON public.guarded TO PUBLIC;
CREATE TABLE public.hidden (i int);
CREATE FUNCTION public."hides
    AS ""(it)""; --"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN INSERT INTO public.log VALUES (new.i); RETURN new; END';
CREATE TRIGGER hide AFTER INSERT ON public.hidden FOR EACH ROW EXECUTE FUNCTION public."hides
    AS ""(it)""; --"();
GRANT INSERT ON public.hidden TO PUBLIC;
-- a type, for whose function nobody is asked for a right
CREATE FUNCTION public.apart(float8, float8) RETURNS float8 LANGUAGE plpgsql IMMUTABLE SECURITY DEFINER AS 'BEGIN RETURN $1 - $2; END';
CREATE TYPE public.span AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = public.apart);
-- rows that a foreign key deletes with the rights of their table's owner, and a trigger with it: permission denied
CREATE TABLE public.parent (i int PRIMARY KEY);
CREATE TABLE public.child (i int REFERENCES public.parent ON DELETE CASCADE);
INSERT INTO public.parent VALUES (1);
INSERT INTO public.child VALUES (1);
CREATE FUNCTION public.follows() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO public.log VALUES (old.i); RETURN old; END';
CREATE TRIGGER follow BEFORE DELETE ON public.child FOR EACH ROW EXECUTE FUNCTION public.follows();
GRANT SELECT, DELETE ON public.parent TO PUBLIC;
-- called by a default, a policy, an index, a cast, an operator and another function, which ask whoever uses them for a right: permission denied
CREATE TABLE public.defaulted (i int, n bigint DEFAULT public.reads());
CREATE TABLE public.policed (i int);
ALTER TABLE public.policed ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_reads ON public.policed USING (public.reads() > 0);
GRANT INSERT, SELECT ON public.defaulted, public.policed TO PUBLIC;
CREATE FUNCTION public.calls() RETURNS bigint LANGUAGE sql AS 'SELECT public.reads()';
CREATE TYPE public.pair AS (a int);
CREATE FUNCTION public.count_by(public.pair) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN RETURN (SELECT count(*) FROM public.secret); END';
CREATE CAST (public.pair AS bigint) WITH FUNCTION public.count_by(public.pair);
CREATE OPERATOR public.# (FUNCTION = public.count_by, RIGHTARG = public.pair);
CREATE FUNCTION public.fixed(int) RETURNS int LANGUAGE plpgsql IMMUTABLE SECURITY DEFINER AS 'BEGIN PERFORM count(*) FROM public.secret; RETURN 1; END';
CREATE TABLE public.indexed (i int);
CREATE INDEX ON public.indexed (public.fixed(i));
GRANT INSERT ON public.indexed TO PUBLIC;
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
-- for all who make something: nothing, where its owner may not
SET ROLE weak;
CREATE FUNCTION public.sees() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER
  AS 'BEGIN INSERT INTO public.log VALUES (0); EXCEPTION WHEN insufficient_privilege THEN NULL; END';
RESET ROLE;
