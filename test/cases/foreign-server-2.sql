-- The same with a kind and a version, and names that need quotes.
CREATE SERVER "it's, far" TYPE 'a''b FOREIGN' VERSION '1' FOREIGN DATA WRAPPER postgres_fdw;
CREATE USER MAPPING FOR CURRENT_USER SERVER "it's, far" OPTIONS (user 'x', password 'y');
CREATE SCHEMA a; CREATE FOREIGN TABLE a.note (id int) SERVER "it's, far";
