import { until } from '../support/jobs.ts';
import { ownPrograms } from '../support/machine/own-programs.ts';
import type { Manners } from '../support/postgres/answering-server.ts';
import { installedClients } from '../support/postgres/clients.ts';
import type { Arranged, Group } from './row.ts';
import type { Scene } from './scene.ts';
import { host, instead } from './to-server.ts';

/** What a server of another version answers to the first question. */
const ofVersion = (version: string): Manners => ({
  answer: () =>
    JSON.stringify({ version, major: Number.parseInt(version, 10), direct: true, size: 7_000_000 }),
});

function tooOld(job: 'backup' | 'restore') {
  return (scene: Scene): Promise<Arranged> =>
    instead(
      scene,
      ofVersion('11.22'),
      (port) =>
        `Looking at the server ${host}:${port} failed: it is PostgreSQL 11.22, and this action needs at least version 12\n` +
        'Upgrade the server to 12 or newer. Until then, use pg_dump and pg_restore by hand.' +
        (job === 'restore' ? `\nDatabase "${scene.database}" was not touched by this restore.` : ''),
    );
}

/** How the error of a failed pg_dump begins. */
const dumping = ({ server, world }: Scene, database: string): string =>
  `pg_dump of database "${database}" on localhost:${server.port} as "${world.login.user}" failed: `;

const ended =
  "Session lost at \\d\\d:\\d\\d:\\d\\d UTC\\. Check the server's log for that time, then run the job again\\.";

