-- A chain of three tables, and sequences that have been used.
CREATE EXTENSION topology;
INSERT INTO topology.topology (name) VALUES ('roads'), ('rivers');
INSERT INTO topology.a_layer SELECT t.id, g FROM topology.topology t, generate_series(1, 3) g;
INSERT INTO topology.b_feature (topo, layer) SELECT topo, layer FROM topology.a_layer;
CREATE TABLE other AS SELECT i, md5(i::text) m FROM generate_series(1, 100000) i;
