import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Jobs, jobsOn, messages } from '../support/jobs.ts';
import type { PostgresServer } from '../support/postgres/postgres-server.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
let server: PostgresServer;
let jobs: Jobs;
beforeAll(async () => {
  world = await startWorld({ servers: [15], settings: { 'azure.extensions': 'PG_TRGM, HSTORE' } });
  server = world.server(15);
  jobs = jobsOn(world, 15);
  await server.query('CREATE ROLE reader');
});
afterAll(() => world.stop());

/** With each of them, one of our queries would be answered otherwise than it is meant, or not at all. */
const awkward = {
  quote_all_identifiers: 'on',
  standard_conforming_strings: 'off',
  escape_string_warning: 'on',
  backslash_quote: 'off',
  DateStyle: "'German'",
  IntervalStyle: "'sql_standard'",
  TimeZone: "'Asia/Kathmandu'",
  client_min_messages: 'debug5',
  default_transaction_isolation: "'serializable'",
  statement_timeout: "'1ms'",
  lock_timeout: "'1ms'",
  search_path: 'nowhere',
  array_nulls: 'off',
  transform_null_equals: 'on',
  extra_float_digits: '-15',
  bytea_output: "'escape'",
  row_security: 'off',
  check_function_bodies: 'on',
  xmloption: "'document'",
};

const sample = `
  CREATE EXTENSION hstore; CREATE SCHEMA shop; GRANT USAGE ON SCHEMA shop, public TO reader; REVOKE CREATE ON SCHEMA public FROM PUBLIC;
  CREATE TABLE shop.item (id int PRIMARY KEY, tags hstore, price float8, scan bytea, sold timestamptz, took interval);
  INSERT INTO shop.item VALUES (1, 'a=>b\\\\c', 0.1::float8 + 0.2, '\\x00ff', '2026-01-02 03:04:05+06', '1-2');
  GRANT SELECT ON shop.item TO reader`;

test('settings of the database and of the role change nothing of what a job does and says', async () => {
  const said: string[][] = [];
  for (const settings of [{}, awkward]) {
    const database = await jobs.createDatabase({ sql: sample });
    for (const [name, value] of Object.entries(settings)) {
      // The role's alone: the test looks at the database as another one
      if (!name.endsWith('_timeout'))
        await server.query(`ALTER DATABASE "${database}" SET ${name} TO ${value}`);
      await server.query(`ALTER ROLE ${world.login.user} SET ${name} TO ${value}`);
      await server.query(`ALTER ROLE ${world.login.user} IN DATABASE postgres SET ${name} TO ${value}`);
    }
    const before = await contentOf(database);
    const backup = await jobs.backup(database);
    expect(backup.exitCode, backup.log).toBe(0);
    const warnings: string[] = messages(backup, 'warning');
    for (const restore_strategy of ['swap', 'drop']) {
      const inputs = { restore_strategy };
      const restore = await jobs.restore(database, backup.outputs['backup_file_name'] ?? '', { inputs });
      expect(restore.exitCode, restore.log).toBe(0);
      expect(await contentOf(database)).toEqual(before);
      warnings.push(...messages(restore, 'warning'), restore.summary);
    }
    said.push(
      warnings.map((text) =>
        text
          .replaceAll(database, 'DB')
          .replaceAll(
            /\d[\d.,]* (ms|s|kB|MB)|[\d-]+ [\d:]+ UTC|just now|\d+ min ago|\d{14}|[0-9a-f]{64}/g,
            'N',
          ),
      ),
    );
  }
  expect(said[1]).toEqual(said[0]);
});

/** As a session sees it that has settings of its own. */
async function contentOf(database: string): Promise<unknown> {
  const rows = await server.query('SELECT * FROM shop.item', { database });
  const settings = await server.query(
    `SELECT setconfig FROM pg_db_role_setting JOIN pg_database AS d ON d.oid = setdatabase WHERE datname = '${database}'`,
  );
  return { rows, settings };
}
