import { afterAll, beforeAll, expect, test } from 'vitest';
import { caseSql } from '../support/cases.ts';
import { type Account, accountOf, type Jobs, jobsOn, messages, onlyError } from '../support/jobs.ts';
import { installedClients } from '../support/postgres/clients.ts';
import type { PostgresMajor, PostgresServer } from '../support/postgres/postgres-server.ts';
import { rightsIn } from '../support/postgres/rights.ts';
import { lostPrivileges, noteAbout, summaryNotes } from '../support/runner/summary-notes.ts';
import { startWorld, type World } from '../support/world.ts';

const major: PostgresMajor = ((await installedClients()).at(-1)?.major ?? 0) >= 17 ? 17 : 15;
const roles = ['app', 'Read "only"', 'clerk'];

let world: World;
let server: PostgresServer;
let jobs: Jobs;
let superuser: Account;
let member: Account;
let stranger: Account;
beforeAll(async () => {
  world = await startWorld({ servers: [major] });
  server = world.server(major);
  jobs = jobsOn(world, major);
  await server.query('CREATE ROLE app; CREATE ROLE "Read ""only"""; CREATE ROLE clerk');
  superuser = accountOf(world, server.superuser);
  stranger = accountOf(world, await server.createRole('stranger', 'its secret', 'CREATEDB'));
  member = accountOf(world, await server.createRole('member', 'its secret', 'CREATEDB IN ROLE app'));
});
afterAll(() => world.stop());

/** Rights of other roles, which the owner of the database has given; nothing here has another owner. */
const withGrants = `
  CREATE SCHEMA shop; GRANT USAGE ON SCHEMA shop TO app, "Read ""only""";
  CREATE TABLE shop.item (id serial, name text, price numeric); INSERT INTO shop.item (name) VALUES ('one');
  GRANT SELECT, INSERT ON shop.item TO app WITH GRANT OPTION; GRANT USAGE ON SEQUENCE shop.item_id_seq TO app;
  GRANT SELECT (id, name) ON shop.item TO "Read ""only"""; GRANT UPDATE (price) ON shop.item TO clerk;
  CREATE FUNCTION shop.total() RETURNS int LANGUAGE sql AS 'SELECT 1'; REVOKE EXECUTE ON FUNCTION shop.total() FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION shop.total() TO clerk; GRANT SELECT ON shop.item TO PUBLIC;
  ALTER DEFAULT PRIVILEGES IN SCHEMA shop GRANT SELECT ON TABLES TO app`;

/** A part of it belongs to another role. */
const withOwners = `${withGrants};
  CREATE TABLE shop.basket AS SELECT 1 AS id; ALTER TABLE shop.basket OWNER TO app; GRANT DELETE ON shop.basket TO clerk`;

async function backedUp(sql: string, by = jobs) {
  const database = await jobs.createDatabase();
  await server.query(
    `SET ROLE ${world.login.user}; ${sql.replace('; ALTER TABLE', '; RESET ROLE; ALTER TABLE')}`,
    {
      database,
    },
  );
  const backup = await by.backup(database);
  expect(backup.exitCode, backup.log).toBe(0);
  return { database, backup: backup.outputs['backup_file_name'] ?? '', before: await accessIn(database) };
}

/** Who may do what, and owns what. */
async function accessIn(database: string) {
  const owners = await server.query(
    `SELECT relname, pg_get_userbyid(relowner) AS owner FROM pg_class WHERE relnamespace = 'shop'::regnamespace ORDER BY 1`,
    { database },
  );
  return { rights: await rightsIn(server, database, roles), owners };
}

const all = { inputs: { no_owner: 'false', no_privileges: 'false' } };

