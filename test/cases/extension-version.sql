-- Another version than the one that the server installs by itself.
CREATE EXTENSION hstore VERSION '1.4'; CREATE TABLE h (a hstore); INSERT INTO h VALUES ('a=>1');
