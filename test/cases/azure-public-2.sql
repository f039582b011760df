-- The same kind without a table: schema public has been given to the owner (ALTER SCHEMA public OWNER TO), and holds functions, a type
-- and a sequence, on which tables in a schema of its own depend.
CREATE SCHEMA shop;
CREATE TYPE public.state AS ENUM ('new', 'gone');
CREATE SEQUENCE public."Ticket no." START 7;
CREATE FUNCTION public.next_ticket() RETURNS bigint LANGUAGE sql AS $$ SELECT nextval('public."Ticket no."') $$;
CREATE TABLE shop.item (id bigint DEFAULT public.next_ticket(), state public.state DEFAULT 'new');
INSERT INTO shop.item SELECT FROM generate_series(1, 10);
