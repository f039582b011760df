import { caseSql } from '../support/cases.ts';
import { onlyError } from '../support/jobs.ts';
import type { Arranged, Case, Group } from './row.ts';
import type { Scene } from './scene.ts';
import { like } from './texts.ts';

const byHand = '[by hand](restore.md#a-backup-that-needs-a-change)';
const end = (database: string): string =>
  `If the original is gone, section "A backup that needs a change" of docs/restore.md has the commands that restore this one.
Database "${database}" was not changed.`;

/** The restore of a backup of what some SQL makes, over the database that it was made of. */
function restoreOf(
  sql: string | Promise<string>,
  message: (database: string) => string | RegExp,
  { asSuperuser = '', versions }: { asSuperuser?: string; versions?: string } = {},
): Case {
  return {
    job: 'restore',
    async arrange({ jobs, superuser, world }: Scene): Promise<Arranged> {
      const database = await jobs.createDatabase({ sql: await sql });
      if (asSuperuser !== '') await superuser.query(database, asSuperuser);
      const step = await jobs.backup(database);
      const name = step.outputs['backup_file_name'];
      if (name === undefined) throw new Error(onlyError(step));
      if (versions !== undefined) {
        const [content, metadata] = await Promise.all([
          world.backups.read(name),
          world.backups.metadata(name),
        ]);
        await world.backups.put(name, content, { ...metadata, extensions: versions });
      }
      return { database, inputs: { backup_file_name: name, jobs: '1' }, message: message(database) };
    },
  };
}

/** What extensions have of their own, and ask of the database that they are created in. */
export const extensions: Group = {
  title: 'Extensions',
  rows: [
    {
      what: "The backup has rows of a table that belongs to an extension's provider, such as PostGIS's `spatial_ref_sys`",
      seen: 'may not write there',
      remedy: `Restore as a role that may write there, or make a backup with the option in the error (\`--exclude-table-data=…\`). Without the original: ${byHand}`,
      cases: [
        restoreOf(
          caseSql('provider-table'),
          (database) =>
            `The backup has 1 row (8 B) of the table "public.ref_sys" of the extension "mapshapes", and the role "backup_admin" may not write there.
Restore as a role that may write there, such as a superuser; or make a backup without the rows of this table, with pg_dump_options:
--exclude-table-data=public.ref_sys
${end(database)}`,
          { asSuperuser: `INSERT INTO ref_sys VALUES (101, 'own')` },
        ),
      ],
    },
    {
      what: 'An extension puts rows into a table when it is created, and the backup has them again',
      seen: 'that the extension puts there itself',
      remedy: `Make a backup with the option in the error (\`--exclude-table-data=…\`), and add rows of your own again after a restore. Without the original: ${byHand}`,
      cases: [
        restoreOf(
          caseSql('extension-rows'),
          (database) =>
            `The backup has 4 rows (32 B) of the table "public.status_text" of the extension "statuses", and among them some that the extension puts there itself when it is created: the server refuses them as duplicates, whoever restores. Only the author of the extension can tell the two apart, by a condition in pg_extension_config_dump.
Until then, add your own rows again after a restore, and make a backup without the rows of this table, with pg_dump_options:
--exclude-table-data=public.status_text
${end(database)}`,
        ),
      ],
    },
    {
      what: 'An extension can be created only in one database of the server, as pg_cron',
      seen: 'can be created only in the database',
      remedy: `Restore with \`restore_strategy: drop\` where the server parameter names the database (pg_cron: \`cron.database_name\`); or make a backup without the extension, with the option in the error. Without the original: ${byHand}`,
      cases: [
        {
          job: 'restore',
          async arrange(scene: Scene): Promise<Arranged> {
            const { server, world } = scene;
            const { user } = world.login;
            await server.query(`GRANT pg_read_all_data TO ${user}`);
            const setFor = (database: string) =>
              server.query(`ALTER ROLE ${user} SET clockjobs.database_name = '${database}'`);
            await setFor('app_of_the_clock');
            const database = await scene.jobs.createDatabase({
              name: 'app_of_the_clock',
              sql: await caseSql('extension-of-one-database'),
            });
            const step = await scene.jobs.backup(database);
            return {
              database,
              inputs: { backup_file_name: step.outputs['backup_file_name'] ?? '' },
              message: `The extension "clockjobs" can be created only in the database that the server parameter clockjobs.database_name names, and with restore_strategy: swap it is restored under another name first.
Either restore with restore_strategy: drop; or restore a backup without the extension, made with pg_dump_options:
--extension=plpgsql
${end(database)}`,
              putBack: () =>
                server.query(
                  `ALTER ROLE ${user} RESET clockjobs.database_name; REVOKE pg_read_all_data FROM ${user}`,
                ),
            };
          },
        },
      ],
    },
    {
      what: 'What depends on an extension needs another version of it',
      seen: 'is here in version',
      remedy:
        'Restore to a server that offers the version of the backup, which the error names; or, in the original, `ALTER EXTENSION … UPDATE` and adapt what depends on it, then a new backup',
      cases: [
        restoreOf(
          caseSql('extension-version-2'),
          (database) =>
            like`pg_restore ${/[\d.]+/} into "${database}_restore_${/\d{14}/}" failed: TABLE plant backup_admin: function public.grown(integer) does not exist
${/.*/}
The extension "growing" is here in version 2.0, and the backup was made with 0.9.
${/.*/}
Database "${database}" was not changed.`,
          { versions: 'growing=0.9' },
        ),
      ],
    },
  ],
};
