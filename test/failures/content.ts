import { caseSql } from '../support/cases.ts';
import { onlyError } from '../support/jobs.ts';
import type { Arranged, Case, Group } from './row.ts';
import type { Scene } from './scene.ts';
import { like } from './texts.ts';

const handMade = `If the original is gone, section "A backup that needs a change" of docs/restore.md has the commands that restore this one.`;

/** The restore of a backup of what some SQL makes, over the database that it was made of. */
function restoreOf(
  title: string,
  sql: string | Promise<string>,
  message: (database: string) => RegExp | string,
  { asSuperuser = '', strategy = 'swap' }: { asSuperuser?: string; strategy?: 'swap' | 'drop' } = {},
): Case {
  return {
    title,
    job: 'restore',
    async arrange({ jobs, superuser }: Scene): Promise<Arranged> {
      const database = await jobs.createDatabase();
      if (asSuperuser !== '') await superuser.query(database, asSuperuser);
      await jobs.query(database, await sql);
      const step = await jobs.backup(database);
      const name = step.outputs['backup_file_name'];
      if (name === undefined) throw new Error(onlyError(step));
      return {
        database,
        inputs: { backup_file_name: name, jobs: '1', restore_strategy: strategy },
        message: message(database),
      };
    },
  };
}

const lost = (entry: string, alter: string) => (database: string) =>
  like`pg_restore ${/[\d.]+/} into "${database}_restore_${/\d{14}/}" failed: ${entry} backup_admin: ${/.* does not exist\n.*/}The rows are fine. A function that is called here names something without its schema, and pg_restore works with an empty search_path. In the original database, give the function a search_path with all schemas that it needs, then make a new backup${/^SELECT/.test(alter) ? '. This query writes the ALTER FUNCTION for that; run what it writes' : ''}:
${alter}
${handMade}
Database "${database}" was not changed.`;

const writtenFor = (name: string): string =>
  "SELECT format('ALTER FUNCTION %s SET search_path = %s;', p.oid::regprocedure, concat_ws(', ', quote_ident(nullif(nspname, 'public')), 'public')) " +
  `FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = pronamespace WHERE proname = '${name}' AND nspname <> 'pg_catalog';`;

const violated =
  (host: string, [format, from]: readonly [string, string], type: string, name: string) =>
  (database: string) =>
    like`pg_restore ${/[\d.]+/} into "${database}_restore_${/\d{14}/}" failed: TABLE DATA account backup_admin: ${/.* violates check constraint .*\n.*/}The rows are fine. This check depends on more than the row, such as another table, which may still be empty. Declared NOT VALID, it is restored after all rows, and still checks new ones; or use a trigger. In the original database, this query writes the ALTER ${host} for that; run what it writes, then make a new backup:
SELECT format(${format}, ${type}, conname, pg_get_constraintdef(oid)) FROM ${from} WHERE contype = 'c' AND coninhcount = 0 AND conname = ${name};
${handMade}
Database "${database}" was not changed.`;

