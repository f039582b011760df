-- A little database for the jobs of ci.yml, owned by the role whose login is in the vault.
SET ROLE keeper;
CREATE TABLE shelf (id int PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE book (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  shelf_id int NOT NULL REFERENCES shelf,
  title text NOT NULL,
  cover bytea,
  lent_until date
);
CREATE INDEX ON book (shelf_id, title);
CREATE VIEW lent AS SELECT title, lent_until FROM book WHERE lent_until IS NOT NULL;
INSERT INTO shelf SELECT n, 'Shelf ' || n FROM generate_series(1, 50) n;
INSERT INTO book (shelf_id, title, cover, lent_until)
SELECT 1 + n % 50, E'Tom\t"' || n || E'" \\ ü', sha256(n::text::bytea), DATE '2026-01-01' + n % 90
FROM generate_series(1, 20000) n;
