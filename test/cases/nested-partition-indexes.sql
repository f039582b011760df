-- Indexes of partitions at two levels: two sessions that attach them lock tables from the leaves to the root, and wait for each other.
CREATE TABLE person (id int PRIMARY KEY); INSERT INTO person SELECT generate_series(1, 5000);
CREATE TABLE log (id bigint, at timestamptz, words text, who int REFERENCES person, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE log_2024 PARTITION OF log FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE log_2025 PARTITION OF log FOR VALUES FROM ('2025-01-01') TO ('2026-01-01') PARTITION BY HASH (id);
CREATE TABLE log_2025_0 PARTITION OF log_2025 FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE log_2025_1 PARTITION OF log_2025 FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE log_rest PARTITION OF log DEFAULT;
INSERT INTO log SELECT i, timestamptz '2023-06-01' + i * interval '1 hour', md5(i::text), 1 + i % 5000 FROM generate_series(1, 20000) i;
CREATE INDEX ON log (at, who) INCLUDE (id) WHERE words > '8'; CREATE INDEX ON log (who); CREATE INDEX ON log (words);
