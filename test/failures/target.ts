import { readFile } from 'node:fs/promises';
import { accountOf } from '../support/jobs.ts';
import { dumpByHand } from '../support/postgres/dump-by-hand.ts';
import type { Arranged, Case, Group } from './row.ts';
import type { Scene } from './scene.ts';
import { ownContainer } from './storage-places.ts';
import { like } from './texts.ts';

/** What is wrong, and what to do. */
type Finding = readonly [text: string, remedy: string];

const refused = (...[first, ...others]: readonly [Finding, ...Finding[]]): string => {
  const all = [first, ...others];
  const [texts, remedies] = [0, 1].map((part) =>
    all.map((one, index) => `${index + 1}. ${one[part]}`).join('\n'),
  );
  return [
    ...(others.length === 0 ? first : [`${all.length} problems block the restore.`, texts, remedies]),
    'Database "shop" was not touched by this restore.',
  ].join('\n');
};
const may = (user: string): Finding => [
  `The role "${user}" may not create databases.`,
  `As an administrator of the server, run:\nALTER ROLE "${user}" CREATEDB;`,
];
const owns = (user: string): Finding => [
  `The role "${user}" does not own database "shop".`,
  'Restore as its owner "backup_admin". Or let an administrator of the server make the role its ' +
    `owner:\nALTER DATABASE "shop" OWNER TO "${user}";\nOr, only if "backup_admin" is no administrator, a member of that role:\n` +
    `GRANT "backup_admin" TO "${user}";`,
];

const insteadOfAll =
  'Restore it into a new database (another db_name) and copy what you need from there; or keep the old database, with keep_previous: true.';

/** A restore by a role of its own. */
function byRole(
  user: string,
  attributes: string,
  findings: readonly [Finding, ...Finding[]],
  { owner }: { owner: boolean },
): Case {
  return {
    title: user,
    job: 'restore',
    arrange: async ({ world, server, database }) => {
      const give = (to: string) => server.query(`ALTER DATABASE "${database}" OWNER TO "${to}"`);
      const account = accountOf(world, await server.createRole(user, 'its secret', attributes));
      if (owner) await give(user);
      return {
        inputs: account.inputs,
        message: refused(...findings),
        putBack: async () => {
          await give(world.login.user);
          await server.query(`DROP ROLE "${user}"`);
        },
      };
    },
  };
}

/** What a statement of the superuser brings about, and another one ends. */
const bySql = (scene: Scene, sql: string, back: string, message: string | RegExp): Promise<Arranged> =>
  scene.server.query(sql).then(() => ({ message, putBack: () => scene.server.query(back) }));

/** A restore while a superuser is connected to the database. */
async function whileConnected(
  scene: Scene,
  message: string | RegExp,
  restore_strategy: string,
): Promise<Arranged> {
  const session = await scene.server.connect({ database: scene.database });
  return { inputs: { restore_strategy }, message, putBack: () => session.end() };
}

/** A restore while schema public of new databases is as on Azure. */
async function whilePublicIsClosed(
  { server, world: { login } }: Scene,
  restore_strategy: string,
): Promise<Arranged> {
  const inTemplate = async (sql: string): Promise<void> => {
    await server.query('ALTER DATABASE template0 ALLOW_CONNECTIONS true');
    await server.query(sql, { database: 'template0' });
    await server.query('ALTER DATABASE template0 ALLOW_CONNECTIONS false');
  };
  await server.query('CREATE ROLE azure_pg_admin');
  await inTemplate('ALTER SCHEMA public OWNER TO azure_pg_admin');
  return {
    inputs: { restore_strategy },
    message: `The role "${login.user}" may not create in schema public of a new database on this server, which belongs to "azure_pg_admin", and the backup has objects there: TABLE "note", CONSTRAINT "note note_pkey".
As the server's administrator, run:
GRANT azure_pg_admin TO "${login.user}";
Database "shop" was not changed.`,
    putBack: async () => {
      await inTemplate('ALTER SCHEMA public OWNER TO pg_database_owner');
      await server.query('DROP ROLE azure_pg_admin');
    },
  };
}

