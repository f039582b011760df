import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseSql } from '../support/cases.ts';
import { accountOf, type Extra, type Jobs, jobsOn, messages, onlyError } from '../support/jobs.ts';
import { makeTemporaryFolder } from '../support/machine/temporary-folder.ts';
import { clientOf } from '../support/postgres/clients.ts';
import { ownLackFor, titled } from '../support/postgres/describe-on.ts';
import { summaryNotes } from '../support/runner/summary-notes.ts';
import { startWorld, type World } from '../support/world.ts';

/*
 * Databases with extensions whose tables belong to a provider, bring rows with them, refer to each other, or that are particular about
 * where they are created.
 */
const has17 = ownLackFor(17) === undefined;

let world: World;
let jobs: Jobs;
let superuser: Jobs;
beforeAll(async () => {
  world = await startWorld({
    servers: has17 ? [15, 17] : [15],
    standIns: true,
    settings: { 'clockjobs.database_name': 'clocked', 'sundial.database_name': 'sundialled' },
  });
  jobs = jobsOn(world, 15);
  superuser = jobsOn(world, 15, accountOf(world, world.server(15).superuser));
  // For the sequences of extensions, which nobody else may read.
  for (const { query } of world.servers) await query(`GRANT pg_read_all_data TO ${world.login.user}`);
});
afterAll(() => world.stop());

interface Made {
  database: string;
  backup: string;
  warnings: string;
}

/** Makes a database of a case, and a backup of it. */
async function backedUp(
  { sql, asSuperuser = '', name, on = jobs }: { sql: string; asSuperuser?: string; name?: string; on?: Jobs },
  extra: Extra = {},
): Promise<Made> {
  const database = await on.createDatabase({ sql, ...(name !== undefined && { name }) });
  if (asSuperuser !== '') await superuser.query(database, asSuperuser);
  const backup = await on.backup(database, extra);
  expect(backup.exitCode, backup.log).toBe(0);
  const warnings = messages(backup, 'warning').join('\n');
  if (warnings !== '') expect(summaryNotes(backup.summary)).not.toEqual([]);
  return { database, backup: backup.outputs['backup_file_name'] ?? '', warnings };
}

/** A restore that has to end well, and its log. */
async function restored({ database, backup }: Made, inputs: Record<string, string> = {}, on = jobs) {
  const restore = await on.restore(database, backup, { inputs });
  expect(restore.exitCode, restore.log).toBe(0);
  return restore;
}

/** The error of a restore that must not have changed anything. */
async function refused(
  { database, backup }: Made,
  inputs: Record<string, string> = {},
  on = jobs,
): Promise<string> {
  const look = async () => ({
    content: await superuser.text(database),
    databases: await on.databases(),
  });
  const before = await look();
  const error = onlyError(await on.restore(database, backup, { inputs }));
  expect(await look()).toEqual(before);
  expect(error).toMatch(/was not (changed|touched by this restore)\./);
  return error;
}

const strategies = ['swap', 'drop'];