test.each(['swap', 'drop'])(
  'after %s a warning names who has lost rights, and its script gives them back',
  async (restore_strategy) => {
    const { database, backup, before } = await backedUp(withGrants);
    const restore = await jobs.restore(database, backup, { inputs: { restore_strategy } });
    expect(restore.exitCode, restore.log).toBe(0);
    const { rights } = await accessIn(database);
    expect(before.rights.filter((right) => !rights.includes(right)).length).toBeGreaterThan(10);

    const [warning, ...others] = messages(restore, 'warning');
    expect(others).toEqual([]);
    expect(warning).toContain(
      'Give 3 roles their privileges back, as in the old database: "Read \\"only\\"" (2 objects), "app" (3 objects), "clerk" (2 objects)',
    );
    expect(warning).toContain('PUBLIC had privileges on 1 object.');
    expect(rights).not.toContain('public: EXECUTE on function shop.total()');
    expect(noteAbout(restore.summary, /^Privileges that had been revoked/).sql).toBe('');
    const { sql } = noteAbout(restore.summary, lostPrivileges, world.login.user);
    await jobs.query(database, sql);
    expect(await accessIn(database)).toEqual(before);
  },
);

test('owners and rights of the archive come back where they are asked for', async () => {
  const { database, backup, before } = await backedUp(withOwners, jobsOn(world, major, superuser));
  expect(before.owners).toContainEqual({ relname: 'basket', owner: 'app' });
  const restore = await jobsOn(world, major, superuser).restore(database, backup, all);
  expect(restore.exitCode, restore.log).toBe(0);
  expect(await accessIn(database)).toEqual(before);
  expect(messages(restore, 'warning').filter((message) => /^Rights/.test(message))).toEqual([]);
});

test.each([
  ['owners', { no_owner: 'false', no_privileges: 'true' }],
  ['rights', { no_owner: 'true', no_privileges: 'false' }],
])(
  'where only the %s of the archive are asked for, the script gives back the rest',
  async (which, inputs) => {
    const bySuperuser = jobsOn(world, major, superuser);
    const { database, backup, before } = await backedUp(withOwners, bySuperuser);
    const restore = await bySuperuser.restore(database, backup, { inputs });
    expect(restore.exitCode, restore.log).toBe(0);
    const after = await accessIn(database);
    if (which === 'owners') expect(after.owners).toEqual(before.owners);
    else expect(after.owners).not.toEqual(before.owners);
    expect(after.rights).not.toEqual(before.rights);
    const lost = before.rights.filter((right) => !after.rights.includes(right));
    expect(lost.some((right) => /clerk/.test(right))).toBe(which === 'owners');
    const { sql } = noteAbout(restore.summary, lostPrivileges, world.login.user);
    // Nothing that is there already.
    expect(/clerk|Read/.test(sql)).toBe(which === 'owners');
    await bySuperuser.query(database, sql);
    // What only an owner has, the rights on a table's own type, stays away with it.
    const ofOwner = which === 'rights' ? /^app: .* WITH GRANT OPTION on type shop\.basket/ : /^$/;
    const { rights } = await accessIn(database);
    expect(rights).toEqual(before.rights.filter((right) => !ofOwner.test(right)));
  },
);

test.each([
  ['privileges-false-alarm', 'swap'],
  ['privileges-false-alarm-2', 'drop'],
])(
  '%s, by %s: all rights of the archive come back, and nobody is told otherwise',
  async (name, restore_strategy) => {
    await server.query('CREATE ROLE reporter');
    const database = await jobs.createDatabase({ sql: await caseSql(name) });
    try {
      const backup = await jobs.backup(database);
      const before = await rightsIn(server, database, ['reporter']);
      const inputs = { no_privileges: 'false', restore_strategy };
      const restore = await jobs.restore(database, String(backup.outputs['backup_file_name']), { inputs });
      expect(restore.exitCode, restore.log).toBe(0);
      expect(messages(restore, 'warning')).toEqual([]);
      expect(restore.log).not.toContain('as SQL:');
      expect(await rightsIn(server, database, ['reporter'])).toEqual(before);
    } finally {
      await server.query('DROP OWNED BY reporter', { database });
      await server.query('DROP ROLE reporter');
    }
  },
);

