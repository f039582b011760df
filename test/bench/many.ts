import type { PostgresServer, Session } from '../support/postgres/postgres-server.ts';

/**
 * Fills a database with many tables, each with a key and an index, of about as many bytes that do not compress.
 * @param size of all rows together, in bytes
 */
export async function fillMany(
  server: PostgresServer,
  session: Session,
  tables: number,
  size: number,
): Promise<void> {
  const connection = await server.connect(session);
  // Rows of about 1 KiB.
  const rows = Math.max(1, Math.round(size / tables / 1024));
  const bytes = `(SELECT string_agg(sha512(int8send(t * 100003::bigint + r * 17 + k)), '') FROM generate_series(1, 16) AS k)`;
  const step = 100; // a transaction may lock only so many tables
  for (let first = 1; first <= tables; first += step) {
    await connection.query(`DO $$ BEGIN
      FOR t IN ${first}..${Math.min(tables, first + step - 1)} LOOP
        EXECUTE format('CREATE TABLE t%s (id int PRIMARY KEY, at timestamptz, content bytea)', t);
        EXECUTE format('INSERT INTO t%s SELECT r, now() - r * interval ''1 min'', ${bytes.replaceAll("'", "''").replaceAll('t *', '%s *')}
          FROM generate_series(1, ${rows}) AS r', t, t);
        EXECUTE format('CREATE INDEX ON t%s (at)', t);
      END LOOP;
    END $$`);
  }
  await connection.end();
}
