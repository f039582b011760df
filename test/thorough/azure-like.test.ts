import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseSql } from '../support/cases.ts';
import { type Account, accountOf, type Jobs, jobsOn, messages } from '../support/jobs.ts';
import { clientOf, type InstalledClient, installedClients } from '../support/postgres/clients.ts';
import { firstDifference } from '../support/postgres/databases/dump-text.ts';
import { everyObject } from '../support/postgres/databases/every-object.ts';
import { hasPrograms } from '../support/postgres/postgres-programs.ts';
import type { Login, PostgresMajor, PostgresServer } from '../support/postgres/postgres-server.ts';
import { lostPrivileges, noteAbout, summaryNotes } from '../support/runner/summary-notes.ts';
import { remember } from '../support/untouched.ts';
import { startWorld, type World } from '../support/world.ts';

/*
 * Servers as Azure runs them: schema public of every new database belongs to azure_pg_admin, whose members alone create extensions.
 * The login of the vault is the owner of the application's databases, and no member.
 */
const newestClient = (await installedClients()).at(-1)?.major ?? 0;
const newest: PostgresMajor = newestClient >= 17 ? 17 : 15;
const majors: PostgresMajor[] = hasPrograms(14) ? [14, newest] : [newest];

let world: World;
beforeAll(async () => {
  world = await startWorld({ servers: majors, azure: true });
});
afterAll(() => world.stop());

const administratorOf = ({ administrator }: PostgresServer): Login => {
  if (!administrator) throw new Error('This server is not as Azure runs it');
  return administrator;
};

async function backedUp(jobs: Jobs, database: string): Promise<string> {
  const backup = await jobs.backup(database);
  expect(messages(backup, 'error'), backup.log).toEqual([]);
  expect(backup.exitCode).toBe(0);
  return backup.outputs['backup_file_name'] ?? '';
}

describe.each(majors)('server %i: an owner who is no member of azure_pg_admin', (major) => {
  let server: PostgresServer;
  let jobs: Jobs;
  const asAdministrator = (sql: string) => server.query(sql, administratorOf(server));
  const withoutMembership = () => asAdministrator(`REVOKE azure_pg_admin FROM ${world.login.user}`);
  beforeAll(() => {
    server = world.server(major);
    jobs = jobsOn(world, major);
  });

  /** A database in whose schema public the owner may create. */
  async function opened(open: string, sql: string): Promise<string> {
    const database = await jobs.createDatabase();
    await server.query(open, { database });
    await jobs.query(database, sql);
    return database;
  }

  test.each([
    ['azure-public', 'GRANT ALL ON SCHEMA public TO backup_admin', 'TABLE "note"'],
    ['azure-public-2', 'ALTER SCHEMA public OWNER TO backup_admin', 'TYPE "state"'],
  ])('%s: is told so before anything is replaced, and the remedy helps', async (name, open, what) => {
    const database = await opened(open, await caseSql(name));
    const before = await jobs.text(database);
    const backup = await backedUp(jobs, database);
    const unchanged = await remember(jobs, database);
    if (major < 15) {
      // Everybody may create there, whoever it belongs to.
      const restore = await jobs.restore(database, backup);
      expect(restore.exitCode, restore.log).toBe(0);
      expect(messages(restore, 'warning')).toEqual([]);
      expect(firstDifference(before, await jobs.text(database))).toBeUndefined();
      return;
    }
    let remedy = '';
    for (const restore_strategy of ['swap', 'drop']) {
      const message = await unchanged(await jobs.restore(database, backup, { inputs: { restore_strategy } }));
      const [state = '', who = '', statement = '', ...end] = message.split('\n');
      expect(state).toContain(
        'The role "backup_admin" may not create in schema public of a new database on this server, which belongs to "azure_pg_admin"',
      );
      expect(state).toContain(what);
      expect(who).toBe("As the server's administrator, run:");
      expect(end).toEqual([`Database "${database}" was not changed.`]);
      remedy = statement;
    }
    expect(remedy).toBe('GRANT azure_pg_admin TO "backup_admin";');
    await asAdministrator(remedy);
    try {
      for (const restore_strategy of ['swap', 'drop']) {
        const restore = await jobs.restore(database, backup, { inputs: { restore_strategy } });
        expect(restore.exitCode, restore.log).toBe(0);
        expect(firstDifference(before, await jobs.text(database))).toBeUndefined();
      }
    } finally {
      await withoutMembership();
    }
  });

  test('restores what needs nothing in public, its comment left out', async () => {
    const sql =
      'CREATE SCHEMA shop; CREATE TABLE shop.item AS SELECT g AS id FROM generate_series(1, 9) AS g';
    const database = await opened(
      `COMMENT ON SCHEMA public IS 'nothing in here'; GRANT CREATE ON SCHEMA public TO ${world.login.user}`,
      sql,
    );
    const backup = await backedUp(jobs, database);
    let restores = 0;
    for (const inputs of [{ restore_strategy: 'drop' }, { no_privileges: 'false' }]) {
      const restore = await jobs.restore(database, backup, { inputs });
      expect(restore.exitCode, restore.log).toBe(0);
      const told = messages(restore, 'warning').join('\n');
      expect(told).toContain('COMMENT "SCHEMA public" (');
      // It may not create there any more, where not everybody may.
      const lost = told.includes('GRANT CREATE ON SCHEMA public TO "backup_admin"');
      expect(lost).toBe(major >= 15 && restores === 0);
      restores++;
      expect(await jobs.query(database, 'SELECT count(*) FROM shop.item')).toEqual([{ count: '9' }]);
    }
  });
});