/** The restore of a database that has an extension. */
async function withExtension(
  scene: Scene,
  extension: string,
  { allowed, message, rename = extension }: { allowed?: string; message: string | RegExp; rename?: string },
): Promise<Arranged> {
  const { server, superuser, jobs, world } = scene;
  const database = await jobs.createDatabase();
  await superuser.query(database, `CREATE EXTENSION ${extension}`);
  const dump = await dumpByHand(server, world.login, database, 'custom');
  await jobs.query('postgres', `DROP DATABASE ${database}`);
  const content = Buffer.from(dump.toString('latin1').replaceAll(extension, rename), 'latin1');
  const { inputs } = await ownContainer(scene, { 'extension.dump': content });
  const { user } = world.login;
  if (allowed !== undefined) await server.query(`ALTER ROLE ${user} SET azure.extensions = '${allowed}'`);
  return {
    inputs: { ...inputs, backup_file_name: 'extension.dump' },
    message,
    putBack: () => server.query(`ALTER ROLE ${user} RESET azure.extensions`),
  };
}

/** The database that is to be replaced, and the server that it is on. */
export const target: Group = {
  title: 'Target of a restore',
  rows: [
    {
      what: "The database's user may not create databases",
      seen: 'may not create databases',
      remedy: "As the server's administrator: `ALTER ROLE … CREATEDB`",
      cases: [
        byRole('owner_only', '', [may('owner_only')], { owner: true }),
        byRole('neither', '', [may('neither'), owns('neither')], {
          owner: false,
        }),
      ],
    },
    {
      what: "The database's user may not create in schema `public` of a new database: on Azure that belongs to `azure_pg_admin`",
      seen: 'may not create in schema public of a new database',
      remedy:
        "As the server's administrator: `GRANT azure_pg_admin TO …`; the error has the SQL for other servers, too",
      cases: ['swap', 'drop'].map((strategy) => ({
        title: strategy,
        job: 'restore' as const,
        arrange: (scene) => whilePublicIsClosed(scene, strategy),
      })),
    },
    {
      what: 'The server is an elastic cluster of Azure, which makes no databases',
      seen: 'elastic cluster',
      remedy: 'Restore to a flexible server that is not a cluster',
      cases: [
        {
          job: 'restore',
          arrange: ({ server, world: { login } }) =>
            server
              .query(
                `ALTER ROLE ${login.user} SET citus.version = '13.0'; ALTER ROLE ${login.user} SET azure.extensions = 'CITUS'`,
              )
              .then(() => ({
                message: `Looking at the server localhost:${server.port} failed: it is an Azure elastic cluster (Citus), which has one database and refuses CREATE DATABASE
Restore to a flexible server that is not a cluster (azure_db_host). Only backups work with a cluster.
Database "shop" was not touched by this restore.`,
                putBack: () =>
                  server.query(
                    `ALTER ROLE ${login.user} RESET citus.version; ALTER ROLE ${login.user} RESET azure.extensions`,
                  ),
              })),
        },
      ],
    },
    {
      what: "The database's user does not own the database",
      seen: 'does not own database',
      remedy:
        "Restore as its owner; or, as the server's administrator, run the `ALTER DATABASE … OWNER TO` of the error",
      cases: [byRole('creator_only', 'CREATEDB', [owns('creator_only')], { owner: false })],
    },
    {
      what: 'A part of a backup, or a backup of a part, would replace the whole database',
      seen: 'It would replace everything in database',
      remedy: 'Restore it into a new database (another `db_name`), or set `keep_previous: true`',
      cases: [
        {
          title: 'by options of pg_restore',
          job: 'restore',
          arrange: () => ({
            inputs: { pg_restore_options: '--table=note' },
            message: refused([
              'pg_restore_options ("--table=note") select only part of the backup, 2 entries with the data of 1 table. It would replace everything in database "shop".',
              insteadOfAll,
            ]),
          }),
        },
        {
          title: 'by options of pg_dump',
          job: 'restore',
          arrange: async (scene) => {
            const { name, content, metadata } = scene.backup;
            const of = { pg_dump_options: '--schema=office', pg_dump_part: '--schema' };
            const { inputs } = await ownContainer(scene, { [name]: content }, { ...metadata, ...of });
            return {
              inputs,
              message: refused([
                'The backup has only part of its database, with "--schema" in pg_dump_options. It would replace everything in database "shop".',
                insteadOfAll,
              ]),
            };
          },
        },
      ],
    },
    {
      what: 'A foreign key needs rows that were left out of the backup (`--exclude-table-data`)',
      seen: 'were left out of the backup',
      remedy:
        'Make a backup with these rows, or without those that refer to them. To get the rows of this one: `pg_restore_options` with the lines `--section=pre-data` and `--section=data`, into a new database',
      cases: [
        {
          job: 'restore',
          arrange: async (scene) => {
            const { jobs } = scene;
            const sql = await readFile(new URL('../cases/excluded-data.sql', import.meta.url), 'utf8');
            const original = await jobs.createDatabase({ sql });
            const options = { inputs: { pg_dump_options: '--exclude-table-data=session' } };
            const { outputs } = await jobs.backup(original, options);
            await jobs.query('postgres', `DROP DATABASE ${original}`);
            return {
              inputs: { backup_file_name: outputs['backup_file_name'] ?? '' },
              message: like`pg_restore ${/[\d.]+/} into "shop_restore_${/\d{14}/}" failed: FK CONSTRAINT act act_session_fkey backup_admin: insert or update on table "act" violates foreign key constraint "act_session_fkey"
DETAIL:  Key (session)=(…)
ALTER TABLE ONLY public.act
    ADD CONSTRAINT act_session_fkey FOREIGN KEY (session) REFERENCES public.session(id);
The rows of "public.session", to which it refers, were left out of the backup (--exclude-table-data in pg_dump_options). Make a backup with these rows, or without those of "public.act", too. To get the rows of this backup, restore it into a new database without keys, indexes and triggers, with pg_restore_options:
--section=pre-data
--section=data
Database "shop" was not changed.`,
            };
          },
        },
      ],
    },
    {
      what: 'Another restore of the same database is running',
      seen: 'another restore of this database is running',
      remedy: 'Wait for it, then run the restore again; the error names its session',
      cases: [
        {
          job: 'restore',
          arrange: async ({ server, world, database }) => {
            const session = await server.connect({ ...world.login, database: 'postgres' });
            const title = `postgres-azure-backup restore ${database}`;
            await session.query(`SET application_name = '${title}'`);
            await session.query(`SELECT pg_advisory_lock(hashtext('${title}'), 0)`);
            return {
              message: like`Locking database "shop" on localhost:${String(server.port)} as "backup_admin" for this restore failed: another restore of this database is running: a session of the role "backup_admin" since ${/[\d-]+ [\d:]+/} UTC, from ${/[\d.:]+/}, as "${title}", with process ID ${/\d+/} on the server
Wait until the other restore has ended, then run the job again.
Database "shop" was not touched by this restore.`,
              putBack: () => session.end(),
            };
          },
        },
      ],
    },
    {
      what: 'Something else holds the lock for restores of the database',
      seen: 'which does not look like a restore',
      remedy:
        'Find out what the session in the error is; the error has the statement that ends it. A lock of a role that could not restore the database is ignored',
      cases: [
        {
          job: 'restore',
          arrange: async ({ server, world, database }) => {
            const session = await server.connect({ ...world.login, database: 'postgres' });
            session.on('error', () => {}); // the remedy ends it
            await session.query(
              `SELECT pg_advisory_lock(hashtext('postgres-azure-backup restore ${database}'), 0)`,
            );
            return {
              message: like`Locking database "shop" on localhost:${String(server.port)} as "backup_admin" for this restore failed: the lock for restores of this database is held by a session of the role "backup_admin" since ${/[\d-]+ [\d:]+/} UTC, from ${/[\d.:]+/}, with process ID ${/\d+/} on the server, which does not look like a restore
Find out what holds the lock. To end it, run this in database "postgres" as "backup_admin" or an administrator of the server, then run the job again:
SELECT pg_terminate_backend(${/\d+/});
Database "shop" was not touched by this restore.`,
              putBack: () => session.end(),
            };
          },
        },
      ],
    },
    {
      what: 'Sessions in the database that its user may not end',
      seen: 'in the way, and ',
      remedy:
        'As an administrator, run the statement of the error, which ends them; or `GRANT pg_signal_backend TO …`, for all sessions but those of a superuser',
      cases: (['swap', 'drop'] as const).map((strategy) => ({
        job: 'restore',
        arrange: (scene) =>
          whileConnected(
            scene,
            like`Replacing database "shop" failed: 1 session is in the way, and "backup_admin" may not end it: pid ${/\d+/} ("unnamed" of "postgres")
As an administrator of the server, run this, then run the job again:
SELECT pg_terminate_backend(${/\d+/});
Or let this role end all sessions but a superuser's from now on:
GRANT pg_signal_backend TO "backup_admin";
Database "shop" was not changed.`,
            strategy,
          ),
      })),
    },
    {
      what: 'A prepared transaction in the database',
      seen: 'prepared transaction',
      remedy:
        "End it in that database, as its owner, with `COMMIT PREPARED 'gid'` or `ROLLBACK PREPARED 'gid'`; the error has the query that lists them",
      cases: [
        {
          job: 'restore',
          arrange: async ({ server, world, database, jobs }) => {
            const session = await server.connect({ database, ...world.login });
            await session.query("BEGIN; INSERT INTO note VALUES (-1, ''); PREPARE TRANSACTION 'in the way'");
            await session.end();
            return {
              message: refused([
                'Database "shop" is blocked by 1 prepared transaction.',
                'To list the prepared transactions, run:\n' +
                  "SELECT gid, owner, database FROM pg_prepared_xacts WHERE database IN ('shop');\n" +
                  'End each in its database and as its owner, with COMMIT PREPARED or ROLLBACK PREPARED and its gid, then run the ' +
                  'job again.',
              ]),
              putBack: () => jobs.query(database, "ROLLBACK PREPARED 'in the way'"),
            };
          },
        },
      ],
    },
    {
      what: 'The database is a template',
      seen: 'is a template',
      remedy: 'Restore into another database; or `ALTER DATABASE … IS_TEMPLATE false`',
      cases: [
        {
          job: 'restore',
          arrange: (scene) =>
            bySql(
              scene,
              `ALTER DATABASE "${scene.database}" IS_TEMPLATE true`,
              `ALTER DATABASE "${scene.database}" IS_TEMPLATE false`,
              refused([
                'Database "shop" is a template, which a restore never replaces.',
                'Restore into another database, or make this one an ordinary database:\nALTER DATABASE "shop" IS_TEMPLATE false;',
              ]),
            ),
        },
      ],
    },
    {
      what: "The server, or the role's sessions, are read-only",
      seen: 'Sessions of this role are read-only',
      remedy:
        'Azure sets that when the storage is nearly full: delete data, or enlarge the storage, which cannot be reduced again. If it is set for the role or the database, run the statement of the error',
      cases: [
        {
          job: 'restore',
          arrange: (scene) =>
            bySql(
              scene,
              `ALTER ROLE ${scene.world.login.user} SET default_transaction_read_only = on`,
              `ALTER ROLE ${scene.world.login.user} RESET default_transaction_read_only`,
              refused([
                'Sessions of this role are read-only (default_transaction_read_only). On Azure the server sets that when its storage is ' +
                  'nearly full.',
                'Delete data, or enlarge the storage, which cannot be reduced again. If the role or the ' +
                  'database is set to read-only, this ends that:\nSET default_transaction_read_only = off;\nALTER ROLE "backup_admin" RESET default_transaction_read_only;\n' +
                  'ALTER DATABASE postgres RESET default_transaction_read_only;',
              ]),
            ),
        },
      ],
    },
    {
      what: 'With `no_privileges: false`, default privileges of another role (`ALTER DEFAULT PRIVILEGES FOR ROLE …`)',
      seen: 'default privileges of the role',
      remedy:
        'Restore with `no_privileges: true`, or make the restoring role a member, with the `GRANT` of the error',
      cases: [
        {
          job: 'restore',
          arrange: async (scene) => {
            const { superuser, jobs, world } = scene;
            await superuser.query('postgres', 'CREATE ROLE maker');
            const database = await jobs.createDatabase();
            await superuser.query(
              database,
              'ALTER DEFAULT PRIVILEGES FOR ROLE maker GRANT SELECT ON TABLES TO PUBLIC',
            );
            const { outputs } = await jobs.backup(database);
            return {
              database,
              inputs: { backup_file_name: String(outputs['backup_file_name']), no_privileges: 'false' },
              message: `The backup has default privileges of the role "maker", which only a member can set.\nRestore with no_privileges: true. Or, as an administrator of the server, run:\nGRANT "maker" TO "${world.login.user}";\nDatabase "${database}" was not touched by this restore.`,
              putBack: async () => {
                await superuser.query(database, 'DROP OWNED BY maker');
                await superuser.query('postgres', 'DROP ROLE maker');
              },
            };
          },
        },
      ],
    },
    {
      what: 'The server lacks an extension of the backup',
      seen: 'which this server does not have',
      remedy: 'Install it there, or restore to a server that has it',
      cases: [
        {
          job: 'restore',
          arrange: (scene) =>
            withExtension(scene, 'hstore', {
              rename: 'hstorf',
              message: refused([
                'The backup needs the extension "hstorf", which this server does not have.',
                'Install the extension "hstorf" on the server, or restore to one that has it.',
              ]),
            }),
        },
      ],
    },
    {
      what: 'Azure does not allow an extension of the backup (`is not allow-listed`)',
      seen: 'azure.extensions',
      remedy: 'Add it to the server parameter `azure.extensions`, and see [Roles](restore.md#roles)',
      cases: [
        {
          job: 'restore',
          arrange: (scene) =>
            withExtension(scene, 'hstore', {
              allowed: 'PG_TRGM,UUID-OSSP',
              message: refused([
                'The backup needs the extension "hstore", which this server does not allow.',
                'Add the extension "hstore" to the server parameter azure.extensions.',
              ]),
            }),
        },
      ],
    },
    {
      what: "The database's user may not create an extension of the backup",
      seen: 'permission denied to create extension',
      remedy: 'Make it a member of `azure_pg_admin`; elsewhere restore as a superuser',
      cases: [
        {
          job: 'restore',
          arrange: (scene) =>
            withExtension(scene, 'pageinspect', {
              allowed: 'PAGEINSPECT',
              message: `The server does not create the extension "pageinspect" in a new database: permission denied to create extension "pageinspect".
On Azure, make the role a member of azure_pg_admin, and add the extension to the server parameter azure.extensions; elsewhere restore as a superuser. Or restore a backup without the extension, made with pg_dump_options:
--extension=plpgsql
If the original is gone, section "A backup that needs a change" of docs/restore.md has the commands that restore this one.
Database "shop" was not changed.`,
            }),
        },
      ],
    },
    {
      what: 'The server lacks the locale of the backup',
      seen: 'The server lacks the locale',
      remedy: 'Restore to a server that has it',
      cases: [
        {
          job: 'restore',
          arrange: async (scene) => {
            const { name, content, metadata } = scene.backup;
            const locale = { collation: 'xx_XX.UTF-8', character_type: 'xx_XX.UTF-8' };
            const { inputs } = await ownContainer(scene, { [name]: content }, { ...metadata, ...locale });
            return {
              inputs,
              message: `Restoring into a database beside "shop" failed: ERROR:  invalid locale name: "xx_XX.UTF-8"
The server lacks the locale of the backup. Restore to a server that has it.
Database "shop" was not changed.`,
            };
          },
        },
      ],
    },
  ],
};
