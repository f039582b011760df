import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Jobs, jobsOn, messages, onlyError } from './jobs.ts';
import { installedClients } from './postgres/clients.ts';
import { firstDifference } from './postgres/databases/dump-text.ts';
import { everyObject } from './postgres/databases/every-object.ts';
import { lackFor, titled } from './postgres/describe-on.ts';
import type { PostgresMajor } from './postgres/postgres-server.ts';
import { startWorld, type World } from './world.ts';

/** Declares the tests that a restored database is as it was, on a server of this major. */
export function declareRoundTrips(major: PostgresMajor): void {
  // A server that is newer than every client of the machine is refused, see client.test.ts.
  describe.skipIf(lackFor(major) !== undefined)(titled(`server ${major}`, lackFor(major)), () => {
    let world: World;
    let jobs: Jobs;
    beforeAll(async () => {
      world = await startWorld({ servers: [major] });
      jobs = jobsOn(world, major);
    });
    afterAll(() => world.stop());

    test('every kind of object comes back as it was', async () => {
      const database = await jobs.createDatabase({ sql: everyObject().sql });
      const before = await jobs.text(database);

      const backup = await jobs.backup(database);
      expect(messages(backup, 'error'), backup.log).toEqual([]);
      expect(backup.exitCode).toBe(0);
      const name = backup.outputs['backup_file_name'] ?? '';
      const content = await world.backups.read(name);
      expect(backup.outputs).toEqual({
        backup_file_name: expect.stringMatching(new RegExp(`^${database}_backup_\\d{14}\\.dump$`)),
        backup_url: `${world.azurite.accountUrl}/${world.backups.container}/${name}`,
        backup_size_bytes: String(content.length),
        backup_sha256: createHash('sha256').update(content).digest('hex'),
        duration_seconds: expect.stringMatching(/^\d+\.\d$/),
        postgres_version: expect.stringMatching(new RegExp(`^${major}\\.\\d+$`)),
      });

      await jobs.query(
        database,
        `DROP TABLE ${(await anyTable(jobs, database)).join(' CASCADE; DROP TABLE ')} CASCADE; CREATE TABLE stray AS SELECT 1 AS one`,
      );
      expect(await jobs.text(database)).not.toBe(before);

      const restore = await jobs.restore(database, name);
      expect(messages(restore, 'error'), restore.log).toEqual([]);
      expect(restore.exitCode).toBe(0);
      expect(firstDifference(before, await jobs.text(database))).toBeUndefined();
      expect(restore.outputs).toEqual({
        ...backup.outputs,
        duration_seconds: expect.stringMatching(/^\d+\.\d$/),
      });
      expect(restore.tempFilesLeft).toEqual([]);
      expect(await jobs.databases()).not.toContainEqual(expect.stringContaining(`${database}_`));
      const [owner] = await jobs.query(
        database,
        'SELECT pg_get_userbyid(datdba) AS name FROM pg_database WHERE datname = current_database()',
      );
      expect(owner).toEqual({ name: world.login.user });
      const withoutStatistics = await jobs.query(
        database,
        `SELECT relname FROM pg_class AS c WHERE relkind IN ('r', 'm', 'p') AND NOT relisshared AND reltuples < 0
          AND (relkind <> 'p' OR EXISTS (SELECT FROM pg_inherits WHERE inhparent = c.oid))`,
      );
      expect(withoutStatistics).toEqual([]);
      const [statistics] = await jobs.query(
        database,
        "SELECT count(*) > 0 AS there FROM pg_stats WHERE schemaname <> 'pg_catalog'",
      );
      expect(statistics).toEqual({ there: true });
    });

    test('an empty database', async () => {
      const database = await jobs.createDatabase();
      const before = await jobs.text(database);
      const backup = await jobs.backup(database);
      expect(backup.exitCode, backup.log).toBe(0);
      await jobs.query(database, 'CREATE TABLE stray AS SELECT 1 AS one');
      const restore = await jobs.restore(database, backup.outputs['backup_file_name'] ?? '');
      expect(restore.exitCode, restore.log).toBe(0);
      expect(await jobs.text(database)).toBe(before);
    });

    test('a database that is gone altogether', async () => {
      const database = await jobs.createDatabase({ sql: 'CREATE TABLE note AS SELECT 42 AS answer' });
      const backup = await jobs.backup(database);
      await jobs.query('postgres', `DROP DATABASE "${database}"`);
      const restore = await jobs.restore(database, backup.outputs['backup_file_name'] ?? '');
      expect(restore.exitCode, restore.log).toBe(0);
      expect(await jobs.query(database, 'SELECT answer FROM note')).toEqual([{ answer: 42 }]);
    });

    test('the database gets the encoding and locale that are recorded, not those of the one it replaces', async () => {
      const database = await jobs.createDatabase();
      const traits = `SELECT pg_encoding_to_char(encoding) AS encoding, datcollate, datctype, datlocprovider,
      coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale') AS locale
      FROM pg_database AS d WHERE datname = current_database()`;
      const special = `"${database}" TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'`;
      const icu = `"${database}" TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'sv-SE'`;
      for (const definition of [special, icu]) {
        await jobs.query('postgres', `DROP DATABASE "${database}"`);
        await jobs.query('postgres', `CREATE DATABASE ${definition}`);
        await jobs.query(database, "CREATE TABLE word AS SELECT 'smörgås' AS word");
        const before = await jobs.query(database, traits);
        const backup = await jobs.backup(database);
        expect(backup.exitCode, backup.log).toBe(0);
        await jobs.query('postgres', `DROP DATABASE "${database}"`);
        await jobs.query('postgres', `CREATE DATABASE "${database}"`);
        expect(await jobs.query(database, traits)).not.toEqual(before);
        const restore = await jobs.restore(database, backup.outputs['backup_file_name'] ?? '');
        expect(restore.exitCode, restore.log).toBe(0);
        expect(await jobs.query(database, traits)).toEqual(before);
        expect(await jobs.query(database, 'SELECT word FROM word')).toEqual([{ word: 'smörgås' }]);
      }
    });

    test.each(['zstd:3', 'lz4', 'gzip:9', 'none'])('compression %s', async (compression) => {
      const sql =
        "CREATE TABLE t AS SELECT g AS id, repeat(md5(g::text), 5) AS words FROM generate_series(1, 5000) AS g; SELECT lo_from_bytea(0, 'large')";
      const database = await jobs.createDatabase({ sql });
      const before = await jobs.text(database);
      const client = (await installedClients()).find((candidate) => candidate.major >= major);
      const backup = await jobs.backup(database, { inputs: { compression } });
      if ((client?.major ?? 0) < 16 && /^(zstd|lz4)/.test(compression)) {
        expect(onlyError(backup)).toMatch(/supports only gzip/);
        expect(await world.backups.list()).not.toContainEqual(expect.stringContaining(database));
        return;
      }
      expect(backup.exitCode, backup.log).toBe(0);
      const restore = await jobs.restore(database, backup.outputs['backup_file_name'] ?? '');
      expect(restore.exitCode, restore.log).toBe(0);
      expect(await jobs.text(database)).toBe(before);
    });
  });
}

async function anyTable(jobs: Jobs, database: string): Promise<string[]> {
  const rows = await jobs.query<{ name: string }>(
    database,
    `SELECT oid::regclass::text AS name FROM pg_class
     WHERE relkind = 'r' AND NOT relispartition AND relnamespace::regnamespace::text !~ '^(pg_|information_schema)'
     ORDER BY relname LIMIT 3`,
  );
  return rows.map(({ name }) => name);
}
