import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Jobs, jobsOn, messages } from '../support/jobs.ts';
import { databaseRow, sortedSettings } from '../support/postgres/database-row.ts';
import { lackFor, someOf, titled } from '../support/postgres/describe-on.ts';
import type { PostgresServer } from '../support/postgres/postgres-server.ts';
import { startWorld, type World } from '../support/world.ts';

/*
 * A restored database is analyzed under the settings that it is to have, which some of its functions need, and which none of our own
 * sessions is hindered by.
 */
const majors = someOf([15, 17]);
let world: World;
beforeAll(async () => {
  world = await startWorld({ servers: majors });
});
afterAll(() => world.stop());

const read = (name: string): Promise<string> =>
  readFile(join(import.meta.dirname, '..', 'cases', `${name}.sql`), 'utf8');

for (const major of majors)
  describe.skipIf(lackFor(major) !== undefined)(titled(`server ${major}`, lackFor(major)), () => {
    let server: PostgresServer;
    let jobs: Jobs;
    beforeAll(async () => {
      server = world.server(major);
      jobs = jobsOn(world, major);
      await server.query(`CREATE ROLE nobody_special; GRANT nobody_special TO ${world.login.user}`);
    });

    async function backedUp(sql: string): Promise<{ database: string; name: string }> {
      const database = await jobs.createDatabase({ sql });
      const backup = await jobs.backup(database);
      expect(backup.exitCode, backup.log).toBe(0);
      return { database, name: backup.outputs['backup_file_name'] ?? '' };
    }

    /** The tables and expressions that have statistics, as they are whatever is set for the database. */
    async function analyzed(database: string): Promise<unknown> {
      const options = [
        'local_preload_libraries=',
        'role=none',
        'statement_timeout=0',
        ...(major >= 17 ? ['transaction_timeout=0'] : []),
      ]
        .map((setting) => `-c ${setting}`)
        .join(' ');
      return server.query(
        `SELECT tablename AS name FROM pg_stats WHERE schemaname = 'app'
           UNION ALL SELECT statistics_name FROM pg_stats_ext_exprs WHERE schemaname = 'app' ORDER BY 1`,
        { database, options },
      );
    }
    const everything = ['a0', 'a1', 'ks'].map((name) => ({ name }));

    test.each([
      ['analyze-needs-settings', 'search_path', 'app, public'],
      ['analyze-needs-settings-2', 'DateStyle', "'German, DMY'"],
    ])('%s: what ANALYZE needs is set before it', async (file, parameter, value) => {
      const { database, name } = await backedUp(await read(file));
      await jobs.query('postgres', `ALTER DATABASE "${database}" SET ${parameter} = ${value}`);
      for (const restore_strategy of ['swap', 'drop']) {
        const restore = await jobs.restore(database, name, { inputs: { restore_strategy } });
        expect(restore.exitCode, restore.log).toBe(0);
        const needsMore = parameter === 'search_path' && major >= 17;
        expect(await analyzed(database)).toEqual(
          needsMore ? expect.arrayContaining([{ name: 'a1' }]) : everything,
        );
        if (!needsMore) expect(messages(restore, 'warning')).toEqual([]);
      }
    });

    test('what would be in the way of our own sessions is carried over, and is not in their way', async () => {
      const { database, name } = await backedUp(await read('analyze-needs-settings-2'));
      const ours = [
        "DateStyle = 'German, DMY'",
        'default_transaction_read_only = on',
        'statement_timeout = 1',
        'lock_timeout = 1',
        'idle_in_transaction_session_timeout = 1',
        "role = 'nobody_special'",
        'exit_on_error = on',
        "search_path = 'no such schema'",
        "local_preload_libraries = 'no_such_library'",
        ...(major >= 17 ? ['transaction_timeout = 1'] : []),
      ];
      for (const setting of ours) await server.query(`ALTER DATABASE "${database}" SET ${setting}`);
      await server.query(
        `ALTER ROLE ${world.login.user} IN DATABASE "${database}" SET role = 'nobody_special'`,
      );
      const before = sortedSettings(await databaseRow(server, database));
      for (const restore_strategy of ['swap', 'drop']) {
        const restore = await jobs.restore(database, name, { inputs: { restore_strategy } });
        expect(restore.exitCode, restore.log).toBe(0);
        expect(messages(restore, 'warning')).toEqual([]);
        expect(await analyzed(database)).toEqual(everything);
        expect(sortedSettings(await databaseRow(server, database)).settings).toEqual(before.settings);
      }
      expect((await jobs.databases()).filter((one) => one.startsWith(`${database}_`))).toEqual([]);
    });

    test('a database that makes everybody another role is backed up, and brought back, by the role that has the login', async () => {
      const database = await jobs.createDatabase({ sql: 'CREATE TABLE note AS SELECT 1 AS id' });
      await server.query(`ALTER DATABASE "${database}" SET role = 'nobody_special'`);
      const before = sortedSettings(await databaseRow(server, database));
      const backup = await jobs.backup(database);
      expect(backup.exitCode, backup.log).toBe(0);
      for (const restore_strategy of ['swap', 'drop']) {
        const name = String(backup.outputs['backup_file_name']);
        const restore = await jobs.restore(database, name, { inputs: { restore_strategy } });
        expect(restore.exitCode, restore.log).toBe(0);
        expect(messages(restore, 'warning')).toEqual([]);
        expect(sortedSettings(await databaseRow(server, database)).settings).toEqual(before.settings);
        const owner = "SELECT tableowner FROM pg_tables WHERE tablename = 'note'";
        expect(await server.query(owner, { database })).toEqual([{ tableowner: world.login.user }]);
      }
    });

    test('a setting that is changed while the new database is analyzed is the one that it gets', async () => {
      const slow = `CREATE SCHEMA app; CREATE FUNCTION app.slow(int) RETURNS int LANGUAGE plpgsql IMMUTABLE
            AS $$ BEGIN PERFORM pg_sleep(0.02); RETURN $1; END $$;
          CREATE TABLE app.a0 AS SELECT g AS i FROM generate_series(1, 100) AS g; CREATE STATISTICS app.ks ON (app.slow(i)) FROM app.a0`;
      const { database, name } = await backedUp(slow);
      await jobs.query('postgres', `ALTER DATABASE "${database}" SET work_mem = '7MB'`);
      await jobs.query('postgres', `ALTER DATABASE "${database}" SET DateStyle = 'German, DMY'`);
      let changed: Promise<unknown> | undefined;
      const restore = await jobs.restore(database, name, {
        onLine: (line) => {
          if (!line.startsWith('Carried over from the old database')) return;
          changed ??= jobs.query(
            'postgres',
            `ALTER DATABASE "${database}" SET work_mem = '9MB'; ALTER DATABASE "${database}" RESET DateStyle`,
          );
        },
      });
      expect(restore.exitCode, restore.log).toBe(0);
      await changed;
      expect((await databaseRow(server, database))?.settings).toEqual({ '-': ['work_mem=9MB'] });
    });
  });
