-- A condition of the extension that does not keep all of its own rows out of the dump; NULL, and a text that COPY escapes.
CREATE EXTENSION holidays;
INSERT INTO holidays.day VALUES (E'D\t\\E', '2026-12-24'), (NULL, NULL);
