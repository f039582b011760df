/** A database that has more of something than any other, made by SQL. */
export interface Extreme {
  title: string;
  /** How much of it `npm run test:all` makes, and `npm run test:soak`. */
  some: number;
  all: number;
  /** Run by the superuser first. */
  before?: (count: number) => string;
  /** Run by the owner of the database. */
  sql: (count: number) => string;
  inputs?: Record<string, string>;
  /** Counts in the database, for the superuser, what has to be there again. */
  count: string;
}

const each = (count: number, statement: string): string =>
  `DO $do$ BEGIN FOR i IN 1..${count} LOOP EXECUTE format(${statement}); END LOOP; END $do$;`;

/** What a database may have so much of that somebody runs out of memory, time or room. The table only grows. */
export const databases: readonly Extreme[] = [
  {
    title: 'MB of large functions in the table of contents',
    some: 5,
    all: 100,
    sql: (count) =>
      each(
        count,
        `'CREATE FUNCTION large_%s() RETURNS text LANGUAGE sql AS %L', i, 'SELECT ' || quote_literal(repeat('it''s \\\\ $1; ', 90000))`,
      ),
    count: "SELECT sum(length(prosrc)) AS n FROM pg_proc WHERE proname LIKE 'large%'",
  },
  {
    title: 'times 5,000 bytes of small functions in the table of contents',
    some: 500,
    all: 20_000,
    sql: (count) =>
      each(
        count,
        `'CREATE FUNCTION small_%s() RETURNS text LANGUAGE sql AS %L', i, 'SELECT ' || quote_literal(repeat('a -- "b" ', 550))`,
      ),
    count: "SELECT sum(length(prosrc)) AS n FROM pg_proc WHERE proname LIKE 'small%'",
  },
  {
    title: 'roles with a right on a table',
    some: 300,
    all: 4_000,
    before: (count) => each(count, `'CREATE ROLE %I', 'some "role" ' || i`),
    // A table keeps its rights in one row of a catalog, which has room for some 600.
    sql: (count) =>
      `${each(Math.ceil(count / 400), `'CREATE TABLE granted_%s AS SELECT 1 AS a', i`)} ${each(count, `'GRANT SELECT ON granted_%s TO %I', (i + 399) / 400, 'some "role" ' || i`)}`,
    inputs: { no_privileges: 'false' },
    count: "SELECT sum(array_length(relacl, 1)) AS n FROM pg_class WHERE relname LIKE 'granted%'",
  },
  {
    title: 'tables, each with an index',
    some: 300,
    all: 10_000,
    sql: (count) => each(count, `'CREATE TABLE %I (id int PRIMARY KEY, a text)', 'table "' || i || '"'`),
    count: "SELECT count(*) AS n FROM pg_class WHERE relname LIKE 'table%'",
  },
  {
    title: 'large objects',
    some: 1_000,
    all: 100_000,
    sql: (count) =>
      `DO $do$ BEGIN PERFORM lo_from_bytea(0, int4send(i)) FROM generate_series(1, ${count}) AS i; END $do$;`,
    count: "SELECT count(*) || md5(string_agg(data, '' ORDER BY data)) AS n FROM pg_largeobject",
  },
];
