-- The extension puts rows into a table that is dumped whole, so that the archive has them again.
CREATE EXTENSION statuses; INSERT INTO status_text VALUES (9, 'NEW');
