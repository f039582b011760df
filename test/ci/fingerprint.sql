-- Every row of the little database in one line of text, and that its role owns the tables: its name would be masked.
SELECT md5(string_agg(b::text, E'\n' ORDER BY id)) FROM book b
UNION ALL SELECT md5(string_agg(s::text, E'\n' ORDER BY id)) FROM shelf s
UNION ALL SELECT count(*) || ' lent' FROM lent
UNION ALL SELECT CASE WHEN bool_and(tableowner = 'keeper') THEN 'of one owner' END FROM pg_tables WHERE schemaname = 'public';
