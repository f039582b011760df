-- A generated column and an index need a function that the newer version has lost.
CREATE EXTENSION growing VERSION '1.0';
CREATE TABLE plant (height int, next int GENERATED ALWAYS AS (public.grown(height)) STORED);
CREATE INDEX ON plant (public.grown(height)); INSERT INTO plant VALUES (1), (2);