describe.each(majors)('server %i: rights that an owner who is no member withdraws', (major) => {
  test.each([
    ['swap', false],
    ['drop', true],
  ])('with %s: its own are withdrawn, the others are told', async (restore_strategy, gone) => {
    const server = world.server(major);
    const jobs = jobsOn(world, major);
    const database = await jobs.createDatabase({
      sql: `CREATE SCHEMA shop; GRANT USAGE ON SCHEMA shop TO PUBLIC; CREATE FUNCTION shop.own(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';
        REVOKE EXECUTE ON FUNCTION shop.own(int) FROM PUBLIC`,
    });
    await server.query(
      `REVOKE ALL ON SCHEMA public FROM PUBLIC; REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC; GRANT USAGE ON SCHEMA public TO ${world.login.user}`,
      { database },
    );
    const open = async () => {
      const [row] = await server.query(
        `SELECT has_function_privilege('public', 'shop.own(int)', 'EXECUTE') AS own,
          has_schema_privilege('public', 'public', 'CREATE') OR has_schema_privilege('public', 'public', 'USAGE') AS space,
          has_language_privilege('public', 'plpgsql', 'USAGE') AS language`,
        { database },
      );
      return row;
    };
    const closed = { own: false, space: false, language: false };
    expect(await open()).toEqual(closed);
    const backup = await backedUp(jobs, database);
    if (gone) await server.query(`DROP DATABASE "${database}"`);
    const restore = await jobs.restore(database, backup, { inputs: { restore_strategy } });
    expect(restore.exitCode, restore.log).toBe(0);
    expect(await open()).toEqual({ own: false, space: true, language: true });
    const { text, sql } = noteAbout(restore.summary, lostPrivileges, world.login.user);
    expect(text).toContain('closed to PUBLIC before can be used by all now');
    const [own = '', rest = ''] = sql.split('-- The rest as an administrator of the server:\n');
    expect(own).not.toMatch(/REVOKE/);
    // Of schema public, pg_dump says nothing where it is as in a new database of server 15.
    const silent = summaryNotes(restore.summary).find((note) =>
      /^Privileges that others should not have/.test(note.text),
    );
    expect(silent?.sql.split('\n').at(-1)).toBe(
      major < 15 && gone ? 'REVOKE CREATE ON SCHEMA public FROM PUBLIC;' : undefined,
    );
    await server.query(rest + (silent?.sql ?? ''), { database });
    expect(await open()).toEqual(closed);
  });
});

describe(`server ${newest}: the whole round trip`, () => {
  let server: PostgresServer;
  let client: InstalledClient;
  let owner: Account;
  let member: Account;
  let administrator: Account;
  beforeAll(async () => {
    server = world.server(newest);
    client = await clientOf(newest);
    owner = { ...world.login, inputs: {} };
    member = accountOf(
      world,
      await server.createRole('member', 'its secret', 'CREATEDB IN ROLE azure_pg_admin'),
    );
    administrator = accountOf(world, administratorOf(server));
  });

  /** All that a role can make: psql goes on after what is refused. */
  async function fillAs({ user, password }: Login, database: string, sql: string): Promise<void> {
    const env = {
      ...process.env,
      PGHOST: server.host,
      PGPORT: String(server.port),
      PGUSER: user,
      PGPASSWORD: password,
      PGSSLMODE: 'verify-full',
      PGSSLROOTCERT: world.caFile,
    };
    const running = promisify(execFile)(client.psql, ['--no-psqlrc', '--quiet', `--dbname=${database}`], {
      env,
      maxBuffer: 2 ** 28,
    });
    running.child.stdin?.end(sql);
    await running;
  }

  /** What extensions give stands for itself where the role can make none; the comment on one is the provider's on Azure. */
  const withoutExtensions = everyObject()
    .sql.replace(/^COMMENT ON EXTENSION .*$/m, '')
    .replace(/ext\.(citext|hstore|ltree)/g, 'text')
    .replace(/^ *COMMENT ON SCHEMA public .*$/m, '')
    .replace("public.uuid_generate_v5(public.uuid_ns_url(), 'depot')", "md5('depot')::uuid");
  const whole = everyObject().sql.replace(/^COMMENT ON EXTENSION .*$/m, '');

  test.each<[string, string, () => Account]>([
    ["the application's owner", 'drop', () => owner],
    ['a member of azure_pg_admin', 'swap', () => member],
    ["the server's administrator", 'drop', () => administrator],
  ])('as %s, with %s', async (_, restore_strategy, account) => {
    const jobs = jobsOn(world, newest, account());
    const makesAll = account() !== owner;
    const database = await jobs.createDatabase(makesAll ? { sql: whole } : {});
    if (!makesAll) await fillAs(account(), database, withoutExtensions);
    const count = "SELECT count(*)::int FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm') AND oid >= 16384";
    const [made] = await jobs.query<{ count: number }>(database, count);
    expect(made?.count).toBeGreaterThan(240);
    const before = await jobs.text(database);
    const backup = await backedUp(jobs, database);
    await jobs.query(database, 'DROP SCHEMA depot CASCADE');
    const restore = await jobs.restore(database, backup, { inputs: { restore_strategy } });
    expect(restore.exitCode, restore.log).toBe(0);
    expect(firstDifference(before, await jobs.text(database))).toBeUndefined();
    const beside = (await jobs.databases()).filter((one) => one.startsWith(`${database}_`));
    expect(beside).toEqual([]);
  });

  test('extensions that the owner may not create are told of before anything is replaced', async () => {
    const jobs = jobsOn(world, newest, owner);
    const database = await jobs.createDatabase();
    await server.query('CREATE EXTENSION hstore', { database });
    const backup = await backedUp(jobs, database);
    const unchanged = await remember(jobs, database);
    for (const restore_strategy of ['swap', 'drop'])
      await unchanged(await jobs.restore(database, backup, { inputs: { restore_strategy } }));
  });
});