/** What is in a database, and does not come back as it is. */
export const content: Group = {
  title: 'What is in the database',
  rows: [
    {
      what: 'A function of a generated column, check, domain, partition key, index or materialized view needs a `search_path`',
      seen: 'names something without its schema',
      remedy:
        'In the original, `ALTER FUNCTION … SET search_path = public`, with every schema that the function needs, then a new backup. Without the original: [by hand](restore.md#a-backup-that-needs-a-change)',
      cases: [
        restoreOf(
          'a generated column',
          caseSql('search-path-column'),
          lost('TABLE DATA page', 'ALTER FUNCTION public.slug(text) SET search_path = public;'),
        ),
        restoreOf(
          'a partition key, by a function that another one calls',
          caseSql('search-path-column-2'),
          lost('TABLE DATA visit_a', writtenFor('Key')),
        ),
        restoreOf(
          'an index',
          caseSql('search-path-index'),
          lost('INDEX person_plain', 'ALTER FUNCTION public.plain_name(text) SET search_path = public;'),
        ),
        restoreOf(
          'an exclusion constraint, by a function in SQL',
          caseSql('search-path-index-2'),
          lost('CONSTRAINT tag tag_folded_excl', writtenFor('folded')),
        ),
      ],
    },
    {
      what: 'A check reads another table, which is restored later',
      seen: 'This check depends on more than the row',
      remedy:
        'In the original, declare the check `NOT VALID`, as the query in the error does, or make it a trigger, then a new backup. Without the original: [by hand](restore.md#a-backup-that-needs-a-change)',
      cases: [
        restoreOf(
          'of a table',
          caseSql('check-on-another-table'),
          violated(
            'TABLE',
            ["'ALTER TABLE %1$s DROP CONSTRAINT %2$I, ADD CONSTRAINT %2$I %3$s NOT VALID;'", 'pg_constraint'],
            'conrelid::regclass',
            "'account_zone_check'",
          ),
        ),
        restoreOf(
          'of a domain',
          caseSql('check-on-another-table-2'),
          violated(
            'DOMAIN',
            [
              'sql',
              "pg_constraint, (VALUES ('ALTER DOMAIN %1$s DROP CONSTRAINT %2$I;'), ('ALTER DOMAIN %1$s ADD CONSTRAINT %2$I %3$s NOT VALID;')) AS s(sql)",
            ],
            'contypid::regtype',
            "'it''s known'",
          ),
        ),
      ],
    },
    {
      what: 'A generated column is computed from another table, which is made later',
      seen: 'A function that is called here cannot find what it names',
      remedy:
        'In the original, make it a plain column (`ALTER TABLE … ALTER … DROP EXPRESSION`) that a trigger `BEFORE INSERT OR UPDATE` fills, then a new backup',
      cases: [
        restoreOf(
          '',
          `CREATE TABLE zone (code text PRIMARY KEY, name text);
            CREATE FUNCTION name_of(c text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT name FROM public.zone WHERE code = c';
            CREATE TABLE account (zone text, label text GENERATED ALWAYS AS (name_of(zone)) STORED)`,
          (database) =>
            like`pg_restore ${/[\d.]+/} into "${database}_restore_${/\d{14}/}" failed: TABLE account backup_admin: relation "public.zone" does not exist
${/.*\nCREATE TABLE .*\n\);\n/}A function that is called here cannot find what it names: a table that is restored later, or something that this version of an extension lacks. If a column is generated from another table, make it a plain one in the original (ALTER TABLE … ALTER … DROP EXPRESSION) that a trigger fills, then make a new backup.
Database "${database}" was not changed.`,
        ),
      ],
    },
    {
      what: 'With `restore_strategy: drop`, functions with which a restore may fail in one of the ways above, or compute other values',
      seen: 'after the old database is dropped',
      remedy:
        'Use `restore_strategy: swap`, which keeps the old database if the restore fails; or fix them there with the SQL that a backup warns with, and make a new backup. If the old database is no loss, drop it yourself, then run the restore again',
      cases: (
        [
          [
            'search-path-column',
            'public.slug(text) names "unaccent" without a schema (generated column public.page.slug)',
          ],
          [
            'search-path-column-2',
            '"My tools"."Key"(text) names "fold", "town" without a schema (check keyed_check on DOMAIN public.keyed, partition key public.visit)',
          ],
          [
            'check-on-another-table',
            'public.known_zone(text) reads public.zzz_zone (check account_zone_check on TABLE public.account)',
          ],
          [
            'column-from-another-table',
            'public.name_of(text) reads public.zone (generated column public.account.label)',
          ],
        ] as const
      ).map(([name, reason]) =>
        restoreOf(
          name,
          caseSql(name),
          (database) =>
            `This restore may fail, or compute other values, after the old database is dropped: pg_restore works with an empty search_path and fills one table after the other, and functions of the backup depend on more: ${reason}.\nUse restore_strategy: swap, which keeps the old database if the restore fails; or fix these functions in the old database with the SQL that a backup warns with, and make a new backup. If the old database is no loss, drop it yourself, then run this restore again.` +
            `\nDatabase "${database}" was not touched by this restore.`,
          { strategy: 'drop' },
        ),
      ),
    },
    {
      what: 'A function sets a parameter that only a superuser may set',
      seen: 'GRANT SET ON PARAMETER',
      remedy:
        'Restore as a superuser; or `ALTER FUNCTION … RESET …` in the original and a new backup; or, as a superuser, run the `GRANT` of the error (PostgreSQL 15 or newer)',
      cases: [
        restoreOf(
          '',
          'SELECT 1',
          (database) =>
            like`The role "backup_admin" may not set the parameter log_min_duration_statement, as these functions of the backup do: "public.slow()".
Restore as a superuser. Or reset the parameter in the original database (ALTER FUNCTION … RESET log_min_duration_statement) and make a new backup. Or, as a superuser, run:
GRANT SET ON PARAMETER log_min_duration_statement TO "backup_admin";
Database "${database}" was not changed.`,
          {
            asSuperuser: `CREATE FUNCTION slow() RETURNS int LANGUAGE sql SET log_min_duration_statement = 0 AS 'SELECT 1'`,
          },
        ),
      ],
    },
    {
      what: 'A foreign server, a function in an untrusted language, or an object in the schema of an extension, by a role that had been granted that',
      seen: 'where it cannot be granted beforehand',
      remedy: 'Restore as a superuser; or drop what the error names in the original, then make a new backup',
      cases: [
        {
          job: 'restore',
          async arrange({ jobs, superuser, world }: Scene): Promise<Arranged> {
            const { user } = world.login;
            const openTemplate = (open: boolean) =>
              superuser.query('postgres', `ALTER DATABASE template0 ALLOW_CONNECTIONS ${open}`);
            const database = await jobs.createDatabase();
            await superuser.query(
              database,
              `CREATE EXTENSION postgres_fdw; GRANT USAGE ON FOREIGN DATA WRAPPER postgres_fdw TO ${user}`,
            );
            await jobs.query(database, await caseSql('foreign-server'));
            const step = await jobs.backup(database);
            // As a provider does it: the role gets the extension, and no right on it.
            await openTemplate(true);
            await superuser.query('template0', 'CREATE EXTENSION postgres_fdw');
            await superuser.query('postgres', `ALTER ROLE ${user} SET azure.extensions = 'POSTGRES_FDW'`);
            return {
              database,
              inputs: {
                backup_file_name: String(step.outputs['backup_file_name']),
                restore_strategy: 'drop',
              },
              message:
                `The role "${user}" lacks USAGE on the foreign-data wrapper ` +
                '"postgres_fdw" in a new database, where it cannot be granted beforehand, and needs it for SERVER "other".\nRestore as a superuser, or drop what needs the privilege in the original database and make a new backup.\n' +
                `Database "${database}" was not changed.`,
              async putBack() {
                await superuser.query('postgres', `ALTER ROLE ${user} RESET azure.extensions`);
                await superuser.query('template0', 'DROP EXTENSION postgres_fdw');
                await openTemplate(false);
              },
            };
          },
        },
      ],
    },
  ],
};
