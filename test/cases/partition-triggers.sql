-- Triggers of a partitioned table, which has no rows of its own: made while partitions are being filled, they change rows.
CREATE TABLE reading (id bigint, taken date, words text) PARTITION BY RANGE (taken);
CREATE TABLE reading_jan PARTITION OF reading FOR VALUES FROM ('2024-01-01') TO ('2024-02-01');
CREATE TABLE reading_feb PARTITION OF reading FOR VALUES FROM ('2024-02-01') TO ('2024-03-01');
CREATE TABLE reading_mar PARTITION OF reading FOR VALUES FROM ('2024-03-01') TO ('2024-04-01');
INSERT INTO reading SELECT i, date '2024-01-01' + (i % 90), md5(i::text) FROM generate_series(1, 3000) i;
CREATE TABLE seen (id bigserial, what text);
CREATE FUNCTION mark() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN new.words := new.words || '!'; RETURN new; END $$;
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.seen (what) VALUES (new.id::text); RETURN NULL; END $$;
CREATE TRIGGER before_each BEFORE INSERT ON reading FOR EACH ROW EXECUTE FUNCTION mark();
CREATE TRIGGER after_each AFTER INSERT ON reading FOR EACH ROW EXECUTE FUNCTION note();
