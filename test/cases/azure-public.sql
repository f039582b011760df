-- Flexible Server: schema public of every new database belongs to azure_pg_admin. The administrator has let the application's owner
-- create in that of its database, and that goes with the database: in the public of a new one the owner may not create.
-- Wanted besides: GRANT ALL ON SCHEMA public TO the owner.
CREATE TABLE public.note (id int PRIMARY KEY, words text);
INSERT INTO public.note SELECT g, md5(g::text) FROM generate_series(1, 100) AS g;
