import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { escapeIdentifier, escapeLiteral } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Jobs, jobsOn, messages } from '../support/jobs.ts';
import { clientOf, installedClients } from '../support/postgres/clients.ts';
import { databaseRow } from '../support/postgres/database-row.ts';
import type { PostgresMajor, PostgresServer } from '../support/postgres/postgres-server.ts';
import { noteAbout, summaryNotes } from '../support/runner/summary-notes.ts';
import { startWorld, type World } from '../support/world.ts';

const major: PostgresMajor = ((await installedClients()).at(-1)?.major ?? 0) >= 17 ? 17 : 15;

let world: World;
let server: PostgresServer;
let jobs: Jobs;
beforeAll(async () => {
  world = await startWorld({ servers: [major] });
  server = world.server(major);
  jobs = jobsOn(world, major);
});
afterAll(() => world.stop());

/** A database that has changed since its backup. */
async function changed(name?: string): Promise<{ database: string; backedUp: string; backup: string }> {
  const database = await jobs.createDatabase({
    sql: "CREATE TABLE note AS SELECT 'as backed up' AS words",
    ...(name !== undefined && { name }),
  });
  const backup = await jobs.backup(database);
  expect(backup.exitCode, backup.log).toBe(0);
  const backedUp = await jobs.text(database);
  await jobs.query(database, "UPDATE note SET words = 'changed since'; CREATE TABLE further (id int)");
  await server.query(`COMMENT ON DATABASE ${escapeIdentifier(database)} IS 'a comment'`);
  return { database, backedUp, backup: backup.outputs['backup_file_name'] ?? '' };
}

const keep = { inputs: { keep_previous: 'true' } };

test.each([['db_to_keep'], [`${'é'.repeat(31)}x`], [` "; it's \\ `]])(
  'the old database of %j is kept, and the SQL in the summary brings it back',
  async (name) => {
    const { database, backedUp, backup } = await changed(name);
    const before = { text: await jobs.text(database), row: await databaseRow(server, database) };
    const databases = await jobs.databases();

    const restore = await jobs.restore(database, backup, keep);
    expect(restore.exitCode, restore.log).toBe(0);
    const previous = restore.outputs['previous_database'] ?? '';
    expect(previous).toMatch(/_before_\d{14}(_[0-9a-f]{8})?$/);
    expect(await jobs.databases()).toEqual([...databases, previous].sort(byBytes));
    expect(await jobs.text(database)).toBe(backedUp);
    expect(await jobs.text(previous)).toBe(before.text);
    expect(await databaseRow(server, previous)).toEqual(before.row);
    expect(messages(restore, 'warning')).toEqual([]);

    const { sql } = noteAbout(restore.summary, /^The old database is kept as .* To go back to it/);
    await jobs.query('postgres', sql);
    expect(await jobs.text(database)).toBe(before.text);
    expect(await databaseRow(server, database)).toEqual(before.row);
    const [undone, ...others] = (await jobs.databases()).filter((other) => !databases.includes(other));
    expect(others).toEqual([]);
    expect(await jobs.text(undone ?? '')).toBe(backedUp);
  },
);

/** As the server sorts names in its databases. */
function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

test('those that earlier restores have kept are named', async () => {
  const { database, backup } = await changed();
  const first = await jobs.restore(database, backup, keep);
  expect(first.log).not.toContain('Old databases from earlier restores');
  const second = await jobs.restore(database, backup);
  const previous = first.outputs['previous_database'] ?? '';
  expect(second.log).toContain(`Old databases from earlier restores, still on the server: "${previous}"\n`);
  expect(await jobs.databases()).toContain(previous);
});

test('the old database is dropped unless it is to be kept', async () => {
  const { database, backedUp, backup } = await changed();
  const databases = await jobs.databases();
  const restore = await jobs.restore(database, backup);
  expect(restore.exitCode, restore.log).toBe(0);
  expect(restore.outputs).not.toHaveProperty('previous_database');
  expect(summaryNotes(restore.summary)).toEqual([]);
  expect(await jobs.databases()).toEqual(databases);
  expect(await jobs.text(database)).toBe(backedUp);
});

