import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accountOf, type Jobs, jobsOn, messages, onlyError } from '../support/jobs.ts';
import { hasPrograms } from '../support/postgres/postgres-programs.ts';
import type { PostgresServer } from '../support/postgres/postgres-server.ts';
import { startWorld, type World } from '../support/world.ts';

/** The last server on which every role may create in schema public of every database, where there is one for this machine. */
const major = hasPrograms(14) ? 14 : 15;

let world: World;
let server: PostgresServer;
let jobs: Jobs;
const plain = { user: 'plain', password: 'its secret' };
beforeAll(async () => {
  world = await startWorld({ servers: [major] });
  server = world.server(major);
  jobs = jobsOn(world, major);
  await server.createRole(plain.user, plain.password);
  await plant('postgres');
});
afterAll(() => world.stop());

/** What a role without any rights of its own may do in a database of another's. */
async function plant(database: string): Promise<void> {
  if (major > 14) await server.query('GRANT CREATE ON SCHEMA public TO PUBLIC', { database });
  for (const name of ['shadowed-functions', 'shadowed-functions-2']) {
    const sql = readFileSync(new URL(`../cases/${name}.sql`, import.meta.url), 'utf8');
    await server.query(sql, { database, ...plain });
  }
}

/** What was called of it so far, and by whom. */
const called = async (): Promise<string[]> => [...new Set((await server.log()).match(/planted: .*/g))];

test('what anybody puts into public is called by queries that trust the search_path', async () => {
  await expect(server.query(`SELECT format('%I.%I', nspname, nspname) FROM pg_namespace`)).rejects.toThrow(
    'public.format was called as postgres',
  );
  await server.query(`SELECT to_json('x'::text), pg_encoding_to_char(6)`);
  const fitsBetter = ['planted: format, for postgres', 'planted: to_json(text) RETURNS json, for postgres'];
  expect(await called()).toEqual(fitsBetter);
  await server.query('SET search_path TO public, pg_catalog; SELECT pg_encoding_to_char(6)');
  const comesFirst = 'planted: pg_encoding_to_char(integer) RETURNS name, for postgres';
  expect(await called()).toEqual([...fitsBetter, comesFirst]);
});

test.each(['"$user", public', 'public, pg_catalog'])(
  'nothing of it by a session of ours, with search_path %s',
  async (searchPath) => {
    const database = await jobs.createDatabase();
    await plant(database);
    for (const name of ['postgres', database])
      await server.query(`ALTER DATABASE "${name}" SET search_path TO ${searchPath}`);
    const before = { text: await jobs.text(database), called: await called() };
    const backup = await jobs.backup(database);
    expect(backup.exitCode, backup.log).toBe(0);
    for (const restore_strategy of ['swap', 'drop']) {
      const inputs = { restore_strategy };
      const restore = await jobs.restore(database, backup.outputs['backup_file_name'] ?? '', { inputs });
      expect(restore.exitCode, restore.log).toBe(0);
      expect(messages(restore, 'warning').join('\n')).not.toContain('ANALYZE');
      expect(await jobs.text(database)).toBe(before.text);
    }
    expect(await called()).toEqual(before.called);
  },
);

test('nothing of a tenant by a role that makes the backups of everybody', async () => {
  const reader = await server.createRole('backup reader', 'secret', 'IN ROLE pg_read_all_data');
  const tenant = await server.createRole('tenant', 'its own');
  const database = 'of a tenant';
  await server.query(`CREATE DATABASE "${database}" OWNER tenant`);
  await plant(database);
  const own = { database, ...tenant };
  // Who owns a database decides what is set for everybody in it.
  await server.query(
    `ALTER DATABASE "${database}" SET search_path TO public, pg_catalog;
     CREATE TABLE item (id int, name text DEFAULT public.current_database());
     CREATE FUNCTION spy() RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE LOG 'planted: spy, for %', current_user; RETURN true; END $$;
     CREATE VIEW spied AS SELECT * FROM item WHERE public.spy();
     CREATE RULE spying AS ON INSERT TO item DO ALSO SELECT public.spy();
     CREATE MATERIALIZED VIEW kept AS SELECT * FROM item WHERE public.spy() WITH NO DATA;
     CREATE INDEX ON item (id) WHERE name IS NOT NULL;
     INSERT INTO item DEFAULT VALUES`,
    own,
  );
  const before = await called();
  const asReader = jobsOn(world, major, accountOf(world, reader));
  const backup = await asReader.backup(database);
  expect(backup.exitCode, backup.log).toBe(0);
  expect(await called()).toEqual(before);

  await server.query(
    'ALTER TABLE item ENABLE ROW LEVEL SECURITY; CREATE POLICY spying ON item USING (public.spy())',
    own,
  );
  const refused = await asReader.backup(database);
  expect(onlyError(refused)).toContain('row-level security');
  expect(await called()).toEqual(before);
});
