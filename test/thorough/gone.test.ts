import { escapeIdentifier as name, escapeLiteral as text } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Account, accountOf, type Jobs, jobsOn, messages } from '../support/jobs.ts';
import { databaseRights, databaseRow, sortedSettings } from '../support/postgres/database-row.ts';
import { lackFor, someOf, titled } from '../support/postgres/describe-on.ts';
import { dumpByHand } from '../support/postgres/dump-by-hand.ts';
import type { PostgresMajor, PostgresServer } from '../support/postgres/postgres-server.ts';
import { rightsIn } from '../support/postgres/rights.ts';
import { lostPrivileges, noteAbout, summaryNotes } from '../support/runner/summary-notes.ts';
import { startWorld, type World } from '../support/world.ts';

/*
 * Where the database is gone, all that belonged to it as a whole comes back from the backup.
 */
const majors: PostgresMajor[] = [15, 17];
const roles = ['app', 'Read "only"', 'public'];
let world: World;
let superuser: Account;
beforeAll(async () => {
  world = await startWorld({ servers: majors });
  for (const server of world.servers) {
    await server.query('CREATE ROLE app; CREATE ROLE "Read ""only"""; CREATE ROLE clerk');
    await server.createRole('visitor', 'its secret');
  }
});
afterAll(() => world.stop());

