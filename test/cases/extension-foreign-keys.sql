-- Tables of an extension that refer to each other, the referring one first by name; another table keeps other sessions busy.
CREATE SCHEMA pk; CREATE EXTENSION partkeeper SCHEMA pk;
INSERT INTO pk.config VALUES ('a'); INSERT INTO pk.a_sub VALUES (1, 'a');
CREATE TABLE other AS SELECT i, md5(i::text) m FROM generate_series(1, 100000) i;