test.each([
  ['security-definer', 'FUNCTION "public.me()" (before: "weak")', 'ALTER FUNCTION me() OWNER TO weak'],
  [
    'security-definer-2',
    'PROCEDURE "public.do it()" (before: "weak"), VIEW "public.open" (before: "weak")',
    'ALTER PROCEDURE "do it"() OWNER TO weak; ALTER VIEW open OWNER TO weak',
  ],
])(
  '%s: what works with the rights of its owner is told when that becomes another',
  async (name, what, remedy) => {
    await server.query(`CREATE ROLE weak; GRANT weak TO ${world.login.user}`);
    const database = await jobs.createDatabase();
    try {
      await server.query('GRANT CREATE ON SCHEMA public TO weak', { database });
      await jobs.query(database, await caseSql(name));
      const file = String((await jobs.backup(database)).outputs['backup_file_name']);
      const restore = await jobs.restore(database, file);
      expect(restore.exitCode, restore.log).toBe(0);
      const told = `With no_owner: true the role "${world.login.user}" will own objects that run with their owner's rights, whoever uses them: ${what}. Where`;
      const [first = '', rest = ''] = told.split('. ');
      expect(messages(restore, 'warning').join('\n')).toContain(first);
      expect(restore.log).toContain(`\n${rest} that role may do more`);
      expect(restore.summary).toContain('owns objects that run with');
      expect(restore.summary).not.toContain('will own');
      await server.query(`GRANT CREATE ON SCHEMA public TO weak; ${remedy}`, { database });

      const again = await jobs.restore(database, file, { inputs: { no_owner: 'false' } });
      expect(messages(again, 'warning').join('\n')).not.toContain('will own objects that run with');
    } finally {
      await server.query('DROP OWNED BY weak CASCADE', { database });
      await server.query('DROP ROLE weak');
    }
  },
);

test('a role that is a member of those that the archive names may restore them too', async () => {
  const database = await jobs.createDatabase();
  await server.query(`ALTER DATABASE "${database}" OWNER TO app`);
  // A new owner has to have rights in the schema, so the schema is its own.
  const sql = `SET ROLE app; ${withGrants}`;
  await server.query(sql, { database });
  const backup = await jobsOn(world, major, member).backup(database);
  const name = backup.outputs['backup_file_name'] ?? '';
  const before = await accessIn(database);
  expect(before.owners).toContainEqual({ relname: 'item', owner: 'app' });

  const refused = await jobsOn(world, major, stranger).restore(`${database}_copy`, name, all);
  expect(onlyError(refused)).toContain(
    'has objects owned by the role "app", and the restoring role is not a member',
  );
  const restore = await jobsOn(world, major, member).restore(database, name, all);
  expect(restore.exitCode, restore.log).toBe(0);
  // As the owner of the database it had rights in schema public, too.
  await server.query(noteAbout(restore.summary, /the owner: it was "app"/).sql);
  expect(await accessIn(database)).toEqual(before);
});

test('roles that the archive names and the server lacks are found before any change, with all that is in the way', async () => {
  await server.query('CREATE ROLE gone_owner; CREATE ROLE gone_reader');
  const { database, backup } = await backedUp(
    `${withGrants}; CREATE TABLE shop.basket (id int); ALTER TABLE shop.basket OWNER TO gone_owner; GRANT SELECT ON shop.item TO gone_reader`,
    jobsOn(world, major, superuser),
  );
  await server.query(
    'DROP OWNED BY gone_owner, gone_reader; DROP ROLE gone_owner, gone_reader; CREATE TABLE stray AS SELECT 1 AS one',
    { database },
  );
  const session = await server.connect({ database });
  await session.query(`BEGIN; INSERT INTO stray VALUES (2); PREPARE TRANSACTION '${database}'`);
  await session.end();
  const before = [await jobsOn(world, major, superuser).text(database), await jobs.databases()];

  const restore = await jobsOn(world, major, superuser).restore(database, backup, all);
  const message = onlyError(restore);
  expect(message).toContain('needs the roles "gone_owner", "gone_reader", which this server does not have');
  expect(message).toContain('is blocked by 1 prepared transaction.\n');
  expect(message).toMatch(/was not touched by this restore\.$/);
  expect(restore.log).not.toContain('Downloaded');
  await server.query(`ROLLBACK PREPARED '${database}'`, { database });
  expect([await jobsOn(world, major, superuser).text(database), await jobs.databases()]).toEqual(before);

  const without = await jobs.restore(database, backup);
  expect(without.exitCode, without.log).toBe(0);
  expect(summaryNotes(without.summary).map(({ text }) => text.slice(0, 22))).toEqual([
    'Give 3 roles their pri',
    'Privileges that had be',
  ]);
});
