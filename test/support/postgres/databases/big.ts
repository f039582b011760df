import type { Query } from './query.ts';

const mebibyte = 1024 ** 2;

/**
 * Fills a database, as its owner, with about as many GiB (indexes included) of what applications keep: narrow
 * rows, numbers, text, JSON, and bytes that do not compress. The same in every run.
 *
 * Text is cut at random places out of a pool of prose, as making up each word would take several times as
 * long. The pool is larger than the window of all but the `long` modes of compression, so that these rarely
 * see a passage twice.
 */
export async function fillBig(query: Query, gigabytes: number): Promise<void> {
  const rows = (perGigabyte: number): number => Math.ceil(perGigabyte * gigabytes);
  const poolSize = Math.round(Math.min(64, Math.max(1, 100 * gigabytes)) * mebibyte);

  await query(`SET synchronous_commit = off; SET maintenance_work_mem = '256MB'; SET work_mem = '64MB'`);
  await query(pool(poolSize));
  await query(tables);
  await query(accounts(rows(64_000)));
  await query(readings(rows(2_630_000)));
  await query(orderLines(rows(1_375_000)));
  await query(messages(rows(320_000), poolSize));
  await query(events(rows(640_000), poolSize));
  await query(attachments(rows(12_000)));
  await query(indexes);
  await query('DROP TABLE pool; RESET synchronous_commit; RESET maintenance_work_mem; RESET work_mem');
  // The first reader after a load would otherwise pay for its clean-up
  await query('VACUUM ANALYZE');
}

/** A number from 0 to 2³¹ - 1 that looks random, for each value of an expression and each salt. */
const random = (of: string, salt: number): string =>
  `(hashint8(${of} + ${salt}::bigint * 1000000007) & 2147483647)`;

/** Any passage of the pool. */
const passage = (of: string, salt: number, length: string, poolSize: number): string =>
  `convert_from(substring((SELECT prose || '' FROM pool), 1 + ${random(of, salt)} % ${poolSize - 5000}, ${length}), 'UTF8')`;

const words = `the of and to in is that it for was on are as with be this by have from or at not but had which one
  we you an were all there when can their been has more if no would will who so what up about into than them only
  other time some could these two may first then do any like my now over such our new even most also after made many
  before must through back years where much your way down should because long each just state those people too mr
  good how world still see work life under never day same another know year while last might great go old come since
  against right used take three himself few house use place during high without again home around small however found
  thought went say part once general upon school every does got united left number course war until always away something
  fact water though less public put think almost hand enough far took head yet government system better set told nothing
  night end why called eyes find going look asked later knew point next program city business give group toward young
  days let room president side social given present several order national possible rather second face per among form
  important often things looked early white case large become big need four within felt children along saw best church
  ever least power development light thing seemed family interest want members mind country area others done turned
  although open god service certain kind different began thus help sense means whether matter invoice customer account
  delivery payment request error update version server database backup report meeting budget quarter contract supplier
  warehouse shipment address reference document signature approval deadline schedule maintenance temperature pressure
  sensor device battery firmware network connection password session browser screen button message attachment`;

function pool(size: number): string {
  const wordCount = Math.ceil(size / 6.2);
  return `
    CREATE TEMPORARY TABLE word AS
      SELECT row_number() OVER (ORDER BY form, place)::integer AS rank, base || suffix AS word
      FROM regexp_split_to_table('${words}', '\\s+') WITH ORDINALITY AS w (base, place),
        unnest('{"",s,ed,ing,er,ly,ment,ness,able}'::text[]) WITH ORDINALITY AS s (suffix, form)
      WHERE form = 1 OR length(base) > 3;
    -- An array of names, being of fixed width, finds its n-th element at once; a join might change the order
    CREATE TEMPORARY TABLE pool (prose bytea);
    ALTER TABLE pool ALTER prose SET STORAGE EXTERNAL;
    INSERT INTO pool
      SELECT substring(convert_to(string_agg(
        CASE n % 17 WHEN 0 THEN initcap(word) ELSE word END
        || CASE WHEN h % 9 = 0 THEN ', ' WHEN n % 17 = 16 THEN '. ' WHEN h % 41 = 0 THEN ' ' || h % 5000 || ' ' ELSE ' ' END, ''), 'UTF8')
        || convert_to(repeat('and so on ', ${Math.ceil(size / 10)}), 'UTF8'), 1, ${size})
      FROM (
        SELECT n, ${random('n', 1)} AS h,
          -- Zipf's law: the word of rank r is drawn in proportion to 1/r
          ((SELECT array_agg(word::name ORDER BY rank) FROM word))[
            floor(exp(${random('n', 2)} / 2147483648.0::float8 * (SELECT ln(count(*)::float8) FROM word)))::integer]::text AS word
        FROM generate_series(1, ${wordCount}) AS n OFFSET 0) AS drawn;
    DROP TABLE word;`;
}

const tables = `
  CREATE TABLE account (
    account_id integer PRIMARY KEY, number text NOT NULL, email text NOT NULL, city text, active boolean NOT NULL,
    balance numeric(12,2) NOT NULL, created_at timestamptz NOT NULL, settings jsonb NOT NULL);
  CREATE TABLE reading (
    device_id integer NOT NULL, taken_at timestamptz NOT NULL, value double precision NOT NULL, quality smallint NOT NULL);
  CREATE TABLE order_line (
    order_line_id bigint GENERATED ALWAYS AS IDENTITY, order_id integer NOT NULL, account_id integer NOT NULL, product text NOT NULL,
    pieces integer NOT NULL, price numeric(10,2) NOT NULL, discount real, state text NOT NULL, ordered_on date NOT NULL, shipped_at timestamp);
  CREATE TABLE message (
    message_id bigint GENERATED ALWAYS AS IDENTITY, account_id integer NOT NULL, thread_id uuid NOT NULL, subject text NOT NULL,
    body text NOT NULL, sent_at timestamptz NOT NULL);
  CREATE TABLE event (
    event_id uuid NOT NULL, kind text NOT NULL, happened_at timestamptz NOT NULL, payload jsonb NOT NULL);
  CREATE TABLE attachment (
    attachment_id bigint GENERATED ALWAYS AS IDENTITY, message_id bigint NOT NULL, file_name text NOT NULL, checksum bytea NOT NULL,
    content bytea NOT NULL);`;

