import { escapeIdentifier as name, escapeLiteral as text } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Account, accountOf, type Jobs, jobsOn, messages } from '../support/jobs.ts';
import { clientOf, installedClients } from '../support/postgres/clients.ts';
import { databaseRights, databaseRow, sortedSettings } from '../support/postgres/database-row.ts';
import { dumpText, firstDifference } from '../support/postgres/databases/dump-text.ts';
import { everyObject } from '../support/postgres/databases/every-object.ts';
import { lackFor, someOf, titled } from '../support/postgres/describe-on.ts';
import type { PostgresMajor, PostgresServer } from '../support/postgres/postgres-server.ts';
import { noteAbout } from '../support/runner/summary-notes.ts';
import { startWorld, type World } from '../support/world.ts';

const clients = await installedClients();
const newestClient = clients.at(-1)?.major ?? 0;
const majors = someOf([15, 17, 18]);

let world: World;
let member: Account;
beforeAll(async () => {
  world = await startWorld({ servers: majors });
  member = accountOf(world, { user: 'a member', password: 'secret of a member' });
  for (const server of world.servers) {
    await server.query('CREATE ROLE team; CREATE ROLE app; CREATE ROLE reader');
    await server.createRole(member.user, member.password, 'CREATEDB IN ROLE team');
  }
});
afterAll(() => world.stop());

const roles = ['team', 'app', 'reader', 'public'];

/** What belongs to a database as a whole; two of the settings are a superuser's to make. */
function belongings(database: string): string[] {
  const alter = `ALTER DATABASE ${name(database)}`;
  return [
    `${alter} SET search_path TO public, "With ""quotes"", and comma", "$user"`,
    `${alter} SET work_mem TO '7MB'`,
    `${alter} SET application_name TO ${text(`it's "quoted" \\ ö`)}`,
    `${alter} SET log_min_duration_statement TO '250ms'`,
    `ALTER ROLE app IN DATABASE ${name(database)} SET search_path TO "$user", "Of the app"`,
    `REVOKE ALL ON DATABASE ${name(database)} FROM PUBLIC`,
    `GRANT CONNECT ON DATABASE ${name(database)} TO app, reader`,
    `GRANT CREATE, TEMPORARY ON DATABASE ${name(database)} TO app WITH GRANT OPTION`,
    `COMMENT ON DATABASE ${name(database)} IS ${text('it\'s\nthe "old" one')}`,
    `${alter} CONNECTION LIMIT 17`,
  ];
}

const sample = `CREATE SCHEMA "of team"; CREATE TABLE "of team".note (id int PRIMARY KEY, words text);
  INSERT INTO "of team".note SELECT g, md5(g::text) FROM generate_series(1, 500) AS g;
  CREATE VIEW recent AS SELECT * FROM "of team".note WHERE id > 400; SELECT lo_from_bytea(0, 'large')`;

/** The owner of a database, who restores it, and what is in it. */
interface Case {
  owner: string;
  restorer: () => Account;
  sql: (major: PostgresMajor) => string;
  /** What is left to the administrator. */
  refused: string[];
}

const settings = ['the setting "log_min_duration_statement"', 'the setting "search_path" of role "app"'];
const cases: [string, Case][] = [
  [
    'its owner',
    {
      owner: 'backup_admin',
      restorer: () => ({ ...world.login, inputs: {} }),
      // For one server; round-trip.test.ts has it for the others.
      sql: (major) => (major === 18 ? everyObject().sql : sample),
      refused: settings,
    },
  ],
  [
    'a member of the role that owns it',
    { owner: 'team', restorer: () => member, sql: () => sample, refused: [...settings, 'the owner'] },
  ],
];

// A server that is newer than every client of the machine is refused, see client.test.ts.
for (const major of majors)
  describe.skipIf(lackFor(major) !== undefined)(titled(`server ${major}`, lackFor(major)), () => {
    describe.each(cases)('a database that is restored by %s', (_, { owner, restorer, sql, refused }) => {
      let server: PostgresServer;
      let jobs: Jobs;
      let database: string;
      let backupFileName: string;
      let before: Awaited<ReturnType<typeof state>>;
      beforeAll(async () => {
        server = world.server(major);
        jobs = jobsOn(world, major, restorer());
        database = `of ${owner}`;
        await server.createDatabase(database, owner);
        await server.query(`SET ROLE ${owner}; ${sql(major)}`, { database });
        for (const statement of belongings(database)) await server.query(statement);
        before = await state();
        const backup = await jobs.backup(database);
        expect(backup.exitCode, backup.log).toBe(0);
        backupFileName = backup.outputs['backup_file_name'] ?? '';
      });

      /** All that a restore has to bring back, as a superuser sees it. */
      async function state() {
        const { user, password } = server.superuser;
        const client =
          clients.find((candidate) => candidate.major === major) ?? (await clientOf(newestClient));
        return {
          row: await databaseRow(server, database),
          rights: Object.fromEntries(
            await Promise.all(
              roles.map(async (role) => [role, await databaseRights(server, role, database)]),
            ),
          ),
          databases: await jobs.databases(),
          text: await dumpText({
            ...{ pgDump: client.pg_dump, host: server.host, port: server.port },
            ...{ user, password, database, rootCert: world.caFile },
          }),
        };
      }

      test.each(['swap', 'drop'])('with %s', async (restore_strategy) => {
        await server.query('CREATE TABLE public.stray AS SELECT 1 AS one; DROP VIEW IF EXISTS recent', {
          database,
        });
        const restore = await jobs.restore(database, backupFileName, { inputs: { restore_strategy } });
        expect(messages(restore, 'error'), restore.log).toEqual([]);
        expect(restore.exitCode).toBe(0);
        expect(restore.outputs).not.toHaveProperty('previous_database');
        expect(restore.tempFilesLeft).toEqual([]);

        const restored = await state();
        expect(firstDifference(before.text, restored.text)).toBeUndefined();
        expect(restored.databases).toEqual(before.databases);
        expect(restored.row).toMatchObject({ comment: before.row?.comment, datconnlimit: 17 });
        expect(restored.rights).toEqual(before.rights);
        const everybody = before.row?.settings?.['-']?.filter((line) => !line.startsWith('log_min'));
        expect(everybody).toHaveLength(3);
        expect(restored.row?.settings).toEqual({ '-': everybody });

        const told = messages(restore, 'warning').filter((message) =>
          /^Set \d+ propert.* as an administrator/.test(message),
        );
        const note = noteAbout(restore.summary, /^Set \d+ propert.* as an administrator/);
        expect(told).toHaveLength(1);
        expect(told[0]).toContain(note.text);
        expect(told[0]).toContain(note.sql);
        expect(Array.from(note.text.matchAll(/^- (.*?): /gm), ([, what]) => what)).toEqual(refused);
        for (const statement of note.sql.split('\n').filter((line) => !line.startsWith('--')))
          await server.query(statement);
        const finished = await state();
        expect(finished.rights).toEqual(before.rights);
        const rightsAsLines = owner === restorer().user ? {} : { acl: expect.anything() };
        expect(sortedSettings(finished.row)).toEqual({ ...sortedSettings(before.row), ...rightsAsLines });
      });
    });
  });