describe("a provider's tables", () => {
  test.each([
    [
      'provider-table',
      'swap',
      '2',
      /Left out, since the backup has no rows for it: the data of the table "public.ref_sys" of the extension "mapshapes"/,
    ],
    [
      'provider-table-2',
      'drop',
      '1',
      /Left out, .*the data of the table "Geo coder\.loader \\?"tables\\?"" of the extension "gazetteer"/,
    ],
  ])(
    'that have no rows in the backup are left out: %s, restore_strategy %s, jobs %s',
    async (name, restore_strategy, count, said) => {
      const made = await backedUp({ sql: await caseSql(name) });
      expect(made.warnings).toBe('');
      const before = await superuser.text(made.database);
      const { log } = await restored(made, { restore_strategy, jobs: count });
      expect(log).toMatch(said);
      expect(await superuser.text(made.database)).toBe(before);
    },
  );

  test.each([
    [
      'provider-table',
      'drop',
      `INSERT INTO ref_sys VALUES (101, 'own'), (102, NULL)`,
      /2 rows of the table "public.ref_sys" of the extension "mapshapes", and the role "backup_admin" may not write there/,
      ['--exclude-table-data=public.ref_sys'],
    ],
    [
      'provider-table-2',
      'swap',
      `INSERT INTO "Geo coder".settings VALUES ('zip', 'on'); INSERT INTO "Geo coder"."loader ""tables""" (name) VALUES ('a'), ('b')`,
      /1 row of the table "Geo coder\.settings" of the extension "gazetteer"/,
      ['--exclude-table-data="Geo coder".settings', '--exclude-table-data="Geo coder"."loader ""tables"""'],
    ],
  ])(
    'that have rows in the backup: %s, restore_strategy %s',
    async (name, restore_strategy, asSuperuser, said, options) => {
      const made = await backedUp({ sql: await caseSql(name), asSuperuser });
      expect(made.warnings).toMatch(said);
      for (const option of options) expect(made.warnings).toContain(option);
      const error = await refused(made, { restore_strategy });
      expect(error.replaceAll(/ \(\d+ B\)/g, '')).toMatch(said);
      for (const option of options) expect(error).toContain(`pg_dump_options:\n${option}`);

      const before = await superuser.text(made.database);
      await restored(made, { restore_strategy }, superuser);
      expect((await superuser.text(made.database)).replaceAll(/OWNER TO \w+/g, '')).toBe(
        before.replaceAll(/OWNER TO \w+/g, ''),
      );
    },
  );
});

test('a backup warns of the owner who may not write in a table of a provider, whoever makes the backup', async () => {
  const database = await jobs.createDatabase({ sql: await caseSql('provider-table') });
  await superuser.query(database, "INSERT INTO ref_sys VALUES (101, 'own')");
  const reader = await world.server(15).createRole('backup_reader', 'its secret');
  await superuser.query('postgres', 'GRANT pg_read_all_data TO backup_reader');
  const byReader = await jobsOn(world, 15, accountOf(world, reader)).backup(database);
  expect(messages(byReader, 'warning').join()).toContain('the role "backup_admin" may not write there');
});

test.skipIf(!has17)(
  titled('extensions are tried as the role that pg_restore is told to be', ownLackFor(17)),
  async () => {
    const { query } = world.server(17);
    const on = jobsOn(world, 17);
    const database = await on.createDatabase({ sql: await caseSql('provider-table') });
    await query("INSERT INTO ref_sys VALUES (101, 'own')", { database });
    const backup = (await on.backup(database)).outputs['backup_file_name'] ?? '';
    await query('GRANT postgres TO backup_admin WITH INHERIT FALSE, SET TRUE');
    expect(onlyError(await on.restore(database, backup))).toContain(
      'the role "backup_admin" may not write there',
    );
    await restored({ database, backup, warnings: '' }, { pg_restore_options: '--role=postgres' }, on);
    expect(await query('SELECT count(*)::int FROM ref_sys', { database })).toEqual([{ count: 101 }]);
    await query('REVOKE postgres FROM backup_admin');
  },
);

test('rows that only policies let the role write are refused', async () => {
  const database = await jobs.createDatabase({
    sql: "CREATE EXTENSION guarded; INSERT INTO guarded (words) VALUES ('own'); CREATE TABLE own AS SELECT 1 AS id",
  });
  const backup = await superuser.backup(database);
  const made = { database, backup: backup.outputs['backup_file_name'] ?? '', warnings: '' };
  expect(await refused(made)).toMatch(/1 row \(.*\) of the table "public.guarded" .* may not write there/);
});

