import { readFile } from 'node:fs/promises';
import { accountOf } from '../support/jobs.ts';
import { dumpByHand } from '../support/postgres/dump-by-hand.ts';
import type { Arranged, Case, Group } from './row.ts';
import type { Scene } from './scene.ts';
import { ownContainer } from './storage-places.ts';
import { like } from './texts.ts';

const refused = (findings: string): string =>
  `Checking whether database "shop" can be replaced failed: ${findings}\nNothing was changed.`;
const may = (user: string): string =>
  `The role "${user}" may not create databases: let an administrator of the server run ALTER ROLE "${user}" CREATEDB.`;
const owns = (user: string): string =>
  `The role "${user}" does not own database "shop", its owner is "backup_admin": let an administrator of the server run ` +
  `ALTER DATABASE "shop" OWNER TO "${user}", or, only if that owner is no administrator, GRANT "backup_admin" TO "${user}".`;

const insteadOfAll =
  'It would replace everything in database "shop". Restore it into a new database (another db_name) and copy what you need from there; or keep the old database, with keep_previous: true.';

/** A restore by a role of its own. */
function byRole(user: string, attributes: string, findings: string, { owner }: { owner: boolean }): Case {
  return {
    title: user,
    job: 'restore',
    arrange: async ({ world, server, database }) => {
      const give = (to: string) => server.query(`ALTER DATABASE "${database}" OWNER TO "${to}"`);
      const account = accountOf(world, await server.createRole(user, 'its secret', attributes));
      if (owner) await give(user);
      return {
        inputs: account.inputs,
        message: refused(findings),
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
    message: `Checking whether database "shop" can be replaced failed: The role "${login.user}" may not create in schema public of a new database on this server, which belongs to "azure_pg_admin", and the backup has objects there: TABLE "note", CONSTRAINT "note note_pkey". As the server's administrator, run:
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
        byRole('owner_only', '', may('owner_only'), { owner: true }),
        byRole('neither', '', `2 things are in the way:\n- ${may('neither')}\n- ${owns('neither')}`, {
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
      remedy: 'Restore to a flexible server that is no cluster',
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
Database "shop" was not changed.`,
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
        'Restore as its owner, or make the user the owner: `ALTER DATABASE … OWNER TO …`, as the administrator of the server',
      cases: [byRole('creator_only', 'CREATEDB', owns('creator_only'), { owner: false })],
    },
    {
      what: 'A part of a backup, or a backup of a part, would replace the whole database',
      seen: 'It would take the place of all that is in database',
      remedy: 'Restore it under another `db_name` that does not exist yet, or set `keep_previous: true`',
      cases: [
        {
          title: 'by options of pg_restore',
          job: 'restore',
          arrange: () => ({
            inputs: { pg_restore_options: '--table=note' },
            message: refused(
              `pg_restore_options ("--table=note") select only part of the backup, 2 entries with the data of 1 table. ${insteadOfAll}`,
            ),
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
              message: refused(
                `The backup has only part of its database, with "--schema" in pg_dump_options. ${insteadOfAll}`,
              ),
            };
          },
        },
      ],
    },
    {
      what: 'A foreign key needs rows that were left out of the backup (`--exclude-table-data`)',
      seen: 'were left out of the backup',
      remedy:
        'Make a backup with these rows, or one without those that refer to them. To get at the rows of this one: `pg_restore_options` with the lines `--section=pre-data` and `--section=data`, under another `db_name`',
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
The rows of "public.session", to which it refers, were left out of the backup (--exclude-table-data in pg_dump_options). Make a backup with these rows, or one without those of "public.act", too. To get at the rows of this backup, restore it without keys, indexes and triggers: pg_restore_options with the lines --section=pre-data and --section=data, into a database that does not exist yet.
Database "shop" was not changed.`,
            };
          },
        },
      ],
    },
    {
      what: 'Another restore of the same database is at work',
      seen: 'another restore of it is running',
      remedy:
        'Wait for it, then run the restore again; the session on the server that holds the lock is named',
      cases: [
        {
          job: 'restore',
          arrange: async ({ server, world, database }) => {
            const session = await server.connect({ ...world.login, database: 'postgres' });
            const title = `postgres-azure-backup restore ${database}`;
            await session.query(`SET application_name = '${title}'`);
            await session.query(`SELECT pg_advisory_lock(hashtext('${title}'), 0)`);
            return {
              message: like`Locking database "shop" on localhost:${String(server.port)} as "backup_admin" for this restore failed: another restore of it is running: a session of the role "backup_admin" since ${/[\d-]+ [\d:]+/} UTC, from ${/[\d.:]+/}, as "${title}", with process ID ${/\d+/} on the server
Wait until it ends, then run the job again.
Nothing was changed.`,
              putBack: () => session.end(),
            };
          },
        },
      ],
    },
    {
      what: 'Something else holds the lock for restores of the database',
      seen: 'which does not call itself a restore of this action',
      remedy:
        'Find out what the named session does; the statement that ends it is shown. A role that could not restore the database holds no restore up',
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
              message: like`Locking database "shop" on localhost:${String(server.port)} as "backup_admin" for this restore failed: its lock is held by a session of the role "backup_admin" since ${/[\d-]+ [\d:]+/} UTC, from ${/[\d.:]+/}, with process ID ${/\d+/} on the server, which does not call itself a restore of this action
Find out what it is. If it may be ended, run this in database "postgres" as "backup_admin" or an administrator of the server, then run the job again:
SELECT pg_terminate_backend(${/\d+/});
Nothing was changed.`,
              putBack: () => session.end(),
            };
          },
        },
      ],
    },
    {
      what: 'Sessions in the database that its user may not end',
      seen: 'GRANT pg_signal_backend TO',
      remedy:
        'End them, each as its role or as an administrator, or `GRANT pg_signal_backend TO …`, which does not help against the sessions of a superuser',
      cases: [
        {
          title: 'swap',
          job: 'restore',
          arrange: (scene) =>
            whileConnected(
              scene,
              like`Swapping database "shop" for the restored one failed: these sessions did not leave, and "backup_admin" may not end them: "unnamed" of "postgres" (process ID ${/\d+/})
End them, each as its role or as an administrator, or GRANT pg_signal_backend TO …, which does not help against a superuser's, then run the job again.
Database "shop" was not changed.`,
              'swap',
            ),
        },
        {
          title: 'drop',
          job: 'restore',
          arrange: (scene) =>
            whileConnected(
              scene,
              `Dropping database "shop" failed: ERROR:  database "shop" is being accessed by other users
DETAIL:  There is 1 other session using the database.
End the other sessions in the database (pg_stat_activity shows them), each as its role or as an administrator, or GRANT pg_signal_backend TO …, which does not help against a superuser's, then run the job again.
Database "shop" was not changed.`,
              'drop',
            ),
        },
      ],
    },
    {
      what: 'A prepared transaction in the database',
      seen: 'prepared transaction',
      remedy:
        "`SELECT gid, owner FROM pg_prepared_xacts`, then in that database, as the owner, `COMMIT PREPARED 'gid'` or `ROLLBACK PREPARED 'gid'`",
      cases: [
        {
          job: 'restore',
          arrange: async ({ server, world, database, jobs }) => {
            const session = await server.connect({ database, ...world.login });
            await session.query("BEGIN; INSERT INTO note VALUES (-1, ''); PREPARE TRANSACTION 'in the way'");
            await session.end();
            return {
              message: refused(
                'Database "shop" has 1 prepared transaction(s), and cannot be replaced before they have ended: SELECT gid, owner FROM ' +
                  "pg_prepared_xacts, then in that database, as the owner, COMMIT PREPARED 'gid' or ROLLBACK PREPARED 'gid'.",
              ),
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
              refused(
                'Database "shop" is a template, which a restore never replaces. Restore into another database, or run ALTER DATABASE ' +
                  '"shop" IS_TEMPLATE false.',
              ),
            ),
        },
      ],
    },
    {
      what: 'The server, or its settings for the role, takes no changes',
      seen: 'Sessions of this role are read-only',
      remedy:
        'If it is set for the role or the database: `ALTER ROLE … RESET default_transaction_read_only`, or `ALTER DATABASE …` likewise. Azure also sets it when the storage is nearly full: delete data, or enlarge the storage, which cannot be made smaller again',
      cases: [
        {
          job: 'restore',
          arrange: (scene) =>
            bySql(
              scene,
              `ALTER ROLE ${scene.world.login.user} SET default_transaction_read_only = on`,
              `ALTER ROLE ${scene.world.login.user} RESET default_transaction_read_only`,
              refused(
                'Sessions of this role are read-only (default_transaction_read_only). If that is set for the role or the database: ' +
                  'ALTER ROLE … or ALTER DATABASE … RESET default_transaction_read_only. On Azure the server also sets it when its ' +
                  'storage is nearly full: delete data, or enlarge the storage, which cannot be made smaller again.',
              ),
            ),
        },
      ],
    },
    {
      what: 'With `no_privileges: false`, default privileges of another role (`ALTER DEFAULT PRIVILEGES FOR ROLE …`)',
      seen: 'default privileges of the role',
      remedy:
        'Make the restoring role a member of it, as the error tells; or restore with `no_privileges: true`',
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
              message: `Checking whether database "${database}" can be replaced failed: The backup has default privileges of the role "maker", which only a member can set. Restore with no_privileges: true, or, as an administrator of the server, run:\nGRANT "maker" TO "${world.login.user}";\nNothing was changed.`,
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
              message: refused(
                'The backup needs the extension "hstorf", which this server does not have: install it there, or restore to a server that has it.',
              ),
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
              message: refused(
                'The backup needs the extension "hstore", which this server does not allow: add it to the server parameter azure.extensions.',
              ),
            }),
        },
      ],
    },
    {
      what: "The database's user may not create an extension of the backup",
      seen: 'permission denied to create extension',
      remedy: 'Make it a member of `azure_pg_admin`; elsewhere let a superuser restore',
      cases: [
        {
          job: 'restore',
          arrange: (scene) =>
            withExtension(scene, 'pageinspect', {
              allowed: 'PAGEINSPECT',
              message: `Checking whether database "shop" can be replaced failed: The server does not create the extension "pageinspect" in a new database: permission denied to create extension "pageinspect". On Azure, make the role a member of azure_pg_admin, and add the extension to the server parameter azure.extensions; elsewhere let a superuser restore. Or restore a backup without the extension, made with pg_dump_options:
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