for (const major of someOf(majors))
  describe.skipIf(lackFor(major) !== undefined)(titled(`server ${major}`, lackFor(major)), () => {
    let server: PostgresServer;
    let jobs: Jobs;
    beforeAll(() => {
      server = world.server(major);
      jobs = jobsOn(world, major);
      superuser = accountOf(world, server.superuser);
    });

    const state = async (database: string) => ({
      row: await databaseRow(server, database),
      rights: await Promise.all(roles.map((role) => databaseRights(server, role, database))),
    });

    const belongings = (database: string): string[] => [
      `ALTER DATABASE ${name(database)} SET search_path TO public, "With ""quotes"", and comma", "$user"`,
      `ALTER DATABASE ${name(database)} SET application_name TO ${text(`it's "quoted" \\ ö\n-- ;`)}`,
      `ALTER DATABASE ${name(database)} SET DateStyle TO 'German, DMY'`,
      `ALTER DATABASE ${name(database)} SET log_min_duration_statement TO '250ms'`,
      `ALTER DATABASE ${name(database)} SET app.jwt_secret TO 'hush-hush'`,
      `ALTER ROLE ${world.login.user} IN DATABASE ${name(database)} SET work_mem TO '7MB'`,
      `ALTER ROLE "Read ""only""" IN DATABASE ${name(database)} SET search_path TO "$user", "Of the app"`,
      `REVOKE ALL ON DATABASE ${name(database)} FROM PUBLIC`,
      `GRANT CONNECT ON DATABASE ${name(database)} TO app, "Read ""only"""`,
      `GRANT CREATE, TEMPORARY ON DATABASE ${name(database)} TO app WITH GRANT OPTION`,
      `COMMENT ON DATABASE ${name(database)} IS ${text('it\'s\n--\n-- TOC entry 5 (class 1 OID 2)\n-- Name: x; Type: y; Schema: -; Owner: z\n--\n\\ "old"; ö')}`,
      `ALTER DATABASE ${name(database)} CONNECTION LIMIT 17`,
    ];

    async function backedUp(
      {
        sql = 'CREATE TABLE note AS SELECT 42 AS answer',
        more = belongings as (database: string) => string[],
        called = '',
      } = {},
      inputs: Record<string, string> = {},
    ) {
      const database = await jobs.createDatabase({ sql, ...(called !== '' && { name: called }) });
      for (const statement of more(database)) await server.query(statement);
      const backup = await jobs.backup(database, { inputs });
      expect(backup.exitCode, backup.log).toBe(0);
      return { database, backup: backup.outputs['backup_file_name'] ?? '', before: await state(database) };
    }

    test.each([
      ['swap', `it's "the" \\ db%s --`],
      ['drop', ''],
    ])(
      'with %s, settings, rights, comment and limit come back, and the rest is told',
      async (restore_strategy, called) => {
        const { database, backup, before } = await backedUp({ called });
        await server.query(`DROP DATABASE ${name(database)}`);
        const restore = await jobs.restore(database, backup, { inputs: { restore_strategy } });
        expect(restore.exitCode, restore.log).toBe(0);
        expect(await jobs.query(database, 'SELECT answer FROM note')).toEqual([{ answer: 42 }]);
        const after = await state(database);
        expect(after.rights).toEqual(before.rights);
        expect(after.row).toMatchObject({
          comment: before.row?.comment,
          datconnlimit: 17,
          acl: before.row?.acl,
        });
        const note = noteAbout(restore.summary, /^Set 3 properties as an administrator/);
        expect(Array.from(note.text.matchAll(/^- (.*?): /gm), ([, what]) => what)).toEqual([
          'the setting "log_min_duration_statement"',
          'the setting "app.jwt_secret"',
          'the setting "search_path" of role "Read \\"only\\""',
        ]);
        expect(note.text).toContain('the original database had them');
        expect(`${restore.log}${restore.summary}`).not.toContain('hush-hush');
        for (const statement of note.sql.split('\n').filter((line) => !line.startsWith('--')))
          await server.query(statement);
        await server.query(`ALTER DATABASE ${name(database)} SET app.jwt_secret TO 'hush-hush'`);
        expect(sortedSettings((await state(database)).row)).toEqual(sortedSettings(before.row));
      },
    );

    test('under another name it has the same settings, and lets in nobody else', async () => {
      const { database, backup, before } = await backedUp();
      const copy = `${database} copy`;
      const restore = await jobs.restore(copy, backup);
      expect(restore.exitCode, restore.log).toBe(0);
      const after = await state(copy);
      expect(after.rights).toEqual(before.rights);
      expect(after.row?.settings).toMatchObject({ '-': expect.arrayContaining(['DateStyle=German, DMY']) });
      expect((await state(database)).row).toEqual(before.row);
    });

    test('a backup without rights: what was recorded with it is not more open than the original', async () => {
      const { database, backup, before } = await backedUp({}, { pg_dump_options: '--no-acl' });
      const restore = await jobs.restore(`${database}_copy`, backup);
      expect(restore.exitCode, restore.log).toBe(0);
      expect((await state(`${database}_copy`)).rights).toEqual(before.rights);
    });

    test('nothing of its own: nothing is told, and everybody may connect', async () => {
      const { database, backup, before } = await backedUp({ more: () => [] });
      await server.query(`DROP DATABASE ${name(database)}`);
      const restore = await jobs.restore(database, backup);
      expect(restore.exitCode, restore.log).toBe(0);
      expect(await state(database)).toEqual(before);
      expect(summaryNotes(restore.summary)).toEqual([]);
      expect(restore.log).not.toContain('Carried over');
      // What has been taken and given back is not told as something of its own by the next one.
      const again = await jobs.restore(database, backup);
      expect(again.exitCode, again.log).toBe(0);
      expect(again.log).not.toContain('Carried over');
      expect(again.log).not.toContain('Properties and rights of the old database');
      expect(await state(database)).toEqual(before);
    });

    const withRights = `
      CREATE SCHEMA shop; GRANT USAGE ON SCHEMA shop TO app, "Read ""only"""; CREATE TABLE shop.item (id serial, name text, price numeric);
      GRANT SELECT, INSERT ON shop.item TO app WITH GRANT OPTION; GRANT USAGE ON SEQUENCE shop.item_id_seq TO app;
      GRANT SELECT (id, name) ON shop.item TO "Read ""only"""; GRANT UPDATE (price) ON shop.item TO clerk;
      CREATE FUNCTION shop.total() RETURNS int LANGUAGE sql AS 'SELECT 1'; REVOKE EXECUTE ON FUNCTION shop.total() FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION shop.total() TO clerk; GRANT SELECT ON shop.item TO PUBLIC; SELECT lo_create(71);
      GRANT SELECT ON LARGE OBJECT 71 TO app; ALTER DEFAULT PRIVILEGES IN SCHEMA shop GRANT SELECT ON TABLES TO app`;

    test('rights inside are told, with the script that gives them back', async () => {
      const { database, backup } = await backedUp({ sql: withRights, more: () => [] });
      const access = () => rightsIn(server, database, ['app', 'Read "only"', 'clerk']);
      const before = await access();
      await server.query(`DROP DATABASE ${name(database)}`);
      const restore = await jobs.restore(database, backup);
      expect(restore.exitCode, restore.log).toBe(0);
      expect(await access()).not.toEqual(before);
      const { text: told, sql } = noteAbout(restore.summary, lostPrivileges, world.login.user);
      expect(told).toContain('in the original database');
      expect(told).toContain(
        'back, as in the original database: "Read \\"only\\"" (2 objects), "app" (4 objects), "clerk" (2 objects)',
      );
      expect(told).toContain('PUBLIC had privileges on 1 object.');
      await jobs.query(database, sql);
      expect(await access()).toEqual(before);
    });

    test('rights and owners of roles that are elsewhere', async () => {
      await server.query('CREATE ROLE team; CREATE ROLE gone');
      const asSuperuser = jobsOn(world, major, superuser);
      const database = await jobs.createDatabase({ sql: withRights });
      await server.query(
        'CREATE TABLE shop.basket (id int); ALTER TABLE shop.basket OWNER TO team; CREATE TABLE shop.box (id int); ALTER TABLE shop.box OWNER TO gone; GRANT SELECT ON shop.item TO gone',
        { database },
      );
      const backup = await asSuperuser.backup(database);
      expect(backup.exitCode, backup.log).toBe(0);
      await server.query(`DROP DATABASE ${name(database)}`);
      await server.query('DROP ROLE gone');
      const restore = await jobs.restore(database, backup.outputs['backup_file_name'] ?? '');
      expect(restore.exitCode, restore.log).toBe(0);
      const { text: told, sql } = noteAbout(restore.summary, lostPrivileges, world.login.user);
      expect(told).toContain('"team" (owner of 1 object)');
      expect(told).toContain('This server lacks the role "gone": create it first');
      await server.query('CREATE ROLE gone');
      await jobs.query(database, sql);
      const rights = await rightsIn(server, database, ['team', 'gone', 'app']);
      expect(rights).toContain('team: INSERT WITH GRANT OPTION on table shop.basket');
      expect(rights).toContain('gone: DELETE on table shop.box');
      expect(rights).toContain('gone: SELECT on table shop.item');
      expect(rights).toContain('app: SELECT WITH GRANT OPTION on table shop.item');
      await server.query('DROP OWNED BY team, gone', { database });
      await server.query('DROP ROLE team, gone');
    });
  });

