-- As pg_cron's jobs: COPY, by which rows are restored, does not go by policies.
CREATE TABLE @extschema@.guarded (owner name DEFAULT current_user, words text);
ALTER TABLE @extschema@.guarded ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON @extschema@.guarded USING (owner = current_user);
GRANT ALL ON @extschema@.guarded TO PUBLIC;
SELECT pg_catalog.pg_extension_config_dump('@extschema@.guarded', '');