test('a backup without the rows of a provider comes back, its sequence begins anew, and that is said', async () => {
  const made = await backedUp(
    {
      sql: await caseSql('provider-table-2'),
      asSuperuser: `INSERT INTO "Geo coder".settings VALUES ('zip', 'on'); INSERT INTO "Geo coder"."loader ""tables""" (name) VALUES ('a'), ('b')`,
    },
    {
      inputs: {
        pg_dump_options:
          '--exclude-table-data="Geo coder".settings\n--exclude-table-data="Geo coder"."loader ""tables"""',
      },
    },
  );
  expect(made.warnings).toBe('');
  const restore = await restored(made);
  const warning = messages(restore, 'warning').join('\n');
  expect(warning).toMatch(/Not restored, .*may not set it: the sequence .*loader.*It starts over/);
  const statement = /^SELECT pg_catalog\.setval.*;$/m.exec(warning)?.[0] ?? '';
  await superuser.query(made.database, statement);
  const value = `SELECT last_value FROM "Geo coder"."loader ""tables""_id_seq"`;
  expect(await superuser.query(made.database, value)).toEqual([{ last_value: '2' }]);
});

test.each([
  ['extension-foreign-keys', '8'],
  ['extension-foreign-keys-2', '8'],
  ['extension-foreign-keys-2', '1'],
])(
  'tables of an extension that refer to each other are restored in the order of the archive: %s, jobs %s',
  async (name, count) => {
    const made = await backedUp({ sql: await caseSql(name) });
    const before = await jobs.text(made.database);
    await restored(made, { jobs: count });
    expect(await jobs.text(made.database)).toBe(before);
  },
);

describe('rows that an extension brings', () => {
  test.each([
    ['extension-rows', 'drop', 4, 'public.status_text', 'statuses'],
    ['extension-rows-2', 'swap', 2, 'holidays.day', 'holidays'],
  ])(
    'and that the backup has again stop the restore: %s, restore_strategy %s',
    async (name, restore_strategy, rows, table, extension) => {
      const made = await backedUp({ sql: await caseSql(name) });
      const error = await refused(made, { restore_strategy });
      expect(error).toContain(`The backup has ${rows} rows`);
      expect(error).toContain(
        `of the table "${table}" of the extension "${extension}", and among them some that the extension puts`,
      );
      const option = `--exclude-table-data=${table}`;
      expect(error).toContain(`pg_dump_options:\n${option}`);
      const without = await jobs.backup(made.database, { inputs: { pg_dump_options: option } });
      await restored({ ...made, backup: without.outputs['backup_file_name'] ?? '' }, { restore_strategy });
    },
  );
});

test('rows that cannot be tried beforehand are refused with drop, and named by the error with swap', async () => {
  const inserts = { inputs: { pg_dump_options: '--inserts' } };
  const made = await backedUp({ sql: await caseSql('extension-rows') }, inserts);
  expect(await refused(made, { restore_strategy: 'drop' })).toContain(
    'Whether the server takes both cannot be tried beforehand',
  );
  const error = await refused(made, { restore_strategy: 'swap' });
  expect(error).toMatch(
    /^pg_restore .*TABLE DATA status_text postgres: .*\n(.*\n)*The table belongs to the extension "statuses"/,
  );
  expect(error).toContain('\n--exclude-table-data=public.status_text\n');
});

test('rows that are the very ones that the extension brings are left out', async () => {
  const made = await backedUp({ sql: 'CREATE EXTENSION statuses; CREATE TABLE own AS SELECT 1 AS id' });
  const before = await jobs.text(made.database);
  const { log } = await restored(made, { jobs: '1' });
  expect(log).toMatch(/Left out, since the extension brings the very same 3 rows/);
  expect(await jobs.text(made.database)).toBe(before);
});

test('rows for a table of an extension that have nothing in common with its own come back', async () => {
  const made = await backedUp({
    sql: "CREATE EXTENSION statuses; DELETE FROM status_text; INSERT INTO status_text VALUES (9, 'NEW')",
  });
  await restored(made);
  expect(await jobs.query(made.database, 'SELECT count(*)::int FROM status_text WHERE id = 9')).toEqual([
    { count: 1 },
  ]);
});