describe('while a database is filled', () => {
  const major: PostgresMajor = 15;
  let server: PostgresServer;
  let jobs: Jobs;
  const visitor = { user: 'visitor', password: 'its secret' };
  beforeAll(() => {
    server = world.server(major);
    jobs = jobsOn(world, major);
  });
  const slow = `CREATE FUNCTION pause(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$BEGIN RETURN $1; END$$;
    CREATE TABLE item AS SELECT 1 AS id; CREATE INDEX ON item (pause(id));
    CREATE OR REPLACE FUNCTION pause(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$BEGIN PERFORM pg_sleep(4); RETURN $1; END$$;`;
  const enter = (database: string): Promise<string> =>
    server.query('SELECT 1', { ...visitor, database }).then(
      () => 'in',
      (error: unknown) => String(error),
    );

  async function backedUp() {
    const database = await jobs.createDatabase({ sql: slow });
    await jobs.query('postgres', `ALTER DATABASE "${database}" SET work_mem = '9MB'`);
    await jobs.query('postgres', `COMMENT ON DATABASE "${database}" IS 'of the shop'`);
    const backup = await jobs.backup(database);
    expect(backup.exitCode, backup.log).toBe(0);
    return { database, backup: backup.outputs['backup_file_name'] ?? '' };
  }

  test.each(['swap', 'drop'])(
    'with %s, nobody but its owner gets in, and afterwards everybody does at once',
    async (restore_strategy) => {
      const { database, backup } = await backedUp();
      const seen: string[] = [];
      let over = false;
      let filling = '';
      const entered: string[] = [];
      const running = await jobs.start(
        { job_to_run: 'restore', db_name: database, backup_file_name: backup },
        {
          inputs: { restore_strategy },
          onLine: (line) => {
            if (/^::group::Restore /.test(line)) filling = /"(.*)"/.exec(line)?.[1] ?? '';
          },
        },
      );
      const knocking = (async () => {
        while (!over) {
          seen.push(await enter(database));
          if (filling !== '' && restore_strategy === 'swap') entered.push(await enter(filling));
        }
      })();
      const restore = await running.done;
      over = true;
      await knocking;
      expect(restore.exitCode, restore.log).toBe(0);
      expect(await enter(database)).toBe('in');
      expect(filling).not.toBe('');
      if (restore_strategy === 'drop') {
        expect(seen.filter((one) => /permission denied/.test(one)).length).toBeGreaterThan(3);
      } else {
        expect(entered.filter((one) => /permission denied/.test(one)).length).toBeGreaterThan(3);
        expect(entered).not.toContain('in');
        // Never shut out of the database that it has a right to connect to.
        expect(seen.filter((one) => /permission denied/.test(one))).toEqual([]);
      }
    },
  );

  test.each(['swap', 'drop'])(
    'a run that is killed with drop leaves it closed; a restore with %s brings back what the old one had',
    async (restore_strategy) => {
      const { database, backup } = await backedUp();
      await server.query(`GRANT CREATE ON DATABASE "${database}" TO app`);
      await jobs.query('postgres', `ALTER DATABASE "${database}" SET work_mem = '11MB'`);
      const before = await databaseRow(server, database);
      const running = await jobs.start(
        { job_to_run: 'restore', db_name: database, backup_file_name: backup },
        {
          inputs: { restore_strategy: 'drop' },
          onLine: (line) => {
            if (/^::group::Restore /.test(line)) setTimeout(() => running.child.kill('SIGKILL'), 1_500);
          },
        },
      );
      await running.done.catch(() => {});
      expect(await enter(database)).toContain('permission denied');
      const left = await databaseRow(server, database);
      expect(left?.comment).toContain('unfinished restore');
      const ofPart = await jobs.backup(database);
      expect(messages(ofPart, 'warning').join()).toContain(
        'is incomplete, since a restore into it did not finish',
      );
      const restore = await jobs.restore(database, backup, { inputs: { restore_strategy } });
      expect(restore.exitCode, restore.log).toBe(0);
      expect(messages(restore, 'warning')).toEqual([]);
      expect(await databaseRow(server, database)).toEqual(before);
      expect((await jobs.databases()).filter((one) => one.startsWith(`${database}_`))).toEqual([]);
    },
  );
});

