-- More that locks several tables at once: foreign keys between two partitioned tables, one of a single partition to a single
-- partition in the other direction, a table that is ordered by one index and known to replicas by another.
CREATE TABLE a (id int, part int, b int, PRIMARY KEY (id, part)) PARTITION BY LIST (part);
CREATE TABLE b (id int, part int, a int, PRIMARY KEY (id, part)) PARTITION BY LIST (part);
CREATE TABLE a_1 PARTITION OF a FOR VALUES IN (1); CREATE TABLE a_2 PARTITION OF a FOR VALUES IN (2); CREATE TABLE a_3 PARTITION OF a DEFAULT;
CREATE TABLE b_1 PARTITION OF b FOR VALUES IN (1); CREATE TABLE b_2 PARTITION OF b FOR VALUES IN (2); CREATE TABLE b_3 PARTITION OF b DEFAULT;
INSERT INTO a SELECT i, 1 + i % 3, i FROM generate_series(1, 3000) i; INSERT INTO b SELECT i, 1 + i % 3, i FROM generate_series(1, 3000) i;
ALTER TABLE a ADD CONSTRAINT a_to_b FOREIGN KEY (b, part) REFERENCES b;
ALTER TABLE b_1 ADD CONSTRAINT b_1_to_a_1 FOREIGN KEY (a, part) REFERENCES a_1;
ALTER TABLE b_2 ADD CONSTRAINT b_2_to_a_2 FOREIGN KEY (a, part) REFERENCES a_2;
CREATE INDEX ON a (b); CREATE INDEX ON b (a); CREATE INDEX ON a (id); CREATE INDEX ON b (id);
CREATE TABLE c (id int NOT NULL, other int NOT NULL); INSERT INTO c SELECT i, i FROM generate_series(1, 20000) i;
CREATE UNIQUE INDEX c_id ON c (id); CREATE UNIQUE INDEX c_other ON c (other); CLUSTER c USING c_id; ALTER TABLE c REPLICA IDENTITY USING INDEX c_other;
CREATE MATERIALIZED VIEW sums AS SELECT part, sum(id) FROM a GROUP BY part; CREATE MATERIALIZED VIEW sums_of_sums AS SELECT sum(sum) FROM sums;