describe('an extension of one database only', () => {
  const bound = (database: string, setting: string) =>
    `can be created only in the database that the server parameter ${setting} names, ${database}`;

  test.each([
    ['extension-of-one-database', 'clocked', 'clockjobs', 'clockjobs.database_name', '--extension=plpgsql'],
    [
      'extension-of-one-database-2',
      'sundialled',
      'pg_sundial',
      'sundial.database_name',
      '--extension=hstore',
    ],
  ])(
    'is told of at the backup, refused by a restore, and the remedies work: %s',
    async (name, database, extension, setting, option) => {
      const made = await backedUp({ sql: await caseSql(name), name: database });
      expect(made.warnings).toContain(`"${extension}" ${bound(`"${database}" now`, setting)}`);
      expect(made.warnings).toContain(option);
      const error = await refused(made);
      expect(error).toContain(`server parameter ${setting} names`);
      expect(error).toContain('restore with restore_strategy: drop');
      expect(error).toContain(`\n${option}`);

      const before = await jobs.text(database);
      await restored(made, { restore_strategy: 'drop' });
      expect(await jobs.text(database)).toBe(before);

      const other = {
        ...made,
        database: await jobs.createDatabase({ sql: 'CREATE TABLE own AS SELECT 1 AS id' }),
      };
      for (const restore_strategy of strategies)
        expect(await refused(other, { restore_strategy })).toContain(
          `that is "${database}", and this restore is of "${other.database}"`,
        );

      const without = await jobs.backup(database, { inputs: { pg_dump_options: option } });
      expect(messages(without, 'warning').join()).not.toContain('can be created only');
      const whole = await restored({ ...other, backup: without.outputs['backup_file_name'] ?? '' });
      expect(messages(whole, 'warning').join()).toContain(
        `without some extensions (pg_dump_options: "${option}")`,
      );
      expect(await jobs.query(other.database, 'SELECT count(*)::int > 0 AS all FROM t')).toEqual([
        { all: true },
      ]);
    },
  );

  test('whose parameter is set for the database alone is refused with either strategy', async () => {
    const database = await jobs.createDatabase();
    await superuser.query(
      'postgres',
      `ALTER DATABASE ${database} SET clockjobs.database_name = '${database}'`,
    );
    await jobs.query(database, await caseSql('extension-of-one-database'));
    const backup = await jobs.backup(database);
    expect(messages(backup, 'warning').join()).toContain(`clockjobs.database_name names, "${database}" now`);
    const made = { database, backup: backup.outputs['backup_file_name'] ?? '', warnings: '' };
    for (const restore_strategy of strategies)
      expect(await refused(made, { restore_strategy })).toContain('clockjobs.database_name');
  });

  test.skipIf(!has17)(titled('has an option of its own from 17 on', ownLackFor(17)), async () => {
    const on = jobsOn(world, 17);
    const made = await backedUp({ sql: await caseSql('extension-of-one-database'), name: 'clocked', on });
    const option = '--exclude-extension=clockjobs';
    expect(made.warnings).toContain(option);
    expect(onlyError(await on.restore('clocked', made.backup))).toContain(`\n${option}`);
    const without = await on.backup('clocked', { inputs: { pg_dump_options: option } });
    await restored({ ...made, backup: without.outputs['backup_file_name'] ?? '' }, {}, on);
  });
});