test.each([
  ['of itself', 'in_latin1'],
  ['of the maintenance database', 'postgres'],
])('a database in another encoding: what is written down in that %s comes back', async (_, from) => {
  const jobs = jobsOn(world, 15);
  const server = world.server(15);
  const database = 'in_latin1';
  await jobs.query(
    'postgres',
    `CREATE DATABASE ${database} TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'`,
  );
  await jobs.query(from, `COMMENT ON DATABASE ${database} IS 'smörgås'`);
  await jobs.query(from, `ALTER DATABASE ${database} SET application_name = 'smör'`);
  await jobs.query(database, "CREATE TABLE smörgås AS SELECT 'ö' AS word");
  const backup = await jobs.backup(database);
  expect(backup.exitCode, backup.log).toBe(0);
  await jobs.query('postgres', `DROP DATABASE ${database}`);
  const restore = await jobs.restore(database, backup.outputs['backup_file_name'] ?? '');
  expect(restore.exitCode, restore.log).toBe(0);
  expect(await databaseRow(server, database)).toMatchObject({
    comment: 'smörgås',
    settings: { '-': ['application_name=smör'] },
  });
  expect(await jobs.query(database, 'SELECT * FROM smörgås')).toEqual([{ word: 'ö' }]);
  await jobs.query('postgres', `DROP DATABASE ${database}`);
});

test('a dump by hand without rights is restored as PostgreSQL makes databases', async () => {
  const jobs = jobsOn(world, 15);
  const database = await jobs.createDatabase({ sql: 'CREATE TABLE note AS SELECT 1 AS one' });
  const dump = await dumpByHand(world.server(15), world.login, database, 'custom');
  await world.backups.put('by-hand.dump', dump);
  await jobs.query('postgres', `DROP DATABASE ${database}`);
  const restore = await jobs.restore(database, 'by-hand.dump');
  expect(restore.exitCode, restore.log).toBe(0);
  expect(await databaseRights(world.server(15), 'public', database)).toEqual(['CONNECT', 'TEMPORARY']);
});