/** Ends the first session that fits. The answer waits for that. */
function endSession({ server }: Scene, condition: string): () => Promise<void> {
  const sql = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${condition}`;
  const ending = until('a session to end', async () => (await server.query(sql)).length > 0);
  ending.catch(() => {});
  return () => ending;
}

/** A table whose rows a policy looks at one by one, and it sleeps over one in the middle. */
const sleepyTable = `CREATE TABLE note AS SELECT g AS id FROM generate_series(1, 2000) AS g;
  CREATE FUNCTION pause(int) RETURNS bool LANGUAGE plpgsql AS
    $$BEGIN IF $1 = 1000 THEN PERFORM pg_sleep(60); END IF; RETURN true; END$$;
  ALTER TABLE note ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY sleepy ON note USING (pause(id));`;

/** An index whose function sleeps when it is made again. */
const sleepyIndex = `CREATE TABLE note AS SELECT 1 AS id;
  CREATE FUNCTION pause(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$BEGIN RETURN $1; END$$;
  CREATE INDEX note_pause ON note (pause(id));
  CREATE OR REPLACE FUNCTION pause(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS
    $$BEGIN PERFORM pg_sleep(60); RETURN $1; END$$;`;

/** What pg_dump says of a table with policies, and the hint of the server, if it has one. */
const affected = (hint = ''): string =>
  'query failed: ERROR:  query would be affected by row-level security policy for table "note"\n' +
  `${hint}detail: Query was: COPY public.note (id) TO stdout;\n`;

const bypass = (more: string): string =>
  'Row-level security of table "note" hides rows from this role. Back up as a role for backups only that has BYPASSRLS ' +
  `(possible on Azure from PostgreSQL 16 on)${more}. Do not let an application use such a role: it would see all rows.`;

/** The server is reached, and pg_dump or pg_restore does not get through. */
export const dumps: Group = {
  title: 'The server, pg_dump and pg_restore',
  rows: [
    {
      what: 'The server is too old',
      seen: 'this action needs at least version 12',
      remedy: 'Upgrade the server; on Azure that is done in place',
      cases: (['backup', 'restore'] as const).map((job) => ({
        title: job,
        job,
        concurrent: true,
        arrange: tooOld(job),
      })),
    },
    {
      what: 'The server is newer than every client that the runner has or can install',
      seen: 'or newer. Found:',
      remedy:
        'Let the runner reach `apt.postgresql.org`, name a mirror in `postgres_apt_repository`, or install the client in the error on the runner ([The PostgreSQL client](client.md))',
      cases: [
        {
          job: 'backup',
          concurrent: true,
          async arrange(scene) {
            // apt-get does nothing, and says that it was well done.
            const programs = await ownPrograms();
            await programs.add('sudo', 'exit 0');
            await programs.add('apt-get', 'exit 0');
            await programs.add('apt-cache', 'exit 0');
            const newest = (await installedClients()).at(-1)?.major;
            const arranged = await instead(scene, ofVersion('99.1'), () => '');
            return {
              ...arranged,
              environment: programs.environment,
              message: new RegExp(
                '^Looking for a PostgreSQL client for the server 99\\.1 failed: it needs client 99 or newer\\. Found: .*' +
                  `\\b${newest}\\.\\d+ \\(\\S+\\)\\n` +
                  'Installing postgresql-client-99 from apt\\.postgresql\\.org failed: it has no PostgreSQL client\n' +
                  'Installing postgresql-client-99 with apt-get failed: no client 99 is found after it\n' +
                  'Installing postgresql-client from apt\\.postgresql\\.org failed: it has no PostgreSQL client\n' +
                  'Installing postgresql-client with apt-get failed: no client 99 or newer is found after it\n' +
                  'Let the runner reach apt\\.postgresql\\.org, or install the client on it\\. On Debian and Ubuntu:\n' +
                  'sudo apt-get install --yes postgresql-common ca-certificates\n' +
                  'sudo /usr/share/postgresql-common/pgdg/apt\\.postgresql\\.org\\.sh -y\n' +
                  'sudo apt-get install --yes postgresql-client-99\n' +
                  'Without a way out to the Internet, name a mirror in postgres_apt_repository\\.$',
              ),
              async putBack() {
                await arranged.putBack?.();
                await programs.remove();
              },
            };
          },
        },
      ],
    },
    {
      what: 'The role may not read a table',
      seen: 'a member of pg_read_all_data',
      remedy:
        'Back up as the owner of all objects, or as a role for backups only with `pg_read_all_data`, which can read every database of the server ([Roles](restore.md#roles))',
      cases: [
        {
          job: 'backup',
          async arrange(scene) {
            const database = await scene.jobs.createDatabase({ name: 'hidden' });
            await scene.server.query('CREATE TABLE salary (id int)', { database });
            return {
              database,
              message:
                `${dumping(scene, database)}query failed: ERROR:  permission denied for table salary\n` +
                'detail: Query was: LOCK TABLE public.salary IN ACCESS SHARE MODE\n' +
                'Back up as the owner of all objects, or as a role for backups only that is a member of pg_read_all_data (PostgreSQL 14 or newer). Such a role can read every database of the server, but not large objects.',
            };
          },
        },
      ],
    },
    {
      what: "A setting makes the database's user act as another role, which may not read a table",
      seen: 'A setting makes the role act as',
      remedy: 'Run the `ALTER ROLE … RESET role` of the error. `ALTER DATABASE … SET role` is ignored',
      cases: [
        {
          job: 'backup',
          async arrange(scene) {
            const { user } = scene.world.login;
            const database = await scene.jobs.createDatabase({
              name: 'other_role',
              sql: 'CREATE TABLE salary (id int)',
            });
            await scene.server.query(
              `CREATE ROLE clerk; GRANT clerk TO ${user}; ALTER ROLE ${user} IN DATABASE ${database} SET role = clerk`,
            );
            return {
              inputs: { db_name: database },
              message:
                `${dumping(scene, database)}query failed: ERROR:  permission denied for table salary\n` +
                'detail: Query was: LOCK TABLE public.salary IN ACCESS SHARE MODE\n' +
                'Back up as the owner of all objects, or as a role for backups only that is a member of pg_read_all_data (PostgreSQL 14 or newer). Such a role can read every database of the server, but not large objects. ' +
                'A setting makes the role act as "clerk" here. To remove it, one of these:\n' +
                `ALTER ROLE "${user}" RESET role;\nALTER ROLE "${user}" IN DATABASE "${database}" RESET role;`,
              async putBack() {
                await scene.server.query(
                  `ALTER ROLE ${user} IN DATABASE ${database} RESET role; DROP ROLE clerk`,
                );
              },
            };
          },
        },
      ],
    },
    {
      what: 'Row-level security hides rows from the role',
      seen: 'would be affected by row-level security policy for table',
      remedy:
        'Back up as a role for backups only with `BYPASSRLS` (on Azure from PostgreSQL 16 on), or as the owner of the table, unless it has `FORCE ROW LEVEL SECURITY`. Leave that as it is, and do not give `BYPASSRLS` to an application: it would see all rows',
      cases: [
        {
          title: 'which may read the table',
          job: 'backup',
          async arrange(scene) {
            const database = await scene.jobs.createDatabase({ name: 'partly_seen' });
            const sql = `CREATE TABLE note (id int); GRANT SELECT ON note TO PUBLIC; ALTER TABLE note ENABLE ROW LEVEL SECURITY`;
            await scene.server.query(sql, { database });
            return {
              database,
              message:
                dumping(scene, database) +
                affected() +
                bypass(', or as the owner of the table, unless it has FORCE ROW LEVEL SECURITY'),
            };
          },
        },
        {
          title: 'which owns the table',
          job: 'backup',
          async arrange(scene) {
            const sql =
              'CREATE TABLE note (id int); ALTER TABLE note ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY';
            const database = await scene.jobs.createDatabase({ name: 'forced', sql });
            return {
              database,
              message:
                dumping(scene, database) +
                affected(
                  "HINT:  To disable the policy for the table's owner, use ALTER TABLE NO FORCE ROW LEVEL SECURITY.\n",
                ) +
                bypass(', and leave FORCE ROW LEVEL SECURITY as it is'),
            };
          },
        },
      ],
    },
    {
      what: 'Somebody holds a lock on a table for more than five minutes',
      seen: 'canceling statement due to statement timeout',
      remedy:
        'Wait until the session that the error names has ended, or end it; `pg_dump_options: --lock-wait-timeout=30min` waits longer',
      cases: [
        {
          job: 'backup',
          async arrange(scene) {
            const sql = 'CREATE TABLE note (id int)';
            const locked = await scene.jobs.createDatabase({ name: 'locked', sql });
            const holder = await scene.server.connect({ database: locked });
            await holder.query('BEGIN');
            await holder.query('LOCK TABLE note IN ACCESS EXCLUSIVE MODE');
            const { rows } = await holder.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
            const pid = rows[0]?.pid;
            return {
              // Not as the database that must not change, since nobody can look at it.
              inputs: { db_name: locked, pg_dump_options: '--lock-wait-timeout=300ms' },
              message:
                `${dumping(scene, locked)}query failed: ERROR:  canceling statement due to statement timeout\n` +
                'detail: Query was: LOCK TABLE public.note IN ACCESS SHARE MODE\n' +
                `Table public.note is locked by session ${pid} of role "postgres". Wait until that is over, then run the job again. ` +
                `To end the session, as its role or as an administrator:\nSELECT pg_terminate_backend(${pid});`,
              putBack: () => holder.end(),
            };
          },
        },
      ],
    },
    {
      what: 'A table is dropped or changed while `pg_dump` reads the database',
      seen: 'while pg_dump was reading it',
      remedy: 'Run the backup again when the migration is over',
      cases: [
        {
          title: 'a table',
          job: 'backup',
          async arrange(scene) {
            const database = await scene.jobs.createDatabase({
              name: 'migrated',
              sql: 'CREATE TABLE note (id int)',
            });
            const migration = await scene.server.connect({ database });
            await migration.query('BEGIN; DROP TABLE note');
            const waits = `SELECT 1 FROM pg_stat_activity WHERE datname = '${database}' AND wait_event_type = 'Lock'`;
            const committed = until(
              'pg_dump to wait',
              async () => (await scene.server.query(waits)).length > 0,
            ).then(() => migration.query('COMMIT'));
            committed.catch(() => {});
            return {
              // Not as the database that must not change: it does.
              inputs: { db_name: database },
              message:
                `${dumping(scene, database)}query failed: ERROR:  relation "public.note" does not exist\n` +
                'detail: Query was: LOCK TABLE public.note IN ACCESS SHARE MODE\n' +
                'Something was dropped or changed while pg_dump was reading it, perhaps by a migration. Run the job again when that is over.',
              async putBack() {
                await committed;
                await migration.end();
              },
            };
          },
        },
      ],
    },
    {
      what: 'A row or a value has 1 GB or more as text, such as a `bytea` over 512 MB',
      seen: 'has a row that is too large for pg_dump',
      remedy:
        'Keep it in several rows, or as a large object. Or leave the rows of the table out with `pg_dump_options: --exclude-table-data=…`, and copy them with `\\copy … (FORMAT binary)`',
      cases: [
        {
          job: 'backup',
          async arrange(scene) {
            // 140 MB of bits, which are written as 1.1 GB of text.
            const sql = `CREATE TABLE "My scans" (id int, "the page" varbit, thumbnail bytea);
              INSERT INTO "My scans" SELECT 1, y || y || y || y FROM
                (SELECT x || x || x || x FROM (SELECT 0::bit(70000000)) AS x(x)) AS y(y)`;
            const database = await scene.jobs.createDatabase({ name: 'large', sql });
            return {
              // Nobody can dump it, to compare it either.
              inputs: { db_name: database },
              message:
                `${dumping(scene, database)}Dumping the contents of table "My scans" failed: PQgetResult() failed.\n` +
                'detail: Error message from server: ERROR:  invalid memory alloc request size 1120000001\n' +
                'detail: Command was: COPY public."My scans" (id, "the page", thumbnail) TO stdout;\n' +
                'Table public."My scans" has a row that is too large for pg_dump: as text, which doubles a bytea, the row or a ' +
                'value in it reaches 1 GB. More memory does not help. This query finds it:\n' +
                'SELECT ctid, coalesce(bit_length("the page")::bigint, 0) + coalesce(2 * octet_length(thumbnail)::bigint, 0) AS bytes ' +
                'FROM public."My scans" ORDER BY 2 DESC LIMIT 10;\n' +
                'Keep it in several rows or as a large object (lo_from_bytea), then run the job again. Or leave the rows of this ' +
                'table out, with pg_dump_options:\n--exclude-table-data=public."My"?"scans"\nand keep them in a file that psql ' +
                'writes, and reads after a restore:\n' +
                `\\copy public."My scans" TO 'rows.bin' (FORMAT binary)\n` +
                `\\copy public."My scans" FROM 'rows.bin' (FORMAT binary)`,
              putBack: () => scene.jobs.query('postgres', `DROP DATABASE ${database}`),
            };
          },
        },
      ],
    },
    {
      what: 'The client has no such option, or the line has more than one',
      seen: '--help of this version lists',
      remedy: 'Give one option per line, as `pg_dump --help` of the version in the error lists them',
      cases: [
        {
          title: 'of pg_dump',
          job: 'backup',
          arrange: () => ({
            inputs: { pg_dump_options: '--exclude-tables=log\n--no-comments public' },
            message: new RegExp(
              '^Reading pg_dump_options with the options of pg_dump [\\d.]+ failed: 2 lines are wrong:\n- "--exclude-tables=log" is not an option of it\n' +
                '- "--no-comments public" has something after --no-comments, which takes no value\n' +
                'Give one option per line, as pg_dump --help of this version lists it\\.$',
            ),
          }),
        },
        {
          title: 'of pg_restore',
          job: 'restore',
          arrange: () => ({
            inputs: { pg_restore_options: '--exclude-table=log' },
            message: new RegExp(
              '^Reading pg_restore_options with the options of pg_restore [\\d.]+ failed: "--exclude-table=log" is not an option of it\n' +
                'Give one option per line, as pg_restore --help of this version lists it\\.\\nDatabase "shop" was not touched by this restore\\.$',
            ),
          }),
        },
      ],
    },
    {
      what: '`pg_dump` rejects its options: they exclude each other, or match nothing in the database',
      seen: 'Correct pg_dump_options',
      remedy: 'Correct them, as the error says',
      cases: [
        {
          title: 'that fit nothing',
          job: 'backup',
          arrange: (scene) => ({
            inputs: { pg_dump_options: '--table=notes' },
            message: new RegExp(
              `^${dumping(scene, scene.database)}no matching tables were found\nCorrect pg_dump_options, then run the job again\\.$`,
            ),
          }),
        },
        {
          title: 'that exclude each other',
          job: 'backup',
          arrange: (scene) => ({
            inputs: { pg_dump_options: '-s\n-a' },
            message: new RegExp(
              `^${dumping(scene, scene.database)}options -s/--schema-only and -a/--data-only cannot be used together\nCorrect pg_dump_options, then run the job again\\.$`,
            ),
          }),
        },
      ],
    },
    {
      what: 'The session is lost half way',
      seen: 'Session lost at',
      remedy:
        "Check the server's log for the time in the error (a restart, an administrator, a limit), then run the job again",
      cases: [
        {
          title: 'of pg_dump',
          job: 'backup',
          async arrange(scene) {
            const database = await scene.jobs.createDatabase({ name: 'slow', sql: sleepyTable });
            return {
              database,
              inputs: { pg_dump_options: '--enable-row-security' },
              // After the administrator's command, libpq may say that the connection is gone.
              message: new RegExp(
                `^${dumping(scene, database)}Dumping the contents of table "note" failed: PQget\\w+\\(\\) failed\\.\n` +
                  'detail: Error message from server: FATAL: {2}terminating connection due to administrator command\n' +
                  `.*detail: Command was: COPY \\(?.*note.*TO stdout;\n${ended}$`,
                's',
              ),
              putBack: endSession(scene, `datname = '${database}' AND wait_event = 'PgSleep'`),
            };
          },
        },
        {
          title: 'of pg_restore',
          job: 'restore',
          async arrange(scene) {
            const database = await scene.jobs.createDatabase({ name: 'indexed', sql: sleepyIndex });
            const { outputs } = await scene.jobs.backup(database);
            return {
              database,
              inputs: { backup_file_name: outputs['backup_file_name'] ?? '' },
              message: new RegExp(
                `^pg_restore [\\d.]+ into "${database}_restore_\\d{14}" failed: INDEX note_pause \\w+: ` +
                  'FATAL: {2}terminating connection due to administrator command\n' +
                  `.*CREATE INDEX note_pause ON public\\.note .*;\n${ended}\nDatabase "${database}" was not changed\\.$`,
                's',
              ),
              putBack: endSession(scene, `datname LIKE '${database}%' AND wait_event = 'PgSleep'`),
            };
          },
        },
      ],
    },
  ],
};
