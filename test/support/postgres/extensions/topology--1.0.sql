CREATE SCHEMA topology;
CREATE TABLE topology.a_layer (topo int, layer int, PRIMARY KEY (topo, layer));
CREATE TABLE topology.b_feature (id serial PRIMARY KEY, topo int, layer int,
  FOREIGN KEY (topo, layer) REFERENCES topology.a_layer);
CREATE TABLE topology.topology (id serial PRIMARY KEY, name text NOT NULL UNIQUE);
ALTER TABLE topology.a_layer ADD FOREIGN KEY (topo) REFERENCES topology.topology;
GRANT USAGE ON SCHEMA topology TO PUBLIC;
GRANT ALL ON ALL TABLES IN SCHEMA topology TO PUBLIC;
GRANT ALL ON ALL SEQUENCES IN SCHEMA topology TO PUBLIC;
SELECT pg_catalog.pg_extension_config_dump('topology.a_layer', '');
SELECT pg_catalog.pg_extension_config_dump('topology.b_feature', '');
SELECT pg_catalog.pg_extension_config_dump('topology.b_feature_id_seq', '');
SELECT pg_catalog.pg_extension_config_dump('topology.topology', '');
SELECT pg_catalog.pg_extension_config_dump('topology.topology_id_seq', '');
