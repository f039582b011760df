-- As pg_cron: it can be created only in the database that clockjobs.database_name names.
CREATE EXTENSION clockjobs; CREATE TABLE t AS SELECT generate_series(1, 10) i;