describe('the version of an extension', () => {
  const installed = (database: string) =>
    jobs.query(database, "SELECT extname, extversion FROM pg_extension WHERE extname <> 'plpgsql'");

  test.each([
    ['extension-version', 'swap', '8', { extname: 'hstore', extversion: '1.4' }],
    ['extension-version-2', 'drop', '1', { extname: 'growing', extversion: '1.0' }],
  ])('is the recorded one where the server offers it: %s', async (name, restore_strategy, count, version) => {
    const made = await backedUp({ sql: await caseSql(name) });
    const before = await jobs.text(made.database);
    const { log } = await restored(made, { restore_strategy, jobs: count });
    expect(log).toContain(
      `The extension "${version.extname}" is created in version ${version.extversion}, as it was`,
    );
    expect(await installed(made.database)).toEqual([version]);
    expect(await jobs.text(made.database)).toBe(before);
  });

  test.each([
    [
      'that the server does not offer',
      '',
      /"growing" comes in version 2\.0\. The backup was made with 0\.9, which this server does not offer/,
    ],
    ['of which nothing is recorded', undefined, undefined],
  ])('%s is named by the error of an entry that it lacks', async (_, recorded, warning) => {
    const made = await backedUp({ sql: await caseSql('extension-version-2') });
    const [content, metadata] = await Promise.all([
      world.backups.read(made.backup),
      world.backups.metadata(made.backup),
    ]);
    const { extensions: __, ...others } = metadata;
    await world.backups.put(
      'other.dump',
      content,
      recorded === undefined ? others : { ...others, extensions: 'growing=0.9' },
    );
    const restore = await jobs.restore(made.database, 'other.dump');
    const error = onlyError(restore);
    expect(error).toMatch(/grown.*\n?.*The extension "growing" is here in version 2\.0, and /s);
    expect(error).toMatch(
      recorded === undefined ? /it is not recorded which/ : /the backup was made with 0\.9/,
    );
    if (warning) expect(messages(restore, 'warning').join()).toMatch(warning);
  });

  test('is the recorded one although others can only be created later', async () => {
    const made = await backedUp({
      sql: `CREATE SCHEMA ext; CREATE EXTENSION cube SCHEMA ext; CREATE EXTENSION angles SCHEMA public;
        CREATE EXTENSION hstore SCHEMA public VERSION '1.4'`,
    });
    const before = await jobs.text(made.database);
    await restored(made);
    expect(await jobs.text(made.database)).toBe(before);
    expect(await installed(made.database)).toContainEqual({ extname: 'hstore', extversion: '1.4' });
  });

  test("cannot be had where the archive makes the extension's schema, and that is said", async () => {
    const made = await backedUp({
      sql: `CREATE SCHEMA ext; CREATE EXTENSION hstore SCHEMA ext VERSION '1.4'`,
    });
    const restore = await restored(made);
    expect(messages(restore, 'warning').join()).toMatch(
      /"hstore" comes in version 1\.8\. The backup was made with 1\.4, since the backup makes the schema "ext"/,
    );
    expect(restore.summary).toContain('comes in version 1.8');
  });
});

describe('by the commands of docs/restore.md', () => {
  const section = readFileSync(new URL('../../docs/restore.md', import.meta.url), 'utf8')
    .split('\n## A backup that needs a change\n')[1]
    ?.split('```');
  const commands = section?.[5]?.replace(/^sh\n/, '') ?? '';
  const lines = /(-e ' EXTENSION - pg_cron '.*)`/.exec(section?.[6] ?? '')?.[1] ?? '';

  test.each([
    ['extension-rows', undefined, commands],
    [
      'extension-of-one-database',
      'clocked',
      commands.replace("-e ' TABLE DATA public status_text '", () =>
        lines.replaceAll('pg_cron', 'clockjobs').replaceAll("' cron '", "' clock '"),
      ),
    ],
  ])('a backup is restored that a restore refuses: %s', async (name, database, given) => {
    if (database) await world.server(15).query(`DROP DATABASE IF EXISTS ${database}`);
    const made = await backedUp({
      sql: await caseSql(name),
      ...(database !== undefined && { name: database }),
    });
    const folder = await makeTemporaryFolder('by-hand');
    try {
      await writeFile(path.join(folder.path, 'shop.dump'), await world.backups.read(made.backup));
      const again = `again_${made.database}`;
      const { host, port } = world.server(15);
      const { psql } = await clientOf(15);
      await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', given.replaceAll('shop_again', again)], {
        cwd: folder.path,
        env: {
          PATH: `${path.dirname(psql)}:${process.env['PATH']}`,
          ...{
            PGHOST: host,
            PGPORT: String(port),
            PGUSER: world.login.user,
            PGPASSWORD: world.login.password,
          },
          PGSSLMODE: 'require',
        },
      });
      const left = "SELECT relname FROM pg_class WHERE relname IN ('status_text', 't')";
      expect(await jobs.query(again, left)).toHaveLength(1);
    } finally {
      await folder.remove();
    }
  });
});