const accounts = (count: number): string => `
  INSERT INTO account
    SELECT i, 'AC-' || lpad((i * 7919 % 10000000)::text, 7, '0'), 'account' || i || '@example.org',
      (ARRAY['Rome', 'Oslo', 'Lima', 'Quito', 'Cairo', 'Kyoto', 'Perth', 'Zürich'])[1 + ${random('i', 11)} % 8],
      i % 13 > 0, ${random('i', 12)} % 1000000 / 100.0, timestamptz '2019-01-01 00:00+00' + i * interval '37 min',
      ('{"theme": "' || CASE WHEN i % 3 = 0 THEN 'dark' ELSE 'light' END || '", "mails": ' || (i % 4 > 0)::text || ', "limit": '
        || ${random('i', 13)} % 100 * 50 || '}')::jsonb
    FROM generate_series(1, ${count}) AS i`;

const readings = (count: number): string => `
  INSERT INTO reading
    SELECT ${random('i', 21)} % 500, timestamptz '2023-01-01 00:00+00' + i * interval '1.7 s',
      (20000 + floor(10000 * sin(i / 5000.0::float8)) + ${random('i', 22)} % 5000) / 1000, CASE WHEN ${random('i', 23)} % 50 = 0 THEN 3 ELSE 0 END
    FROM generate_series(1, ${count}) AS i`;

const orderLines = (count: number): string => `
  INSERT INTO order_line (order_id, account_id, product, pieces, price, discount, state, ordered_on, shipped_at)
    SELECT i / 4, 1 + ${random('i / 4', 31)} % 60000, 'P-' || ${random('i', 32)} % 20000, 1 + ${random('i', 33)} % 12,
      ${random('i', 34)} % 50000 / 100.0, CASE WHEN i % 5 = 0 THEN ${random('i', 35)} % 30 / 100.0 END,
      (ARRAY['paid', 'shipped', 'delivered', 'delivered', 'returned'])[1 + ${random('i', 36)} % 5], date '2021-01-01' + i / 1500,
      CASE WHEN i % 7 > 0 THEN timestamp '2021-01-02' + i * interval '57.6 s' + ${random('i', 37)} % 100000 * interval '1 s' END
    FROM generate_series(1, ${count}) AS i`;

const messages = (count: number, poolSize: number): string => `
  INSERT INTO message (account_id, thread_id, subject, body, sent_at)
    SELECT 1 + ${random('i', 41)} % 60000, md5((i / 3)::text)::uuid, ${passage('i', 42, `20 + ${random('i', 43)} % 40`, poolSize)},
      ${passage('i', 44, `100 + ${random('i', 45)} % 1400`, poolSize)}, timestamptz '2022-01-01 00:00+00' + i * interval '93 s'
    FROM generate_series(1, ${count}) AS i`;

const events = (count: number, poolSize: number): string => `
  INSERT INTO event
    SELECT md5('event' || i)::uuid, kind, timestamptz '2022-06-01 00:00+00' + i * interval '41 s',
      concat('{"type": "', kind, '", "actor": {"id": ', ${random('i', 51)} % 60000, ', "ip": "10.', ${random('i', 52)} % 200, '.', ${random('i', 53)} % 256,
        '.7"}, "changes": [{"field": "status", "old": ', i % 4, ', "new": ', i % 5, '}], "durationMs": ', ${random('i', 54)} % 90000 / 10,
        ', "note": "', ${passage('i', 55, `${random('i', 56)} % 120`, poolSize)}, '", "requestId": "', md5('request' || i), '"}')::jsonb
    FROM (SELECT i, (ARRAY['order.created', 'order.paid', 'account.login', 'account.changed', 'report.sent'])[1 + ${random('i', 57)} % 5] AS kind
      FROM generate_series(1, ${count}) AS i) AS numbered`;

const attachments = (count: number): string => `
  INSERT INTO attachment (message_id, file_name, checksum, content)
    SELECT i * 9, 'scan-' || i || '.jpg', sha256(int8send(i)),
      (SELECT string_agg(sha512(int8send(i * 1000 + k)), '') FROM generate_series(1, 4 + ${random('i', 61)} % 90) AS k)
    FROM generate_series(1, ${count}::bigint) AS i`;

const indexes = `
  CREATE UNIQUE INDEX ON account (email);
  CREATE INDEX ON reading USING brin (taken_at);
  CREATE INDEX ON reading (device_id, taken_at);
  ALTER TABLE order_line ADD PRIMARY KEY (order_line_id);
  CREATE INDEX ON order_line (account_id);
  ALTER TABLE message ADD PRIMARY KEY (message_id);
  CREATE INDEX ON message (thread_id);
  ALTER TABLE event ADD PRIMARY KEY (event_id);
  CREATE INDEX ON event (happened_at) WHERE kind = 'order.paid';
  ALTER TABLE attachment ADD PRIMARY KEY (attachment_id);`;
