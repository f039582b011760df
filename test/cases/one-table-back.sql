-- One table was dropped by mistake, and is to be restored alone from a backup of both.
CREATE TABLE lost AS SELECT generate_series(1, 10) AS i;
CREATE TABLE precious AS SELECT generate_series(1, 1000) AS i;
