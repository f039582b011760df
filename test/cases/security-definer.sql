-- CREATE ROLE weak first, with CREATE on schema public; the database's owner is a member. Whoever calls me() acts as weak; after a
-- restore with no_owner: true, as the restoring role.
CREATE FUNCTION me() RETURNS name LANGUAGE sql SECURITY DEFINER AS 'SELECT current_user';
ALTER FUNCTION me() OWNER TO weak;
