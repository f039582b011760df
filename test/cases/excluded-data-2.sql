-- Two tables are left empty, names and all in need of quotes; one foreign key is of rows that refer to nothing, the other one is
-- between the two. A partitioned table has no rows of its own, a view and an empty table none at all: none of them was left out.
CREATE SCHEMA "log of today";
CREATE TABLE "log of today"."a ""line"" (REFERENCES x.y(" (id int PRIMARY KEY, of_line int);
CREATE TABLE "log of today".detail (line int REFERENCES "log of today"."a ""line"" (REFERENCES x.y(" (id));
INSERT INTO "log of today"."a ""line"" (REFERENCES x.y(" SELECT generate_series(1, 10);
INSERT INTO "log of today".detail SELECT generate_series(1, 10);
CREATE TABLE note (id int, line int REFERENCES "log of today"."a ""line"" (REFERENCES x.y(" (id));
INSERT INTO note VALUES (1, NULL);
CREATE TABLE reading (day date, value int) PARTITION BY RANGE (day);
CREATE TABLE reading_2026 PARTITION OF reading FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
INSERT INTO reading VALUES ('2026-11-22', 1);
CREATE TABLE nothing_yet (id int);
CREATE TABLE no_columns ();
CREATE VIEW notes AS SELECT * FROM note;
