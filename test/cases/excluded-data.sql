-- The rows of a table are left out of the backup (--exclude-table-data=session), and a foreign key refers to them.
CREATE TABLE session (id int PRIMARY KEY);
CREATE TABLE act (id int, session int REFERENCES session);
INSERT INTO session VALUES (1);
INSERT INTO act VALUES (1, 1);