test.each([
  ['false', 1],
  ['true', 2],
])(
  'with keep_previous %s, what is not shown is kept with the old database, and an administrator copies it',
  async (keep_previous, notes) => {
    const { database, backedUp, backup } = await changed(`se"cret's \\ ${keep_previous}`);
    const before = await jobs.text(database);
    const role = escapeIdentifier(`App's "role" ${keep_previous}`);
    const secret = escapeLiteral(`hush \\ it's "=" é`);
    await server.query(`CREATE ROLE ${role}`);
    const inDatabase = `DATABASE ${escapeIdentifier(database)}`;
    await server.query(`ALTER ${inDatabase} SET app.jwt_secret TO ${secret}`);
    await server.query(`ALTER ${inDatabase} SET "App"."select" TO ''`);
    await server.query(`ALTER ROLE ${role} IN ${inDatabase} SET app.dsn TO ${secret}`);
    const settings = (await databaseRow(server, database))?.settings;

    const restore = await jobs.restore(database, backup, { inputs: { keep_previous } });
    expect(restore.exitCode, restore.log).toBe(0);
    expect(restore.log).not.toContain('hush');
    expect(restore.summary).not.toContain('hush');
    const previous = restore.outputs['previous_database'] ?? '';
    expect(await jobs.text(previous)).toBe(before);
    expect((await databaseRow(server, database))?.settings).toBeNull();

    const kept = summaryNotes(restore.summary).filter(({ text }) =>
      text.startsWith('The old database is kept'),
    );
    expect(kept).toHaveLength(notes);
    const { sql } = noteAbout(restore.summary, /copy what was set in it/);
    await asAdministrator(sql);
    expect((await databaseRow(server, database))?.settings).toEqual(settings);
    if (keep_previous === 'true') {
      await asAdministrator(noteAbout(restore.summary, /To go back to it/).sql);
      expect(await jobs.text(database)).toBe(before);
    } else {
      expect(await jobs.text(database)).toBe(backedUp);
    }
  },
);

/** Gives psql a script, as a superuser. */
async function asAdministrator(sql: string): Promise<void> {
  const { psql } = await clientOf(major);
  const { user, password } = server.superuser;
  const env = { PGHOST: server.host, PGPORT: String(server.port), PGUSER: user, PGPASSWORD: password };
  const running = promisify(execFile)(psql, ['-X', '-v', 'ON_ERROR_STOP=1', 'postgres'], { env });
  running.child.stdin?.end(`${sql}\n`);
  await running;
}

test('nothing is kept of a database that was not there', async () => {
  const { database, backup } = await changed();
  await jobs.query('postgres', `DROP DATABASE "${database}"`);
  const databases = await jobs.databases();
  const restore = await jobs.restore(database, backup, keep);
  expect(restore.exitCode, restore.log).toBe(0);
  expect(restore.outputs).not.toHaveProperty('previous_database');
  expect(await jobs.databases()).toEqual([...databases, database].sort(byBytes));
});

test('a restore whose old database cannot be dropped has succeeded, and names what is left', async () => {
  const { database, backedUp, backup } = await changed();
  // The server renames such a database, but never drops it.
  await server.query(
    "CREATE SUBSCRIPTION in_the_way CONNECTION 'dbname=nowhere' PUBLICATION p WITH (connect = false)",
    { database },
  );
  const databases = await jobs.databases();
  const restore = await jobs.restore(database, backup);
  expect(restore.exitCode, restore.log).toBe(0);
  expect(messages(restore, 'error')).toEqual([]);
  expect(await jobs.text(database)).toBe(backedUp);

  const [left = '', ...others] = (await jobs.databases()).filter((name) => !databases.includes(name));
  expect(others).toEqual([]);
  expect(messages(restore, 'warning')).toEqual([
    expect.stringContaining('has the subscription "in_the_way"'),
    expect.stringMatching(new RegExp(`^The restore succeeded, but .* there as "${left}": .*subscription`)),
    expect.stringMatching(new RegExp(`^Database "${left}" is left: .*subscription`)), // by the post step
  ]);
  const { sql } = noteAbout(restore.summary, /^The restore succeeded, but/);
  const forget = 'ALTER SUBSCRIPTION in_the_way SET (slot_name = NONE); DROP SUBSCRIPTION in_the_way';
  await server.query(forget, { database: left });
  await jobs.query('postgres', sql);
  expect(await jobs.databases()).toEqual(databases);
});

describe('an old database that this role cannot enter', () => {
  test('may be closed: it is replaced, and nobody can be told who had rights', async () => {
    const { database, backedUp, backup } = await changed();
    await server.query(`ALTER DATABASE "${database}" SET work_mem TO '7MB'`);
    await server.query(`ALTER DATABASE "${database}" ALLOW_CONNECTIONS false`);
    const before = await databaseRow(server, database);
    const restore = await jobs.restore(database, backup);
    expect(restore.exitCode, restore.log).toBe(0);
    expect(messages(restore, 'warning')).toEqual([
      expect.stringMatching(
        /Who had privileges in the old database is unknown.* is not currently accepting connections/,
      ),
    ]);
    expect(await databaseRow(server, database)).toEqual(before);
    await server.query(`ALTER DATABASE "${database}" ALLOW_CONNECTIONS true`);
    expect(await jobs.text(database)).toBe(backedUp);
  });

  test('may be what a drop that was cut off has left: it is replaced', async () => {
    const { database, backedUp, backup } = await changed();
    await server.query(`ALTER DATABASE "${database}" SET work_mem TO '7MB'`);
    await server.query(`UPDATE pg_database SET datconnlimit = -2 WHERE datname = '${database}'`);
    const restore = await jobs.restore(database, backup, { inputs: { restore_strategy: 'drop' } });
    expect(restore.exitCode, restore.log).toBe(0);
    expect(restore.log).toContain('with nothing to carry over');
    expect((await databaseRow(server, database))?.settings).toBeNull();
    expect(await jobs.text(database)).toBe(backedUp);
  });
});
